"""Segments that belong to an article although they do not look like its text.

Notes, the times of a live report, captions of tables, and boxes of key points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pouch.convert.page.headline import stands_at
from pouch.convert.page.segments import Segment
from pouch.convert.text.dates import find_date, without_time
from pouch.convert.text.headings import is_key_points
from pouch.tables import pattern

LONGEST_TIME = 40
"""Characters of a line that tells a time and nothing else."""

TIMES = 3
"""So many lines that hold only a time make a live report."""

KEY_POINTS_BOX = pattern("pouch.convert.page", "names", "key_points")
_FRAME = frozenset(("nav", "footer", "form", "body", "html", "article", "main"))
LONGEST_BOX = 3_000
"""Characters of a box of key points; what has more is the article."""

_NOTE_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[ivx]{1,5}|[*†‡§]{1,3})[\])]?")
_BESIDE_TIME = re.compile(
    r"[\W\d_]|\b(?:[a-z]{1,2}t|gmt|bst|utc|ces?t|uhr|uur|h|ore|am|pm|at|um|à|om)\b", re.IGNORECASE
)


def attach(segments: Sequence[Segment], chosen: Sequence[bool]) -> list[bool]:
    """`chosen` with the segments that belong to the chosen ones."""
    extended = list(chosen)
    for number in [
        *_notes(segments, extended),
        *_times(segments, extended),
        *_captions(segments, extended),
        *_boxes(segments, extended),
    ]:
        extended[number] = True
    return extended


def below_headline(segments: Sequence[Segment], chosen: Sequence[bool], headline: str) -> list[bool]:
    """`chosen` without what stands above the headline, where most of it stands below: lists of other news."""
    at = stands_at(segments, headline) if headline else None
    if at is None or segments[at].parent.tag not in ("h1", "h2"):
        return list(chosen)
    above, below = (
        sum(len(segment.text) for segment, keep in pairs if keep)
        for pairs in (
            zip(segments[:at], chosen[:at], strict=True),
            zip(segments[at + 1 :], chosen[at + 1 :], strict=True),
        )
    )
    return [keep and (number >= at or below < above) for number, keep in enumerate(chosen)]


def key_points_box(element: Any) -> Any:
    """The box around an element that its page calls key points; None where there is none."""
    while element is not None and element.tag not in _FRAME:
        if _is_key_points_box(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return element
        element = element.getparent()
    return None


# Called for each element around each segment, many times with the same names.
@lru_cache(maxsize=8192)
def _is_key_points_box(names: str) -> bool:
    return KEY_POINTS_BOX.search(names) is not None


def _boxes(segments: Sequence[Segment], chosen: Sequence[bool]) -> list[int]:
    """The segments of boxes above or in the text that their class or their heading calls key points."""
    last = max((number for number, keep in enumerate(chosen) if keep), default=0)
    boxes: list[Any] = []
    for number, segment in enumerate(segments[:last]):
        if chosen[number] or not segment.index:
            continue
        box = key_points_box(segment.parent)
        if box is None and is_key_points(segment.text):
            box = segment.parent.getparent()
        if box is not None and box.tag not in _FRAME and box not in boxes:
            boxes.append(box)
    numbers = []
    for box in boxes:
        inside = [
            number
            for number, segment in enumerate(segments)
            if box in (segment.parent, *segment.parent.iterancestors())
        ]
        total = sum(len(segments[number].text) for number in inside)
        links = sum(segments[number].link_chars for number in inside)
        if len(inside) > 1 and total <= LONGEST_BOX and links * 2 <= total:
            numbers += [number for number in inside if segments[number].index]
    return numbers


def is_time(text: str) -> bool:
    """Whether a line is a time of day, perhaps with its date or zone, and nothing else."""
    if len(text) > LONGEST_TIME or without_time(text) == text:
        return False
    if day := find_date(text):
        text = text[: day[1]] + text[day[2] :]
    return not _BESIDE_TIME.sub("", without_time(text))


def _times(segments: Sequence[Segment], chosen: Sequence[bool]) -> list[int]:
    """The times over the chosen parts of a live report."""
    texts = [number for number, segment in enumerate(segments) if segment.index]
    times = [number for number, below in pairwise(texts) if chosen[below] and is_time(segments[number].text)]
    return times if len(times) >= TIMES else []


def _captions(segments: Sequence[Segment], chosen: Sequence[bool]) -> list[int]:
    """The captions of figures whose table is chosen."""
    figures = set()
    for segment, keep in zip(segments, chosen, strict=True):
        if keep and (table := _around(segment.parent, "table")) is not None:
            figures.add(_around(table, "figure"))
    figures.discard(None)
    if not figures:
        return []
    captions = ((number, _around(segment.parent, "figcaption")) for number, segment in enumerate(segments))
    return [
        number
        for number, caption in captions
        if caption is not None and _around(caption, "figure") in figures
    ]


def _around(element: Any, tag: str) -> Any:
    """The nearest element with that tag, `element` itself included; None where there is none."""
    while element is not None and element.tag != tag:
        element = element.getparent()
    return element


def _notes(segments: Sequence[Segment], chosen: Sequence[bool]) -> list[int]:
    """The notes that the chosen text links to, and that link back to it.

    Both links are required: a page's menu links to its parts, and its comments to the article, but not both. One is
    enough where it is a number or a sign, as notes have.
    """
    link_targets: set[str] = set()
    places: set[str] = set()
    numbered: set[str] = set()  # targets and names of links that are a number or a sign
    for segment, keep in zip(segments, chosen, strict=True):
        if keep and (targets := set(_targets(segment))):
            link_targets |= targets
            places |= _names(segment)
            numbered |= _numbered(segment)
    if not link_targets:
        return []
    notes: dict[Any, list[int]] = {}
    for number, segment in enumerate(segments):
        if segment.index and not chosen[number]:
            item = _item(segment)
            notes.setdefault(segment if item is None else item, []).append(number)
    return [
        number
        for members in notes.values()
        if _are_linked(
            any(places & set(_targets(segments[member])) for member in members),
            any(link_targets & _names(segments[member]) for member in members),
            any(numbered & {*_names(segments[member]), *_targets(segments[member])} for member in members),
        )
        for number in members
    ]


def _are_linked(back: bool, forth: bool, numbered: bool) -> bool:
    return (back and forth) or ((back or forth) and numbered)


def _numbered(segment: Segment) -> set[str]:
    """The targets and the names of those links in a segment that are a number or a sign of a note."""
    names: set[str] = set()
    for text, inline in segment.runs:
        link = next((element for element in inline if element.tag == "a"), None)
        if (
            link is not None
            and _NOTE_SIGN.fullmatch(text.strip())
            and (link.get("href") or "").startswith("#")
        ):
            names |= {(link.get("href") or "")[1:], link.get("name") or "", link.get("id") or ""}
    return names - {""}


def _targets(segment: Segment) -> Iterator[str]:
    """The places of its own page that a segment's links lead to."""
    for _, inline in segment.runs:
        for element in inline:
            if (
                element.tag == "a"
                and (href := (element.get("href") or "").strip()).startswith("#")
                and href[1:]
            ):
                yield href[1:]


def _item(segment: Segment) -> Any:
    return _around(segment.parent, "li")


def _names(segment: Segment) -> set[str]:
    """The names by which links may call a segment: of its links and what is around them, its block and its item."""
    names = set()
    for _, inline in segment.runs:
        for element in inline:
            if element.tag != "a":
                continue
            while element is not None and element is not segment.parent:
                names |= {element.get("id"), element.get("name")}
                element = element.getparent()
    for element in (segment.parent, segment.parent.getparent(), _item(segment)):
        if element is not None and element.tag not in ("ul", "ol", "nav"):
            names |= {element.get("id"), element.get("name")}
    return names - {None, ""}
