"""Tables of data as Markdown; tables that only lay out a page are no tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pouch.convert.page.segments import Segment

LONGEST_CELL = 300
"""Characters: a longer one is a column of a page."""


def data_tables(kept: Sequence[Segment]) -> dict[int, Any]:
    """The table element of each segment (by its unit) that stands in a table of data."""
    inside: dict[Any, list[Segment]] = {}
    for segment in kept:
        element: Any = segment.parent
        while element is not None and element.tag != "table":
            element = element.getparent()
        if element is not None:
            inside.setdefault(element, []).append(segment)
    return {
        segment.index: table
        for table, members in inside.items()
        if _is_data(table, members)
        for segment in members
    }


def _rows(table: Any) -> list[list[Any]]:
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


def _is_data(table: Any, members: Sequence[Segment]) -> bool:
    if table.find(".//table") is not None or any(
        segment.parent.tag not in ("td", "th", "p", "div") for segment in members
    ):
        return False
    rows = [row for row in _rows(table) if row]
    width = max(map(len, rows), default=0)
    cells = {id(cell) for row in rows for cell in row}
    if (
        len(rows) < 2
        or width < 2
        or len(members) < 4
        or sum(len(row) == width for row in rows) * 2 < len(rows)
    ):
        return False
    if max(len(segment.text) for segment in members) > LONGEST_CELL:
        return False
    # One run of text a cell: what holds several paragraphs is layout.
    homes = [
        id(segment.parent) if segment.parent.tag in ("td", "th") else id(segment.parent.getparent())
        for segment in members
    ]
    return len(set(homes)) == len(homes) and all(home in cells for home in homes)


def table_markdown(table: Any, marked: Mapping[int, str]) -> str:
    """The table; `marked` is each cell's Markdown by the identity of the element that holds it."""
    rows = []
    for row in _rows(table):
        texts = [
            next((marked[id(e)] for e in (cell, *cell) if id(e) in marked), "").replace("|", "\\|")
            for cell in row
        ]
        if any(texts):
            rows.append(texts)
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
