"""Dossiers: a term's page with its chart, its map and the terms it goes together with, its years and its languages."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from typing import Any

import msgspec

from pouch.archive.briefing import Briefing, languages_apart
from pouch.archive.records import DossierRecord
from pouch.pages import addresses, messages
from pouch.pages.coverage import months
from pouch.pages.interface import Interface, iso_day
from pouch.pages.maps import places
from pouch.pages.models import FeedLink, Link, TermLink
from pouch.pages.outputs import Output, last_change
from pouch.pages.pagination import landing
from pouch.pages.rivers import Numbering, landing_river, page_size
from pouch.vocabulary.vocabulary import Kind
from pouch_taxonomies.combinations import narrower, together
from pouch_taxonomies.models import Facts, TermPage
from pouch_taxonomies.narrowing import by_language, by_year, language_links, part_outputs, year_links

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
    with_page: Collection[str] = (),
    mentions: int = 0,
    on_map: Container[str] = (),
    **fields: Any,
) -> Iterator[Output]:
    """A term's page, its years and its languages. `members` are oldest first.

    `numbering` is that of its river; `with_page` are the terms of the other kind with which it has a page; `mentions`
    is the number of briefings that only mention it; `on_map` are the countries that its map may show; `fields`
    complete the TermPage.
    """
    link, base = interface.term(kind, key), numbering.base
    years = by_year(interface, link, base, members) if kind != "region" else []
    languages = by_language(interface, link, base, members) if kind != "region" else []
    hrefs = year_links(interface, link, members, years) if kind != "region" else {}
    empty = kind == "topic" and key in interface.empty_topics
    newest = landing(members, page_size(interface, numbering))
    page = TermPage(
        **interface.head(
            base,
            link.label,
            interface.translate(messages.BRIEFINGS_ON).format(term=link.label),
            section=numbering.section,
            trail=numbering.trail,
            feeds=numbering.feeds,
            social_card=interface.link("dossier card", kind, key, default=None) if members else None,
            **({"alternates": (), "noindex": True} if empty else {}),
        ),
        term=link,
        dossier=interface.dossier(*introduction),
        river=landing_river(interface, newest, len(members), numbering),
        facts=_facts(members, mentions, language_links(interface, link, members, languages)),
        narrower=narrower(interface, link, members, with_page),
        together=together(interface, link, members) if kind != "region" else (),
        years=tuple(Link(href=href, label=str(year)) for year, href in hrefs.items() if href),
        places=places(interface, members, on_map),
        months=months(members, hrefs),
        downloads=interface.link("downloads", kind, key, default=()) if members and kind != "region" else (),
        **fields,
    )
    yield interface.output(base, f"{kind}.html", page, modified=last_change(newest))
    below = msgspec.structs.replace(numbering, trail=trail_to(interface, kind, link))
    for parts in (years, languages):
        yield from part_outputs(interface, parts, below)


def _facts(members: Sequence[Briefing], mentions: int, languages: tuple[Link, ...]) -> Facts | None:
    if not members:
        return None
    return Facts(
        count=len(members),
        since=iso_day(members[0].original)[:7],
        last=iso_day(members[-1].original),
        mentions=mentions,
        languages=languages,
    )


def numbering_of(
    interface: Interface,
    kind: Kind,
    key: str,
    members: Sequence[Briefing],
    more_feeds: tuple[FeedLink, ...] = (),
) -> Numbering:
    """The facts that the pages of a term's river share."""
    link = interface.term(kind, key)
    base = addresses.term(kind, interface.slug(kind, key))
    if kind == "region" or not members:
        feeds = interface.short_feed(base, link.label)
    else:
        feeds = interface.feeds(base, link.label, languages_apart(members))
    return Numbering(
        base=base,
        title=link.label,
        feeds=feeds + more_feeds,
        terms=(link,),
        trail=trail_to(interface, kind),
        section=section_of(interface, kind),
    )


def index_of(kind: Kind) -> tuple[str, str]:
    """Address and label of the index that lists a kind of term. Regions are in that of countries."""
    if kind == "topic":
        return addresses.TOPICS, messages.TOPICS
    return addresses.COUNTRIES, messages.COUNTRIES


def section_of(interface: Interface, kind: Kind) -> str:
    """The entry of the menu under which a term's pages are."""
    return interface.href(index_of(kind)[0])


def trail_to(interface: Interface, kind: Kind, *inner: TermLink) -> tuple[Link, ...]:
    """Home, the index, and the terms on the way."""
    address, label = index_of(kind)
    return (
        *interface.home_trail,
        interface.link_to(address, interface.translate(label)),
        *(Link(href=term.href, label=term.label) for term in inner),
    )
