"""/opml.xml: one file by which a feed reader takes in the feeds of the site, its countries, topics and regions."""

from __future__ import annotations

from pouch.feeds.models import OpmlFeed, OpmlGroup, OpmlModel
from pouch.pages import addresses, messages
from pouch.pages.outputs import Output, path_of
from pouch.pages.views import Views
from pouch.vocabulary.vocabulary import Kind


def plan_opml(views: Views, updated: str) -> Output:
    """The list of feeds. `updated` says when an entry last changed, as feeds write it."""
    archive, site = views.archive, views.site
    groups = []
    if "pouch_taxonomies" in site.plugins:
        lists: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
            (messages.COUNTRIES, "country", archive.countries),
            (messages.TOPICS, "topic", archive.topics),
            (messages.REGIONS, "region", archive.regions),
        )
        groups = [
            OpmlGroup(
                title=views.translate(message),
                feeds=tuple(
                    _feed(views, addresses.term(kind, views.slug(kind, link.key)), link.label)
                    for link in views.sorted_terms(kind, keys)
                ),
            )
            for message, kind, keys in lists
            if keys
        ]
    model = OpmlModel(
        title=site.name,
        owner=site.name,
        updated=updated,
        feeds=(_feed(views, addresses.HOME, site.name),),
        groups=tuple(groups),
    )
    return Output(path_of(addresses.OPML), "feed", "opml", model, views.lang, "opml")


def _feed(views: Views, base: str, title: str) -> OpmlFeed:
    return OpmlFeed(
        title=title, feed_url=f"{views.site.url}{base}feed.xml", page_url=views.url(base), lang=views.lang
    )
