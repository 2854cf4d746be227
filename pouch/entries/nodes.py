"""Front matter as nodes: every scalar as it is written, and where it stands.

Positions are lines and columns of the file, counted from 1; `end` is the position after the last character.
"""

from __future__ import annotations

from typing import TypeAlias

Position = tuple[int, int]
"""Line and column, both counted from 1."""


class Scalar:
    """One written value; `plain` where it stands without quotation marks and on no block of its own."""

    __slots__ = ("column", "end", "line", "plain", "text")

    def __init__(self, text: str, line: int, column: int, end: Position, plain: bool) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.end = end
        self.plain = plain


class Items:
    """A list; `flow` where it is written `[a, b]`."""

    __slots__ = ("column", "end", "flow", "line", "nodes")

    def __init__(self, nodes: list[Node], line: int, column: int, end: Position, flow: bool) -> None:
        self.nodes = nodes
        self.line = line
        self.column = column
        self.end = end
        self.flow = flow


class Table:
    """Keys with their values, in the order of the file, repeated keys included."""

    __slots__ = ("column", "end", "flow", "line", "pairs")

    def __init__(
        self, pairs: list[tuple[Scalar, Node]], line: int, column: int, end: Position, flow: bool
    ) -> None:
        self.pairs = pairs
        self.line = line
        self.column = column
        self.end = end
        self.flow = flow


Node: TypeAlias = Scalar | Items | Table
