"""The models of terms' pages and of their indexes."""

from __future__ import annotations

import msgspec

from pouch.pages.models import (
    Card,
    CountedTerm,
    Dossier,
    Link,
    Model,
    MonthCount,
    Page,
    Place,
    River,
    TermLink,
)


class Facts(Model, frozen=True, kw_only=True):
    """The contents of a dossier, in one line."""

    count: int  # of briefings
    since: str  # the month of the oldest, "2022-03"
    last: str  # ISO date of the newest
    mentions: int = 0  # of briefings that only mention the country
    languages: tuple[Link, ...] = ()  # `label` is its own name; the href is empty where none narrows


class TermPage(Page, frozen=True, kw_only=True):
    """/countries/<slug>/, /topics/<slug>/, /regions/<slug>/: a dossier."""

    term: TermLink
    dossier: Dossier | None
    river: River
    mentioned: tuple[Card, ...] = ()  # countries: named, not the subject
    more_mentions: str = ""  # href of the rest
    parents: tuple[TermLink, ...] = ()  # topics: from the root down; countries: their regions
    regions: tuple[TermLink, ...] = ()  # of a region: those within it
    children: tuple[CountedTerm, ...] = ()  # topics: narrower ones; regions: all their countries
    facts: Facts | None = None  # None without briefings
    narrower: tuple[CountedTerm, ...] = ()  # topics of a country, or countries of a topic; leads to both
    together: tuple[CountedTerm, ...] = ()  # terms of the same kind, likewise
    years: tuple[Link, ...] = ()
    months: tuple[MonthCount, ...] = ()  # oldest first, no gaps, at most five years; empty for few briefings
    places: tuple[Place, ...] = ()  # topics, regions: their countries on a map
    downloads: tuple[Link, ...] = ()  # the briefings as files for other programs
    continent: str = ""  # countries: the M49 code of the map that it is shown on


class IndexGroup(Model, frozen=True, kw_only=True):
    """Terms under one heading: a region's countries, a topic's children."""

    heading: TermLink | None
    terms: tuple[TermLink, ...]
    groups: tuple[IndexGroup, ...] = ()


class Letter(Model, frozen=True, kw_only=True):
    """The terms whose names begin with a letter."""

    letter: str
    terms: tuple[TermLink, ...]


class IndexPage(Page, frozen=True, kw_only=True):
    """/countries/ and /topics/."""

    kind: str  # "country" | "topic"
    groups: tuple[IndexGroup, ...]
    letters: tuple[Letter, ...] = ()  # the same terms in the alphabet
    # By key: how many briefings, and the ISO date of the newest.
    facts: dict[str, tuple[int, str]] = msgspec.field(default_factory=dict)
    without: tuple[TermLink, ...] = ()  # terms that no briefing is about; they stand in no group
