"""A term's coverage narrowed: a page for each of its years, and for each language where there is more than one.

Every way to narrow a list is a link to a page that exists, so that it works without JavaScript, can be kept, and is
found by search engines. A pair is a page of its own, in `pouch_taxonomies.taxonomies`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.interface import Interface
from pouch.pages.languages import name_of, own_name
from pouch.pages.models import Link, TermLink
from pouch.pages.outputs import Output
from pouch.pages.rivers import Numbering, river_outputs


class Part(NamedTuple):
    """Some of a term's briefings, oldest first, and their page."""

    kind: str  # "year" | "language"
    key: str  # "2025", "fr"
    link: Link
    address: str
    title: str
    members: Sequence[Briefing]


def by_year(interface: Interface, term: TermLink, base: str, members: Sequence[Briefing]) -> list[Part]:
    """The years, newest first, where the site has "years"."""
    if not interface.has("years"):
        return []
    years: dict[int, list[Briefing]] = defaultdict(list)
    for briefing in members:
        years[briefing.sort_key[0].year].append(briefing)
    return [
        Part(
            kind="year",
            key=str(year),
            link=Link(href=interface.href(addresses.year(base, year)), label=str(year)),
            address=addresses.year(base, year),
            title=interface.translate(messages.TERM_IN_YEAR).format(term=term.label, year=year),
            members=years[year],
        )
        for year in sorted(years, reverse=True)
    ]


def by_language(interface: Interface, term: TermLink, base: str, members: Sequence[Briefing]) -> list[Part]:
    """The languages in which a reader can have any of the briefings, by tag; none where all are in one.

    A briefing is in every language that it has a version in, and its card there is that version's.
    """
    if not interface.has("languages"):
        return []
    languages: dict[str, list[Briefing]] = defaultdict(list)
    for briefing in members:
        for lang in briefing.versions:
            languages[lang].append(briefing)
    if len(languages) < 2:
        return []
    return [
        Part(
            kind="language",
            key=lang,
            link=Link(href=interface.href(addresses.language(base, lang)), label=own_name(lang), lang=lang),
            address=addresses.language(base, lang),
            title=interface.translate(messages.TERM_IN_LANGUAGE).format(
                term=term.label, language=name_of(lang, interface.lang)
            ),
            members=languages[lang],
        )
        for lang in sorted(languages)
    ]


def part_outputs(interface: Interface, parts: Sequence[Part], numbering: Numbering) -> Iterator[Output]:
    """The pages of `parts`, which are of one kind; each leads to the others.

    `numbering` is that of the term's own page; its feeds serve a year, while a language has feeds of its own.
    """
    siblings = tuple(part.link for part in parts)
    for part in parts:
        lang = part.key if part.kind == "language" else ""
        own = msgspec.structs.replace(
            numbering,
            base=part.address,
            title=part.title,
            feeds=interface.feeds(numbering.base, part.title, lang) if lang else numbering.feeds,
            shown=lang,
        )
        yield from river_outputs(
            interface,
            part.members,
            own,
            part.kind,
            period=part.key if part.kind == "year" else "",
            siblings=siblings,
        )
