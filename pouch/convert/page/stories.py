"""The stories of a newsletter that has several: where each begins and ends, and its link.

A story has a heading, prose below it, and a link to the whole of it; or a box of its own, below the newsletter's name.
One article with subheads has neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from pouch.convert.page.inline import address
from pouch.convert.page.segments import Segment
from pouch.convert.text.letters import is_frame

HEADINGS = ("h1", "h2", "h3", "h4")
LEAST_PROSE = 100
"""Characters of prose below the heading of a story."""

FULL_PARAGRAPH = 120
KICKER = 40
"""Characters of the line over a heading that names its section."""

MOSTLY_LINKED = 0.6
"""The share of the sections with a link of their own from which they are stories."""


class Story(msgspec.Struct, frozen=True):
    """One story of a newsletter."""

    title: str
    units: tuple[int, int]  # the first, and the one behind the last
    url: str | None = None


def find_stories(segments: Sequence[Segment], base: str | None = None) -> list[Story]:
    """The stories of a newsletter; none where it has fewer than two."""
    for tag in HEADINGS:
        heads = [
            number for number, segment in enumerate(segments) if segment.index and _heading(segment) == tag
        ]
        if len(heads) < 2:
            continue
        sections = [
            _section(segments, head, following, base)
            for head, following in zip(heads, [*heads[1:], len(segments)], strict=True)
        ]
        stories = [section for section in sections if section is not None]
        linked = sum(story.url is not None for story in stories)
        if len(stories) < 2:
            continue
        if linked >= 2 and linked >= MOSTLY_LINKED * len(stories):
            return stories
        if _own_boxes(
            segments, [head for head, section in zip(heads, sections, strict=True) if section is not None]
        ):
            return stories
    return []


def _heading(segment: Segment) -> str:
    """The tag of the heading that contains a segment; empty if none does."""
    element: Any = segment.parent
    while element is not None and element.tag not in ("td", "div", "body"):
        if element.tag in HEADINGS:
            return str(element.tag)
        element = element.getparent()
    return ""


def _section(segments: Sequence[Segment], head: int, following: int, base: str | None) -> Story | None:
    """The story from a heading to the next one; None if it is not a story."""
    box = _box(segments, head, following)
    numbers = [
        number
        for number in range(head + 1, following)
        if segments[number].index
        and (box is None or box in (segments[number].parent, *segments[number].parent.iterancestors()))
    ]
    # The kicker of the story below, and the newsletter's foot.
    while numbers and box is None and _is_kicker_or_foot(segments[numbers[-1]]):
        numbers.pop()
    url = _link(segments[head], base)
    for number in reversed(numbers):
        segment = segments[number]
        if segment.link_chars < len(segment.text) * MOSTLY_LINKED or len(segment.text) >= LEAST_PROSE:
            break
        url = url or _link(segment, base)
        numbers = [one for one in numbers if one != number]
    prose = sum(
        len(segments[number].text)
        for number in numbers
        if segments[number].link_chars < len(segments[number].text) / 2
    )
    if prose < LEAST_PROSE or not numbers:
        return None
    return Story(segments[head].text, (segments[head].index, segments[numbers[-1]].index + 1), url)


def _is_kicker_or_foot(segment: Segment) -> bool:
    return is_frame(segment.text) or (len(segment.text) < KICKER and not segment.link_chars)


def _box(segments: Sequence[Segment], head: int, following: int) -> Any:
    """The nearest element around a heading that holds its prose and no other heading; None where there is none."""
    others = {segments[following].parent} if following < len(segments) else set()
    best = None
    for element in segments[head].parent.iterancestors():
        if element.tag in ("body", "html") or any(element in other.iterancestors() for other in others):
            break
        inside = [
            segment for segment in segments[head + 1 : following] if element in segment.parent.iterancestors()
        ]
        if sum(len(segment.text) for segment in inside) >= LEAST_PROSE:
            best = element if best is None else best
    return best


def _link(segment: Segment, base: str | None) -> str | None:
    """The address that a segment leads to, on the web."""
    for _, inline in segment.runs:
        for element in inline:
            if (
                element.tag == "a"
                and (where := address(element.get("href"), base))
                and where.startswith("http")
            ):
                return where
    for element in segment.parent.iterancestors("a"):
        return address(element.get("href"), base)
    return None


def _own_boxes(segments: Sequence[Segment], heads: Sequence[int]) -> bool:
    """Whether each heading stands in a box of its own with two paragraphs, and no prose stands outside of them all."""
    boxes = [
        _box(segments, head, following)
        for head, following in zip(heads, [*heads[1:], len(segments)], strict=True)
    ]
    if None in boxes or len(set(boxes)) < len(boxes):
        return False
    inside: dict[Any, int] = dict.fromkeys(boxes, 0)
    for segment in segments:
        if len(segment.text) < FULL_PARAGRAPH:
            continue
        box = next((one for one in segment.parent.iterancestors() if one in inside), None)
        if box is None:
            return False
        inside[box] += 1
    return all(count > 1 for count in inside.values())
