"""Fragments: one entry's element in one format, built once and spliced into every feed that holds it.

feedgen makes the elements; an extension of ours mends what it drops (FeedEntry.atom_entry loses the `rel`, `type` and
`hreflang` of links; RSS authors without an e-mail address vanish; there is no language per entry).
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any
from zlib import crc32

import msgspec
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from lxml import etree

from pouch.errors import ContentError
from pouch.feeds.content import full_html, plain, summary_html, summary_text, uri
from pouch.feeds.models import ItemModel
from pouch.problems import Problem

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
# The prefixes that every RSS feed of ours declares on its root, so that its items need not.
RSS_PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DC}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def build_fragment(feed_format: str, item: ItemModel, body_html: str) -> bytes:
    """The element of `item` in "rss", "atom" or "json", in UTF-8, ready to be spliced by `pouch.feeds.render`.

    `body_html` is sanitised HTML. Raises ContentError that names the entry's file where it cannot be put in a feed.
    """
    try:
        return _BUILDERS[feed_format](item, body_html)
    except (ValueError, TypeError, OverflowError) as error:
        problem = Problem(
            path=item.path,
            line=0,
            column=0,
            code="not-for-feeds",
            message=f"the entry cannot be put in a feed: {error}",
            hint="look for unusual characters, dates or addresses in it",
        )
        raise ContentError([problem]) from error


class _Mended(BaseEntryExtension):  # type: ignore[misc]  # feedgen publishes no type information
    """What feedgen leaves out of an element. `item` is given after registration."""

    item: ItemModel

    def extend_rss(self, entry: Any) -> Any:
        etree.SubElement(entry, f"{{{DC}}}creator").text = plain(self.item.author)
        etree.SubElement(entry, f"{{{DC}}}language").text = self.item.lang
        if self.item.updated != self.item.published:
            etree.SubElement(entry, f"{{{ATOM}}}updated").text = self.item.updated
        return entry

    def extend_atom(self, entry: Any) -> Any:
        item = self.item
        entry.set(LANG, item.lang)
        # An atom:source needs an id and a date, which an article elsewhere has not (RFC 4287, section 4.2.11).
        for element in list(entry):
            if element.tag in ("link", "source"):
                entry.remove(element)
        link = etree.SubElement(entry, "link", href=uri(item.url), rel="alternate", type="text/html")
        link.set("hreflang", item.lang)
        if item.source_url:
            via = etree.SubElement(entry, "link", href=uri(item.source_url), rel="via")
            if item.source_name:
                via.set("title", plain(item.source_name))
        return entry


# An item's formats are built one after another: what they share is made once.
@lru_cache(maxsize=4)
def _entry(item: ItemModel, body: str) -> Any:
    entry = FeedEntry()
    entry.guid(item.id, permalink=False)
    entry.title(plain(item.title))
    entry.link(href=uri(item.url), rel="alternate")
    entry.author(name=plain(item.author))
    entry.published(datetime.fromisoformat(item.published))
    entry.updated(_distinct(datetime.fromisoformat(item.updated), item.id))
    entry.category(
        [
            {"term": category.term, "scheme": uri(category.scheme), "label": plain(category.label)}
            for category in item.categories
        ]
    )
    entry.summary(summary_html(item), type="html")
    if item.body and (full := _full(item, body)):
        # "html" and not "CDATA", which RFC 4287, section 4.1.3.1, does not know.
        entry.content(full, type="html")
    if item.source_url:
        entry.source(url=uri(item.source_url), title=plain(item.source_name) or uri(item.source_url))
    entry.register_extension("pouch", _Mended)
    entry.pouch.item = item
    return entry


def _distinct(moment: datetime, identity: str) -> datetime:
    """The moment with a fraction of a second that is the entry's own.

    Briefings of one day share its midnight, and Atom clients that sort by `updated`, the one date that every entry
    has, would show them in any order; validators warn of it.
    """
    return moment.replace(microsecond=crc32(identity.encode()) % 1_000_000)


@lru_cache(maxsize=4)
def _full(item: ItemModel, body: str) -> str:
    return full_html(item, body)


def _rss(item: ItemModel, body: str) -> bytes:
    return _serialised(etree.Element("rss", nsmap=RSS_PREFIXES), _entry(item, body).rss_entry())


def _atom(item: ItemModel, body: str) -> bytes:
    return _serialised(etree.Element("feed"), _entry(item, body).atom_entry())


def _serialised(root: Any, element: Any) -> bytes:
    """The element's bytes without the prefixes that `root` declares."""
    root.append(element)
    whole: bytes = etree.tostring(root, encoding="utf-8")
    return whole[whole.index(b">") + 1 : whole.rindex(b"</")]


def _json(item: ItemModel, body: str) -> bytes:
    found: dict[str, Any] = {
        "id": item.id,
        "url": uri(item.url),
        "title": plain(item.title),
        "summary": summary_text(item),
        "content_html": _full(item, body) or summary_html(item),
        "date_published": item.published,
        "authors": [{"name": plain(item.author)}],
        "language": item.lang,
    }
    if item.updated != item.published:
        found["date_modified"] = item.updated
    if item.source_url:
        found["external_url"] = uri(item.source_url)
    if item.categories:
        found["tags"] = [plain(category.label) for category in item.categories]
    # JSON Feed 1.1, "Extensions": tags have no scheme, and a source no name.
    own: dict[str, Any] = {
        "categories": [
            {"scheme": uri(category.scheme), "term": category.term, "label": plain(category.label)}
            for category in item.categories
        ]
    }
    if item.source_name or item.source_url:
        own["source"] = {"name": plain(item.source_name), "url": uri(item.source_url)}
    found["_pouch"] = own
    return msgspec.json.encode(found)


_BUILDERS = {"rss": _rss, "atom": _atom, "json": _json}
