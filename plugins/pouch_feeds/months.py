"""Months: when the items of a slice entered the archive, year by year, so that a year's documents are planned together.

Each edition of a feed, that of originals and those of one language, has a document for every month in which it got
items (RFC 5005, section 4). A document leads to those of the nearest months, across the turn of the year too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pouch.archive.archive import Briefing
from pouch.archive.records import Record

ORIGINALS = ""
"""The edition that shows each briefing's original; others are named by a primary language subtag."""


class Span(NamedTuple):
    """An edition's months of one year lie between these two: such as "2025-03", or empty where there is none."""

    edition: str
    before: str
    after: str


class Year(NamedTuple):
    """What entered a slice in one year."""

    year: str
    members: Sequence[Briefing]  # oldest first, each with a version published in this year
    spans: tuple[Span, ...]  # of the editions that got items


class _Stay:
    """When briefings entered the archive: in which month of which edition. Few, for many briefings share one."""

    __slots__ = ("months", "years")

    def __init__(self, months: tuple[tuple[str, str], ...]) -> None:
        self.months = months  # (edition, month)
        self.years = tuple({month[:4] for _, month in months})


class Months:
    """Tells the months of records, and remembers them: an entry is in many slices."""

    def __init__(self, *, languages: bool) -> None:
        """`languages`: whether feeds have editions by language."""
        self._languages = languages
        self._of: dict[str, str] = {}
        self._stays: dict[Briefing, _Stay] = {}
        self._known: dict[tuple[tuple[str, str], ...], _Stay] = {}

    def of(self, record: Record) -> str:
        """The month of publish_at, which is on the site's clock: "2025-03"."""
        month = self._of.get(record.id)
        if month is None:
            assert record.publish_at is not None  # an entry that is due has one
            month = self._of[record.id] = f"{record.publish_at.year:04}-{record.publish_at.month:02}"
        return month

    def years(self, members: Sequence[Briefing]) -> list[Year]:
        """The years of a slice, oldest first."""
        known = self._stays.get
        stays = [known(briefing) or self._stay(briefing) for briefing in members]
        by_year: dict[str, list[Briefing]] = defaultdict(list)
        for briefing, stay in zip(members, stays, strict=True):
            for year in stay.years:
                by_year[year].append(briefing)
        spans = _spans({place for stay in set(stays) for place in stay.months})
        return [Year(year, by_year[year], tuple(spans[year])) for year in sorted(by_year)]

    def _stay(self, briefing: Briefing) -> _Stay:
        months = [(ORIGINALS, self.of(briefing.original))]
        if self._languages:
            months += [(lang, self.of(version)) for lang, version in briefing.versions.items()]
        key = tuple(months)
        stay = self._known.get(key)
        if stay is None:
            stay = self._known[key] = _Stay(key)
        self._stays[briefing] = stay
        return stay


def _spans(seen: Iterable[tuple[str, str]]) -> dict[str, list[Span]]:
    """By year, from every month of every edition."""
    months: dict[str, list[str]] = defaultdict(list)
    for edition, month in sorted(seen):
        months[edition].append(month)
    found: dict[str, list[Span]] = defaultdict(list)
    for edition, line in months.items():
        start = 0
        while start < len(line):
            year = line[start][:4]
            end = start
            while end < len(line) and line[end][:4] == year:
                end += 1
            before = line[start - 1] if start else ""
            found[year].append(Span(edition, before, line[end] if end < len(line) else ""))
            start = end
    return found
