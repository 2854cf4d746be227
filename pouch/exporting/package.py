"""The folder that `pouch export` writes and /data/ publishes: its files, and the datapackage.json that describes them
(Data Package 1, https://specs.frictionlessdata.io/data-package/).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pouch.exporting.rows import KEYS, Row, json_line
from pouch.exporting.tables import columns, csv_text
from pouch.site import Site

BRIEFINGS, TABLE, TERMS, PACKAGE = "briefings.jsonl", "briefings.csv", "terms.json", "datapackage.json"
FILES = (
    (BRIEFINGS, "application/jsonl"),
    (TABLE, "text/csv"),
    (TERMS, "application/json"),
    (PACKAGE, "application/json"),
)
"""The files of the folder with their media types."""
_TYPES = {
    **dict.fromkeys(("key_points", "countries", "mentions", "topics", "source", "authors"), "array"),
    **dict.fromkeys(("formerly", "corrections"), "array"),
    **dict.fromkeys(("image", "extra"), "object"),
}


def package(rows: Sequence[Row], terms: Sequence[dict[str, Any]], site: Site) -> dict[str, bytes]:
    """The files by name, datapackage.json last. `rows` are newest first."""
    files = {
        BRIEFINGS: b"".join(json_line(row) for row in rows),
        TABLE: csv_text(rows).encode(),
        TERMS: _json(terms),
    }
    return files | {PACKAGE: _json(description(files, site))}


def description(files: dict[str, bytes], site: Site) -> dict[str, Any]:
    """The datapackage.json for these files."""
    key = {"primaryKey": ["id"], "missingValues": [""]}
    schemas = {
        BRIEFINGS: {"fields": [{"name": name, "type": _TYPES.get(name, "string")} for name in KEYS]} | key,
        TABLE: {"fields": [column._asdict() for column in columns()]} | key,
    }
    facts = {
        "profile": "data-package",
        "name": "briefings",
        "title": site.name,
        "homepage": site.url,
        "contributors": [{"title": site.name, "role": "publisher"}],
        "licenses": [{"path": site.license}] if site.license else None,
        "resources": [_resource(name, data, schemas.get(name)) for name, data in files.items()],
    }
    return {name: fact for name, fact in facts.items() if fact}


def _resource(name: str, data: bytes, schema: dict[str, Any] | None) -> dict[str, Any]:
    stem, _, ending = name.partition(".")
    facts = {
        "name": stem if ending != "csv" else f"{stem}-table",
        "path": name,
        "profile": "tabular-data-resource" if ending == "csv" else "data-resource",
        "format": ending,
        "mediatype": dict(FILES)[name],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
