"""The feeds that pages announce."""

from __future__ import annotations

from collections.abc import Sequence

from pouch.archive.briefing import primary_subtag
from pouch.pages.interface import Interface
from pouch.pages.models import FeedLink
from pouch_feeds.formats import FORMATS, RSS


def feed_links(
    interface: Interface, base: str, title: str, languages: Sequence[str] = ()
) -> tuple[FeedLink, ...]:
    """The feeds of a slice that has all formats (site, country, topic). `base` is the address of its page.

    `languages` have feeds of their own. In a further interface language, its own comes first.
    """
    own = primary_subtag(interface.lang)
    feeds = (
        [*language_feed_link(interface, base, title, own)]
        if own in languages and interface.lang != interface.site.lang
        else []
    )
    feeds += [
        FeedLink(href=interface.root_href(f"{base}{each.file_name()}"), title=title, type=each.media_type)
        for each in FORMATS
        if each.is_wanted(interface)
    ]
    return tuple(feeds)


def language_feed_link(interface: Interface, base: str, title: str, lang: str) -> tuple[FeedLink, ...]:
    """The feed of a slice's briefings in one language, where the site has such feeds."""
    if not interface.has("feed_languages"):
        return ()
    href = interface.root_href(f"{base}{RSS.file_name(lang)}")
    return (FeedLink(href=href, title=title, type=RSS.media_type, lang=lang),)


def short_feed_link(interface: Interface, base: str, title: str, name: str) -> tuple[FeedLink, ...]:
    """The one feed of a pair, of a region, or of a country's mentions."""
    return (FeedLink(href=interface.root_href(f"{base}{name}"), title=title, type=RSS.media_type),)
