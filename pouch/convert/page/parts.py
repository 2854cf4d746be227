"""Parts: segments with their text as Markdown, a role, and for a dropped one the rule."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from pouch.characters import is_blank
from pouch.convert.page.headline import holds_headline
from pouch.convert.page.inline import markdown, pieces, plain
from pouch.convert.page.segments import Segment
from pouch.convert.page.segments import plain as letters
from pouch.convert.text.blocks import Role
from pouch.convert.text.boilerplate import boilerplate_rule
from pouch.convert.text.headings import POINT_SIGN
from pouch.convert.text.repairs import clean_characters
from pouch.convert.text.report import Repair
from pouch.tables import pattern

OUTSIDE = "outside-article"
"""The rule of what the model finds to be no part of the article, where nothing more can be said of it."""

FULL_PARAGRAPH = 120
"""Characters from which a paragraph is surely the article's: lines of links stand outside of these."""

SAME = 0.6
"""The share of the longer of two headings that the other has, from which both are one."""

MOSTLY_LINKS = 0.8
"""The share of a line in links from which it is a link as a whole."""

SIGNED_WITHIN = 4
"""Parts at the end among which the author's name alone signs the text; notes may follow it."""

LONGEST_BOX = 500
"""Characters of a paragraph that tells about the author."""

_ARROW = re.compile(r"(?:>+|»|→|►|▶|➡|➤|👉)\ufe0f?\s*\S")
_BRACKETS = re.compile(r"[(\[].*[)\]]\.?")
_PULL_QUOTE = pattern("pouch.convert.page", "names", "pull_quote")
FEWEST_WORDS = 6
"""Different words of a quotation that the text repeats."""

SAID_AGAIN = 0.8
"""The share of the words of a quotation set beside the text that a paragraph has, where its class calls it so."""

_SIGNS = re.compile(r"(?:([_*=~·•#+.–—-])\s*)(?:\1\s*){2,}|[⁂❖✻✽◆◇■□★☆\s]+")
# A headline that is no heading, but in the style of a title.
_TITLE_CLASS = re.compile(r"title|headline|heading|titel|titre|titulo", re.IGNORECASE)
TOP = 60
"""Segments among which the headline is looked for under such a name."""

_NUMBER = re.compile(r"\(?\d{1,3}[.)]?")
_PLACES = {"nav": "navigation", "footer": "footer", "header": "header", "aside": "aside", "form": "form"}
_BULLET = re.compile(rf"(?:\\?[•‣◦▪▸►●■⁃∙·]|\\?[-–—]\s|{POINT_SIGN})\s*(?=\S)")


class Part(msgspec.Struct):
    """A segment and the decision about it."""

    segment: Any  # a Segment
    text: str  # plain, repaired
    markdown: str
    bold: bool = False  # throughout
    role: Role = "paragraph"
    level: int = 0
    number: int = 0  # of a numbered item, where its list does not count from one
    dropped: str | None = None  # the rule

    @property
    def kept(self) -> bool:
        """Whether it is a part of the article."""
        return self.dropped is None

    def ancestors(self) -> Iterator[Any]:
        """The elements around it, from the nearest outward."""
        element: Any = self.segment.parent
        while element is not None:
            yield element
            element = element.getparent()

    def without_bullet(self) -> Part | None:
        """The part without the bullet that was written by hand; None where there is none."""
        if not (mark := _BULLET.match(self.text)):
            return None
        inner = _BULLET.sub("", self.markdown, count=1)
        return msgspec.structs.replace(self, text=self.text[mark.end() :], markdown=inner)


def make_parts(
    segments: Sequence[Segment],
    chosen: Sequence[bool],
    headline: str,
    base: str | None,
    cells: Container[int],
    unseen: Sequence[bool],
) -> tuple[list[Part], list[Repair]]:
    """A part for each segment, and what was repaired in those that are kept.

    `base` resolves links; `cells` are the units that stand in tables of data; `unseen` says of
    each segment whether no reader sees it.
    """
    repairs: list[Repair] = []
    parts = [_part(segment, keep, base, repairs) for segment, keep in zip(segments, chosen, strict=True)]
    for part, is_unseen in zip(parts, unseen, strict=True):
        if is_unseen and not part.kept:
            part.dropped = "hidden"
    for part in parts:
        # No rule about lines looks into a table: a row without a cell says something else.
        if part.kept and part.segment.index in cells:
            part.role = "table"
    lines = [part for part in parts if part.role != "table"]
    _drop_boilerplate(lines, headline)
    _drop_lines_of_links(lines, letters(headline))
    _drop_marks(lines)
    _drop_pull_quotes(lines)
    _title(parts, headline)
    kept_units = {part.segment.index for part in parts if part.kept}
    return parts, [one for one in repairs if one.unit in kept_units]


def _part(segment: Segment, keep: bool, base: str | None, repairs: list[Repair]) -> Part:
    if not keep or not segment.index:
        return Part(segment, segment.text, "", dropped=_place(segment))
    inline, changes = pieces(segment, base)
    text = plain(inline)
    if is_blank(text):
        return Part(segment, segment.text, "", dropped="nothing-visible")
    repairs += changes
    bold = all(piece.strong for piece in inline if piece.text.strip())
    return Part(segment, text, markdown(inline), bold)


def _place(segment: Segment) -> str:
    """The rule by which a segment outside of the article is dropped: its kind, or its place on the page."""
    if rule := boilerplate_rule(segment.text, edge=True):
        return rule
    element: Any = segment.parent
    while element is not None:
        if element.tag in _PLACES:
            return _PLACES[element.tag]
        element = element.getparent()
    return OUTSIDE


def _drop_boilerplate(parts: Sequence[Part], headline: str) -> None:
    """Drop boilerplate among the chosen segments, and the headline, which is not part of the text."""
    title_letters = letters(headline)
    kept_numbers = [number for number, part in enumerate(parts) if part.kept]
    # What is boilerplate at an edge makes none, however long.
    full = [
        number
        for number in kept_numbers
        if len(parts[number].text) >= FULL_PARAGRAPH and not boilerplate_rule(parts[number].text, edge=True)
    ] or [0]
    for number in kept_numbers:
        part = parts[number]
        if title_letters and (
            letters(part.text) == title_letters or (number < full[0] and _repeats(part, title_letters))
        ):
            part.dropped = "repeated-title"
        else:
            linked = part.segment.link_chars >= MOSTLY_LINKS * len(part.segment.text)
            part.dropped = boilerplate_rule(part.text, edge=not full[0] <= number <= full[-1], linked=linked)


def _repeats(part: Part, title_letters: str) -> bool:
    """Whether a heading is the headline but for a kicker; the page's first heading, but for a part of it."""
    tag = part.segment.parent.tag
    if tag not in ("h1", "h2", "h3"):
        return False
    shorter, longer = sorted((letters(part.text), title_letters), key=len)
    return (tag == "h1" or len(shorter) >= SAME * len(longer)) and shorter in longer


def _drop_lines_of_links(parts: Sequence[Part], headline: str) -> None:
    """Lines of nothing but links before the first full paragraph are a menu that old pages write without marks.

    If they end with the headline they are a breadcrumb. Elsewhere a lone link behind an arrow leads to
    another article.
    """
    kept_parts = [part for part in parts if part.kept]
    first = next((number for number, part in enumerate(kept_parts) if len(part.text) >= FULL_PARAGRAPH), 0)
    for number, part in enumerate(kept_parts):
        unlinked = _unlinked(part.segment)
        if not unlinked and (_ARROW.match(part.text) or _BRACKETS.fullmatch(part.text)):
            part.dropped = "read-also"
        elif number < first and part.segment.parent.tag not in ("h1", "h2", "h3"):
            if not unlinked:
                part.dropped = "navigation"
            elif unlinked == headline and part.segment.link_chars:
                part.dropped = "breadcrumb"


def _drop_pull_quotes(parts: Sequence[Part]) -> None:
    """Drop what is set large beside the text and stands in it too, word for word or nearly so."""
    kept_parts = [part for part in parts if part.kept]
    for part in kept_parts:
        named = any(_PULL_QUOTE.search(one.get("class") or "") for one in islice(part.ancestors(), 3))
        if not (named or any(one.tag == "blockquote" for one in part.ancestors())):
            continue
        quoted_words = set(_words(part.text))
        if len(quoted_words) >= FEWEST_WORDS and any(
            part.segment.letters in other.segment.letters
            or (named and len(quoted_words & set(_words(other.text))) >= SAID_AGAIN * len(quoted_words))
            for other in kept_parts
            if len(other.text) > len(part.text)
        ):
            part.dropped = "pull-quote"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _unlinked(segment: Segment) -> str:
    """The letters of a segment that stand in no link."""
    return "".join(
        letters(text) for text, inline in segment.runs if not any(element.tag == "a" for element in inline)
    )


def is_break(text: str) -> bool:
    """Whether a line consists of signs only and separates two parts."""
    return bool(_SIGNS.fullmatch(text))


def _drop_marks(parts: Sequence[Part]) -> None:
    """Lines of signs part nothing at the article's end, nor twice; an item's own number is written again."""
    kept_parts = [part for part in parts if part.kept]
    before = None
    for number, part in enumerate(kept_parts):
        below = kept_parts[number + 1] if number + 1 < len(kept_parts) else None
        if is_break(part.text) and (before is None or below is None or is_break(below.text)):
            part.dropped = "separator"
        elif (
            _NUMBER.fullmatch(part.text)
            and (item := _numbered(part)) is not None
            and _numbered(before) is not item is _numbered(below)
        ):
            part.dropped = "item-number"
        before = part


def _numbered(part: Part | None) -> Any:
    """The item of a numbered list that contains a part."""
    item = None if part is None else next((one for one in part.ancestors() if one.tag == "li"), None)
    return (
        item if item is not None and item.getparent() is not None and item.getparent().tag == "ol" else None
    )


def drop_author_box(kept_parts: Sequence[Part], author: str | None) -> None:
    """Drop the paragraphs at the end that open with the author's name: they are about the author, or sign the text."""
    if not author or len(author.split()) < 2:
        return
    for part in reversed(kept_parts[1:]):
        if part.role != "paragraph" or not part.text.startswith(author) or len(part.text) > LONGEST_BOX:
            break
        part.dropped = "author-box"
    for part in kept_parts[:SIGNED_WITHIN]:
        if part.role == "paragraph" and part.segment.letters == letters(author):
            part.dropped = "author-box"
    for part in kept_parts[1:][-SIGNED_WITHIN:]:
        if part.role == "paragraph" and part.segment.letters == letters(author):
            part.dropped = "author-box"


def _title(parts: Sequence[Part], headline: str) -> None:
    """The headline as the page shows it is kept as what it is."""
    title_letters = letters(headline)
    for number, part in enumerate(parts):
        tag, name = part.segment.parent.tag, part.segment.parent.get("class") or ""
        at_top = part.segment.index and (tag in ("h1", "h2") or (number < TOP and _TITLE_CLASS.search(name)))
        if title_letters and at_top and part.segment.letters == title_letters:
            part.dropped, part.role, part.text = None, "title", clean_characters(part.segment.text)
            return
    for part in parts:
        if part.segment.index and title_letters and holds_headline(part.segment, title_letters):
            part.dropped, part.role, part.text = None, "title", headline
            return
