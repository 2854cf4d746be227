"""The model of the search page's template."""

from __future__ import annotations

from pouch.pages.models import Link, Model, Page, TermLink


class Entrance(Model, frozen=True, kw_only=True):
    """A dossier that the empty search page leads to."""

    term: TermLink
    count: int  # briefings
    day: str  # ISO date of the newest


class SearchPage(Page, frozen=True, kw_only=True):
    """/search/: a form, its filters, and links to follow before anything is typed."""

    index: str  # href of the folder with the index; empty while nothing is published
    countries: tuple[TermLink, ...]  # those with briefings, in the alphabet
    topics: tuple[TermLink, ...]  # likewise
    months: tuple[str, ...]  # the first and the last with briefings, as "2024-03"
    languages: tuple[str, ...]  # tags
    interfaces: tuple[str, ...]  # tags of the interface languages
    newest: tuple[Entrance, ...]
    busiest: tuple[Entrance, ...]
    ways: tuple[Link, ...]  # to the indexes of countries, topics and months
    engine: str  # href of the script that reads the index
