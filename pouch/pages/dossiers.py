"""Dossiers: a term's page with its chart, its map and its company, its years and its languages."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import partial

import msgspec

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.coverage import frequent, months
from pouch.pages.indexes import INDEXES
from pouch.pages.maps import places
from pouch.pages.models import Card, FeedLink, Link, TermLink, TermPage
from pouch.pages.narrowing import by_language, by_year, part_outputs
from pouch.pages.numbered import with_cards
from pouch.pages.outputs import Output, deferred, path_of
from pouch.pages.pagination import landing
from pouch.pages.views import RSS, Views
from pouch.vocabulary.vocabulary import Kind


def term_outputs(
    views: Views,
    kind: Kind,
    key: str,
    members: Sequence[Briefing],
    *,
    mentions: tuple[Card, ...] = (),
    more_mentions: str = "",
    pairs: tuple[Link, ...] = (),
    parents: tuple[TermLink, ...] = (),
    children: tuple[TermLink, ...] = (),
    on_map: Container[str] = (),
    continent: str = "",
    more_feeds: tuple[FeedLink, ...] = (),
) -> Iterator[Output]:
    """A term's page, its years and its languages."""
    link = views.term(kind, key)
    base = addresses.term(kind, views.slug(kind, key))
    feeds = feeds_beside(views, kind, base, link.label) + more_feeds
    years = by_year(views, link, base, members) if kind != "region" else []
    languages = by_language(views, link, base, members) if kind != "region" else []
    section = section_of(views, kind)
    page = TermPage(
        href=views.href(base),
        url=views.url(base),
        lang=views.lang,
        title=link.label,
        description=views.translate(messages.BRIEFINGS_ON).format(term=link.label),
        section=section,
        trail=trail_to(views, kind),
        feeds=feeds,
        alternates=views.alternates(base),
        term=link,
        dossier=views.dossier(kind, link.key),
        river=views.landing_river(len(members), base),
        mentions=mentions,
        more_mentions=more_mentions,
        pairs=pairs,
        parents=parents,
        children=children,
        years=tuple(part.link for part in years),
        languages=tuple(part.link for part in languages),
        continent=continent,
    )
    newest = landing(members, views.site.per_page)
    model = deferred(
        page,
        partial(_with_coverage, page, views, members, base, on_map),
        views.card_marks(newest),
        views.coverage_marks(members),
        shows=newest,
    )
    yield Output(path_of(views.address(base)), "html", f"{kind}.html", model, views.lang, base)
    for parts in (years, languages):
        yield from part_outputs(
            views,
            link,
            base,
            parts,
            feeds=feeds,
            trail=trail_to(views, kind, link),
            section=section,
        )


def _with_coverage(
    page: TermPage, views: Views, members: Sequence[Briefing], base: str, on_map: Container[str]
) -> TermPage:
    """The page with its newest cards, its chart, its company, and the map of its countries in `on_map`."""
    kind, key = page.term.kind, page.term.key
    page = with_cards(page, views, landing(members, views.site.per_page))
    return msgspec.structs.replace(
        page,
        places=places(views, members, on_map),
        months=months(views, members, base if kind != "region" else ""),
        frequent_topics=frequent(
            views, "topic", (b.original.topics for b in members), (key,) if kind == "topic" else ()
        ),
        frequent_countries=frequent(
            views, "country", (b.original.countries for b in members), (key,) if kind == "country" else ()
        ),
    )


def one_feed(views: Views, base: str, title: str, name: str = "feed.xml") -> tuple[FeedLink, ...]:
    """The one feed of a pair, of a region, or of a country's mentions."""
    if "pouch_feeds" not in views.site.plugins:
        return ()
    return (FeedLink(href=views.root_href(f"{base}{name}"), title=title, type=RSS),)


def feeds_beside(views: Views, kind: Kind, base: str, label: str) -> tuple[FeedLink, ...]:
    """The feeds beside a term's page."""
    return one_feed(views, base, label) if kind == "region" else views.feeds(base, label)


def section_of(views: Views, kind: Kind) -> str:
    """The entry of the navigation under which a term's pages are."""
    return views.href(addresses.TOPICS if kind == "topic" else addresses.COUNTRIES)


def trail_to(views: Views, kind: str, *inner: TermLink) -> tuple[Link, ...]:
    """Home, the index, and the terms on the way."""
    address, label = INDEXES["topic" if kind == "topic" else "country"]
    return (
        Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME)),
        Link(href=views.href(address), label=views.translate(label)),
        *(Link(href=term.href, label=term.label) for term in inner),
    )
