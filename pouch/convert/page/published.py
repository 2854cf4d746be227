"""The dates of a page: when it says that its article was published, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pouch.content.entry import Moment
from pouch.convert.page.marks import Marks
from pouch.convert.page.others import FULL_PARAGRAPH, Own, has_menu, is_anothers
from pouch.convert.page.segments import Segment
from pouch.convert.text.dates import (
    credited_date,
    date_among_pieces,
    date_line,
    find_date,
    parse_date,
    place_line,
    published_line,
    signed_date,
    updated_line,
    weekdays,
)

BELOW = 14
"""Segments below the headline among which its date is looked for, up to the second full paragraph."""

NEAR = 2
"""Segments from the headline within which a line may hold names beside its date."""

SHORT_LINE = 70
"""Characters of a line below the headline that its date may open."""

NEAR_ABOVE = 5
"""Segments above the headline among which its date is looked for, where nothing else tells."""

INLINE = 3
"""Elements around a mark within a line."""

SHORTEST_TITLE = 20

EARLIEST = date(1990, 1, 1)
"""No web page is older."""

_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "publish-date", "publication_date",
    "article.published", "uploaddate", "cxenseparse:recs:publishtime",
)  # fmt: skip
_CREATED_METAS = ("dcterms.created", "dc.date.created", "datecreated")
_DATED = re.compile(r"published|pubdate|date|byline|entry-meta|post-meta|datum")
_DATELINE_END = re.compile(r"\s+[-–—]\s|\.\s+(?=\S)")
LONGEST_OF_PARTS = 20
"""Characters of a day whose parts are elements: "Sept" "30" "2025"."""
MOST_DATED = 12
"""Elements with such a class that are looked at."""

_IN_URL = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:(?P<sign>[/-]?)(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])"
    r"|/(?P<month1>[1-9]|1[0-2])/(?P<day1>[1-9]|[12]\d|3[01]))(?=[/_.-]|\D|$)"
    r"|/(?P<day2>0[1-9]|[12]\d|3[01])-(?P<month2>0[1-9]|1[0-2])-(?P<year2>(?:19|20)\d\d)(?=\D|$)"
)


def published(
    tree: HtmlElement,
    marks: Marks,
    metas: dict[str, str],
    articles: Sequence[dict[str, Any]],
    segments: Sequence[Segment] = (),
    at: int | None = None,
    address: str | None = None,
) -> tuple[Moment | None, str | None]:
    """The moment, and "metadata" or "text". `at`: the number of the headline among `segments`.

    The day that the page shows beside its headline goes before what its machine-readable parts say, which may be in
    another time zone, or stem from another edition; where both name one day, the moment with its time is given. The
    day alone is given where a time has no offset.
    """
    at = _below_the_page_head(segments, at)
    own = Own.around(segments, at)
    shown = None if at is None else _shown(segments, at, own)
    machine_readable = _first(_in_metadata(marks, metas, articles, address))
    if shown is not None:
        if machine_readable is not None and _day(machine_readable[0]) == shown:
            return machine_readable
        return shown, "text"
    if machine_readable is not None:
        return machine_readable
    alone = [
        day
        for segment in segments
        if (day := published_line(segment.text)) is not None
        and not is_anothers(segment.parent, own, beside=True)
    ]
    marked = _first(_marked(tree, marks, metas, own, _masthead(segments, at)))
    if len(alone) == 1 and (marked is None or _day(marked[0]) != alone[0]):
        return alone[0], "text"
    if marked is not None:
        return marked
    signed = [
        day
        for segment in segments
        if (day := signed_date(segment.text)) is not None and not is_anothers(segment.parent, own)
    ]
    if len(set(signed)) == 1:
        return signed[0], "text"
    if at is not None and (near := _near(segments, at, own)) is not None:
        return near, "text"
    if at is not None and (day := _beside_headline(segments, at, own)) is not None:
        return day, "text"
    return _in_head(tree)


def _below_the_page_head(segments: Sequence[Segment], at: int | None) -> int | None:
    """The place of the headline, or of its second mention where the first stands in the page's head with its menus.

    What is dated there is the day on which the page was read.
    """
    if at is None or not _in_page_head(segments[at].parent):
        return at
    title = segments[at].text
    return next(
        (
            number
            for number, segment in enumerate(segments[at + 1 :], at + 1)
            if len(segment.text) >= SHORTEST_TITLE and title.startswith(segment.text)
            if not _in_page_head(segment.parent)
        ),
        None,
    )


def _in_page_head(element: Any) -> bool:
    """Whether an element stands in a header that is no article's and has a menu."""
    around = element.iterancestors("header", "article", "main")
    head = next(around, None)
    return head is not None and next(around, None) is None and has_menu(head)


def _beside_headline(segments: Sequence[Segment], at: int, own: Own) -> date | None:
    """The day that opens a short line right below the headline, or that of an update, if there is no other date."""
    lines = [
        segment.text
        for segment in segments[at + 1 : at + 1 + BELOW]
        if not is_anothers(segment.parent, own) and not _tells_a_life(segment)
    ]
    for text in lines[:NEAR]:
        day = find_date(text) if len(text) <= SHORT_LINE else None
        if day is not None and not text.endswith("."):
            before = re.findall(r"[^\W\d_]+", text[: day[1]].casefold())
            if all(word in weekdays() for word in before):
                return day[0]
    for text in lines:  # a paragraph that opens with its day and a dash or a full stop, as agencies do
        if (day := find_date(text[:40])) is not None and not day[1] and _DATELINE_END.match(text, day[2]):
            return day[0]
    return next(
        (day[0] for text in lines if updated_line(text) and (day := find_date(text)) is not None), None
    )


def _in_head(tree: HtmlElement) -> tuple[Moment | None, str | None]:
    """The day in the page's head, in one of the forms that htmldate reads. It gets no body, in which it would guess."""
    # Imported here: few pages need it.
    from htmldate import find_date as htmldate

    if (head := tree.find("head")) is None:
        return None, None
    bare = HtmlElement()
    bare.tag = "html"
    bare.append(deepcopy(head))
    try:
        spelt = htmldate(bare, original_date=True, extensive_search=False)
    except Exception:  # a page on which it fails has no date that we could tell
        return None, None
    # It makes a year alone the first of January.
    moment = _moment(spelt) if spelt and not spelt.endswith("-01-01") else None
    return moment, "metadata" if moment is not None else None


def _near(segments: Sequence[Segment], at: int, own: Own) -> date | None:
    """The day in a line that does nothing but tell one, around the headline or, where all tell the same, below it."""
    around = (*segments[at + 1 : at + 1 + BELOW], *reversed(segments[max(0, at - NEAR_ABOVE) : at]))
    if (near := next(_days_told(around, own), None)) is not None:
        return near
    below = set(_days_told(segments[at + 1 :], own))
    return below.pop() if len(below) == 1 else None


def _days_told(segments: Iterable[Segment], own: Own) -> Iterator[date]:
    """The days of the article's own lines that do nothing but tell one."""
    for segment in segments:
        if is_anothers(segment.parent, own) or _tells_a_life(segment):
            continue
        if (day := date_line(segment.text)) is not None:
            yield day


def _day_in_url(address: str | None) -> str | None:
    """The day in an address, as newspapers and blogs have it."""
    if not address or (match := _IN_URL.search(urlsplit(address).path)) is None:
        return None
    parts = {
        name.rstrip("12"): int(value) for name, value in match.groupdict().items() if value and name != "sign"
    }
    return f"{parts['year']}-{parts['month']:02}-{parts['day']:02}"


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _shown(segments: Sequence[Segment], at: int, own: Own) -> date | None:
    """The day in a line that does nothing but date the article, below its headline or right above it."""
    below, lines = [], []
    paragraphs = 0
    for number, segment in enumerate(segments[at + 1 : at + 1 + BELOW]):
        paragraphs += len(segment.text) >= FULL_PARAGRAPH
        if paragraphs == 2:
            break
        if is_anothers(segment.parent, own, beside=number < NEAR) or _tells_a_life(segment):
            continue
        below.append(segment.text)
        lines += _signed_parts(segment)
    nearest = (*below[:NEAR], *(segment.text for segment in segments[max(0, at - 1) : at]))
    days = (
        *map(date_line, below[:NEAR]),
        *map(place_line, below[:NEAR]),
        *map(credited_date, nearest),
        *map(signed_date, nearest),
        *map(date_among_pieces, nearest),
        *map(date_line, below[NEAR:]),
        *lines,
    )
    return next((day for day in days if day is not None), None)


def _signed_parts(segment: Segment) -> list[date]:
    """The days of the elements in a short line that say when something was posted, and by whom."""
    if len(segment.text) > FULL_PARAGRAPH:
        return []
    texts = (
        " ".join(part.text_content().split()) for part in segment.parent.iterchildren("span", "small", "em")
    )
    return [day for text in texts if (day := signed_date(text)) is not None]


def _tells_a_life(segment: Segment) -> bool:
    """Whether a segment is an item of a table or list of facts with a day before there were web pages."""
    day = find_date(segment.text[:100]) if segment.parent.tag in ("li", "dd", "td", "th") else None
    return day is not None and day.day < EARLIEST


def _first(candidates: Iterable[tuple[str, str | None]]) -> tuple[Moment, str] | None:
    """The first of these texts that is a date, with the name of its place."""
    for found_in, text in candidates:
        if text and (moment := _moment(text)) is not None:
            return moment, found_in
    return None


def _in_metadata(
    marks: Marks, metas: dict[str, str], articles: Sequence[dict[str, Any]], address: str | None
) -> Iterator[tuple[str, str | None]]:
    """The dates of publication in the page's machine-readable parts, each with the name of its place."""
    for item in articles:
        yield "metadata", item.get("datePublished") if isinstance(item.get("datePublished"), str) else None
    for name in _DATE_METAS:
        yield "metadata", metas.get(name)
    for element, name in marks.properties:
        if name == "datePublished":
            yield "metadata", _text_of(element)
    for element, name in marks.classed:
        if "dt-published" in name:
            yield "metadata", _text_of(element)
    for element in marks.times:
        name = element.get("class") or ""
        if element.get("pubdate") is not None or "published" in name or "entry-date" in name:
            yield "metadata", _text_of(element)
    yield "metadata", _day_in_url(address)


def _masthead(segments: Sequence[Segment], at: int | None) -> frozenset[Any]:
    """The elements far above the headline, where newspapers print the day on which the page is read."""
    if at is None:
        return frozenset()
    above = max(0, at - NEAR_ABOVE)
    below = {segment.parent for segment in segments[above:]}
    return frozenset(segment.parent for segment in segments[:above] if segment.parent not in below)


def _day_of_parts(element: Any) -> str | None:
    """The parts of a day that stand in elements of their own without a space, as on a leaf of a calendar."""
    parts = [part for text in element.itertext() for part in text.split()]
    return " ".join(parts) if len(parts) == 3 else None


def _in_masthead(element: Any, masthead: frozenset[Any]) -> bool:
    """Whether an element is one of a masthead's lines, or stands in one."""
    return element in masthead or any(each in masthead for each in islice(element.iterancestors(), INLINE))


def _marked(
    tree: HtmlElement, marks: Marks, metas: dict[str, str], own: Own, masthead: frozenset[Any]
) -> Iterator[tuple[str, str | None]]:
    """The texts that the page marks as some day or other."""
    times = [
        element for element in tree.xpath("//article//time | //main//time") if not is_anothers(element, own)
    ]
    for element in times[:3]:
        yield "metadata", _text_of(element)
    dated = (
        element
        for element, name in marks.classed
        if _DATED.search(name) and not _in_masthead(element, masthead) and not is_anothers(element, own)
    )
    for element in islice(dated, MOST_DATED):
        yield "metadata", element.get("title") if element.tag == "abbr" else None
        text = " ".join(element.text_content().split())
        yield "text", text if len(text) < 150 else None
        yield "text", _day_of_parts(element) if len(text) <= LONGEST_OF_PARTS else None
    for element in marks.times:
        if not _in_masthead(element, masthead) and not is_anothers(element, own):
            yield "metadata", _text_of(element)
    for element in marks.created:
        if not is_anothers(element, own):
            yield "metadata", element.get("content")
    for name in _CREATED_METAS:
        yield "metadata", metas.get(name)


def _text_of(element: Any) -> str:
    title = element.get("title") if element.tag == "abbr" else None  # as microformats write a moment
    text: str = element.get("content") or element.get("datetime") or title or element.text_content()[:100]
    return text


def _moment(text: str) -> Moment | None:
    text = " ".join(text.split())
    if (moment := parse_date(text)) is None and (day_in_text := find_date(text[:150])) is not None:
        moment = day_in_text[0]
    if moment is None and re.match(r"(?:19|20)\d\d-\d\d-\d\d", text):
        moment = parse_date(text[:10])
    if moment is None:
        return None
    if isinstance(moment, datetime):
        moment = moment.replace(microsecond=0)
    return moment if _day(moment) >= EARLIEST else None
