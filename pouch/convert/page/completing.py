"""Structure made whole: a list, a table or a quotation of the article is in it with all its parts, or not at all.

Extractors judge text by its length, and so lose short items and subheads. What the page marks up as one thing,
in the midst of what is surely the article, is judged as one thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from typing import Any

from pouch.convert.page.segments import PARTED, Segment
from pouch.convert.page.tables import Cell, data_tables
from pouch.convert.text.boilerplate import boilerplate_rule
from pouch.convert.text.headings import is_key_points

THRESHOLD = 0.63
"""The probability from which a segment is the article's. Above a half, for what surely is the article's brings in what
stands beside it; cross-validated by site, a page then has too much about as often as it has too little."""

WHOLES = frozenset(("ul", "ol", "dl", "blockquote"))
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
LIKELY = 0.12
"""The mean probability from which a whole is kept in the midst of the article, and a heading over kept text."""

ENCLOSED = 0.01
"""The same for what stands between two paragraphs of the article, in the element that holds them."""

MOSTLY_LINKS = 0.5
MOSTLY_AT_HOME = 0.6
SIBLING = 0.04
"""The probability from which a paragraph beside most of the article is kept."""

BOXES = 3
"""Elements by whose names two paragraphs stand in boxes of the same make."""

SHORTEST_SENTENCE = 4
"""Words of a linked paragraph that is a sentence."""

NEARLY = 0.4
"""The same beside any paragraph of it."""


def complete(segments: Sequence[Segment], probabilities: Sequence[float]) -> list[bool]:
    """For each segment whether it is the article's, once wholes are judged as wholes."""
    chosen = [probability >= THRESHOLD for probability in probabilities]
    tables = data_tables(segments)
    wholes = _wholes(segments, tables)
    for _ in range(2):  # a list may stand between paragraphs that only the first round brings in
        chosen_numbers = [number for number, keep in enumerate(chosen) if keep]
        if not chosen_numbers:
            return chosen
        home = _home([segments[number] for number in chosen_numbers])
        _siblings(segments, probabilities, chosen, home, chosen_numbers)
        _boxed_alike(segments, chosen, chosen_numbers)
        span = (chosen_numbers[0], max(number for number, keep in enumerate(chosen) if keep))
        for whole, members in wholes:
            if all(chosen[number] for number in members):
                continue
            if _belongs(whole, members, segments, probabilities, chosen, home, span):
                _set(chosen, members, keep=True)
            elif whole.tag in ("dl", "table"):
                # A term without what it means says nothing, nor does a row without a cell.
                _set(chosen, members, keep=False)
        _headings(segments, probabilities, chosen, chosen_numbers[0], home)
    return chosen


def _set(chosen: list[bool], members: Sequence[int], *, keep: bool) -> None:
    for number in members:
        chosen[number] = keep


def _siblings(
    segments: Sequence[Segment],
    probabilities: Sequence[float],
    chosen: list[bool],
    home: Any,
    chosen_numbers: Sequence[int],
) -> None:
    """Paragraphs beside those of the article are the article's: short ones at its end, above all.

    Only after its first paragraph, and only where most of what is kept stands in one element, or where the paragraph
    is nearly chosen by itself.
    """
    texts = sum(len(segments[number].text) for number in chosen_numbers)
    at_home = sum(
        len(segments[number].text) for number in chosen_numbers if segments[number].parent.getparent() is home
    )
    settled = home is not None and at_home >= MOSTLY_AT_HOME * texts
    beside = {
        segments[number].parent.getparent() for number in chosen_numbers if segments[number].parent.tag == "p"
    }
    for number in range(chosen_numbers[0] + 1, len(segments)):
        segment = segments[number]
        if chosen[number] or not segment.index or segment.parent.tag != "p":
            continue
        holder, probability = segment.parent.getparent(), probabilities[number]
        if (
            (
                (settled and holder is home and probability >= SIBLING)
                or (holder in beside and probability >= NEARLY)
                or (
                    probability >= LIKELY
                    and number + 1 < len(segments)
                    and _opens_key_points(number, segments, chosen)
                )
            )
            and (
                segment.link_chars <= MOSTLY_LINKS * len(segment.text)
                and boilerplate_rule(segment.text, edge=True) is None
            )
        ) or (
            chosen_numbers[0] < number < chosen_numbers[-1]
            and (holder is home or holder in beside)
            and (_is_linked_sentence(segment) or _opens_a_quotation(number, segments))
        ):
            chosen[number] = True


def _boxed_alike(segments: Sequence[Segment], chosen: list[bool], chosen_numbers: Sequence[int]) -> None:
    """Paragraphs in boxes of the same make as those of the article, inside of what holds all of these.

    Systems that give each paragraph a box of its own hide from extractors which paragraphs stand beside each other.
    """
    within = common_ancestor([segments[number] for number in chosen_numbers])
    if within is None or within.tag in ("body", "html"):
        return
    makes = [_make(segments[number].parent) for number in chosen_numbers]
    frequent = {make for make in makes if make and makes.count(make) > 1}
    for number in range(chosen_numbers[0] + 1, len(segments)):
        segment = segments[number]
        if (
            not chosen[number]
            and segment.index
            and segment.parent.tag == "p"
            and within in segment.parent.iterancestors()
            and _make(segment.parent) in frequent
            and segment.link_chars <= MOSTLY_LINKS * len(segment.text)
            and boilerplate_rule(segment.text, edge=True) is None
        ):
            chosen[number] = True


def common_ancestor(segments: Sequence[Segment]) -> Any:
    """The innermost element that contains all of the segments."""
    chains = [[segment.parent, *segment.parent.iterancestors()][::-1] for segment in segments]
    common = None
    for elements in zip(*chains, strict=False):
        if any(element is not elements[0] for element in elements):
            break
        common = elements[0]
    return common


def _make(element: Any) -> tuple[tuple[str, str], ...]:
    """The tags and classes of an element and of the two around it; empty where it has no box of its own."""
    make = []
    for _ in range(BOXES):
        if element is None or element.tag in ("body", "html"):
            break
        make.append((element.tag, element.get("class") or ""))
        element = element.getparent()
    return tuple(make) if len(make) == BOXES and all(name for _, name in make) else ()


def _is_linked_sentence(segment: Segment) -> bool:
    """Whether a paragraph that is mostly a link is a sentence all the same: a teaser ends without a full stop."""
    text = segment.text.rstrip("»”’\"')] ")
    return (
        text.endswith((".", "。", "؟", "।", "…"))
        and (len(text.split()) >= SHORTEST_SENTENCE or (not text.isascii() and len(text) >= 15))
        and boilerplate_rule(segment.text, edge=True, linked=True) is None
    )


def _opens_a_quotation(number: int, segments: Sequence[Segment]) -> bool:
    """Whether a paragraph ends with a colon, and what follows it is set as a quotation."""
    text, following = segments[number].text, segments[number + 1]
    return text.endswith((":", "：")) and next(following.parent.iterancestors("blockquote"), None) is not None


def _opens_key_points(number: int, segments: Sequence[Segment], chosen: Sequence[bool]) -> bool:
    """Whether a paragraph is the heading of the key points that follow it."""
    return chosen[number + 1] and is_key_points(segments[number].text)


def _home(segments: Sequence[Segment]) -> Any:
    """The parent element of most of the segments' text."""
    weight: dict[Any, int] = {}
    for segment in segments:
        holder = segment.parent.getparent() if segment.parent.tag != "div" else segment.parent
        if holder is not None:
            weight[holder] = weight.get(holder, 0) + len(segment.text)
    return max(weight, key=lambda element: weight[element]) if weight else None


def _wholes(segments: Sequence[Segment], tables: Mapping[int, Cell]) -> list[tuple[Any, list[int]]]:
    """Each outermost list, table of data or quotation, with the numbers of its segments."""
    members: dict[Any, list[int]] = {}
    data = {cell.table for cell in tables.values()}
    outermost_of: dict[Any, Any] = {}
    for number, segment in enumerate(segments):
        if segment.index and (outermost := _outermost(segment.parent, data, outermost_of)) is not None:
            members.setdefault(outermost, []).append(number)
    return list(members.items())


def _outermost(element: Any, data: Set[Any], outermost_of: dict[Any, Any]) -> Any:
    """The outermost whole around an element, itself included; None where there is none. `outermost_of` caches it.

    `data` are the tables of data: a table that lays out the page is no whole; a table of data is one even in a list.
    """
    inside = []
    while element is not None and element.tag not in ("body", "html") and element not in outermost_of:
        inside.append(element)
        element = element.getparent()
    outermost = outermost_of.get(element)
    for inner in reversed(inside):
        if inner in data or (outermost is None and inner.tag in WHOLES):
            outermost = inner
        outermost_of[inner] = outermost
    return outermost


def _belongs(
    whole: Any,
    members: Sequence[int],
    segments: Sequence[Segment],
    probabilities: Sequence[float],
    chosen: Sequence[bool],
    home: Any,
    span: tuple[int, int],
) -> bool:
    texts = [len(segments[number].text) for number in members]
    total = sum(texts)
    mean = sum(probabilities[number] * (size + 5) for number, size in zip(members, texts, strict=True)) / (
        total + 5 * len(members)
    )
    if whole.tag == "table":
        return _table_belongs(whole, members, home, span, mean)
    if sum(segments[number].link_chars for number in members) > MOSTLY_LINKS * total:
        return False
    if any(boilerplate_rule(segments[number].text, edge=False) for number in members):
        return False
    started = any(chosen[max(0, members[0] - 3) : members[0]])
    inside = span[0] < members[0] <= span[1] or started
    at_home = home is not None and home in (whole.getparent(), _parent(whole.getparent()))
    # A heading of the article says what the list below it is.
    headed = members[0] > 0 and chosen[members[0] - 1] and segments[members[0] - 1].parent.tag in HEADINGS
    at_home = at_home or (headed and whole.tag in ("ul", "ol"))
    beside = home is not None and home is whole.getparent()
    if beside and started and whole.tag in ("ul", "ol") and _is_prose(segments, members):
        return True
    if inside and at_home:
        return mean >= (ENCLOSED if members[-1] < span[1] else LIKELY)
    return mean >= (2 * LIKELY if inside else 0.45) and any(chosen[number] for number in members)


def _is_prose(segments: Sequence[Segment], members: Sequence[int]) -> bool:
    """Whether most items of a list are sentences, and none is a link."""
    ends = sum(
        segments[number].text.rstrip("»”’\"')] ").endswith((".", "。", ";", "؛", "।")) for number in members
    )
    return ends * 2 > len(members) > 1 and not any(segments[number].link_chars for number in members)


def _table_belongs(table: Any, members: Sequence[int], home: Any, span: tuple[int, int], mean: float) -> bool:
    """Whether a table of data is the article's: surely where it stands between two of its paragraphs."""
    above = table.getparent()
    near = False
    for _ in range(3):
        near = near or (above is not None and above is home)
        above = _parent(above)
    started = span[0] < members[0]
    if near and started:
        return members[-1] < span[1] or mean >= SIBLING
    return mean >= (2 * LIKELY if started and members[0] <= span[1] else 0.45)


def _parent(element: Any) -> Any:
    return None if element is None else element.getparent()


def _headings(
    segments: Sequence[Segment], probabilities: Sequence[float], chosen: list[bool], first: int, home: Any
) -> None:
    """A heading inside the article goes with the text below it."""
    texts = [
        number
        for number, segment in enumerate(segments)
        if segment.index and segment.parent.get("class") not in PARTED
    ]
    # Of a page that opens with a heading below its headline, that heading is inside too.
    top = next(
        (segments[one].parent for one in reversed(texts) if one < first and segments[one].parent.tag == "h1"),
        None,
    )
    for number, following in reversed(list(pairwise(texts))):
        segment = segments[number]
        inside = number > first or (top is not None and segment.parent.getparent() is top.getparent())
        if (
            inside
            and chosen[following]
            and not chosen[number]
            and segment.parent.tag in HEADINGS
            and (
                segment.parent.getparent() is home
                or probabilities[number] >= LIKELY
                or (
                    number > first
                    and segment.parent.getparent() in segments[following].parent.iterancestors()
                )
            )
        ):
            chosen[number] = boilerplate_rule(segment.text, edge=False) is None
