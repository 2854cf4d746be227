"""What the templates of terms and their indexes see."""

from __future__ import annotations

from pouch.pages.models import Card, Dossier, Link, Model, MonthCount, Page, Place, River, TermLink


class TermPage(Page, frozen=True, kw_only=True):
    """/countries/<slug>/, /topics/<slug>/, /regions/<slug>/: a dossier."""

    term: TermLink
    dossier: Dossier | None
    river: River
    mentions: tuple[Card, ...] = ()  # countries: named, not the subject
    more_mentions: str = ""  # href of the rest
    pairs: tuple[Link, ...] = ()  # with topics, of a country; with countries, of a topic
    parents: tuple[TermLink, ...] = ()  # topics: from the root down; countries: their regions
    children: tuple[TermLink, ...] = ()  # topics: narrower ones; regions: their regions and countries
    years: tuple[Link, ...] = ()
    languages: tuple[Link, ...] = ()  # `lang` is the tag, `label` its own name; empty where all is in one
    months: tuple[MonthCount, ...] = ()  # oldest first, without gaps; at most five years
    frequent_topics: tuple[TermLink, ...] = ()
    frequent_countries: tuple[TermLink, ...] = ()  # of a country: those it goes together with
    places: tuple[Place, ...] = ()  # topics, regions: their countries on a map
    continent: str = ""  # countries: the M49 code of the map that it is shown on


class IndexGroup(Model, frozen=True, kw_only=True):
    """Terms under one heading: a region's countries, a topic's children."""

    heading: TermLink | None
    terms: tuple[TermLink, ...]
    groups: tuple[IndexGroup, ...] = ()


class IndexPage(Page, frozen=True, kw_only=True):
    """/countries/ and /topics/."""

    kind: str  # "country" | "topic"
    groups: tuple[IndexGroup, ...]
    empty: tuple[str, ...] = ()  # keys of the terms in `groups` that no briefing is about, in order
    without: tuple[TermLink, ...] = ()  # topics that have nothing to show yet; they stand in no group
