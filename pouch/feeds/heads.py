"""The head of a feed, mended: feedgen gives RSS one link only, and knows nothing of archives (RFC 5005)."""

from __future__ import annotations

from typing import Any

from feedgen.ext.base import BaseExtension
from lxml import etree

from pouch.feeds.content import uri
from pouch.feeds.fragments import ATOM
from pouch.feeds.models import FeedModel

# RFC 5005, section 4: marks an archive document.
HISTORY = "http://purl.org/syndication/history/1.0"


class Head(BaseExtension):  # type: ignore[misc]  # feedgen publishes no type information
    """What feedgen leaves out of a head. `model` and `prefixes` are given after registration."""

    model: FeedModel
    prefixes: dict[str, str]

    def extend_ns(self) -> dict[str, str]:
        return {**self.prefixes, **({"fh": HISTORY} if self.model.current else {})}

    def extend_rss(self, feed: Any) -> Any:
        channel = feed[0]
        for rel, href, media_type in self._links("application/rss+xml"):
            _link(channel, f"{{{ATOM}}}link", rel, href, media_type)
        if not self.model.updated:
            channel.remove(channel.find("lastBuildDate"))
        self._mark(channel)
        return feed

    def extend_atom(self, feed: Any) -> Any:
        for rel, href, media_type in self._links("application/atom+xml"):
            _link(feed, "link", rel, href, media_type)
        self._mark(feed)
        return feed

    def _mark(self, parent: Any) -> None:
        # The only document of an archive may still grow, and leads nowhere: not marked as one that stays as it is.
        if self.model.current and (self.model.previous or self.model.next):
            etree.SubElement(parent, f"{{{HISTORY}}}archive")

    def _links(self, media_type: str) -> list[tuple[str, str, str]]:
        model = self.model
        links = [
            ("self", model.self_url, media_type),
            ("current", model.current, media_type),
            ("prev-archive", model.previous, media_type),
            ("next-archive", model.next, media_type),
            ("hub", model.hub, ""),
            ("related", model.about_url, "text/html"),
        ]
        return [(rel, uri(href), media_type) for rel, href, media_type in links if href]


def _link(parent: Any, name: str, rel: str, href: str, media_type: str) -> None:
    link = etree.SubElement(parent, name, rel=rel, href=href)
    if media_type:
        link.set("type", media_type)
