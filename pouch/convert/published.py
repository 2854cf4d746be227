"""When a page says that its article was published, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pouch.convert.dates import credited_date, date_line, find_date, is_published_line, parse_date
from pouch.convert.segments import Segment
from pouch.entries.entry import Moment

BELOW = 14
"""Segments below the headline among which its date is looked for, up to the second full paragraph."""

NEAR = 2
"""Segments from the headline within which a line may hold names beside its date."""

FULL_PARAGRAPH = 200
EARLIEST = date(1990, 1, 1)
"""No web page is older."""

_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.created", "dc.date.created", "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "publish-date",
    "publication_date", "article.published", "cxenseparse:recs:publishtime", "datecreated",
)  # fmt: skip
_DATED = (
    "//*["
    + " or ".join(
        f"contains(@class,'{name}')"
        for name in ("published", "pubdate", "date", "byline", "entry-meta", "post-meta", "datum")
    )
    + "]"
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|\D|$)")


def published(
    tree: HtmlElement,
    metas: dict[str, str],
    articles: Sequence[dict[str, Any]],
    found: Sequence[Segment] = (),
    at: int | None = None,
    address: str | None = None,
) -> tuple[Moment | None, str | None]:
    """The moment, and "metadata" or "text". `at`: the number of the headline among the segments `found`.

    The day that the page shows beside its headline goes before what its machine-readable parts say, which may be in
    another time zone, or stem from another edition; where both name one day, the moment with its time is given. The
    day alone is given where a time has no offset.
    """
    shown = None if at is None else _shown(found, at)
    written = _written(tree, metas, articles, address)
    if shown is not None:
        if written is not None and _day(written[0]) == shown:
            return written
        return shown, "text"
    if written is not None:
        return written
    alone = [day for segment in found if (day := is_published_line(segment.text)) is not None]
    if len(alone) == 1:
        return alone[0], "text"
    return _searched(tree, address, found), "text"


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _shown(found: Sequence[Segment], at: int) -> date | None:
    """The day in a line that does nothing but date the article, below its headline or right above it."""
    below = []
    paragraphs = 0
    for segment in found[at + 1 : at + 1 + BELOW]:
        paragraphs += len(segment.text) >= FULL_PARAGRAPH
        if paragraphs == 2:
            break
        below.append(segment.text)
    nearest = (*below[:NEAR], *(segment.text for segment in found[max(0, at - 1) : at]))
    days = (*map(date_line, below[:NEAR]), *map(credited_date, nearest), *map(date_line, below[NEAR:]))
    return next((day for day in days if day is not None), None)


def _written(
    tree: HtmlElement, metas: dict[str, str], articles: Sequence[dict[str, Any]], address: str | None
) -> tuple[Moment, str] | None:
    for found_in, given in _candidates(tree, metas, articles, address):
        if given and (moment := _moment(given)) is not None:
            return moment, found_in
    return None


def _candidates(
    tree: HtmlElement, metas: dict[str, str], articles: Sequence[dict[str, Any]], address: str | None
) -> Iterator[tuple[str, str | None]]:
    for item in articles:
        yield "metadata", item.get("datePublished") if isinstance(item.get("datePublished"), str) else None
    for name in _DATE_METAS:
        yield "metadata", metas.get(name)
    for element in tree.xpath("//*[@itemprop='datePublished' or contains(@class,'dt-published')]"):
        yield "metadata", element.get("content") or element.get("datetime") or element.text_content()[:100]
    times = tree.xpath(
        "//time[@pubdate or contains(@class,'published') or contains(@class,'entry-date')]"
    ) or tree.xpath("//article//time | //main//time")
    for element in times[:3]:
        yield "metadata", element.get("datetime") or element.text_content()[:100]
    if address and (in_url := _IN_URL.search(urlsplit(address).path)):
        yield "metadata", "-".join(in_url.groups())
    for element in tree.xpath(_DATED)[:12]:
        yield "metadata", element.get("title") if element.tag == "abbr" else None
        text = " ".join(element.text_content().split())
        yield "text", text if len(text) < 150 else None
    for element in tree.iter("time"):
        yield "metadata", element.get("datetime") or element.text_content()[:100]


def _searched(tree: HtmlElement, address: str | None, found: Sequence[Segment]) -> Moment | None:
    """What htmldate finds where the page has no mark that we know.

    It makes a year alone the first of January; that day counts only where the page spells it.
    """
    # Imported here: few pages need it.
    from htmldate import find_date as htmldate

    try:
        given = htmldate(tree, original_date=True, extensive_search=True, url=address)
    except Exception:  # a page on which it fails has no date that we could tell
        return None
    if given and given.endswith("-01-01"):
        spelt = (find_date(segment.text) for segment in found)
        return next((one[0] for one in spelt if one and one[0].isoformat() == given), None)
    return _moment(given) if given else None


def _moment(given: str) -> Moment | None:
    given = " ".join(given.split())
    if (moment := parse_date(given)) is None and (found := find_date(given[:150])) is not None:
        moment = found[0]
    if moment is None and re.match(r"(?:19|20)\d\d-\d\d-\d\d", given):
        moment = parse_date(given[:10])
    if moment is None:
        return None
    if isinstance(moment, datetime):
        moment = moment.replace(microsecond=0)
    return moment if _day(moment) >= EARLIEST else None
