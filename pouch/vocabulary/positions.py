"""The positions of keys and values in a TOML text, since tomllib parses but gives no lines.

Only for text that tomllib has accepted, and only when there is something to report.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

Path = tuple[str | int, ...]
Position = tuple[int, int]  # line and column, counted from 1, in characters

TOKEN = re.compile(
    r'(?P<comment>\#[^\n]*)|(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<mark>[\[\]{}=,.\n])|(?P<bare>[^\s\[\]{}=,.\"'\#]+)|(?P<space>\s)",
    re.DOTALL,
)


def positions(text: str) -> dict[Path, Position]:
    """Maps ("ceasefire", "labels", "fr") to the line and column of that key, and
    ("ceasefire", "aliases", "en", 0) to those of the first value of that array.

    A table is where its header stands.
    """
    scanner = _Scanner(text)
    while scanner.kind:
        if scanner.text == "[":
            scanner.header()
        elif scanner.kind in ("bare", "string"):
            scanner.pair(scanner.table)
        else:
            scanner.step()
    return scanner.found


class _Scanner:
    """Walks over the tokens; `kind` and `text` are those of the current one, "" at the end."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, Position] = {}
        self.table: Path = ()
        self._tokens = TOKEN.finditer(text)
        self._line, self._line_start = 1, 0
        self.step()

    def step(self, *, across_lines: bool = False) -> None:
        """Go to the next token that is neither space nor comment (nor, inside brackets, a line's end)."""
        for token in self._tokens:
            self.kind, self.text = token.lastgroup or "", token.group()
            self.position = self._line, token.start() - self._line_start + 1
            if ends := self.text.count("\n"):
                self._line += ends
                self._line_start = token.start() + self.text.rindex("\n") + 1
            if self.kind in ("space", "comment") or (across_lines and self.text == "\n"):
                continue
            return
        self.kind = self.text = ""

    def key(self) -> Path:
        """A dotted key; ends on the token after it."""
        parts: list[str | int] = []
        while self.kind in ("bare", "string"):
            parts.append(_unquoted(self.text) if self.kind == "string" else self.text)
            self.step()
            if self.text != ".":
                break
            self.step()
        return tuple(parts)

    def note(self, path: Path, position: Position) -> None:
        """Keep the first place of a path; tables that a dotted key implies are noted too."""
        for length in range(1, len(path) + 1):
            self.found.setdefault(path[:length], position)

    def header(self) -> None:
        position = self.position
        while self.text == "[":
            self.step()
        self.table = self.key()
        self.note(self.table, position)
        while self.text == "]":
            self.step()

    def pair(self, table: Path) -> None:
        position = self.position
        path = table + self.key()
        self.note(path, position)
        if self.text == "=":
            self.step()
            self.value(path)

    def value(self, path: Path) -> None:
        closing = {"[": "]", "{": "}"}.get(self.text)
        if closing is None:
            # A number with a point, a date: several tokens up to the end of the value.
            while self.kind and self.text not in ("\n", ",", "]", "}"):
                self.step()
            return
        self.step(across_lines=True)
        index = 0
        while self.kind and self.text != closing:
            if self.text in (",", "\n"):
                self.step(across_lines=True)
            elif closing == "]":
                self.note((*path, index), self.position)
                self.value((*path, index))
                index += 1
            else:
                self.pair(path)
        self.step()


def _unquoted(text: str) -> str:
    value: dict[str, Any] = tomllib.loads(f"key = {text}")
    return str(value["key"])
