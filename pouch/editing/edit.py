"""Changes single keys of an entry's file; everything else stays as it was, byte for byte.

Comments, order, quotation marks, line ends and a byte order mark are the editor's, and stay theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

from pouch.characters import all_forbidden
from pouch.content.fields import Fix, RemoveItem, Replace
from pouch.content.frontmatter import FrontMatterError, compose, normalise, split
from pouch.content.nodes import Items, Node, Position, Scalar
from pouch.content.render import scalar, write_key, write_value
from pouch.content.schema import ENTRY_FIELDS, TABLES

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


class _Text:
    """A text whose places are named by line and column, both counted from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bom = len(text) - len(text.removeprefix("\ufeff"))
        self._starts = [0]
        for match in _LINE.finditer(text):
            if match.end() > self._starts[-1]:
                self._starts.append(match.end())
        self._changes: list[tuple[int, int, str]] = []
        newline = re.search(r"\r\n|\r|\n", text)
        self.newline = newline[0] if newline else "\n"

    def offset(self, position: Position) -> int:
        """The place in the text."""
        line, column = position
        start = self._starts[line - 1] if line <= len(self._starts) else len(self.text)
        return start + column - 1 + (self._bom if line == 1 else 0)

    def end(self, node: Node) -> int:
        """The place after the last character of a node; a block of text ends before its last line end."""
        place = self.offset(node.end)
        while place > 0 and self.text[place - 1] in " \t\r\n":
            place -= 1
        return place

    def last_line(self, node: Node) -> int:
        """The line on which a node ends."""
        return bisect_right(self._starts, max(self.end(node) - 1, self.offset((node.line, 1))))

    def replace(self, node: Node, replacement: str) -> None:
        """Note that `replacement` replaces a node."""
        self._changes.append((self.offset((node.line, node.column)), self.end(node), replacement))

    def replace_after_colon(self, key: Scalar, node: Node, replacement: str) -> None:
        """Note that `replacement` replaces everything from the colon of a key to the end of its value."""
        start = self.text.index(":", self.offset(key.end)) + 1
        self._changes.append((start, self.end(node), replacement.replace("\n", self.newline)))

    def insert_after_colon(self, key: Scalar, replacement: str) -> None:
        """Note that `replacement` follows the colon of a key that has no value."""
        start = self.text.index(":", self.offset(key.end)) + 1
        self._changes.append((start, start, replacement))

    def change(self, start: Position, end: Position, replacement: str) -> None:
        """Note that `replacement` replaces the text between the two places."""
        self._changes.append((self.offset(start), self.offset(end), replacement.replace("\n", self.newline)))

    def changed(self) -> str:
        """The text with every change made."""
        text = self.text
        for start, end, replacement in sorted(self._changes, reverse=True):
            text = text[:start] + replacement + text[end:]
        return text


def set_keys(text: str, values: Mapping[str, Any]) -> str:
    """The text of an entry's file with some keys set; None takes a key away.

    Values are those of the Entry's fields. A new key goes where the order of the schema puts it. Raises
    FrontMatterError where the front matter cannot be read.
    """
    table = compose(split(normalise(text)).block)
    if table.flow:
        hint = "write one key on each line"
        raise FrontMatterError(table.line, 0, "yaml", "the front matter is one table in braces", hint)
    edited = _Text(text)
    nodes = {key.text: (key, node) for key, node in reversed(table.pairs)}
    added: dict[Position, str] = {}
    # In the schema's order, so that several new keys for one place follow it too.
    for name in (name for name in ENTRY_FIELDS if name in values):
        value, kind = values[name], ENTRY_FIELDS[name].name
        if name not in nodes:
            if value is not None:
                place = (_line_for(edited, name, nodes), 1)
                indent = " " * (table.column - 1)
                added[place] = added.get(place, "") + indent + write_key(name, kind, value)
            continue
        key, node = nodes[name]
        if value is None:
            edited.change((key.line, 1), (edited.last_line(node) + 1, 1), "")
        else:
            _set(edited, key, node, kind, value)
    for place, lines in added.items():
        edited.change(place, place, lines)
    return edited.changed()


def set_body(text: str, body: str) -> str:
    """The text of an entry's file with another body, given as Markdown without empty lines at its ends.

    Front matter, line ends and what stands between the two stay. Raises FrontMatterError.
    """
    parts = split(normalise(text))
    if body == parts.body:
        return text
    edited = _Text(text)
    new_body = body.replace("\n", edited.newline)
    if parts.body:
        start = edited.offset((parts.body_line, 1))
        return text[:start] + new_body + text[start + len(text[start:].rstrip("\r\n")) :]
    return text.rstrip("\r\n") + edited.newline * 2 + new_body + edited.newline


def _line_for(edited: _Text, name: str, nodes: Mapping[str, tuple[Scalar, Node]]) -> int:
    """The line before which a new key goes: behind the nearest key that the schema puts before it."""
    order = list(ENTRY_FIELDS)
    before = [other for other in order[: order.index(name)] if other in nodes]
    return edited.last_line(nodes[before[-1]][1]) + 1 if before else 2


def _set(edited: _Text, key: Scalar, node: Node, kind: str, value: Any) -> None:
    if isinstance(node, Scalar) and node.plain and not node.text:
        edited.insert_after_colon(key, f" {write_value(kind, value)}")
    elif isinstance(node, Scalar) or node.flow:
        edited.replace(node, write_value(kind, value))
    elif isinstance(node, Items) and kind not in TABLES:
        indent = " " * (node.column - 1)
        items = "".join(f"\n{indent}- {scalar(item)}" for item in value)
        edited.replace_after_colon(key, node, items or " []")
    else:
        edited.replace_after_colon(key, node, f" {write_value(kind, value)}")


def with_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """The text with every fix made; `fixes` are those that reading this very text gave."""
    edited = _Text(text)
    fixes = list(fixes)
    removed: dict[int, tuple[Items, set[int]]] = {}
    for fix in fixes:
        if isinstance(fix, RemoveItem):
            removed.setdefault(id(fix.items), (fix.items, set()))[1].add(fix.place)
    for items, places in removed.values():
        _remove(edited, items, places)
    removed_nodes = {id(items.nodes[place]) for items, places in removed.values() for place in places}
    for fix in fixes:
        if isinstance(fix, Replace) and id(fix.node) not in removed_nodes:
            edited.replace(fix.node, fix.text if fix.plain else scalar(fix.text))
    return edited.changed()


def _remove(edited: _Text, items: Items, places: set[int]) -> None:
    nodes = items.nodes
    for place in sorted(places):
        node = nodes[place]
        if not items.flow:
            edited.change((node.line, 1), (edited.last_line(node) + 1, 1), "")
        elif any(earlier not in places for earlier in range(place)):
            # With the comma before it.
            edited.change(nodes[place - 1].end, node.end, "")
        elif place + 1 < len(nodes):
            following = nodes[place + 1]
            edited.change((node.line, node.column), (following.line, following.column), "")
        else:
            edited.change((node.line, node.column), node.end, "")


def without_forbidden(text: str) -> str:
    """The text without characters that no entry may hold.

    Those that are Windows-1252 taken for Latin-1, such as U+0092 for an apostrophe, become what was meant, as they
    do in the HTML standard (13.2.5.80, numeric character references).
    """
    for match in reversed(all_forbidden(text)):
        if match[0] == "\r":
            continue
        text = text[: match.start()] + _intended(match[0]) + text[match.end() :]
    return text


def _intended(character: str) -> str:
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("cp1252", "ignore")
    return ""
