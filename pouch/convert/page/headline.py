"""A page's headline, and where on the page it stands."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from slugify import slugify

from pouch.convert.page.others import is_nameplate
from pouch.convert.page.segments import Segment, is_unseen, plain
from pouch.convert.page.wordpages import document_title, is_word_page
from pouch.convert.text.dates import find_date
from pouch.convert.text.repairs import clean_characters

_SEPARATORS = re.compile(r"\s+(?P<sign>[|–—•·»›/~]|-|::|<|>)(?=\s)|\s*[｜│┃]\s*")
_AFTER_DAY = re.compile(r"\s*[-–—|:]\s+(?=\S)")
_COLON = re.compile(r"\s+:\s+")
_AROUND = " :|–—-"
# Where a title may end before the site's name; in Chinese no blank parts them.
_SITE_PARTS = re.compile(r"\s+(?:[|–—•·»›/~:-]|::)\s+|\s*[｜│┃_]\s*|\s*[-—](?=《)")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,8}", re.IGNORECASE)
_NOTICE = re.compile(r"©|\(c\)|copyright|all rights reserved|все права|版權|版权", re.IGNORECASE)
_QUOTES = {"»": "«", "›": "‹", ">": "<"}
# What a heading may hold beside the headline, by class: the line over it, and the line below it.
_BESIDE_HEADLINE = re.compile(
    r"(?<![a-z])(?:kicker|dachzeile|over-?line|top-?line|eye-?brow|pre-?(?:title|headline)|super-?title|sur-?titre|roof-?line"
    r"|spitzmarke|volanta|cintillo|occhiello|antet[ií]tulo|topic-?label|sub-?(?:title|headline|heading)|h\d-?small|fake-h\d)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?<![a-z])(?:post|entry|article|story|news)[-_]*(?:title|headline)(?![a-z])", re.IGNORECASE
)
_HEADLINE = re.compile(r"(?:^|[\s_-])headline(?![a-z])", re.IGNORECASE)
_FRAME = frozenset(("nav", "footer", "aside"))
_RIGHTS = re.compile(
    r"\s*(?:©|\(c\)|copyright)[\s©]*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?:by\s+)?(?P<name>[^.|·•–]{3,60})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|la|le|les|el|il|die|der|das|de|o|a)\s+|^l['’]", re.IGNORECASE)
LEAST_SHARED = 0.1
"""The share of the pieces of a lone heading that the page's head has, below which it may name a section."""
LONGEST = 300
"""Characters: a longer h1 is no headline."""

LONGEST_NAME = 30
"""Characters of a site's name behind a headline."""

SHORTEST = 10
"""Letters that are left of a heading without the lines over and below its headline."""

LONGEST_OPENING = 160
"""Characters of a document's first line that is its title."""

LOOSEST = 1.6
"""How many times as long as the headline a segment may be that still stands for it, with a kicker before it."""


def clean(text: Any) -> str | None:
    """Text of a page's head on one line, entities that were written twice as their signs; None where there is none."""
    if not isinstance(text, str):
        return None
    return " ".join(clean_characters(entities.unescape(text)).split()) or None


def headline(
    tree: HtmlElement,
    metas: dict[str, str],
    articles: Sequence[dict[str, Any]],
    segments: Sequence[Segment] = (),
    names: Sequence[str] = (),
) -> str | None:
    """The headline: what most of heading, head, Open Graph and JSON-LD agree on, without the site's name.

    `segments` are the page's visible ones, `names` what else it calls its publisher. A heading that names the site
    or a section is no headline: it leads to the front page, stands in the nameplate, or is the other half of the
    head's title, of which the page shows the longer half as a heading of its own.
    """
    head = clean(tree.findtext(".//title"))
    site = clean(metas.get("og:site_name"))
    site_letters = {plain(name) for name in (site, *names, *_rights_holders(segments)) if name}
    visible_headings = [heading for heading in tree.iter("h1") if not is_unseen(heading)]
    first = [
        (text, heading)
        for heading in visible_headings
        if (text := _heading_text(heading)) and len(text) < LONGEST
    ]
    headings = [text for text, _ in first]
    second = [*[_heading_text(heading) for heading in tree.iter("h2")][:8], *_titled(tree)]
    shown = {
        segment.letters: number for number, segment in enumerate(segments) if not _in_frame(segment.parent)
    }
    others = [clean(item.get("headline")) for item in articles]
    others += [clean(metas.get("og:title")), clean(metas.get("twitter:title"))]
    candidates = [
        *_from_headings(tree, first, second, [text for text in (*others, head) if text], head, shown),
        *_from_head(others, head, headings, second, site, shown),
    ]
    candidates = [(score - (2 if plain(text) in site_letters else 0), text) for score, text in candidates]
    if not candidates:
        return _opening_line(segments) if is_word_page(tree) else None
    best = max(candidates, key=lambda item: item[0])[1]
    # As the page spells it, unless that is all capitals.
    spelt = (one for one in (*headings, *second) if one and plain(one) == plain(best) and not one.isupper())
    return next(spelt, best)


def without_day(title: str, day: date) -> str:
    """A headline without the day of its article, which a site may set before each."""
    opening = find_date(title)
    lead = (
        _AFTER_DAY.match(title, opening.end) if opening and opening.day == day and not opening.start else None
    )
    return title[lead.end() :] if lead is not None else title


def _from_headings(
    tree: HtmlElement,
    first: Sequence[tuple[str, HtmlElement]],
    second: Sequence[str | None],
    stated_titles: Sequence[str],
    head: str | None,
    shown: Mapping[str, int],
) -> Iterator[tuple[float, str]]:
    """The headings of the page as headlines, each with its score: those of the first and the second level."""
    alike = [_shares_letters(heading, stated_titles) for heading, _ in first]
    for number, (heading, element) in enumerate(first):
        score = 1.0 + _support(heading, stated_titles) + _goes_on(heading, element, stated_titles)
        if not number and alike[0] and not any(alike[1:]):
            score += 0.5
        if is_nameplate(element) or _is_other_half(heading, head, shown):
            score -= 2
        yield score, heading
    for text in second:
        if text and (support := _support(text, stated_titles)):
            yield 0.4 + support, text
    styled = [] if first else _styled(tree)
    if len(styled) == 1:
        yield 0.95 + _support(styled[0], stated_titles), styled[0]
    titled = None if first else document_title(tree)
    if titled is not None and (text := _heading_text(titled)) and len(text) < LONGEST:
        yield 1.2 + _support(text, stated_titles), text


def _from_head(
    others: Sequence[str | None],
    head: str | None,
    headings: Sequence[str],
    second: Sequence[str | None],
    site: str | None,
    shown: Mapping[str, int],
) -> Iterator[tuple[float, str]]:
    """The titles that the page's head and data state as headlines, each with its score, without the site's name."""
    for number, stated in enumerate(others):
        if stated:
            text = _without_site(stated, site, shown)
            score = 0.9 - number * 0.01 + 0.6 * _support(text, [*headings, *second, head])
            yield score + 0.4 * (plain(text) in shown), text
    if head:
        text = _without_site(head, site, shown)
        support = _support(text, [*headings, *second])
        yield 0.5 + 0.5 * support + 0.4 * (plain(text) in shown), text


def _opening_line(segments: Sequence[Segment]) -> str | None:
    """The first line of a page that a word processor saved, where it is short and ends like no sentence."""
    first = next((segment.text for segment in segments if segment.index), "")
    return clean(first) if len(first) <= LONGEST_OPENING and first.rstrip()[-1:] not in ".!…:;," else None


def _titled(tree: HtmlElement) -> list[str]:
    """The one lower heading that its class calls the title of an article, as weblogs have it; else nothing."""
    lower = [one for one in tree.iter("h3", "h4") if _TITLED.search(one.get("class") or "")]
    text = _heading_text(lower[0]) if len(lower) == 1 else None
    return [text] if text else []


def _styled(tree: HtmlElement) -> list[str]:
    """The texts of what is a headline by its class alone, where no heading of the page is one."""
    elements = (
        one for one in tree.iter("div", "p", "span", "h6") if _HEADLINE.search(one.get("class") or "")
    )
    texts = (
        _heading_text(one) for one in elements if next(one.iterancestors(*_FRAME, "li", "a"), None) is None
    )
    return list(dict.fromkeys(text for text in texts if text and SHORTEST < len(text) < LONGEST))


def _heading_text(heading: HtmlElement) -> str | None:
    """A heading's text, words apart where elements part them, without the lines over and below the headline."""
    beside = {
        one
        for one in heading.iterdescendants()
        if one.tag == "small" or _BESIDE_HEADLINE.search(one.get("class") or "")
    }
    if beside and (text := clean(_spaced(heading, beside))) and len(plain(text)) >= SHORTEST:
        return text.strip(_AROUND)
    return clean(_spaced(heading))


def _spaced(element: Any, without: Container[Any] = ()) -> str:
    text = ""
    for run in _runs(element, without):
        text += f" {run}" if text[-1:].isalnum() and run[:1].isalnum() else run
    return text


def _runs(element: Any, without: Container[Any]) -> Iterator[str]:
    """The runs of text in an element, without those of some elements in it."""
    if element.text and isinstance(element.tag, str):
        yield element.text
    for child in element:
        if child not in without:
            yield from _runs(child, without)
        yield child.tail or ""


def _is_other_half(heading: str, head: str | None, shown: Mapping[str, int]) -> bool:
    """Whether a heading is a part of the head's title of which the page shows another, longer part further below."""
    bare = plain(heading)
    parts = [plain(part) for part in _title_parts(head)] if head else []
    if bare not in parts or bare not in shown:
        return False
    return any(len(part) > len(bare) and shown.get(part, -1) > shown[bare] for part in parts)


def _shares_letters(heading: str, stated_titles: Sequence[str]) -> bool:
    """Whether a heading has some words in common with what the page's head says; true where that says nothing."""
    pieces = _pieces_of(heading)
    return not stated_titles or any(
        len(pieces & _pieces_of(text)) >= LEAST_SHARED * len(pieces) for text in stated_titles
    )


def _goes_on(heading: str, element: HtmlElement, stated_titles: Sequence[str]) -> float:
    """The number of stated titles that a heading of one line holds, and goes on: the head may have a shorter one.

    Where elements part a heading, what it has more may be a line over or below the headline.
    """
    if any(
        child.tag != "br" for child in element.iter() if child is not element and child.text_content().strip()
    ):
        return 0.0
    bare, parts = plain(heading), set(map(plain, _title_parts(heading)))
    shorter_titles = [plain(max(_title_parts(text), key=len)) for text in stated_titles]
    return float(
        sum(2 * len(one) >= len(bare) and one in bare and one not in parts for one in shorter_titles)
    )


def _pieces_of(text: str) -> set[str]:
    bare = plain(text)
    return {bare[at : at + 4] for at in range(max(1, len(bare) - 3))}


def _rights_holders(segments: Sequence[Segment]) -> Iterator[str]:
    """The copyright holders that the page names."""
    for segment in segments:
        if len(segment.text) < 200 and (notice := _RIGHTS.match(segment.text)):
            yield notice["name"].strip()


def _in_frame(element: Any) -> bool:
    while element is not None:
        if element.tag in _FRAME:
            return True
        element = element.getparent()
    return False


def _support(text: str, other_titles: Sequence[str | None]) -> float:
    """The number of other titles that contain the same words, weighted by the share of the title."""
    bare = plain(text)
    if len(bare) < 3:
        return -1.0
    others = [plain(other) for other in other_titles if other]
    # A section's name is a small part of many titles.
    return sum(min(1.0, 0.25 + len(bare) / len(other)) for other in others if bare in other)


def _title_parts(text: str) -> list[str]:
    """The parts of a title between its separators; a sign that closes a quotation parts nothing."""
    parts = []
    start = 0
    for sign in _SEPARATORS.finditer(text):
        before = text[start : sign.start()]
        opening = _QUOTES.get(sign["sign"] or "")
        if opening and before.count(opening) > before.count(sign["sign"]):
            continue
        parts.append(before.strip())
        start = sign.end()
    return [*parts, text[start:].strip()]


def _without_site(text: str, site: str | None, shown: Container[str] = ()) -> str:
    """A title without the site's name. `shown` has the letters of the page's segments."""
    parts = _title_parts(text)
    if len(parts) == 2 and plain(text) in shown:
        return text
    # French puts a blank before each colon: it separates the site's name only if the page shows one of the halves.
    halves = _COLON.split(text)
    longest = max(halves, key=len)
    if len(halves) > 1 and ((site and plain(site) in map(plain, halves)) or plain(longest) in shown):
        parts = halves
    if len(parts) == 1:
        return text
    if site:
        own_parts = [part for part in parts if plain(part) != plain(site)]
        if own_parts and len(own_parts) < len(parts):
            if plain(parts[0]) != plain(site) != plain(parts[-1]):
                own_parts = parts[
                    : list(map(plain, parts)).index(plain(site))
                ]  # what follows it is about the site
            start = text.index(own_parts[0])
            return text[start : text.index(own_parts[-1], start) + len(own_parts[-1])]
    longest = max(parts, key=len)
    at_an_end = len(parts) > 2 and longest in (parts[0], parts[-1])
    return longest if at_an_end or len(longest) > len(text) / 2 else text


def site_in_title(
    tree: HtmlElement, address: str | None, title: str | None = None, segments: Sequence[Segment] = ()
) -> str | None:
    """The last or the first part of the head's title where it is the site's name; None without one.

    It is what the page's host is called, an address itself, or what the page's rights are reserved for; else it
    follows the headline, and stands nowhere on the page, as sections in its menus do.
    """
    parts = [part.strip("《》|–—- ") for part in _SITE_PARTS.split(clean(tree.findtext(".//title")) or "")]
    ends = [part for part in (parts[-1], parts[0]) if len(parts) > 1 and plain(part) != plain(title or "")]
    labels = {plain(label) for label in (urlsplit(address or "").hostname or "").split(".")[:-1]}
    for part in ends:
        if {plain(part), plain(_ARTICLE.sub("", part)), plain(slugify(part))} & labels or _HOST.fullmatch(
            part
        ):
            return part
    notices = [one.letters for one in segments if len(one.text) < LONGEST and _NOTICE.search(one.text)]
    for part in ends:
        if len(plain(part)) > 2 and any(plain(part) in notice for notice in notices):
            return part
    last = parts[-1]
    follows = len(parts) > 1 and plain(parts[0]) == plain(title or "") and len(last) <= LONGEST_NAME
    if follows and _is_named(last) and plain(last) not in {one.letters for one in segments}:
        return last
    return None


def _is_named(text: str) -> bool:
    """Whether text looks like a name: neither one plain word, as sections are called, nor a date or the like."""
    if find_date(text) is not None or any(word.strip(".").isdecimal() for word in text.split()):
        return False
    return len(text.split()) > 1 or (len(text) > 2 and not text.istitle() and not text.islower())


def holds_headline(segment: Segment, title_letters: str) -> bool:
    """Whether a segment is the heading of the first level that shows the headline with a line over or below it."""
    bare = segment.letters
    ends = len(title_letters) >= SHORTEST and (bare.endswith(title_letters) or bare.startswith(title_letters))
    return ends and any(one.tag == "h1" for one in (segment.parent, *segment.parent.iterancestors()))


def stands_at(segments: Sequence[Segment], title: str) -> int | None:
    """The number of the segment that shows the headline, the best heading first; None where none does."""
    title_letters = plain(title)
    if len(title_letters) < 3:
        return None
    best: tuple[int, int] | None = None
    for number, segment in enumerate(segments):
        bare = segment.letters
        same = bare == title_letters
        near = min(len(bare), len(title_letters)) > 12 and (bare in title_letters or title_letters in bare)
        if same or (
            near and (len(bare) < len(title_letters) * LOOSEST or holds_headline(segment, title_letters))
        ):
            rank = {"h1": 3, "h2": 2, "h3": 2}.get(segment.parent.tag, 0) + same
            if best is None or rank > best[0]:
                best = (rank, number)
    return None if best is None else best[1]
