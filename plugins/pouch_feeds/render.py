"""Feed documents: a head, and fragments spliced into it. The same model gives the same bytes.

Every function here is called in worker processes, with a model and the stores.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from typing import Any

import msgspec

from pouch.pages.outputs import Stores, fragments_of
from pouch_feeds.content import plain, uri
from pouch_feeds.models import FeedModel, ItemModel, OpmlFeed, OpmlModel


def render_rss(model: FeedModel, stores: Stores) -> bytes:
    """RSS 2.0."""
    return _xml("rss", model, stores)


def render_atom(model: FeedModel, stores: Stores) -> bytes:
    """Atom (RFC 4287)."""
    return _xml("atom", model, stores)


def _xml(feed_format: str, model: FeedModel, stores: Stores) -> bytes:
    # Imported here: a build in which no feed changes need not load lxml.
    from pouch_feeds.heads import head_and_tail

    head, tail = head_and_tail(model, feed_format)
    return b"\n".join((head, *fragments_of(stores, model.items), tail, b""))


def render_json(model: FeedModel, stores: Stores) -> bytes:
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
    if model.hub:
        head["hubs"] = [{"type": "WebSub", "url": uri(model.hub)}]
    encoded = msgspec.json.encode(head)
    items = b",\n".join(fragments_of(stores, model.items))
    return b"".join((encoded[:-1], b',"items":[\n', items, b"\n]}\n"))


def render_opml(model: OpmlModel, stores: Stores) -> bytes:  # noqa: ARG001  # as every render function
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
        element = etree.SubElement(parent, "outline", type="rss", text=title, title=title)
        element.set("xmlUrl", uri(feed.feed_url))
        element.set("htmlUrl", uri(feed.page_url))
        element.set("language", feed.lang)
        element.set("version", "RSS2")

    for feed in model.feeds:
        outline(body, feed)
    for group in model.groups:
        heading = etree.SubElement(body, "outline", text=plain(group.title))
        for feed in group.feeds:
            outline(heading, feed)
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return document


def rss_fragment(item: ItemModel, stores: Stores) -> bytes:
    """An item of RSS 2.0."""
    return _fragment("rss", item, stores)


def atom_fragment(item: ItemModel, stores: Stores) -> bytes:
    """An entry of Atom."""
    return _fragment("atom", item, stores)


def json_fragment(item: ItemModel, stores: Stores) -> bytes:
    """An item of JSON Feed."""
    return _fragment("json", item, stores)


def _fragment(feed_format: str, item: ItemModel, stores: Stores) -> bytes:
    # Imported here, as above: feedgen loads slowly.
    from pouch_feeds.fragments import build_fragment

    return build_fragment(feed_format, item, stores.bodies[item.body] if item.body else "")
