"""Dossiers: a term's page with its chart, its map and the terms it goes together with, its years and its languages."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any

import msgspec

from pouch.archive.archive import Briefing
from pouch.archive.records import DossierRecord
from pouch.pages import addresses, messages
from pouch.pages.coverage import frequent, months
from pouch.pages.interface import Interface
from pouch.pages.maps import places
from pouch.pages.models import FeedLink, Link, TermLink
from pouch.pages.outputs import Output, last_change
from pouch.pages.pagination import landing
from pouch.pages.rivers import Numbering
from pouch.vocabulary.vocabulary import Kind
from pouch_taxonomies.models import TermPage
from pouch_taxonomies.narrowing import by_language, by_year, part_outputs

Introduction = tuple[DossierRecord | None, Sequence[Briefing]]
"""A term's dossier and the briefings that it pins."""


def term_outputs(
    interface: Interface,
    kind: Kind,
    key: str,
    members: Sequence[Briefing],
    numbering: Numbering,
    introduction: Introduction,
    *,
    on_map: Container[str] = (),
    **fields: Any,
) -> Iterator[Output]:
    """A term's page, its years and its languages. `members` are oldest first.

    `numbering` is that of its river; `on_map` are the countries that its map may show; `fields` complete the TermPage.
    """
    link, base = interface.term(kind, key), numbering.base
    years = by_year(interface, link, base, members) if kind != "region" else []
    languages = by_language(interface, link, base, members) if kind != "region" else []
    newest = landing(members, interface.site.per_page)
    page = TermPage(
        **interface.head(
            base,
            link.label,
            interface.translate(messages.BRIEFINGS_ON).format(term=link.label),
            section=numbering.section,
            trail=numbering.trail,
            feeds=numbering.feeds,
        ),
        term=link,
        dossier=interface.dossier(*introduction),
        river=interface.landing_river(newest, len(members), base),
        years=tuple(part.link for part in years),
        languages=tuple(part.link for part in languages),
        places=places(interface, members, on_map),
        months=months(interface, members, base if kind != "region" else ""),
        frequent_topics=frequent(
            interface, "topic", (b.original.topics for b in members), (key,) if kind == "topic" else ()
        ),
        frequent_countries=frequent(
            interface, "country", (b.original.countries for b in members), (key,) if kind == "country" else ()
        ),
        **fields,
    )
    yield interface.output(base, f"{kind}.html", page, modified=last_change(newest))
    below = msgspec.structs.replace(numbering, trail=trail_to(interface, kind, link))
    for parts in (years, languages):
        yield from part_outputs(interface, parts, below)


def numbering_of(
    interface: Interface, kind: Kind, key: str, more_feeds: tuple[FeedLink, ...] = ()
) -> Numbering:
    """What the pages of a term's river have in common."""
    link = interface.term(kind, key)
    base = addresses.term(kind, interface.slug(kind, key))
    feeds = interface.short_feed if kind == "region" else interface.feeds
    return Numbering(
        base=base,
        title=link.label,
        feeds=feeds(base, link.label) + more_feeds,
        terms=(link,),
        trail=trail_to(interface, kind),
        section=section_of(interface, kind),
    )


def section_of(interface: Interface, kind: Kind) -> str:
    """The entry of the menu under which a term's pages are."""
    return interface.href(addresses.TOPICS if kind == "topic" else addresses.COUNTRIES)


def trail_to(interface: Interface, kind: str, *inner: TermLink) -> tuple[Link, ...]:
    """Home, the index, and the terms on the way."""
    topics = kind == "topic"
    address, label = (
        (addresses.TOPICS, messages.TOPICS) if topics else (addresses.COUNTRIES, messages.COUNTRIES)
    )
    return (
        *interface.home_trail,
        Link(href=interface.href(address), label=interface.translate(label)),
        *(Link(href=term.href, label=term.label) for term in inner),
    )
