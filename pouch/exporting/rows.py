"""An entry as a row: a plain value that JSON carries, with the keys of front matter.

What front matter leaves to a default is said: `lang`, `slug` and `publish_at`. `url`, `path` and `body` come beside the
keys of front matter. `pouch.exporting.importing` makes the same entry of it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from pouch.content.dates import instant, write_moment
from pouch.content.entry import Archived, Entry, Source
from pouch.content.parse import ParsedEntry
from pouch.content.schema import ENTRY_FIELDS, TABLES
from pouch.pages import addresses
from pouch.site import Site

KEYS = ("id", "url", "path", *[name for name in ENTRY_FIELDS if name != "id"], "body")
"""The keys of a row, in order."""
WITH_ROWS = ("data", "dossier_data", "markdown")
"""The features that publish rows."""
Row = dict[str, Any]


def row_of(entry: Entry, path: str, site: Site) -> Row:
    """The row of an entry; `path` is its file's, relative to the site's folder."""
    slug = entry.address_slug(path)
    row = {name: _value(kind.name, getattr(entry, name)) for name, kind in ENTRY_FIELDS.items()}
    row |= {
        "url": site.url + addresses.briefing(slug),
        "path": path,
        "slug": slug,
        "lang": entry.lang or site.lang,
        "publish_at": row["publish_at"] or row["date"],
        "source": [_value("source", source) for source in entry.sources if source != Source()],
        "body": entry.body,
    }
    return {name: row[name] for name in KEYS}


def rows_of(readings: Iterable[ParsedEntry], site: Site, now: datetime, *, drafts: bool = False) -> list[Row]:
    """The rows of those that readers see, newest first; with `drafts` of all. Entries with errors are left out."""
    sortable_rows = []
    for reading in readings:
        if (entry := reading.entry) is None:
            continue
        due = instant(moment, site.zone) if (moment := entry.publish_at or entry.date) else None
        if drafts or (entry.status == "published" and due is not None and due <= now):
            when = instant(entry.date, site.zone).timestamp() if entry.date else float("inf")
            sortable_rows.append((-when, entry.id, row_of(entry, reading.path, site)))
    return [row for _, _, row in sorted(sortable_rows, key=lambda each: each[:2])]


def json_line(row: Row) -> bytes:
    """A row on one line of JSON Lines, with the line's end."""
    return msgspec.json.encode(row) + b"\n"


def _value(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "moment":
        return write_moment(value)
    if kind == "corrections":
        return [_table(kind, each) for each in value]
    if kind in TABLES:
        return _table(kind, value)
    if isinstance(value, tuple):
        return list(value)
    return value


def _table(kind: str, value: object) -> Mapping[str, Any]:
    """The fields that are said."""
    fields = ((name, of.name, getattr(value, name)) for name, of in TABLES[kind].items())
    return {name: _value(of, each) for name, of, each in fields if each not in (None, Archived())}
