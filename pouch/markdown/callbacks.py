"""The callbacks from the blocks to the dialect: for HTML, footnotes and definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol
from xml.etree.ElementTree import Element

from pouch.markdown.definitions import Definition


class HtmlBlock(NamedTuple):
    """An HTML block that starts on a line: how it ends."""

    end: str  # what its last line holds, in small letters; "": it ends before an empty line
    interrupts: bool  # whether a paragraph ends where it starts


class Dialect(Protocol):
    """The interface of the dialect for the blocks."""

    def html_block(self, text: str, line: int, stands_below: Callable[[str], bool]) -> HtmlBlock | None:
        """Whether a line starts an HTML block. `stands_below`: whether some line from here on holds a text."""

    def html(self, text: str) -> str:
        """The placeholder of an HTML block; empty where nothing is left of it."""

    def note(self, label: str, line: int) -> Element:
        """The element that holds the blocks of a footnote. Lines count from 1."""

    def definition(self, definition: Definition, line: int) -> None:
        """The definition of an address that links refer to by a label."""
