"""The models of the index: plain values."""

from __future__ import annotations

from pouch.pages.models import Model

ENTRY = "pagefind-entry.json"
"""The file of a shard that names the others: written last, so that they exist when it does."""


class Stub(Model, frozen=True, kw_only=True):
    """An entry in the index: its words, and the values of its filters."""

    href: str  # of its page, without the path of SITEURL
    title: str
    lang: str  # BCP 47
    day: str  # ISO date that the briefing is dated
    summary: str
    key_points: tuple[str, ...]
    body: str  # key of its HTML
    countries: tuple[str, ...]  # codes of the primary ones, most central first
    topics: tuple[str, ...]  # keys, each with its ancestors
    names: tuple[str, ...]  # of its countries and topics, in every language that readers may search in


class Shard(Model, frozen=True, kw_only=True):
    """A part of the index, which is built as a whole."""

    lang: str  # whose stemmer words go through: the site's, for all entries alike
    name: str  # one character
    first: bool  # the one that the browser loads, and merges the others into
    bundle: int  # as in `pouch_search.shards.Packing`
    chunk: int
    program: str  # the version of Pagefind
    stubs: tuple[Stub, ...]  # newest first
