"""A page's visible text as segments: runs of text with no block-level boundary inside, in the order of the page.

They are the units of the report of a conversion. A segment knows the elements that it stands in, so that its
structure and its markup survive whichever extractor finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

from pouch.convert.page.imagenames import IMAGES
from pouch.tables import pattern

# HTML Living Standard, 15.3: elements that browsers show as blocks, and table parts, which part text too.
BLOCKS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav ol option p pre
    search section summary table tbody td tfoot th thead title tr ul""".split()  # noqa: SIM905  # a list of words
)
# Never shown, or not text.
SKIPPED = frozenset(
    "script style noscript template svg math head object embed canvas audio video select textarea iframe".split()  # noqa: SIM905
)
# Inline by their tag, but no part of the line that they stand in: links to edit a wiki's section.
PARTED = frozenset(("mw-editsection",))
INLINE = frozenset("a b strong em i code cite q sub sup".split())  # noqa: SIM905
# What a head may hold. Any other element begins the body, whether or not <body> is written (HTML standard,
# section 13.2.6.4.4); libxml2 knows that of the elements of HTML 4 alone.
_IN_HEAD = frozenset("base basefont bgsound link meta noframes noscript script style template title".split())  # noqa: SIM905
# Every tag but those whose text is not shown, and a page's own frame. A pattern, since no parser follows such
# a page: what it leaves is parsed all the same, and no attribute of it is used.
_NESTING = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|script|style|noscript|template)\b)[a-z][^<>]*>", re.IGNORECASE
)
# lxml.html's own parser asks Python for the class of each element.
_OF_HTML = etree.ElementDefaultClassLookup(element=HtmlElement)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))(?![\w-])", re.IGNORECASE)
# Names that style sheets give to what is there for screen readers alone.
_UNSEEN_NAMES = pattern("pouch.convert.page", "names", "unseen")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_COLUMNS = re.compile(r"\S(?:[ ]{2,}|\t+)\S")
_DROP_CAP = re.compile(r"[\"'“„«‘¿¡]?\s?([^\W\d_])")
_ONE_LETTER_WORDS = frozenset("AIOEYUÀÓÉ")
_NO_LETTER = re.compile(r"\W+")

MOST_SEGMENTS = 20_000
"""Segments looked at; a page with more is a dump of data."""

MOST_ATTRIBUTES = 1_000
"""Words in a tag; one with more loses them all, since libxml2 compares each attribute with each."""
_LONG_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)(\s[^<>]{8000,})")

_NOSCRIPT = re.compile(r"(<noscript\b[^>]*>)(.*?)(</noscript\s*>)", re.IGNORECASE | re.DOTALL)


def plain(text: str) -> str:
    """Letters and digits of `text` in small letters: what two spellings of one page have in common."""
    return _NO_LETTER.sub("", text).lower()


class Segment:
    """A run of visible text."""

    __slots__ = (
        "_letters",
        "after_break",
        "images",
        "index",
        "lines",
        "link_chars",
        "parent",
        "runs",
        "text",
    )

    def __init__(self, parent: Any, after_break: bool = False) -> None:
        self.parent: HtmlElement = parent  # the nearest block-level element
        self.runs: list[tuple[str, tuple[Any, ...]]] = []  # text with its inline elements, outermost first
        self.images: list[HtmlElement] = []
        self.text = ""
        self.link_chars = 0  # characters that stand in links
        self.index = 0  # its unit, from 1
        self.after_break = after_break  # a single <br> separates it from the segment before
        self.lines: tuple[str, ...] = ()  # as they stand, where they are set in columns
        self._letters: str | None = None

    @property
    def letters(self) -> str:
        """Its text as `plain` gives it, made once: many ask for it. The text does not change after."""
        if self._letters is None:
            self._letters = plain(self.text)
        return self._letters


def parse(page: str) -> HtmlElement | None:
    """The tree of a page; None where there is none.

    A page that nests deeper than its parser follows is read flat, each tag as the end of a line.
    """
    try:
        tree, deep = _tree(page)
        if deep:
            tree, _ = _tree(_NESTING.sub("<br>", page))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree


def _tree(page: str) -> tuple[HtmlElement, bool]:
    """The tree, and whether the parser gave up at its depth."""
    page = _NOSCRIPT.sub(_balanced, _LONG_TAG.sub(_with_few_attributes, page))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_OF_HTML)
    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    _begin_body(tree)
    return tree, any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _begin_body(tree: HtmlElement) -> None:
    """Move what no head can hold to the beginning of the body."""
    head = tree.find("head")
    first = next((child for child in head if child.tag not in _IN_HEAD), None) if head is not None else None
    if first is None:
        return
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    moved = [first, *first.itersiblings()]
    moved[-1].tail = f"{moved[-1].tail or ''}{body.text or ''}" or None
    body.text = None
    body[:0] = moved


def _with_few_attributes(tag: re.Match[str]) -> str:
    return tag[0] if len(tag[2].split()) <= MOST_ATTRIBUTES else f"<{tag[1]}"


def _balanced(noscript: re.Match[str]) -> str:
    """An element for browsers without scripts, empty where it opens or closes what stands outside of it.

    Other browsers skip it unread; the parser would take the rest of the page into it.
    """
    content = noscript[2].lower()
    return noscript[0] if content.count("<div") == content.count("</div") else noscript[1] + noscript[3]


def segments(tree: HtmlElement) -> list[Segment]:
    """The segments of the page's body, images without text among them, which have the unit 0.

    Of a page with more than MOST_SEGMENTS the rest is one segment, so that nothing is without a unit.
    """
    page_segments: list[Segment] = []
    rest: list[str] = []
    unit = 0
    for segment in _with_drop_caps(_runs(tree)):
        segment.text = _SPACE.sub(" ", "".join(text for text, _ in segment.runs)).strip()
        if not segment.text and not segment.images:
            continue
        if len(page_segments) >= MOST_SEGMENTS:
            rest.append(segment.text)
            continue
        if segment.text:
            unit += 1
            segment.index = unit
        segment.link_chars = min(segment.link_chars, len(segment.text))
        page_segments.append(segment)
    if text := "\n".join(filter(None, rest)):
        last = Segment(page_segments[-1].parent)
        last.text, last.index = text, unit + 1
        last.runs.append((text, ()))
        page_segments.append(last)
    return page_segments


def _runs(tree: HtmlElement) -> list[Segment]:
    """Every non-empty run between two boundaries, in the order of the page.

    libxml2 walks, without recursion: pages nest deeper than Python's stack.
    """
    body = tree.find("body")
    root = body if body is not None else tree
    walk = etree.iterwalk(root, events=("start", "end"))
    runs = _Runs(root)
    for event, element in walk:
        if event == "start":
            if not runs.enter(element):
                walk.skip_subtree()
        elif element is root:
            break
        else:
            runs.leave(element)
    return runs.segments


class _Runs:
    """The segments up to a place of the page, and the elements around that place."""

    def __init__(self, root: HtmlElement) -> None:
        self.segments: list[Segment] = []
        self._current: Segment | None = None  # made where its first text or image stands
        self._blocks: list[Any] = [root]  # boundaries around, the innermost last
        self._inline: tuple[Any, ...] = ()
        self._links = 0  # of the inline elements
        self._breaks = 0  # <br> since the last text
        self._after_break = False  # whether the next segment follows a single one
        self._preformatted = 0  # elements around whose lines count

    def enter(self, element: Any) -> bool:
        """Go to the beginning of an element. False where what is in it is not to be walked."""
        tag = element.tag
        if tag in SKIPPED:
            if tag == "noscript":
                # An image that a script loads is there for browsers that run none.
                self._add_images(element.iter(*IMAGES))
            return False
        if tag in IMAGES:  # the fallback content of an image is skipped
            self._add_images((element,))
            return False
        if tag == "br":
            self._breaks += 1
            self._current, self._after_break = None, self._breaks == 1
            return False
        boundary = tag in BLOCKS
        unread = not boundary and (is_unseen(element) or _counts_comments(element))
        if unread and not any(inner.tag in BLOCKS for inner in element.iter()):
            # What no reader sees in a line is no part of it, and does not part it.
            if unseen := _shown_text(element).strip():
                self.segments.append(aside := Segment(element))
                aside.runs.append((unseen, ()))
            return False
        if self._current is not None and _abuts(element, self._blocks[-1]):
            self._current.runs.append((" ", self._inline))
        if boundary or element.get("class") in PARTED:
            self._preformatted += tag == "pre"
            self._blocks.append(element)
            self._part()
        elif tag in INLINE:
            self._inline = (*self._inline, element)
            self._links += tag == "a"
        self._add_text(element.text)
        return True

    def leave(self, element: Any) -> None:
        """Go past the end of an element, and over the text behind it."""
        if self._blocks[-1] is element:
            self._blocks.pop()
            self._preformatted -= element.tag == "pre"
            self._part()
        elif self._inline and self._inline[-1] is element:
            self._inline = self._inline[:-1]
            self._links -= element.tag == "a"
        self._add_text(element.tail)

    def _part(self) -> None:
        """End the segment."""
        self._current, self._after_break, self._breaks = None, False, 0

    def _segment(self) -> Segment:
        """The segment at this place, begun if there is none."""
        if self._current is None:
            self._current = Segment(self._blocks[-1], self._after_break)
            self.segments.append(self._current)
        return self._current

    def _add_images(self, images: Iterable[Any]) -> None:
        for image in images:
            self._segment().images.append(image)

    def _add_text(self, text: str | None) -> None:
        if not text:
            return
        for number, piece in enumerate(_BLANK_LINE.split(text) if self._preformatted else (text,)):
            if number:
                self._part()
            blank = piece.isspace()
            if not piece or (blank and self._current is None):
                continue
            segment = self._segment()
            segment.runs.append((piece, self._inline))
            if self._links:
                segment.link_chars += len(piece.strip())
            if not blank:
                self._breaks = 0
            if self._preformatted:
                segment.lines = _set_in_columns(segment)


def _abuts(element: Any, block: Any) -> bool:
    """Whether styles alone part an element of a figure from the one before it: a credit from its caption."""
    if element.tag not in ("span", "small", "cite", "a") or block.tag not in ("figcaption", "figure", "div"):
        return False
    before = element.getprevious()
    if before is None or before.tag not in ("span", "small", "cite", "a") or (before.tail or ""):
        return False
    return block.tag == "figcaption" or any(
        one.tag in ("figcaption", "figure") for one in block.iterancestors()
    )


def _shown_text(element: Any) -> str:
    """The text of an element and what is in it, without that of scripts and styles."""
    skipped = {inner for one in element.iter(*SKIPPED) for inner in one.iter()}
    texts = [] if element in skipped else [element.text or ""]
    for inner in element.iterdescendants():
        texts.append("" if inner in skipped else inner.text or "")
        texts.append("" if inner.getparent() in skipped else inner.tail or "")
    return "".join(texts)


def _set_in_columns(segment: Segment) -> tuple[str, ...]:
    """The lines of a preformatted segment; none where they are a wrapped paragraph."""
    lines = tuple(
        line.rstrip() for line in "".join(text for text, _ in segment.runs).splitlines() if line.strip()
    )
    columns = sum(_COLUMNS.search(line) is not None for line in lines)
    return lines if columns >= 2 and columns * 2 >= len(lines) else ()


def _with_drop_caps(segments: list[Segment]) -> Iterator[Segment]:
    """The segments, a large first letter that stands in a block of its own joined to its word."""
    initial: Segment | None = None
    for segment in segments:
        if initial is not None:
            if _goes_on(initial, segment):
                segment.runs[:0] = [(text.strip(), inline) for text, inline in initial.runs]
                segment.images[:0] = initial.images
                segment.link_chars += initial.link_chars
                segment.after_break = initial.after_break
            else:
                yield initial
        text = "".join(text for text, _ in segment.runs).strip()
        if len(text) <= 3 and _DROP_CAP.fullmatch(text) and text[-1].isupper() and segment.parent.tag != "li":
            initial = segment
        else:
            initial = None
            yield segment
    if initial is not None:
        yield initial


def _goes_on(initial: Segment, segment: Segment) -> bool:
    """Whether a segment continues the word of a large first letter."""
    text = "".join(text for text, _ in segment.runs)
    letter = "".join(text for text, _ in initial.runs).strip()[-1]
    if text[:1].isspace() and letter in _ONE_LETTER_WORDS:
        return False
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return word[:1].islower() or (
        len(word) > 1 and word.isalpha() and word.isupper() and len(text.split()) > 3
    )


def _counts_comments(element: Any) -> bool:
    """Whether an element is the number of comments on what it stands in."""
    name = element.get("class")
    return name is not None and "comment" in name and (element.text or "").strip().isdecimal()


def is_unseen(element: Any) -> bool:
    """Whether an element says of itself that no reader sees it."""
    if element.get("hidden") is not None:
        return True
    if (style := element.get("style")) is not None and _UNSEEN.search(style):
        return True
    name = element.get("class")
    return name is not None and _is_unseen_name(name)


# Called for each element several times; pages have few classes.
@lru_cache(maxsize=8192)
def _is_unseen_name(name: str) -> bool:
    return _UNSEEN_NAMES.search(name) is not None
