"""The archive as one SQLite database, for Datasette and for queries: a table of briefings, one of terms, and what joins
them (data/schema.sql). `briefings_fts` is a full-text index (FTS5) of titles, summaries and texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pouch.exporting.rows import Row
from pouch.tables import text

_COLUMNS = (
    "id", "url", "path", "slug", "title", "date", "publish_at", "updated", "lang", "status", "summary", "body",
    "translation_of",
)  # fmt: skip


def write_database(
    file: Path, rows: Sequence[Row], terms: Sequence[dict[str, Any]], main_language: str
) -> None:
    """Write the database whole, in place of a file that is there. Raises OSError."""
    partial = file.with_name(f".{file.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as database, database:
            database.executescript(text("pouch.exporting", "schema.sql"))
            _fill(database, rows, terms, main_language)
        partial.replace(file)
    except sqlite3.Error as error:
        raise OSError(None, str(error), str(file)) from error
    finally:
        partial.unlink(missing_ok=True)


def _fill(
    database: sqlite3.Connection, rows: Sequence[Row], terms: Sequence[dict[str, Any]], lang: str
) -> None:
    def insert(table: str, values: Iterable[Sequence[Any]]) -> None:
        values = list(values)
        if values:
            marks = ", ".join("?" * len(values[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608  # our own names

    insert("briefings", ([row[name] for name in _COLUMNS] for row in rows))
    insert("terms", ([t["kind"], t["key"], t["labels"].get(lang), t["parent"], t["url"]] for t in terms))
    insert("labels", ([t["kind"], t["key"], *label] for t in terms for label in t["labels"].items()))
    for name, kind, role in (
        ("countries", "country", "primary"),
        ("mentions", "country", "mention"),
        ("topics", "topic", "primary"),
    ):
        insert(
            "briefing_terms",
            ([row["id"], kind, key, role, n] for row in rows for n, key in enumerate(row[name])),
        )
    for name in ("key_points", "authors"):
        insert(name, ([row["id"], n, text] for row in rows for n, text in enumerate(row[name])))
    insert(
        "corrections",
        ([row["id"], each["date"], each["note"]] for row in rows for each in row["corrections"]),
    )
    insert(
        "sources", (_source(row["id"], n, source) for row in rows for n, source in enumerate(row["source"]))
    )
    database.execute("INSERT INTO briefings_fts (briefings_fts) VALUES ('rebuild')")


def _source(briefing: str, position: int, source: dict[str, Any]) -> list[Any]:
    archived = source.get("archived", {})
    facts = [source.get(name) for name in ("name", "title", "url", "author", "published")]
    return [briefing, position, *facts, *[archived.get(name) for name in ("url", "date", "sha256")]]
