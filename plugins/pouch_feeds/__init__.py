"""Pelican plugin: feeds of every slice of the archive, the list of them, and the page to choose from.

- What is planned: `planner`, over `slices` in `publication` order; `site_feed` for `corrections` and `digests`; `opml`;
  `subscribe` with its `page_models`; `links` are what pages announce.
- What a feed holds: `formats`, `models`, `items` with their `texts` and `content`.
- What is written: `render` splices `fragments` between `heads`.
"""

import msgspec

from pouch.checks.registry import checks
from pouch.hosting import register
from pouch.pages import addresses, messages
from pouch.plugins import MenuItem
from pouch_feeds.corrections import plan_corrections_feed
from pouch_feeds.digests import plan_digests_feed
from pouch_feeds.formats import FORMATS
from pouch_feeds.links import feed_links, language_feed_link, short_feed_link
from pouch_feeds.planner import check_address, plan_feeds
from pouch_feeds.subscribe import plan_subscribe

PAGES = [plan_subscribe]
FEEDS = [plan_feeds, plan_corrections_feed, plan_digests_feed]
CHECKS = [msgspec.structs.replace(checks()["no-siteurl"], run=check_address)]
FEATURES = [*[each.feature for each in FORMATS if each.feature], "feed_languages", "feed_archives", "opml"]
MENU = [MenuItem(50, addresses.SUBSCRIBE, messages.SUBSCRIBE)]
LINKS = {
    "feeds": feed_links,
    "language feed": language_feed_link,
    "short feed": short_feed_link,
    "subscribe": lambda interface: interface.href(addresses.SUBSCRIBE),
}

__all__ = ["CHECKS", "FEATURES", "FEEDS", "LINKS", "MENU", "PAGES", "register"]
