"""Changes keys of a vocabulary file in place: comments, order and line ends are the editor's, and stay theirs.

Every change is made in the text and compared with what the file must then say; where the two differ, nothing is
written, and the message says what to write by hand.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pouch.errors import EnvironmentFault
from pouch.vocabulary.positions import TOKEN, positions

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 100
"""Characters of a line on which a list stands."""
_HEADER = re.compile(r"^[ \t]*\[+[ \t]*(?P<key>\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z0-9_-]+)", re.MULTILINE)


def read_text(file: Path) -> str:
    """The text of a vocabulary file; empty where there is none. Raises EnvironmentFault."""
    try:
        # Bytes, so that line ends and a byte order mark stay as they are.
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault(f"{file} cannot be read: {error}") from error


def changed(
    text: str, file: Path, keys: Mapping[str, Mapping[str, Any]], removed: frozenset[str] = frozenset()
) -> str:
    """The text with keys of some tables set, None for those that go, and the tables `removed` taken out.

    `keys`: term → key → value, a text, a list of texts, or a table of these. Raises EnvironmentFault where the file is
    written in a way that cannot be changed safely.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = text.removeprefix(mark).replace("\r\n", "\n")
    expected = tomllib.loads(plain)
    edited = plain
    for term in removed:
        expected.pop(term, None)
        edited = _without(edited, term)
    for term, values in keys.items():
        table = expected.setdefault(term, {})
        # In reverse: where several are new, the first comes to stand first.
        for name, value in reversed(list(values.items())):
            if value is None:
                table.pop(name, None)
                edited = _removed(edited, term, name)
            else:
                for path, before, part in _parts(edited, (term, name), table.get(name), value):
                    edited = _longer(edited, path, before, part) or _set(edited, path, _wrapped(part))
                table[name] = value
    try:
        is_equal = tomllib.loads(edited) == expected
    except tomllib.TOMLDecodeError:
        is_equal = False
    if not is_equal:
        lines = "; ".join(
            f"[{term}] {', '.join(_in_words(name, value) for name, value in values.items())}"
            for term, values in keys.items()
        )
        removals = "".join(f"; remove [{term}]" for term in sorted(removed))
        raise EnvironmentFault(
            f"{file} is written in a way that cannot be changed safely; change it by hand: {lines}{removals}"
        )
    return mark + edited.replace("\n", newline)


def _in_words(name: str, value: Any) -> str:
    return f"without {name}" if value is None else f"{name} = {as_toml(value)}"


def as_toml(value: Any) -> str:
    """A text, a list of texts or a table of these, on one line of TOML."""
    if isinstance(value, str):
        # TOML's basic strings escape as JSON's do, and U+007F too (TOML 1.0, "String").
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        pairs = (
            f"{key if _BARE.fullmatch(key) else as_toml(key)} = {as_toml(item)}"
            for key, item in value.items()
        )
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    return f"[{', '.join(as_toml(item) for item in value)}]"


_Path = tuple[str, ...]


def _parts(text: str, path: _Path, before: Any, value: Any) -> Iterator[tuple[_Path, Any, Any]]:
    """Paths to set, with the values before and after: each of a table that has lines of its own, `aliases.en = […]`."""
    place = positions(text).get(path)
    if isinstance(value, Mapping) and isinstance(before, Mapping) and place is not None:
        lines = text.splitlines(keepends=True)
        rest = lines[place[0] - 1][place[1] - 1 :]
        if not re.match(r"[^=.\[\]]+=", rest):
            for key in reversed([*value]):
                if value[key] != before.get(key):
                    yield (*path, key), before.get(key), value[key]
            return
    yield path, before, value


def _wrapped(value: Any) -> str:
    """The value; a long list on several lines."""
    line = as_toml(value)
    if len(line) <= _WIDTH or not isinstance(value, Sequence) or isinstance(value, str):
        return line
    return "\n".join(("[", *_rows(value), "]"))


def _rows(items: Sequence[Any], indent: str = "    ") -> Iterator[str]:
    row = ""
    for item in map(as_toml, items):
        if row and len(indent) + len(row) + len(item) > _WIDTH:
            yield f"{indent}{row}"
            row = ""
        row += f" {item}," if row else f"{item},"
    yield f"{indent}{row}"


def _longer(text: str, path: _Path, before: Any, value: Any) -> str:
    """The text with further items on lines of their own below those of a list; empty where it is no such list."""
    if not isinstance(before, list) or not isinstance(value, Sequence) or [*value[: len(before)]] != before:
        return ""
    start, end = _value(text, _offset(text.splitlines(keepends=True), positions(text)[path]))
    open_list = text[start : end - 1].rstrip()
    last = open_list.rpartition("\n")[2]
    if "\n" not in open_list or "#" in last:
        return ""
    indent = last[: len(last) - len(last.lstrip())]
    comma = "" if open_list.endswith(",") else ","
    return (
        f"{text[:start]}{open_list}{comma}\n"
        + "\n".join((*_rows(value[len(before) :], indent), "]"))
        + text[end:]
    )


def _set(text: str, path: _Path, value: str) -> str:
    places = positions(text)
    lines = text.splitlines(keepends=True)
    if path in places:
        start, end = _value(text, _offset(lines, places[path]))
        return text[:start] + (value if text[start - 1] in " \t" else f" {value}") + text[end:]
    for length in range(len(path) - 1, 0, -1):
        # Below the header of the nearest table around it: [ceasefire.aliases], else [ceasefire].
        if (place := places.get(path[:length])) and lines[place[0] - 1].lstrip().startswith("["):
            head = "".join(lines[: place[0]])
            head += "" if head.endswith("\n") else "\n"
            return head + f"{_dotted(path[length:])} = {value}\n" + "".join(lines[place[0] :])
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[{_dotted(path[:1])}]\n{_dotted(path[1:])} = {value}\n"


def _dotted(path: _Path) -> str:
    return ".".join(key if _BARE.fullmatch(key) else as_toml(key) for key in path)


def _removed(text: str, term: str, name: str) -> str:
    """Without the lines of one key."""
    places = positions(text)
    if (term, name) not in places:
        return text
    lines = text.splitlines(keepends=True)
    start = sum(len(line) for line in lines[: places[term, name][0] - 1])
    _, end = _value(text, _offset(lines, places[term, name]))
    after = text.find("\n", end)
    return text[:start] + (text[after + 1 :] if after >= 0 else "")


def _without(text: str, term: str) -> str:
    """Without the tables [term] and [term.…]; a comment right above the next table is that table's."""
    headers = list(_HEADER.finditer(text))
    for place in reversed(range(len(headers))):
        if headers[place]["key"].strip("\"'") != term:
            continue
        start = headers[place].start()
        end = headers[place + 1].start() if place + 1 < len(headers) else len(text)
        lines = text[start:end].splitlines(keepends=True)
        end_of_table = len(lines)
        while end_of_table > 1 and lines[end_of_table - 1].startswith("#"):
            end_of_table -= 1
        tail = lines[end_of_table:]
        if place + 1 == len(headers) or (end_of_table and lines[end_of_table - 1].strip()):
            # No empty line parts them from the table: they belong to it, or to nobody that follows.
            tail = tail if place + 1 < len(headers) else []
        text = text[:start] + "".join(tail) + text[end:]
    return text if text.strip() else ""


def _offset(lines: list[str], place: tuple[int, int]) -> int:
    return sum(len(line) for line in lines[: place[0] - 1]) + place[1] - 1


def _value(text: str, key: int) -> tuple[int, int]:
    """The beginning and end of the value whose key stands at `key`: a text, array or table, on one line or more."""
    depth = 0
    start = -1
    for token in TOKEN.finditer(text, key):
        word = token.group()
        if start < 0:
            if word == "=":
                start = token.end()
            continue
        if token.lastgroup in ("space", "comment") or (word == "\n" and depth):
            continue
        if depth == 0 and word not in "[{":
            return token.start(), token.end()
        if depth == 0:
            start = token.start()
        depth += (word in ("[", "{")) - (word in ("]", "}"))
        if depth == 0:
            return start, token.end()
    return start, len(text)
