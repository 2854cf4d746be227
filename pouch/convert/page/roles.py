"""The role that each part of an article plays, by the elements it stands in and by how it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from pouch.convert.page.attached import TIMES, is_time, key_points_box
from pouch.convert.page.parts import FULL_PARAGRAPH, Part, is_break
from pouch.convert.text.blocks import Role
from pouch.convert.text.dates import credited_date, date_line, place_line, signed_date, updated_line
from pouch.convert.text.headings import byline, is_key_points

LONGEST_SUBHEAD = 120
"""Characters of a bold line that is a subhead."""

LONGEST_HEADING = 200
"""Characters: a longer heading is a paragraph that its page shows large."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ITEMS: tuple[Role, ...] = ("item", "numbered item")
_FEWEST_POINTS, _MOST_POINTS = 3, 10
_SHORTEST_POINT, _LONGEST_POINT = 20, 300
"""Characters of a key point that is known by its form."""

_UNFINISHED = tuple(".,;:!…")


def give_roles(kept_parts: Sequence[Part]) -> None:
    """Roles and levels for the kept parts of an article, in their order; its title has its role already."""
    parts = list(kept_parts)
    _by_element(parts)
    _bullets_by_hand(parts)
    _flatten(parts)
    _bold_subheads(parts)
    _credits(parts)
    _times(parts)
    _key_points(parts)


def _by_element(parts: Sequence[Part]) -> None:
    top = min((_rank(part) for part in parts if _rank(part)), default=2)
    seen_items: set[Any] = set()
    layout = _layout(parts)
    for part in parts:
        above = [element for element in part.ancestors() if element not in layout]
        tags = [element.tag for element in above]
        if part.role == "table":
            continue
        if (rank := _rank(part)) and "li" not in tags:
            part.role, part.level = "subhead", min(6, 2 + rank - top)
        elif is_break(part.text):
            part.role = "break"
        elif part.segment.parent.tag == "summary":
            part.role, part.level = "subhead", 3
        elif "li" in tags and ("ul" in tags or "ol" in tags):
            _list_item(part, above, tags, seen_items)
        elif "blockquote" in tags:
            part.role = "quotation"
        elif "figcaption" in tags or "caption" in tags:
            part.role = "image"
        elif part.segment.parent.tag == "dt" and not part.bold:
            part.markdown = f"**{part.markdown}**"


def _layout(parts: Sequence[Part]) -> set[Any]:
    """Lists that lay out the page, and their items: one item, and it holds paragraphs of the article."""
    items: dict[Any, set[Any]] = {}
    full: dict[Any, int] = {}
    for part in parts:
        for element in part.ancestors():
            if element.tag == "li" and element.getparent() is not None:
                items.setdefault(element.getparent(), set()).add(element)
                full[element] = full.get(element, 0) + (len(part.text) >= FULL_PARAGRAPH)
    alone = {holder: next(iter(members)) for holder, members in items.items() if len(members) == 1}
    return {one for holder, item in alone.items() if full[item] > 1 for one in (holder, item)}


def _rank(part: Part) -> int:
    """1 to 6 for a heading, else 0."""
    tag = part.segment.parent.tag
    if tag == "button":  # that unfolds what stands below
        tag = next((element.tag for element in part.ancestors() if element.tag in _HEADINGS), tag)
    heading = tag in _HEADINGS and len(part.text) <= LONGEST_HEADING and part.role != "table"
    return int(tag[1]) if heading else 0


def _list_item(part: Part, above: Sequence[Any], tags: Sequence[str], seen_items: set[Any]) -> None:
    depth = sum(tag in ("ul", "ol") for tag in tags)
    item = above[tags.index("li")]
    if item in seen_items:
        # A second paragraph of the same item continues it.
        part.level = depth
        return
    seen_items.add(item)
    holder = next(element for element in above if element.tag in ("ul", "ol"))
    part.role, part.level = "item", depth - 1
    if holder.tag == "ol":
        part.role = "numbered item"
        if item.getprevious() is None:
            start = holder.get("start") or ""
            part.number = int(start) if start.isdigit() else 1
        elif (item.get("value") or "").isdigit():
            part.number = int(item.get("value"))


def _bullets_by_hand(parts: Sequence[Part]) -> None:
    """Two or more lines in a row that open with a bullet are a list."""
    for run in _runs(parts):
        if len(run) > 1 and not _is_spoken(run):
            for part, bare in run:
                part.role, part.text, part.markdown = "item", bare.text, bare.markdown


def _is_spoken(run: Sequence[tuple[Part, Part]]) -> bool:
    """Whether lines that open with a dash are what people say to each other: each is a sentence, none goes on."""
    dashed = all(part.text.lstrip("\\")[0] in "-–—" for part, _ in run)
    return dashed and all(part.text.rstrip("»”\"'’)").endswith(tuple(".?!…")) for part, _ in run)


def _runs(parts: Sequence[Part]) -> Iterator[list[tuple[Part, Part]]]:
    run: list[tuple[Part, Part]] = []
    for part in parts:
        bare = part.without_bullet() if part.role == "paragraph" and not part.level else None
        if bare is not None:
            run.append((part, bare))
        else:
            yield run
            run = []
    yield run


def _flatten(parts: Sequence[Part]) -> None:
    """Levels from 0, whatever lists of a menu or a layout stand around."""
    shallowest = min((part.level for part in parts if part.role in _ITEMS), default=0)
    after_item = False
    for part in parts:
        if part.role in _ITEMS:
            part.level -= shallowest
            after_item = True
        elif part.role == "paragraph" and part.level:
            part.level = max(0, part.level - shallowest) if after_item else 0
        else:
            after_item = False


def _bold_subheads(parts: Sequence[Part]) -> None:
    """A short bold line above other text is a subhead."""
    below: tuple[Role, ...] = ("paragraph", "item", "numbered item", "quotation", "table")
    shown = [part for part in parts if part.role != "image"]
    for number, part in enumerate(shown[:-1]):
        if (
            (number or part is not parts[0])
            and part.bold
            and part.role == "paragraph"
            and not part.level
            and len(part.text) <= LONGEST_SUBHEAD
            and not part.text.endswith(_UNFINISHED)
            and shown[number + 1].role in below
            and not part.segment.after_break
        ):
            part.role, part.level = "subhead", 2


def _credits(parts: Sequence[Part]) -> None:
    """Lines before the first full paragraph that name the author or the day are facts, and no part of the body."""
    # At the article's end a line that nothing but dates it does so too.
    if parts and parts[-1].role == "paragraph" and date_line(parts[-1].text):
        parts[-1].role = "date"
    for part in takewhile(lambda one: len(one.text) < FULL_PARAGRAPH, parts):
        if part.role not in ("paragraph", *_ITEMS):
            continue
        if byline(part.text):
            part.role = "byline"
        elif any(
            finds_day(part.text)
            for finds_day in (date_line, place_line, credited_date, signed_date, updated_line)
        ):
            part.role = "date"


def _times(parts: Sequence[Part]) -> None:
    """Times of day in lines of their own part the posts of a live report."""
    times = [part for part in parts if part.role in ("paragraph", "date") and is_time(part.text)]
    if len(times) >= TIMES:
        for part in times:
            part.role = "time"


def _key_points(parts: Sequence[Part]) -> None:
    """The list below a heading that says so; else what stands in a box that is called so; else a list above the text.

    A list alone under a short line, above the first paragraph, is known by its form.
    """
    full = next(
        (
            number
            for number, part in enumerate(parts)
            if part.role == "paragraph" and len(part.text) >= FULL_PARAGRAPH
        ),
        0,
    )
    for number, part in enumerate(parts):
        if part.role in ("paragraph", "subhead") and is_key_points(part.text):
            points = list(takewhile(lambda one: one.role in _ITEMS, parts[number + 1 :]))
            points = points or _boxed_below(parts, number)
            if points:
                _set_points(part, points)
                return
    boxed = [part for part in parts if key_points_box(part.segment.parent) is not None]
    points = [part for part in boxed if part.role in _ITEMS]
    if not points:
        lines = [part for part in boxed if part.role == "paragraph" and not (part is boxed[0] and part.bold)]
        points = lines if len(lines) > 1 and all(len(part.text) <= _LONGEST_POINT for part in lines) else []
    if points:
        heading = boxed[0] if boxed[0] not in points and boxed[0].role in ("subhead", "paragraph") else None
        _set_points(heading, points)
        return
    for number, part in enumerate(parts[:full]):
        if part.role in _ITEMS:
            return  # further lists are the text itself
        if part.role in ("subhead", "paragraph") and len(part.text) <= LONGEST_SUBHEAD:
            points = list(takewhile(lambda one: one.role in _ITEMS, parts[number + 1 :]))
            if number + 1 + len(points) == full and _are_points(points):
                _set_points(part, points)
                return


def _set_points(heading: Part | None, points: Sequence[Part]) -> None:
    if heading is not None:
        heading.role = "key points heading"
    for point in points:
        point.role = "key point"


def _are_points(points: Sequence[Part]) -> bool:
    return _FEWEST_POINTS <= len(points) <= _MOST_POINTS and all(
        _SHORTEST_POINT <= len(point.text) <= _LONGEST_POINT and not point.segment.link_chars
        for point in points
    )


def _boxed_below(parts: Sequence[Part], number: int) -> list[Part]:
    """The lines below a heading that stand in the same box as it, where the box is not the whole article."""
    for box in list(parts[number].ancestors())[1:3]:
        inside = [part for part in parts if box in part.ancestors()]
        lines = [part for part in inside if part is not parts[number]]
        if lines and len(inside) < len(parts) and all(len(one.text) <= _LONGEST_POINT for one in lines):
            return [part for part in lines if part.role == "paragraph"]
    return []
