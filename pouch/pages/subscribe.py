"""/subscribe/: every feed of the site to choose from, and what a feed is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.languages import own_name
from pouch.pages.models import FeedChoice, FeedGroup, FeedLink, Link, SubscribePage
from pouch.pages.outputs import Output, path_of
from pouch.pages.views import RSS, Views
from pouch.vocabulary.vocabulary import Kind


def plan_subscribe(views: Views) -> Iterator[Output]:
    """The page in one interface language; none where the site has no feeds."""
    site, archive = views.site, views.archive
    if "pouch_feeds" not in site.plugins:
        return
    groups: list[FeedGroup] = []
    if "pouch_taxonomies" in site.plugins:
        groups = [
            _group(views, "country", messages.COUNTRIES, archive.countries),
            _group(views, "topic", messages.TOPICS, archive.topics),
            _group(views, "region", messages.REGIONS, archive.regions),
        ]
    whole = _choice(views, "", addresses.HOME, site.name, archive.briefings)
    title = views.translate(messages.SUBSCRIBE)
    page = SubscribePage(
        href=views.href(addresses.SUBSCRIBE),
        url=views.url(addresses.SUBSCRIBE),
        lang=views.lang,
        title=title,
        description=views.translate(messages.SUBSCRIBE_TO).format(site=site.name),
        section=views.href(addresses.SUBSCRIBE),
        trail=(Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME)),),
        feeds=views.site_feeds,
        alternates=views.alternates(addresses.SUBSCRIBE),
        whole=whole,
        groups=tuple(group for group in groups if group.choices),
        languages=tuple(
            Link(href=feed.href, label=own_name(feed.title), lang=feed.title) for feed in whole.languages
        ),
        opml=views.root_href(addresses.OPML) if site.has("opml") else "",
        script=views.root_href(addresses.SUBSCRIBE_SCRIPT),
    )
    path = path_of(views.address(addresses.SUBSCRIBE))
    yield Output(path, "html", "subscribe.html", page, views.lang, "subscribe")


def _group(views: Views, kind: Kind, message: str, keys: Sequence[str]) -> FeedGroup:
    archive = views.archive
    # A region has one feed, of all languages together.
    members = {} if kind == "region" else archive.of_country if kind == "country" else archive.of_topic
    return FeedGroup(
        kind=kind,
        label=views.translate(message),
        choices=tuple(
            _choice(
                views,
                link.key,
                addresses.term(kind, views.slug(kind, link.key)),
                link.label,
                members.get(link.key, ()),
                plain=kind == "region",
            )
            for link in views.sorted_terms(kind, keys)
        ),
    )


def _choice(
    views: Views, key: str, base: str, label: str, members: Sequence[Briefing], *, plain: bool = False
) -> FeedChoice:
    languages: list[str] = []
    if views.site.has("feed_languages"):
        languages = sorted({lang for briefing in members for lang in briefing.versions})
    only = FeedLink(href=views.root_href(f"{base}feed.xml"), title=label, type=RSS)
    return FeedChoice(
        key=key,
        href=views.href(base),
        label=label,
        feeds=(only,) if plain else views.feeds(base, label),
        languages=tuple(
            FeedLink(href=views.root_href(f"{base}feed.{lang}.xml"), title=lang, type=RSS)
            for lang in languages
        ),
    )
