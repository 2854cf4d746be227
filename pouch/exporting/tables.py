"""The briefings as a table: CSV with a line of names, by RFC 4180, in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from pouch.exporting.rows import Row
from pouch.tables import table


class Column(NamedTuple):
    """A column, as Table Schema describes it."""

    name: str
    type: str
    description: str


def columns() -> list[Column]:
    """The columns of briefings.csv."""
    return [Column(name, **rest) for name, rest in table("pouch.exporting", "columns").items()]


def csv_text(rows: Iterable[Row]) -> str:
    """briefings.csv: the names of the columns, then a record for each row."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.name for column in columns()])
    writer.writerows(record_of(row) for row in rows)
    return file.getvalue()


def record_of(row: Row) -> list[Any]:
    """The values of a row, in the order of the columns; None is an empty field."""
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
    return [values[column.name] for column in columns()]
