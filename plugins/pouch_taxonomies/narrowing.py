"""A term's coverage narrowed: pages of its years and of its languages, where these do not repeat the term's own page.

Every way to narrow a list is a link to a page that exists, so that it works without JavaScript, can be kept, and is
found by search engines. A pair is a page of its own, in `pouch_taxonomies.taxonomies`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from pouch.archive.briefing import Briefing, languages_apart
from pouch.pages import addresses, messages
from pouch.pages.interface import Interface
from pouch.pages.languages import name_of, own_name
from pouch.pages.models import Link, TermLink
from pouch.pages.outputs import Output
from pouch.pages.pagination import numbered_pages
from pouch.pages.rivers import Numbering, listed, river_outputs
from pouch_taxonomies.combinations import search_href


class Part(NamedTuple):
    """Some of a term's briefings, oldest first, and their page."""

    kind: str  # "year" | "language"
    key: str  # "2025", "fr"
    link: Link
    address: str
    title: str
    members: Sequence[Briefing]


def by_year(interface: Interface, term: TermLink, base: str, members: Sequence[Briefing]) -> list[Part]:
    """The years that have a page, newest first, where the site has "years": those with POUCH_SLICE_MINIMUM briefings,
    unless the term's own page shows them all.
    """
    if not interface.has("years"):
        return []
    per_page = interface.site.per_page
    older = members[: numbered_pages(len(members), per_page) * per_page]
    years: dict[int, list[Briefing]] = {briefing.sort_key[0].year: [] for briefing in older}
    for briefing in members:
        if (river := years.get(briefing.sort_key[0].year)) is not None:
            river.append(briefing)
    years = {year: river for year, river in years.items() if len(river) >= interface.site.slice_minimum}
    return [
        Part(
            kind="year",
            key=str(year),
            link=interface.link_to(addresses.year(base, year), str(year)),
            address=addresses.year(base, year),
            title=interface.translate(messages.TERM_IN_YEAR).format(term=term.label, year=year),
            members=years[year],
        )
        for year in sorted(years, reverse=True)
    ]


def year_links(
    interface: Interface, term: TermLink, members: Sequence[Briefing], parts: Sequence[Part]
) -> dict[int, str]:
    """The href of each year of a term, newest first: its page among `parts`, else the search for it, else that year of
    the archive; empty where there is none of these.
    """
    if not interface.has("years"):
        return {}
    own = {int(part.key): part.link.href for part in parts}
    hrefs = {}
    for year in sorted({briefing.sort_key[0].year for briefing in members}, reverse=True):
        href = own.get(year, "") or search_href(interface, (term.kind, term.key), ("year", str(year)))
        if not href and interface.link("months"):
            href = interface.href(addresses.year(addresses.ARCHIVE, year))
        hrefs[year] = href
    return hrefs


def by_language(interface: Interface, term: TermLink, base: str, members: Sequence[Briefing]) -> list[Part]:
    """The languages that have a page, by tag: those with POUCH_SLICE_MINIMUM briefings, unless these are just the
    originals, which the term's own page shows.

    A briefing is in every language that it has a version in, and its card there is that version's.
    """
    if not interface.has("languages"):
        return []
    languages = {
        lang: river
        for lang in languages_apart(members)
        if len(river := [briefing for briefing in members if lang in briefing.versions])
        >= interface.site.slice_minimum
    }
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


def language_links(
    interface: Interface, term: TermLink, members: Sequence[Briefing], parts: Sequence[Part]
) -> tuple[Link, ...]:
    """The languages that a term's briefings are in, the most frequent first: each with its page among `parts`, else
    the search for it; without an address where there is neither, and where there is one language.
    """
    counts = Counter(lang for briefing in members for lang in briefing.versions)
    own = {part.key: part.link.href for part in parts}
    return tuple(
        Link(
            href=own.get(lang, "")
            or (
                search_href(interface, (term.kind, term.key), ("language", lang))
                if len(counts) > 1 and term.kind != "region"
                else ""
            ),
            label=own_name(lang),
            lang=lang,
        )
        for lang in sorted(counts, key=lambda lang: (-counts[lang], lang))
    )


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
            feeds=interface.language_feed(numbering.base, part.title, lang) if lang else numbering.feeds,
            shown=lang,
        )
        yield from river_outputs(
            interface,
            part.members,
            own if lang else listed(interface, part.members, own),
            part.kind,
            period=part.key if part.kind == "year" else "",
            siblings=siblings,
        )
