"""A term's coverage narrowed: a page for each of its years, and for each language where there is more than one.

Every way to narrow a list is a link to a page that exists, so that it works without JavaScript, can be kept, and is
found by search engines. A pair is a page of its own, in `pouch.pages.taxonomies`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.languages import name_of, own_name
from pouch.pages.models import FeedLink, Link, TermLink
from pouch.pages.numbered import river_outputs
from pouch.pages.outputs import Output
from pouch.pages.views import Views


class Part(NamedTuple):
    """Some of a term's briefings, oldest first, and their page."""

    kind: str  # "year" | "language"
    key: str  # "2025", "fr"
    link: Link
    address: str
    title: str
    members: Sequence[Briefing]


def by_year(views: Views, term: TermLink, base: str, members: Sequence[Briefing]) -> list[Part]:
    """The years, newest first, where POUCH_FEATURES has "years"."""
    if not views.site.has("years"):
        return []
    found: dict[int, list[Briefing]] = defaultdict(list)
    for briefing in members:
        found[briefing.sort_key[0].year].append(briefing)
    return [
        Part(
            kind="year",
            key=str(year),
            link=Link(href=views.href(addresses.year(base, year)), label=str(year)),
            address=addresses.year(base, year),
            title=views.translate(messages.TERM_IN_YEAR).format(term=term.label, year=year),
            members=found[year],
        )
        for year in sorted(found, reverse=True)
    ]


def by_language(views: Views, term: TermLink, base: str, members: Sequence[Briefing]) -> list[Part]:
    """The languages in which a reader can have any of the briefings, by tag; none where all are in one.

    A briefing is in every language that it has a version in, and its card there is that version's.
    """
    if not views.site.has("languages"):
        return []
    found: dict[str, list[Briefing]] = defaultdict(list)
    for briefing in members:
        for lang in briefing.versions:
            found[lang].append(briefing)
    if len(found) < 2:
        return []
    return [
        Part(
            kind="language",
            key=lang,
            link=Link(href=views.href(addresses.language(base, lang)), label=own_name(lang), lang=lang),
            address=addresses.language(base, lang),
            title=views.translate(messages.TERM_IN_LANGUAGE).format(
                term=term.label, language=name_of(lang, views.lang)
            ),
            members=found[lang],
        )
        for lang in sorted(found)
    ]


def part_outputs(
    views: Views,
    term: TermLink,
    base: str,
    parts: Sequence[Part],
    *,
    feeds: tuple[FeedLink, ...],
    trail: tuple[Link, ...],
    section: str,
) -> Iterator[Output]:
    """The pages of `parts`, which are of one kind; each leads to the others."""
    siblings = tuple(part.link for part in parts)
    for part in parts:
        lang = part.key if part.kind == "language" else ""
        yield from river_outputs(
            views,
            part.members,
            part.address,
            kind=part.kind,
            title=part.title,
            description=part.title,
            terms=(term,),
            trail=trail,
            section=section,
            feeds=views.feeds(base, part.title, lang) if lang else feeds,
            period=part.key if part.kind == "year" else "",
            siblings=siblings,
            shown=lang,
        )
