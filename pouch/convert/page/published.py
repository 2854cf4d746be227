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
from pouch.convert.page.dated_lines import (
    EARLIEST,
    NEAR_ABOVE,
    day_beside_headline,
    day_in_opening,
    day_near_headline,
    days_of_publication,
    signed_days,
)
from pouch.convert.page.marks import Marks
from pouch.convert.page.others import Own, has_menu, is_anothers
from pouch.convert.page.segments import Segment
from pouch.convert.text.dates import find_date, parse_date

INLINE = 3
"""Elements around a mark within a line."""

SHORTEST_TITLE = 20

_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "publish-date", "publication_date",
    "article.published", "uploaddate", "cxenseparse:recs:publishtime", "article:published", "article:published_date",
    "article:publicationdate", "og:article:published_time", "og:pubdate", "og:publish_date", "published_time",
    "publish_date", "published_date", "published-date", "publisheddate", "date_published", "publish_time",
    "originalpublicationdate", "rnews:datepublished", "bt:pubdate", "mediator_published_time",
    "vr:published_time", "dcterms.issued", "dc.date.publication", "citation_publication_date",
    "citation_date", "dcsext.articlefirstpublished",
)  # fmt: skip
_CREATED_METAS = ("dcterms.created", "dc.date.created", "datecreated")
_DATED = re.compile(r"published|pubdate|date|byline|entry-meta|post-meta|datum")
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
    shown = None if at is None else day_beside_headline(segments, at, own)
    machine_readable = _first(_in_metadata(marks, metas, articles, address))
    if shown is not None:
        if machine_readable is not None and _day(machine_readable[0]) == shown:
            return machine_readable
        return shown, "text"
    if machine_readable is not None:
        return machine_readable
    alone = list(days_of_publication(segments, own))
    marked = _first(_marked(tree, marks, metas, own, _masthead(segments, at)))
    if len(alone) == 1 and (marked is None or _day(marked[0]) != alone[0]):
        return alone[0], "text"
    if marked is not None:
        return marked
    signed = list(signed_days(segments, own))
    if len(set(signed)) == 1:
        return signed[0], "text"
    if at is not None and (near := day_near_headline(segments, at, own)) is not None:
        return near, "text"
    if at is not None and (day := day_in_opening(segments, at, own)) is not None:
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
        yield "metadata", _value_of(item.get("datePublished"))
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


def _value_of(value: Any) -> str | None:
    """The text of a JSON-LD value: itself, the first of a list, or that of an object with its type."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) else None


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
