"""The formats of feeds, each once: how its documents are called and rendered, and which feature asks for it.

A format is added here, with its feature among ALL_FEATURES or FURTHER_FEATURES of `pouch.settings`, and with its name
for readers in theme/templates/parts/feeds.html.
"""

from __future__ import annotations

from typing import NamedTuple

from pouch.pages.interface import Interface
from pouch.pages.outputs import Render
from pouch_feeds.render import (
    atom_fragment,
    json_fragment,
    render_atom,
    render_json,
    render_rss,
    rss_fragment,
)


class FeedFormat(NamedTuple):
    """One format."""

    name: str
    media_type: str
    ending: str  # of its files
    render: Render  # a document, of a FeedModel
    fragment: Render  # an item, of an ItemModel
    stem: str = ""  # of its files; empty: that of the slice, which is "feed" for most
    feature: str = ""  # that POUCH_FEATURES asks for it by; empty: every site has it
    has_archives: bool = True  # RFC 5005, section 4

    def is_wanted(self, interface: Interface) -> bool:
        """Whether the site has feeds in this format."""
        return not self.feature or interface.has(self.feature)

    def file_name(self, edition: str = "", number: int = 0, stem: str = "feed") -> str:
        """The name of an edition's document, 0 the current one: feed.xml, feed.fr-3.xml, atom-3.xml, feed.json."""
        dotted = f".{edition}" if edition else ""
        return f"{self.stem or stem}{dotted}{f'-{number}' if number else ''}.{self.ending}"


RSS = FeedFormat("rss", "application/rss+xml", "xml", render_rss, rss_fragment)
ATOM = FeedFormat("atom", "application/atom+xml", "xml", render_atom, atom_fragment, "atom", "atom")
JSON_FEED = FeedFormat(
    "json",
    "application/feed+json",
    "json",
    render_json,
    json_fragment,
    feature="json",
    has_archives=False,
)
FORMATS = (RSS, ATOM, JSON_FEED)
"""In the order in which pages announce them."""
