"""Feed documents: a head that feedgen writes, and fragments spliced into it. The same model gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import Any

import msgspec

from pouch.feeds.content import plain, uri
from pouch.feeds.models import FeedModel, OpmlFeed, OpmlModel
from pouch.plan.outputs import Output

# Atom demands a date of a feed that has never had an item. Validators doubt dates before 1990; the clock would
# change the feed's bytes at every build.
NEVER = "2000-01-01T00:00:00+00:00"
# Stand where a feed's document differs from its neighbours'.
_MARKS = {name: f"urn:pouch:8c1d6f52:{name}" for name in ("self_url", "current", "previous", "next")}
_MARKED_DATE = datetime(9990, 1, 1, 12, 34, 56, tzinfo=UTC)
_MARKED = _MARKED_DATE.isoformat()
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'


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
    return _spliced(model, output.template, items)


def _spliced(model: FeedModel, feed_format: str, items: Iterable[bytes]) -> bytes:
    """feedgen's document without items, ours put in before its end; a note to people stands at the top."""
    # A feed's documents of all months share a head but for their addresses and date, and come one after another.
    marks = {name: mark for name, mark in _MARKS.items() if getattr(model, name)}
    head, tail = _head(
        msgspec.structs.replace(model, items=(), updated="" if not model.updated else _MARKED, **marks),
        feed_format,
    )
    for name, mark in marks.items():
        head = head.replace(mark.encode(), escape(uri(getattr(model, name))).encode())
    if model.updated:
        date = datetime.fromisoformat(model.updated)
        written = format_datetime(date) if feed_format == "rss" else model.updated
        head = head.replace(
            (format_datetime(_MARKED_DATE) if feed_format == "rss" else _MARKED).encode(), written.encode()
        )
    return b"".join((head, b"\n", *[item + b"\n" for item in items], tail, b"\n"))


@lru_cache(maxsize=16)
def _head(model: FeedModel, feed_format: str) -> tuple[bytes, bytes]:
    """What stands before and after the items."""
    feed = _generator(model, feed_format)
    written = feed.rss_str() if feed_format == "rss" else feed.atom_str()
    tail = b"</channel></rss>" if feed_format == "rss" else b"</feed>"
    body = written[written.index(b"\n") + 1 :].rstrip()
    # Two hyphens would end a comment (XML 1.0, section 2.5).
    note = f"<!-- {plain(model.note).replace('--', '- -')} -->\n".encode()
    return _DECLARATION + note + body.removesuffix(tail), tail


def _generator(model: FeedModel, feed_format: str) -> Any:
    # Imported here: a build in which no feed changes need not load lxml.
    from feedgen.feed import FeedGenerator

    from pouch.feeds.fragments import RSS_PREFIXES
    from pouch.feeds.heads import Head

    feed = FeedGenerator()
    feed.id(model.id)
    feed.title(plain(model.title))
    feed.description(plain(model.description) or plain(model.title))
    feed.language(model.lang)
    feed.author(name=plain(model.author))
    feed.generator("Pouch", version="", uri="")
    feed.docs("")
    feed.updated(datetime.fromisoformat(model.updated or NEVER))
    feed.register_extension("pouch", Head)
    feed.pouch.model = model
    feed.pouch.prefixes = RSS_PREFIXES if feed_format == "rss" else {}
    # feedgen takes the last link for RSS's own.
    feed.link(href=uri(model.page_url), rel="alternate", type="text/html")
    return feed


def _json(model: FeedModel, items: Iterable[bytes]) -> bytes:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(model.title),
        "home_page_url": uri(model.page_url),
        "feed_url": uri(model.self_url),
        "description": plain(model.description),
        "user_comment": plain(model.note),
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
    written: bytes = etree.tostring(root, encoding="utf-8", pretty_print=True)
    return _DECLARATION + written
