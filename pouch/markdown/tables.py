"""The lines of a table: its cells, and the sides to which its columns are aligned (GFM spec 0.29, "Tables")."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

MAX_ABSENT = 10_000
"""How many cells are made up for rows of one table that have too few: short lines under a wide head stay short."""

_BAR = re.compile(r"(?<!\\)\|")
_MARK = re.compile(r":?-+:?")


def cells_of(line: str) -> list[str]:
    """The cells of a row. A backslash before a bar keeps the bar in its cell, also in code."""
    line = line.strip(" ")
    if line == "|":
        return []
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.strip(" ").replace("\\|", "|") for cell in _BAR.split(line)]


def sides_of(line: str) -> list[str]:
    """The side of each column by the line under a table's head, "" for a column without; empty for other lines."""
    sides = []
    for mark in cells_of(line):
        if not _MARK.fullmatch(mark):
            return []
        left, right = mark[0] == ":", mark[-1] == ":"
        sides.append("center" if left and right else "left" if left else "right" if right else "")
    return sides


def add_row(part: Element, tag: str, cells: list[str], sides: list[str]) -> None:
    """Add a row to a table's head or body. Cells beyond the last column are left out, absent cells are empty."""
    row = SubElement(part, "tr")
    for place, side in enumerate(sides):
        cell = SubElement(row, tag, {"class": f"align-{side}"} if side else {})
        cell.text = cells[place] if place < len(cells) else ""
