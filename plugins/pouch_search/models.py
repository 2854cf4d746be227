"""The models of the index: plain values."""

from __future__ import annotations

from pouch.pages.models import Model

ENTRY = "entry.index"
"""The file that names the others: written last, so that they exist when it does."""


class IndexedVersion(Model, frozen=True, kw_only=True):
    """A briefing in one language: what a fragment of the index is made of."""

    href: str  # of its page, without the path of SITEURL
    lang: str  # BCP 47
    title: str
    summary: str
    key_points: tuple[str, ...]
    body: str  # key of its HTML


class IndexedBriefing(Model, frozen=True, kw_only=True):
    """A briefing in the index: its words in each language, the original's first, and the values of its filters."""

    day: str  # ISO date
    countries: tuple[str, ...]  # codes of the primary ones, most central first
    mentions: tuple[str, ...]  # codes
    topics: tuple[str, ...]  # keys, each with its ancestors
    languages: tuple[str, ...]  # BCP 47
    texts: tuple[str, ...]  # keys of their fragments


class Shard(Model, frozen=True, kw_only=True):
    """A part of the archive, of which everything that the index says of it is made as a whole."""

    bundle: int  # as in `pouch_search.shards.Packing`
    briefings: tuple[IndexedBriefing, ...]  # oldest first


class Index(Model, frozen=True, kw_only=True):
    """The index: its shards, joined."""

    bundle: int  # as in `pouch_search.shards.Packing`
    chunk: int
    shards: tuple[str, ...]  # keys of their fragments


class LanguageNames(Model, frozen=True, kw_only=True):
    """The names of terms in one language: forms by code or key. A form that ends in "~" takes any of `endings`."""

    lang: str
    endings: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]
    topics: dict[str, tuple[str, ...]]


class TermNames(Model, frozen=True, kw_only=True):
    """By what names a query may ask for a country, a topic or an organisation."""

    languages: tuple[LanguageNames, ...]
    organisations: tuple[tuple[str, ...], ...]  # forms of each, abbreviations in capitals
