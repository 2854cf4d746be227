"""VS Code's snippets for front matter: it completes them in Markdown without an extension.

https://code.visualstudio.com/docs/editing/userdefinedsnippets
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pouch.content.entry import Entry
from pouch.content.schema import ENTRY_FIELDS, STATUSES, TABLES, Kind, comments
from pouch.tables import text

_LISTS = frozenset({"texts", "slugs", "countries", "topics"})
_DAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def snippets(countries: Mapping[str, Iterable[str]], topics: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """`.vscode/pouch.code-snippets`: a new draft, each key of front matter, each country and topic by its names.

    `countries` and `topics` are code or key → names.
    """
    explained = comments(Entry)
    # Its id has digits and letters as far as "f": VS Code has no others at random.
    draft = text("pouch.content", "draft.txt").replace("DAY", _DAY).splitlines()
    written = {
        "a draft": _snippet(["briefing"], draft, "The front matter of a new briefing"),
        **{
            f"key {name}": _snippet([name], _key(name, kind), explained[name])
            for name, kind in ENTRY_FIELDS.items()
        },
    }
    for what, terms in (("country", countries), ("topic", topics)):
        for key, names in terms.items():
            prefixes = list(dict.fromkeys([*names, key]))
            written[f"{what} {key}"] = _snippet(prefixes, [key], f"{what} {key}")
    return written


def _snippet(prefixes: list[str], body: list[str], description: str) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefixes, "body": body, "description": description}


def _key(name: str, kind: Kind) -> list[str]:
    """The lines of a key, with a place for each value."""
    if kind.name in _LISTS:
        return [f"{name}: [$0]"]
    if kind.name == "status":
        return [f"{name}: ${{1|{','.join(STATUSES)}|}}"]
    if kind.name == "moment":
        return [f"{name}: {_DAY}"]
    if kind.name in TABLES:
        inner = [f"{key}: ${number}" for number, key in enumerate(_plain(TABLES[kind.name]), start=1)]
        first = "  - " if kind.name == "corrections" else "  "
        indent = " " * len(first)
        return [f"{name}:", *(f"{indent if number else first}{line}" for number, line in enumerate(inner))]
    return [f"{name}:", "  $0"] if kind.name == "free" else [f"{name}: $0"]


def _plain(fields: Mapping[str, Kind]) -> list[str]:
    """The keys of a table that hold no table themselves."""
    return [key for key, kind in fields.items() if kind.name not in TABLES]
