"""Front matter as nodes: every scalar as it is written, and where it stands.

Positions are lines and columns of the file, counted from 1; `end` is the position after the last character.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

Position = tuple[int, int]
"""Line and column, both counted from 1."""


class Scalar(msgspec.Struct, gc=False):
    """One written value."""

    text: str
    line: int
    column: int
    end: Position
    plain: bool  # neither in quotation marks nor a block of its own
    comment: str = ""  # what follows a plain text on its line, from # on


class Items(msgspec.Struct):
    """A list."""

    nodes: list[Node]
    line: int
    column: int
    end: Position
    flow: bool  # written `[a, b]`


class Table(msgspec.Struct):
    """Keys with their values, in the order of the file, repeated keys included."""

    pairs: list[tuple[Scalar, Node]]
    line: int
    column: int
    end: Position
    flow: bool  # written `{a: b}`


Node: TypeAlias = Scalar | Items | Table


def kind_of(node: Node) -> str:
    """The name of the node's kind in messages."""
    return "text" if isinstance(node, Scalar) else "a list" if isinstance(node, Items) else "a table"


def is_nothing(node: Node) -> bool:
    """Whether a key has no value: nothing is written behind it."""
    return isinstance(node, Scalar) and node.plain and not node.text
