"""Feed documents: a head, and fragments spliced into it. The same model gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import msgspec

from pouch.feeds.content import plain, uri
from pouch.feeds.models import FeedModel, OpmlFeed, OpmlModel
from pouch.pages.outputs import Output


def render_feed(output: Output, fragments: Mapping[str, bytes]) -> bytes:
    """The document of an output of kind "feed": its template is "rss", "atom", "json" or "opml".

    `fragments` are those of `pouch.feeds.fragments`, by key.
    """
    if output.template == "opml":
        return _opml(output.model)
    model: FeedModel = output.model
    items = [fragments[key] for key in model.items]
    if output.template == "json":
        return _json(model, items)
    # Imported here: a build in which no feed changes need not load lxml.
    from pouch.feeds.heads import head_and_tail

    head, tail = head_and_tail(model, output.template)
    return b"\n".join((head, *items, tail, b""))


def _json(model: FeedModel, items: Iterable[bytes]) -> bytes:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(model.title),
        "home_page_url": uri(model.page_url),
        "feed_url": uri(model.self_url),
        "description": plain(model.description),
        "user_comment": plain(model.note),
        "icon": uri(model.icon),
        "language": model.lang,
        "authors": [{"name": plain(model.author)}],
    }
    if model.previous:
        head["next_url"] = uri(model.previous)
    if model.hub:
        head["hubs"] = [{"type": "WebSub", "url": uri(model.hub)}]
    encoded = msgspec.json.encode(head)
    return b"".join((encoded[:-1], b',"items":[\n', b",\n".join(items), b"\n]}\n"))


def _opml(model: OpmlModel) -> bytes:
    """OPML 2.0 (http://opml.org/spec2.opml), with "Subscription lists"."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = plain(model.title)
    if model.updated:
        date = datetime.fromisoformat(model.updated)
        etree.SubElement(head, "dateModified").text = format_datetime(date)
    etree.SubElement(head, "ownerName").text = plain(model.owner)
    body = etree.SubElement(root, "body")

    def outline(parent: Any, feed: OpmlFeed) -> None:
        title = plain(feed.title)
        found = etree.SubElement(parent, "outline", type="rss", text=title, title=title)
        found.set("xmlUrl", uri(feed.feed_url))
        found.set("htmlUrl", uri(feed.page_url))
        found.set("language", feed.lang)
        found.set("version", "RSS2")

    for feed in model.feeds:
        outline(body, feed)
    for group in model.groups:
        heading = etree.SubElement(body, "outline", text=plain(group.title))
        for feed in group.feeds:
            outline(heading, feed)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written
