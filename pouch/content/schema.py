"""The schema of front matter: it drives the reading, the JSON Schema and docs/front-matter.md.

The fields, their kinds and what they mean are those of `pouch.content.entry`; the kinds are described here.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable
from string import Template
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from pouch.content.addresses import URL_PATTERN
from pouch.content.dates import MOMENT_PATTERN
from pouch.content.entry import Archived, Correction, Entry, Image, Source
from pouch.content.fields import ID_PATTERN, IMAGE_PATTERN, SHA256_PATTERN
from pouch.content.languages import LANGUAGE_PATTERN
from pouch.tables import text

STATUSES = ("draft", "published")


class Kind(NamedTuple):
    """A kind of value: how it is described to people and to JSON Schema."""

    name: str
    words: str
    schema: dict[str, Any]


def _text(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}


def _list(**more: Any) -> dict[str, Any]:
    return {"type": "array", "items": _text(**more), "uniqueItems": True}


def _whole(pattern: str) -> str:
    return f"^({pattern})$"


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_KINDS = {
    kind.name: kind
    for kind in (
        Kind("identity", "id", _text(pattern=_whole(ID_PATTERN))),
        Kind("text", "text", _text(pattern=r"\S")),
        Kind("moment", "date, or date-time with offset", _text(pattern=_whole(MOMENT_PATTERN))),
        Kind("language", "language tag", _text(pattern=_whole(LANGUAGE_PATTERN))),
        Kind("texts", "list of texts", _list(pattern=r"\S")),
        Kind("countries", "list of countries", _list()),
        Kind("topics", "list of topics", _list()),
        Kind("source", "table, or list of tables", {}),
        Kind("archived", "table", {}),
        Kind("image", "table", {}),
        Kind("image file", "path under content/", _text(pattern=_whole(IMAGE_PATTERN))),
        Kind("digest", "64 hexadecimal digits", _text(pattern=_whole(SHA256_PATTERN))),
        Kind("address", "web address", _text(pattern=_whole(URL_PATTERN))),
        Kind("status", "draft or published", {"enum": list(STATUSES)}),
        Kind("slug", "slug", _text(pattern=_whole(_SLUG), maxLength=200)),
        Kind("slugs", "list of slugs", _list(pattern=_whole(_SLUG))),
        Kind("corrections", "list of tables", {}),
        Kind("free", "table", {"type": "object"}),
    )
}


def _fields(of: type) -> dict[str, Kind]:
    """Field → kind, in the order in which front matter is written: the fields that have one."""
    fields = {}
    for name, hint in get_type_hints(of, include_extras=True).items():
        for each in (hint, *get_args(hint)):
            if get_origin(each) is Annotated:
                fields[name] = _KINDS[each.__metadata__[0]]
    return fields


ENTRY_FIELDS = _fields(Entry)
TABLE_TYPES: dict[str, type] = {
    "source": Source,
    "archived": Archived,
    "image": Image,
    "corrections": Correction,
}
TABLES = {kind: _fields(of) for kind, of in TABLE_TYPES.items()}
"""Kind of a table → its fields."""
_REQUIRED = {
    "entry": {"id": "always", "title": "always", "date": "unless draft", "status": "in entries/drafts/"},
    "image": {"file": "always", "alt": "always"},
    "corrections": {"date": "always", "note": "always"},
}


def required_fields(table: str) -> list[str]:
    """The fields that an entry, or a table of one, always has."""
    return [name for name, when in _REQUIRED.get(table, {}).items() if when == "always"]


def comments(of: type) -> dict[str, str]:
    """Field → the comment on its line, for a dataclass of `pouch.content.entry`."""
    lines = inspect.getsourcelines(of)[0]
    tree = ast.parse("".join(lines))
    by_field: dict[str, str] = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            comment = re.search(r"  # (.*)$", lines[(statement.end_lineno or 1) - 1])
            by_field[statement.target.id] = comment[1].strip() if comment else ""
    return by_field


def _object(table: str, of: type) -> dict[str, Any]:
    descriptions = comments(of)
    properties = {
        name: ({"description": descriptions[name]} if descriptions[name] else {}) | _shape(kind)
        for name, kind in _fields(of).items()
    }
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if names := required_fields(table):
        schema["required"] = names
    return schema | {"additionalProperties": False}


def _shape(kind: Kind) -> dict[str, Any]:
    if kind.name not in TABLES:
        return kind.schema
    one = _object(kind.name, TABLE_TYPES[kind.name])
    several = {"type": "array", "items": one}
    if kind.name == "source":
        return {"anyOf": [one, several | {"minItems": 1}]}
    return several if kind.name == "corrections" else one


def json_schema(countries: Iterable[str] = (), topics: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an entry's front matter, its values as YAML 1.2 reads them.

    `countries` (codes) and `topics` (keys) give editors their completion; names are allowed too.
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Pouch entry: front matter",
        **_object("entry", Entry),
        "if": {"properties": {"status": {"const": "draft"}}, "required": ["status"]},
        "else": {"required": ["date"]},
    }
    for terms, names in ((countries, ("countries", "mentions")), (topics, ("topics",))):
        if values := sorted(terms):
            for name in names:
                items = {"anyOf": [{"enum": values}, {"type": "string"}]}
                schema["properties"][name] = {**schema["properties"][name], "items": items}
    return schema


def reference() -> str:
    """docs/front-matter.md."""
    tables = {"entry": Entry, **TABLE_TYPES}
    return Template(text("pouch.content", "front-matter.md")).substitute(
        {name: _rows(name, of) for name, of in tables.items()}
    )


def _rows(table: str, of: type) -> str:
    """The fields of a table as one of Markdown."""
    descriptions, needed = comments(of), _REQUIRED.get(table, {})
    rows = [
        f"| `{name}` | {kind.words} | {needed.get(name, '')} | {descriptions[name]} |\n"
        for name, kind in _fields(of).items()
    ]
    return "".join(("| key | value | required | meaning |\n", "|---|---|---|---|\n", *rows))
