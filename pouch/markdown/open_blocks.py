"""Blocks that are open while lines are read: containers of other blocks, and leaves, which hold lines."""

from __future__ import annotations

from xml.etree.ElementTree import Element


class Container:
    """An open container: a quotation, list, item or note, or the whole text."""

    __slots__ = ("element", "end", "filled", "indent", "kind", "loose", "marker")

    def __init__(self, kind: str, element: Element, indent: int = 0, marker: str = "") -> None:
        self.kind = kind  # "text", "quotation", "list", "item", "note"
        self.element = element
        self.end = -1  # the last line that holds something of it
        self.indent = indent  # of an item or a note: the spaces before the lines that belong to it
        self.marker = marker  # of a list: what its items have in common
        self.filled = False  # whether a block of it has begun
        self.loose = False  # of a list: whether an empty line stands between two blocks of it


class Leaf:
    """An open paragraph, code block, HTML block or table."""

    __slots__ = ("absent", "element", "end", "indent", "kind", "lines", "sides", "start")

    def __init__(self, kind: str, element: Element, start: int, *, indent: int = 0, end: str = "") -> None:
        self.kind = kind  # "paragraph", "fenced", "indented", "html", "table"
        self.element = element
        self.start = start
        self.lines: list[str] = []
        self.indent = indent  # of fenced code
        self.end = end  # of fenced code and HTML: what closes it
        self.sides: list[str] = []  # of a table
        self.absent = 0  # of a table: the cells that its rows lack


def tighten(item: Element) -> None:
    """Put the text of an item's paragraphs into the item itself."""
    before: Element | None = None
    for child in list(item):
        if child.tag != "p":
            before = child
            continue
        item.remove(child)
        if before is None:
            item.text = f"{item.text}\n{child.text}" if item.text else child.text
        elif before.tag == "input":
            before.tail = f" {child.text}"
        else:
            before.tail = f"{before.tail}\n{child.text}" if before.tail else child.text
