"""The model of the search page's template."""

from __future__ import annotations

from pouch.pages.models import Link, Page, TermLink


class SearchPage(Page, frozen=True, kw_only=True):
    """/search/: a form, its filters, and other ways in for browsers without JavaScript."""

    index: str  # href of the folder with the index; empty while nothing is published
    shards: tuple[str, ...]  # hrefs of the further parts of the index
    countries: tuple[TermLink, ...]  # those with briefings, in the alphabet
    topics: tuple[TermLink, ...]  # likewise, without their links
    years: tuple[str, ...]  # newest first
    languages: tuple[str, ...]  # tags
    ways: tuple[Link, ...]  # the indexes
    script: str  # href
