"""`pouch list`: entries as rows, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from pouch.content.dates import instant, shown, write_moment
from pouch.content.entry import Entry
from pouch.content.parse import ParsedEntry
from pouch.site import Site
from pouch.vocabulary.names import fold
from pouch.vocabulary.vocabulary import Vocabulary


class Filter(NamedTuple):
    """The conditions that listed entries meet; None sets no condition."""

    country: str | None = None  # code; those that are about it
    mentions: str | None = None  # code; those that name it and are about others
    topic: str | None = None  # key; with the topics under it
    status: str | None = None  # "waiting": published, and not due
    lang: str | None = None
    words: str | None = None  # all of them in title, summary, key points, source or text
    paths: frozenset[str] | None = None


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
    mentions: tuple[str, ...] = ()
    waits_until: str = ""  # ISO date-time of a published entry that is not due
    waits: str = ""  # the same for people

    def as_text(self) -> str:
        """Id, date, status, path and title, separated by tabs."""
        status = f"waits until {self.waits}" if self.waits else self.status
        return "\t".join((self.id, self.date[:10] or "no date   ", status, self.path, self.title))

    def as_json(self) -> str:
        """One JSON object on one line."""
        row = self._asdict()
        del row["waits"]
        return json.dumps(row, ensure_ascii=False)


def rows(
    readings: Iterable[ParsedEntry], chosen: Filter, site: Site, vocabulary: Vocabulary, now: datetime
) -> Iterator[Row]:
    """The rows of the entries that match the filter: drafts without date first, then newest first, then by id."""
    topics = {chosen.topic, *vocabulary.descendants(chosen.topic)} if chosen.topic else None
    words = fold(chosen.words).split() if chosen.words else ()
    matching: list[tuple[float, Row]] = []
    for reading in readings:
        entry = reading.entry
        if entry is None or (chosen.paths is not None and reading.path not in chosen.paths):
            continue
        due = instant(moment, site.zone) if (moment := entry.publish_at or entry.date) else None
        waits = due if due is not None and due > now and entry.status == "published" else None
        if not _is_wanted(entry, chosen, topics, site, waits is not None) or not _says(entry, words):
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
            entry.mentions,
            waits.astimezone(site.zone).isoformat() if waits else "",
            shown(waits, site.zone) if waits else "",
        )
        matching.append((when, row))
    for _, row in sorted(matching, key=lambda item: (-item[0], item[1].id)):
        yield row


def _is_wanted(entry: Entry, chosen: Filter, topics: set[str] | None, site: Site, waits: bool) -> bool:
    lang = entry.lang or site.lang
    return (
        (chosen.country is None or chosen.country in entry.countries)
        and (chosen.mentions is None or chosen.mentions in entry.mentions)
        and (topics is None or not topics.isdisjoint(entry.topics))
        and (
            chosen.status is None or (waits if chosen.status == "waiting" else chosen.status == entry.status)
        )
        and (chosen.lang is None or lang == chosen.lang or lang.startswith(f"{chosen.lang}-"))
    )


def _says(entry: Entry, words: Iterable[str]) -> bool:
    """Whether an entry has all these words, or parts of words; case and accents do not matter."""
    if not words:
        return True
    source = entry.source
    texts = [entry.title, entry.summary or "", *entry.key_points, entry.body]
    if source is not None:
        texts += [source.name or "", source.url or "", source.author or ""]
    text = fold(" ".join(texts))
    return all(word in text for word in words)
