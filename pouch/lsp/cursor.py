"""The place of a cursor in front matter, found without a parser, which half-typed YAML would fail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_KEY = re.compile(r"(\w+)\s*:")
_SEPARATORS = re.compile(r"[\[,]|^\s*-\s|:\s|\{")
_QUOTES = "\"' "


class Cursor(NamedTuple):
    """A place in front matter."""

    key: str  # the top-level key whose value is here; "" where a key is to be typed
    word: str  # what is typed of the value or key so far, without quotation marks
    start: int  # the column, counted from 0 in characters, where that begins
    term: str  # the whole item under the cursor, without quotation marks


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor | None:
    """The place at a line and column, both counted from 0, the column in characters; None outside front matter."""
    if not is_in_front_matter(lines, line):
        return None
    text = lines[line].rstrip("\r\n")
    before = text[:column]
    match = _KEY.match(text)
    if match and column >= match.end():
        key = match[1]
    elif before[:1] in (" ", "\t", "-") or text[:1] in (" ", "\t", "-"):
        key = _key_above(lines, line)
    else:
        word = before.strip()
        return Cursor("", word, column - len(before.lstrip()), match[1] if match else word)
    start = max((separator.end() for separator in _SEPARATORS.finditer(before)), default=0)
    start += len(before[start:]) - len(before[start:].lstrip(_QUOTES))
    rest = re.match(r"[^,\]}#\n]*", text[column:])
    term = (before[start:] + (rest[0] if rest else "")).strip(_QUOTES)
    return Cursor(key, before[start:], start, term)


def is_in_front_matter(lines: Sequence[str], line: int) -> bool:
    """Whether a line, counted from 0, stands between the first two lines of `---`."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != "---" or line == 0:
        return False
    end = next((n for n in range(1, len(lines)) if lines[n].rstrip() == "---"), len(lines))
    return line < end


def _key_above(lines: Sequence[str], line: int) -> str:
    matches = (_KEY.match(lines[number]) for number in range(line, 0, -1))
    return next((match[1] for match in matches if match), "")
