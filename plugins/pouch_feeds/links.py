"""The feeds that pages announce."""

from __future__ import annotations

from pouch.pages.interface import Interface
from pouch.pages.models import FeedLink

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


def feed_links(interface: Interface, base: str, title: str, lang: str = "") -> tuple[FeedLink, ...]:
    """The feeds of a slice that has all formats (site, country, topic); those of `lang` alone where it is given.

    `base` is the address of the slice's page.
    """
    if lang and not interface.has("feed_languages"):
        return ()
    only = f".{lang}" if lang else ""
    feeds = [FeedLink(href=interface.root_href(f"{base}feed{only}.xml"), title=title, type=RSS)]
    if interface.has("atom"):
        feeds.append(FeedLink(href=interface.root_href(f"{base}atom{only}.xml"), title=title, type=ATOM))
    if interface.has("json"):
        feeds.append(
            FeedLink(href=interface.root_href(f"{base}feed{only}.json"), title=title, type=JSON_FEED)
        )
    return tuple(feeds)


def short_feed_link(interface: Interface, base: str, title: str, name: str) -> tuple[FeedLink, ...]:
    """The one feed of a pair, of a region, or of a country's mentions."""
    return (FeedLink(href=interface.root_href(f"{base}{name}"), title=title, type=RSS),)
