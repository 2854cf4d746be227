"""The home page, the briefings, and the pages that an editor writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import msgspec

from pouch.archive.records import PageRecord
from pouch.pages import addresses, messages
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.languages import direction
from pouch.pages.maps import world
from pouch.pages.models import (
    HomePage,
    Link,
    NotFoundPage,
    TextPage,
)
from pouch.pages.numbered import numbered_chapters
from pouch.pages.outputs import Output, path_of
from pouch.pages.pagination import landing
from pouch.pages.views import Views

# How many of the newest briefings decide which terms the home page names, and how many of each.
RECENT = 120
PROMINENT = 12


def plan_home(views: Views) -> Iterator[Chapter]:
    """The landing page of the site's river, and its numbered pages."""
    members = views.archive.briefings
    key = f"home {views.lang}"
    yield Chapter(key, mark_of(members), partial(_home, views))
    title = views.translate(messages.BRIEFINGS)
    yield from numbered_chapters(views, members, addresses.HOME, key, title=title, feeds=views.site_feeds)


def _home(views: Views) -> Iterator[Output]:
    archive = views.archive
    members = archive.briefings
    recent = members[-RECENT:]
    countries = Counter(code for b in recent for code in b.original.countries)
    topics = Counter(key for b in recent for key in b.original.topics)
    address = views.address(addresses.HOME)
    title = views.site.name
    page = HomePage(
        href=views.href(addresses.HOME),
        url=views.url(addresses.HOME),
        lang=views.lang,
        title=title,
        description=views.translate(messages.LATEST).format(site=title),
        feeds=views.site_feeds,
        alternates=views.alternates(addresses.HOME),
        river=msgspec.structs.replace(
            views.landing_river(len(members), addresses.HOME),
            cards=views.cards(landing(members, views.site.per_page)),
        ),
        countries=views.terms("country", _most(countries)),
        topics=views.terms("topic", _most(topics)),
        world=world(views) if views.site.has("map") else None,
    )
    yield Output(path_of(address), "html", "home.html", page, views.lang, "home")


def _most(counts: Counter[str]) -> list[str]:
    """Keys by count, then by name: Counter's own order for ties is that of insertion."""
    return sorted(counts, key=lambda key: (-counts[key], key))[:PROMINENT]


def plan_pages(all_views: dict[str, Views]) -> Iterator[Output]:
    """content/pages/: each page in each language that it is written in and that the interface has."""
    first = next(iter(all_views.values()))
    for page in first.archive.pages:
        views = all_views.get(page.lang)
        if views is not None:
            yield _text(views, page)


def _text(views: Views, page: PageRecord) -> Output:
    address = addresses.page(page.slug)
    others = {other.lang for other in views.archive.pages if other.slug == page.slug}
    model = TextPage(
        href=views.href(address),
        url=views.url(address),
        lang=views.lang,
        title=page.title,
        description=page.description,
        section=views.href(address),
        trail=(Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME)),),
        alternates=tuple(a for a in views.alternates(address) if a.lang in others) if len(others) > 1 else (),
        body=page.body,
        content_lang=page.lang,
        content_dir=direction(page.lang),
    )
    return Output(path_of(views.address(address)), "html", "text.html", model, views.lang, page.path)


def plan_not_found(views: Views) -> Iterator[Output]:
    """The page that a static host shows for an address that it does not have."""
    model = NotFoundPage(
        href=views.root_href(addresses.NOT_FOUND),
        url=views.site.url + addresses.NOT_FOUND,
        lang=views.lang,
        title=views.translate(messages.NOT_FOUND),
        description=views.translate(messages.NOT_FOUND),
        noindex=True,
    )
    yield Output(path_of(addresses.NOT_FOUND), "html", "not_found.html", model, views.lang, "404")
