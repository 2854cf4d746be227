"""/opml.xml: one file with which a feed reader imports the feeds of the site, its countries, topics and regions.

Feeds that have no items yet are not listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pouch.pages import addresses, messages
from pouch.pages.interface import Interface
from pouch.pages.outputs import Output, path_of
from pouch_feeds.models import OpmlFeed, OpmlGroup, OpmlModel
from pouch_feeds.render import render_opml
from pouch_feeds.slices import Terms, page_of

_HEADINGS = {"country": messages.COUNTRIES, "topic": messages.TOPICS, "region": messages.REGIONS}


def opml_outputs(interface: Interface, terms: Terms, updated: str) -> Iterator[Output]:
    """The list of feeds. `updated` says when an entry last changed, as feeds write it."""
    site = interface.site
    groups = [
        OpmlGroup(
            title=interface.translate(_HEADINGS[kind]),
            feeds=tuple(
                _feed(interface, addresses.term(kind, interface.slug(kind, link.key)), link.label)
                for link in interface.sorted_terms(kind, keys)
            ),
        )
        for kind, keys in terms
        if keys
    ]
    model = OpmlModel(
        title=site.name,
        owner=site.name,
        updated=updated,
        feeds=(_feed(interface, addresses.HOME, site.name),),
        groups=tuple(groups),
    )
    yield Output(
        path=path_of(addresses.OPML), render=render_opml, model=model, lang=interface.lang, origin="opml"
    )


def _feed(interface: Interface, base: str, title: str) -> OpmlFeed:
    return OpmlFeed(
        title=title,
        feed_url=f"{interface.site.url}{base}feed.xml",
        page_url=interface.url(page_of(interface, base)),
        lang=interface.lang,
    )
