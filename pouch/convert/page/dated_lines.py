"""The lines of a page that date its article, beside its headline and further below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from pouch.convert.page.others import FULL_PARAGRAPH, Own, is_anothers
from pouch.convert.page.segments import Segment
from pouch.convert.text.dates import (
    credited_date,
    date_among_pieces,
    date_line,
    dateline,
    find_date,
    other_label,
    place_line,
    published_label,
    published_line,
    signed_date,
    updated_line,
    weekdays,
)

BELOW = 14
"""Segments below the headline among which its date is looked for, up to the second full paragraph."""

MENU_BELOW = 40
"""The same with the items of a menu that stands there."""

NEAR = 2
"""Segments from the headline within which a line may hold names beside its date."""

LONGEST_LINE = 100
"""Characters of a line that dates an article."""

SHORT_LINE = 70
"""Characters of a line below the headline that its date may open."""

NEAR_ABOVE = 5
"""Segments above the headline among which its date is looked for, where nothing else tells."""

EARLIEST = date(1990, 1, 1)
"""No web page is older."""

_DATELINE_END = re.compile(r"\s+[-–—]\s|\.\s+(?=\S)")


def day_beside_headline(segments: Sequence[Segment], at: int, own: Own) -> date | None:
    """The day in a line that does nothing but date the article, below its headline or right above it."""
    below: list[Segment] = []
    paragraphs = 0
    for number, segment in enumerate(islice(_may_date(segments[at + 1 : at + 1 + MENU_BELOW]), BELOW)):
        paragraphs += len(segment.text) >= FULL_PARAGRAPH
        if paragraphs == 2:
            break
        if _is_byline_link(segment) or not is_anothers(segment.parent, own, beside=number < NEAR):
            below.append(segment)
    below = [segment for segment in below if not _tells_a_life(segment)]
    nearest = (*below[:NEAR], *segments[max(0, at - 1) : at])
    days = (
        *(_read(date_line, segment) for segment in below[:NEAR]),
        *(place_line(segment.text) for segment in below[:NEAR]),
        *(
            _read(rule, segment)
            for rule in (credited_date, signed_date, date_among_pieces)
            for segment in nearest
        ),
        *(_read(date_line, segment) for segment in below[NEAR:]),
        *(day for segment in below for day in _signed_parts(segment)),
    )
    return next((day for day in days if day is not None), None)


def _may_date(segments: Sequence[Segment], *, updates: bool = False) -> Iterator[Segment]:
    """The segments without what a label over them calls something else, and without items of a list that are links.

    Menus stand between headline and date. `updates`: with what a label calls the day of an update.
    """
    label = ""
    for segment in segments:
        is_link = segment.parent.tag == "li" and 0 < len(segment.text) <= segment.link_chars
        if not is_link and not other_label(label, but_updates=updates):
            yield segment
        label = segment.text


def _is_byline_link(segment: Segment) -> bool:
    """Whether a segment stands in a link that is nothing but a byline with its day: a link to who wrote it."""
    link = next(segment.parent.iterancestors("a"), None) if len(segment.text) <= LONGEST_LINE else None
    return link is not None and signed_date(" ".join(" ".join(link.itertext()).split())) is not None


def _signed_parts(segment: Segment) -> list[date]:
    """The days of the elements in a short line that say when something was posted, and by whom."""
    if len(segment.text) > FULL_PARAGRAPH:
        return []
    texts = (
        " ".join(part.text_content().split()) for part in segment.parent.iterchildren("span", "small", "em")
    )
    return [day for text in texts if (day := signed_date(text)) is not None]


def days_of_publication(segments: Sequence[Segment], own: Own) -> Iterator[date]:
    """The days that lines of the page call those of publication, themselves or by the label over them."""
    announced = False
    for segment in segments:
        day = date_line(segment.text) if announced else published_line(segment.text)
        if day is not None and not is_anothers(segment.parent, own, beside=True):
            yield day
        announced = published_label(segment.text)


def signed_days(segments: Sequence[Segment], own: Own) -> Iterator[date]:
    """The days of the article's own lines that tell who posted something, and when."""
    for segment in segments:
        if (day := _read(signed_date, segment)) is not None and not is_anothers(segment.parent, own):
            yield day


def day_near_headline(segments: Sequence[Segment], at: int, own: Own) -> date | None:
    """The day in a line that does nothing but tell one, around the headline or, where all tell the same, below it."""
    around = (
        *_may_date(segments[at + 1 : at + 1 + BELOW]),
        *reversed(segments[max(0, at - NEAR_ABOVE) : at]),
    )
    if (near := next(_days_told(around, own), None)) is not None:
        return near
    below = set(_days_told(_may_date(segments[at + 1 :], updates=True), own))
    return below.pop() if len(below) == 1 else None


def _days_told(segments: Iterable[Segment], own: Own) -> Iterator[date]:
    """The days of the article's own lines that do nothing but tell one."""
    for segment in segments:
        if is_anothers(segment.parent, own) or _tells_a_life(segment):
            continue
        if (day := date_line(segment.text)) is not None:
            yield day


def day_in_opening(segments: Sequence[Segment], at: int, own: Own) -> date | None:
    """The day that opens a short line right below the headline, or that of an update, if there is no other date."""
    lines = [
        segment.text
        for segment in _may_date(segments[at + 1 : at + 1 + BELOW])
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
    opening = next((text for text in lines if len(text) >= FULL_PARAGRAPH), "")
    if (place_and_day := dateline(opening)) is not None and not _opens_a_scene(opening):
        return place_and_day
    return next(
        (day[0] for text in lines if updated_line(text) and (day := find_date(text)) is not None), None
    )


def _opens_a_scene(text: str) -> bool:
    """Whether place and day at the beginning end like a sentence, as those of what a story tells do."""
    day = find_date(text[:LONGEST_LINE])
    return day is None or text[day.end : day.end + 1] == "."


def _tells_a_life(segment: Segment) -> bool:
    """Whether a segment is an item of a table or list of facts with a day before there were web pages."""
    day = find_date(segment.text[:100]) if segment.parent.tag in ("li", "dd", "td", "th") else None
    return day is not None and day.day < EARLIEST


def _read(rule: Callable[[str], date | None], segment: Segment) -> date | None:
    """The day that a rule reads in a segment's line, or in its parts where styles alone part them."""
    if (day := rule(segment.text)) is not None or len(segment.runs) < 2 or len(segment.text) > LONGEST_LINE:
        return day
    return rule(" ".join(" ".join(text.split()) for text, _ in segment.runs))
