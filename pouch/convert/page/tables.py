"""Tables of data as Markdown; tables that only lay out a page are no tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from pouch.convert.page.segments import Segment
from pouch.convert.text.markdown import rows_as_table

LONGEST_CELL = 300
"""Characters: a longer one is a column of a page, unless the table labels its columns or rows."""

LONGEST_LABELLED_CELL = 1_500
"""Characters of a cell in a table that labels its columns or rows."""

MOST_COLUMNS = 60
"""Columns of a table; a wider one is a drawing."""

_HEADINGS = frozenset(("h1", "h2"))


class Cell(msgspec.Struct, frozen=True):
    """The cell of a data table that contains a segment."""

    table: Any  # lxml's element
    element: Any  # the td, th or caption in it that holds the segment


def data_tables(segments: Sequence[Segment]) -> dict[int, Cell]:
    """The cell of each segment that stands in a table of data, by the segment's index.

    Whether a table holds data is judged by all its cells, so `segments` are those of the whole page.
    """
    cells: dict[int, Cell] = {}
    if not segments or next(segments[0].parent.getroottree().iter("table"), None) is None:
        return cells
    members: dict[Any, list[Segment]] = {}
    nearest: dict[Any, Cell | None] = {}
    for segment in segments:
        if segment.parent not in nearest:
            nearest[segment.parent] = _cell(segment.parent)
        if segment.index and (cell := nearest[segment.parent]) is not None:
            cells[segment.index] = cell
            members.setdefault(cell.table, []).append(segment)
    data = {table for table, inside in members.items() if _is_data(table, inside, cells)}
    return {index: cell for index, cell in cells.items() if cell.table in data}


def _cell(element: Any) -> Cell | None:
    """The cell around an element, of the nearest table; None outside of tables."""
    inner = None
    while element is not None and element.tag != "table":
        if inner is None and element.tag in ("td", "th", "caption"):
            inner = element
        element = element.getparent()
    return Cell(element, inner) if element is not None and inner is not None else None


def _rows(table: Any) -> list[list[Any]]:
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


def _span(cell: Any, name: str) -> int:
    """The number of columns or rows that a cell covers; what is no number, or 0, counts as one."""
    value = (cell.get(name) or "").strip()
    return min(int(value[:4]), MOST_COLUMNS) or 1 if value.isascii() and value.isdigit() else 1


def _is_data(table: Any, members: Sequence[Segment], cells: Mapping[int, Cell]) -> bool:
    """Whether a table, whose segments are `members`, holds data and does not lay out a page."""
    if (table.get("role") or "").lower() in ("presentation", "none") or table.find(".//table") is not None:
        return False
    rows = [row for row in _grid(table) if row]
    width = max(map(len, rows), default=0)
    if (
        len(rows) < 2
        or not 2 <= width <= MOST_COLUMNS
        or sum(len(row) == width for row in rows) * 2 < len(rows)
    ):
        return False
    # The headline of a page stands in a table that lays it out.
    if any(segment.parent.tag in _HEADINGS for segment in members):
        return False
    sizes: dict[Any, int] = {}
    links: dict[Any, int] = {}
    for segment in members:
        element = cells[segment.index].element
        if element.tag != "caption":
            sizes[element] = sizes.get(element, 0) + len(segment.text)
            links[element] = links.get(element, 0) + segment.link_chars
    labelled = table.find(".//th") is not None or table.find("thead") is not None
    if len(sizes) < 4 or max(sizes.values()) > (LONGEST_LABELLED_CELL if labelled else LONGEST_CELL):
        return False
    # A menu is nothing but links; a list of people or documents has a column that says what they are.
    return labelled or sum(links.values()) * 2 <= sum(sizes.values())


def _grid(table: Any) -> list[list[Any]]:
    """The cells of each row, one a column: a cell that covers several stands in each of them."""
    grid: list[list[Any]] = []
    # By column: a cell of a row above that reaches down to this one, and the number of rows still to cover.
    reaching: dict[int, tuple[Any, int]] = {}
    for cells in _rows(table):
        row: list[Any] = []
        below: dict[int, tuple[Any, int]] = {}
        own_cells = iter(cells)
        while True:
            if len(row) in reaching:
                cell, down = reaching.pop(len(row))
                across = 1
            elif (cell := next(own_cells, None)) is not None:
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            else:
                break
            for _ in range(across):
                if down > 1:
                    below[len(row)] = (cell, down - 1)
                row.append(cell)
        reaching = {**reaching, **below}
        grid.append(row)
    return grid


def table_markdown(table: Any, texts: Mapping[Any, str]) -> str:
    """The table; `texts` is the Markdown of each cell by its element. A cell over the whole width stands once."""
    rows = []
    for row in _grid(table):
        texts_in_row = [texts.get(cell, "").replace("|", "\\|") for cell in row]
        if len(row) > 1 and len(set(row)) == 1:
            texts_in_row[1:] = [""] * (len(row) - 1)
        if any(texts_in_row):
            rows.append(texts_in_row)
    return rows_as_table(rows)
