"""Entry → the text of its file: fixed order of keys, and quotation marks wherever YAML could read something else.

What is in quotation marks is written as JSON writes it, which YAML 1.2 reads as JSON does (YAML 1.2.2, section 1.2).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pouch.content.core_schema import is_text
from pouch.content.dates import write_moment
from pouch.content.entry import Archived, Entry, Source
from pouch.content.schema import ENTRY_FIELDS, TABLES

# Text that no YAML parser, of 1.1 or 1.2, takes for anything but text: starts with a letter, and holds no sign
# that means something inside a list or before a space.
_PLAIN = re.compile(r"[^\W\d_][^\n\[\]{},:?#\"'&*!|>%@`\\\ufeff\u2028\u2029\x00-\x1f\x7f-\xa0]*(?<! )")
# What YAML 1.1 takes for a truth value or for nothing.
_WORDS_OF_1_1 = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
# JSON leaves these as they are; YAML 1.1 parsers would read a line break or nothing.
_ESCAPED = str.maketrans(
    {character: f"\\u{ord(character):04x}" for character in "\x7f\x85\u2028\u2029\ufeff\ufffe\uffff"}
)


def render_entry(entry: Entry) -> str:
    """The text of the entry's file; `parse_entry` reads the same Entry back."""
    body = f"\n{entry.body}\n" if entry.body else ""
    return f"---\n{render_front_matter(entry)}---\n{body}"


def render_front_matter(entry: Entry) -> str:
    """The YAML between the two `---` lines, every line ended."""
    lines = []
    for name, kind in ENTRY_FIELDS.items():
        value = getattr(entry, name)
        if name == "source" and (sources := [source for source in entry.sources if source != Source()]):
            value = sources if len(sources) > 1 else sources[0]
        if value is None or value == () or value == {} or value == Source():
            continue
        if name == "status" and value == "published":
            continue
        lines.append(write_key(name, kind.name, value))
    return "".join(lines)


def write_key(name: str, kind: str, value: Any) -> str:
    """The lines of one key of front matter."""
    rendered = _write(kind, value)
    return f"{name}:{'' if rendered.startswith(chr(10)) else ' '}{rendered}\n"


def _write(kind: str, value: Any) -> str:
    if kind == "texts":
        return "".join(f"\n  - {scalar(text)}" for text in value)
    if kind in TABLES and isinstance(value, list | tuple):
        return "".join(f"\n  - {write_value(kind, item)}" for item in value)
    return write_value(kind, value)


def write_value(kind: str, value: Any) -> str:
    """The value of one key on one line."""
    if kind == "identity":
        return json.dumps(value)
    if kind == "moment":
        return write_moment(value)
    if kind in ("texts", "countries", "topics", "slugs"):
        return f"[{', '.join(scalar(text) for text in value)}]"
    if kind in TABLES and isinstance(value, list | tuple):
        return f"[{', '.join(_table(TABLES[kind], item) for item in value)}]"
    if kind in TABLES:
        return _table(TABLES[kind], value)
    if kind == "free":
        return _free(value)
    return scalar(value)


def _table(fields: Mapping[str, Any], value: object) -> str:
    pairs = ((name, kind.name, getattr(value, name)) for name, kind in fields.items())
    rendered = (
        f"{name}: {write_value(kind, item)}" for name, kind, item in pairs if item not in (None, Archived())
    )
    return f"{{{', '.join(rendered)}}}"


def _free(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(str(key))}: {_free(item)}' for key, item in value.items())}}}"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Iterable):
        return f"[{', '.join(_free(item) for item in value)}]"
    return json.dumps(value)


def scalar(text: str) -> str:
    """A text as YAML 1.1 and 1.2 read it back, plain where that is possible."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_1_1 and is_text(text):
        return text
    return in_json(text)


def in_json(value: Any) -> str:
    """A value of JSON on one line, as YAML 1.1 and 1.2 read it back."""
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
