"""The schema of front matter: it drives the reading, the JSON Schema and docs/front-matter.md.

The fields, their kinds and what they mean are those of `pouch.content.entry`; the kinds are described here.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from pouch.content.addresses import URL_PATTERN
from pouch.content.dates import MOMENT_PATTERN
from pouch.content.entry import Archived, Correction, Entry, Image, Source
from pouch.content.fields import ID_PATTERN, IMAGE_PATTERN, SHA256_PATTERN
from pouch.content.languages import LANGUAGE_PATTERN

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
SOURCE_FIELDS = _fields(Source)
ARCHIVED_FIELDS = _fields(Archived)
IMAGE_FIELDS = _fields(Image)
CORRECTION_FIELDS = _fields(Correction)
TABLES: dict[str, dict[str, Kind]] = {
    "source": SOURCE_FIELDS,
    "archived": ARCHIVED_FIELDS,
    "image": IMAGE_FIELDS,
    "corrections": CORRECTION_FIELDS,
}
"""Kind of a table → its fields."""


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


def _object(of: type, fields: dict[str, Kind], required: list[str]) -> dict[str, Any]:
    descriptions = comments(of)
    properties = {}
    for name, kind in fields.items():
        properties[name] = {
            **({"description": descriptions[name]} if descriptions[name] else {}),
            **_shape(kind),
        }
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    return schema | ({"required": required} if required else {}) | {"additionalProperties": False}


def _shape(kind: Kind) -> dict[str, Any]:
    if kind.name == "source":
        one = _object(Source, SOURCE_FIELDS, [])
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    if kind.name == "archived":
        return _object(Archived, ARCHIVED_FIELDS, [])
    if kind.name == "image":
        return _object(Image, IMAGE_FIELDS, ["file", "alt"])
    if kind.name == "corrections":
        return {"type": "array", "items": _object(Correction, CORRECTION_FIELDS, ["date", "note"])}
    return kind.schema


def json_schema(countries: Iterable[str] = (), topics: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an entry's front matter, its values as YAML 1.2 reads them.

    `countries` (codes) and `topics` (keys) give editors their completion; names are allowed too.
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Pouch entry: front matter",
        **_object(Entry, ENTRY_FIELDS, ["id", "title"]),
        "if": {"properties": {"status": {"const": "draft"}}, "required": ["status"]},
        "else": {"required": ["date"]},
    }
    for terms, names in ((countries, ("countries", "mentions")), (topics, ("topics",))):
        if values := sorted(terms):
            for name in names:
                items = {"anyOf": [{"enum": values}, {"type": "string"}]}
                schema["properties"][name] = {**schema["properties"][name], "items": items}
    return schema


_INTRODUCTION = """\
# Front matter

Every entry is a Markdown file under `content/entries/` that opens with YAML between two `---` lines. This
page is written by `pouch schema --markdown` from the comments in `pouch/content/entry.py`: change it there.

Values are read as they are written (in the sense of YAML 1.2): `NO` is Norway with or without quotation
marks, `on` is a word, and an id such as `0123` stays text. Unknown and repeated keys are faults, and so are
anchors, aliases and tags.
"""


_OTHERS = """\
## Dossiers

`content/dossiers/countries/UA.md` introduces Ukraine, `content/dossiers/topics/ceasefire.md` a topic;
`content/dossiers/home.md` is that of the home page, which its first pinned entry leads. In
French they are `UA.fr.md` and `ceasefire.fr.md`. All keys are optional, and so is the front matter: `title`
(the heading of the introduction), `lang`, `pinned` (a list of ids of entries, shown first) and `links` (a list of
`{title, url}`).

## Pages

`content/pages/about.md` is the page `/about/`, `about.fr.md` the same in French. Keys: `title` (always), `lang`, and
`slug` (default: the file's name).
"""


def reference() -> str:
    """docs/front-matter.md."""
    required = {"id": "always", "title": "always", "date": "unless draft", "status": "in entries/drafts/"}

    def rows(of: type, fields: dict[str, Kind], needed: dict[str, str], prefix: str = "") -> list[str]:
        descriptions = comments(of)
        return [
            f"| `{prefix}{name}` | {kind.words} | {needed.get(name, '')} | {descriptions[name]} |"
            for name, kind in fields.items()
        ]

    head = ["| key | value | required | meaning |", "|---|---|---|---|"]
    parts = [
        _INTRODUCTION,
        "\n".join(head + rows(Entry, ENTRY_FIELDS, required)) + "\n",
        "## `source`, and each item of a list of sources\n",
        "\n".join(head + rows(Source, SOURCE_FIELDS, {})) + "\n",
        "### `archived`\n",
        "\n".join(head + rows(Archived, ARCHIVED_FIELDS, {})) + "\n",
        "## `image`\n",
        "\n".join(head + rows(Image, IMAGE_FIELDS, {"file": "always", "alt": "always"})) + "\n",
        "## Each of `corrections`\n",
        "\n".join(head + rows(Correction, CORRECTION_FIELDS, {"date": "always", "note": "always"})) + "\n",
        _OTHERS,
    ]
    return "\n".join(parts)
