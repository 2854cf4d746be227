"""The briefings as a table: CSV with a line of names, by RFC 4180, in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from pouch.exporting.rows import Row


class Column(NamedTuple):
    """A column, as Table Schema describes it."""

    name: str
    type: str
    description: str


COLUMNS = (
    Column("id", "string", "The briefing's identity: it never changes."),
    Column("url", "string", "Its page."),
    Column("title", "string", "Its title."),
    Column("date", "date", "The day that it is dated."),
    Column(
        "publish_at", "string", "When it entered the archive: an ISO date, or a date-time with its offset."
    ),
    Column("updated", "string", "When its substance last changed, likewise."),
    Column("lang", "string", "Its language, BCP 47."),
    Column("countries", "string", "Those that it is about, by ISO 3166-1 alpha-2 code, separated by blanks."),
    Column("mentions", "string", "Those that it only names, likewise."),
    Column("topics", "string", "Keys of terms.json, separated by blanks."),
    Column("summary", "string", "Its summary, where an editor wrote one."),
    Column("key_points", "string", "A line for each."),
    Column("authors", "string", "Those who wrote it, separated by semicolons."),
    Column("source_name", "string", "The organisation behind its main source."),
    Column("source_title", "string", "The document's title."),
    Column("source_url", "string", "The document's address."),
    Column("sources", "integer", "How many sources it has."),
    Column("corrections", "integer", "How many corrections it has."),
    Column("translation_of", "string", "The id of the original, where it is a translation."),
)
"""The columns of briefings.csv."""


def csv_text(rows: Iterable[Row]) -> str:
    """briefings.csv: the names of COLUMNS, then a record for each row."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows(record_of(row) for row in rows)
    return file.getvalue()


def record_of(row: Row) -> list[Any]:
    """The values of a row, in the order of COLUMNS; None is an empty field."""
    source = row["source"][0] if row["source"] else {}
    values = row | {
        "date": (row["date"] or "")[:10],
        "countries": " ".join(row["countries"]),
        "mentions": " ".join(row["mentions"]),
        "topics": " ".join(row["topics"]),
        "key_points": "\n".join(row["key_points"]),
        "authors": "; ".join(row["authors"]),
        "source_name": source.get("name"),
        "source_title": source.get("title"),
        "source_url": source.get("url"),
        "sources": len(row["source"]),
        "corrections": len(row["corrections"]),
    }
    return [values[column.name] for column in COLUMNS]
