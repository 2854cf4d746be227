"""`pouch list`: entries as rows, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from pouch.content.dates import instant, write_moment
from pouch.content.entry import Entry
from pouch.content.parse import ParsedEntry
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary


class Filter(NamedTuple):
    """Which entries are wanted; None wants all."""

    country: str | None = None  # code; those that are about it
    topic: str | None = None  # key; with the topics under it
    status: str | None = None
    lang: str | None = None


class Row(NamedTuple):
    """An entry in a list."""

    id: str
    date: str  # as written; empty where there is none
    status: str
    lang: str
    path: str
    title: str
    countries: tuple[str, ...]
    topics: tuple[str, ...]

    def as_text(self) -> str:
        """Id, date, status, path and title, parted by tabs."""
        return "\t".join((self.id, self.date[:10] or "no date   ", self.status, self.path, self.title))

    def as_json(self) -> str:
        """One JSON object on one line."""
        return json.dumps(self._asdict(), ensure_ascii=False)


def rows(readings: list[ParsedEntry], wanted: Filter, site: Site, vocabulary: Vocabulary) -> Iterator[Row]:
    """The rows of the entries that are wanted: drafts without date first, then newest first, then by id."""
    topics = {wanted.topic, *vocabulary.descendants(wanted.topic)} if wanted.topic else None
    found: list[tuple[float, Row]] = []
    for reading in readings:
        entry = reading.entry
        if entry is None or not _is_wanted(entry, wanted, topics, site):
            continue
        when = instant(entry.date, site.zone).timestamp() if entry.date else float("inf")
        row = Row(
            entry.id,
            write_moment(entry.date) if entry.date else "",
            entry.status,
            entry.lang or site.lang,
            reading.path,
            entry.title,
            entry.countries,
            entry.topics,
        )
        found.append((when, row))
    for _, row in sorted(found, key=lambda item: (-item[0], item[1].id)):
        yield row


def _is_wanted(entry: Entry, wanted: Filter, topics: set[str] | None, site: Site) -> bool:
    lang = entry.lang or site.lang
    return (
        (wanted.country is None or wanted.country in entry.countries)
        and (topics is None or not topics.isdisjoint(entry.topics))
        and (wanted.status is None or wanted.status == entry.status)
        and (wanted.lang is None or lang == wanted.lang or lang.startswith(f"{wanted.lang}-"))
    )
