"""Fragments: one entry's element in one format, built once and spliced into every feed that holds it.

feedgen writes the elements, and our extension adds what it drops: FeedEntry.atom_entry loses the `rel`, `type`
and `hreflang` of links, RSS authors without an e-mail address vanish, and there is no language per entry. The
elements of an archive come in few shapes (so many categories, a source or none), so feedgen makes each shape once,
and an entry's words are put in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from lxml import etree

from pouch.errors import ContentError
from pouch.problems import Problem
from pouch_feeds.content import full_html, plain, summary_html, summary_text, uri
from pouch_feeds.models import FeedSource, ItemModel

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
# The prefixes that every RSS feed of ours declares on its root, so that its items need not.
RSS_PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DC}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The delimiter of placeholders: U+E000 is a private-use character.
MARK = "\ue000"
# feedgen requires dates, which are replaced by placeholders.
_PUBLISHED, _UPDATED = datetime(9990, 1, 1, 12, 34, 56, tzinfo=UTC), datetime(9991, 2, 2, 1, 2, 3, tzinfo=UTC)


def build_fragment(feed_format: str, item: ItemModel, body_html: str) -> bytes:
    """The element of `item` in "rss", "atom" or "json", in UTF-8, ready to be spliced by `pouch_feeds.render`.

    `body_html` is sanitised HTML. Raises ContentError that names the entry's file where it cannot be put in a feed.
    """
    try:
        if feed_format == "json":
            return _json(item, body_html)
        words = _words(item, body_html)
        return "".join(
            [words.get(piece, piece) for piece in _frame(feed_format, _shape(item, words))]
        ).encode()
    except (ValueError, TypeError, OverflowError) as error:
        message = f"the entry cannot be put in a feed: {error}"
        hint = "look for unusual characters, dates or addresses in it"
        raise ContentError([Problem(item.path, 0, 0, "not-for-feeds", message, hint)]) from error


class _Shape(NamedTuple):
    """The facts that decide which elements an item has."""

    categories: int
    content: bool
    authors: int
    source: bool  # the main source has an address
    vias: tuple[bool, ...]  # for each source with an address, whether it has a name
    changed: bool  # after it was published


def _shape(item: ItemModel, words: dict[str, str]) -> _Shape:
    return _Shape(
        len(item.categories),
        bool(words["content"]),
        len(item.authors),
        bool(item.source_url),
        tuple(bool(_name(source)) for source in item.sources if source.url),
        item.updated != item.published,
    )


def _name(source: FeedSource) -> str:
    return plain(source.title) or plain(source.name)


@lru_cache(maxsize=4096)
def rfc_2822(moment: str) -> str:
    """An ISO date-time as RSS writes it (RFC 2822, section 3.3)."""
    return format_datetime(datetime.fromisoformat(moment))


# The formats of an item are built one after another and share these values.
@lru_cache(maxsize=4)
def _words(item: ItemModel, body: str) -> dict[str, str]:
    """The values of the placeholders, by name, escaped for XML."""
    title = plain(item.title)
    if not title:
        raise ValueError("nothing of its title can be shown")
    words = {
        "title": title,
        "link": uri(item.url),
        "id": item.id,
        "summary": summary_html(item),
        "content": full_html(item, body) if item.body else "",
        "lang": item.lang,
        "published": item.published,
        "updated": item.updated,
        "distinct": _distinct(item),
        "rfc-published": rfc_2822(item.published),
        "source": uri(item.source_url),
        "source name": (plain(item.sources[0].name) or uri(item.source_url)) if item.sources else "",
    }
    for number, author in enumerate(item.authors):
        words[f"author {number}"] = plain(author)
    for number, source in enumerate(source for source in item.sources if source.url):
        words[f"via {number}"] = uri(source.url)
        words[f"via name {number}"] = _name(source)
    for number, category in enumerate(item.categories):
        words[f"scheme {number}"] = uri(category.scheme)
        words[f"term {number}"] = category.term
        words[f"label {number}"] = plain(category.label)
    return {name: _escaped(text) for name, text in words.items()}


def _escaped(text: str) -> str:
    """Text as XML writes it, in elements and between double quotation marks (XML 1.0, sections 2.4 and 2.11)."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return text.replace('"', "&quot;")


def _distinct(item: ItemModel) -> str:
    """The update with a fraction of a second that is the entry's own.

    Briefings of one day share its midnight, and Atom clients that sort by `updated`, the one date that every entry
    has, would show them in any order; validators warn of it.
    """
    moment = datetime.fromisoformat(item.updated)
    return moment.replace(microsecond=crc32(item.id.encode()) % 1_000_000).isoformat(timespec="microseconds")


@lru_cache(maxsize=1024)
def _frame(feed_format: str, shape: _Shape) -> tuple[str, ...]:
    """An element in pieces: feedgen's output, alternating with the names of placeholders."""

    def mark(name: str) -> str:
        return f"{MARK}{name}{MARK}"

    entry = FeedEntry()
    entry.guid(mark("id"), permalink=False)
    entry.title(mark("title"))
    entry.link(href=mark("link"), rel="alternate")
    for number in range(shape.authors):
        entry.author(name=mark(f"author {number}"))
    entry.published(_PUBLISHED)
    entry.updated(_UPDATED)
    for number in range(shape.categories):
        entry.category(
            term=mark(f"term {number}"), scheme=mark(f"scheme {number}"), label=mark(f"label {number}")
        )
    # In this order: feedgen writes content:encoded only where both are set.
    entry.summary(mark("summary"), type="html")
    if shape.content:
        # "html" and not "CDATA", which RFC 4287, section 4.1.3.1, does not know.
        entry.content(mark("content"), type="html")
    if shape.source:
        entry.source(url=mark("source"), title=mark("source name"))
    entry.register_extension("pouch", _Additions)
    entry.pouch.shape = shape
    entry.pouch.mark = mark
    if feed_format == "rss":
        document = _serialised(etree.Element("rss", nsmap=RSS_PREFIXES), entry.rss_entry())
        document = document.replace(format_datetime(_PUBLISHED), mark("rfc-published"))
    else:
        document = _serialised(etree.Element("feed"), entry.atom_entry())
        document = document.replace(_PUBLISHED.isoformat(), mark("published"))
        document = document.replace(_UPDATED.isoformat(), mark("distinct"))
    return tuple(document.split(MARK))


class _Additions(BaseEntryExtension):  # type: ignore[misc]  # feedgen publishes no type information
    """Adds what feedgen leaves out of an element. `shape` and `mark` are set after registration."""

    shape: _Shape
    mark: Any

    def extend_rss(self, entry: Any) -> Any:
        for number in range(self.shape.authors):
            etree.SubElement(entry, f"{{{DC}}}creator").text = self.mark(f"author {number}")
        etree.SubElement(entry, f"{{{DC}}}language").text = self.mark("lang")
        if self.shape.changed:
            etree.SubElement(entry, f"{{{ATOM}}}updated").text = self.mark("updated")
        return entry

    def extend_atom(self, entry: Any) -> Any:
        entry.set(LANG, self.mark("lang"))
        # An atom:source needs an id and a date, which an article elsewhere has not (RFC 4287, section 4.2.11).
        for element in list(entry):
            if element.tag in ("link", "source"):
                entry.remove(element)
        link = etree.SubElement(entry, "link", href=self.mark("link"), rel="alternate", type="text/html")
        link.set("hreflang", self.mark("lang"))
        for number, has_name in enumerate(self.shape.vias):
            via = etree.SubElement(entry, "link", href=self.mark(f"via {number}"), rel="via")
            if has_name:
                via.set("title", self.mark(f"via name {number}"))
        return entry


def _serialised(root: Any, element: Any) -> str:
    """The element without the prefixes that `root` declares."""
    root.append(element)
    whole: str = etree.tostring(root, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("</")]


def _json(item: ItemModel, body: str) -> bytes:
    fields: dict[str, Any] = {
        "id": item.id,
        "url": uri(item.url),
        "title": plain(item.title),
        "summary": summary_text(item),
        "content_html": (full_html(item, body) if item.body else "") or summary_html(item),
        "date_published": item.published,
        "authors": [{"name": plain(author)} for author in item.authors],
        "language": item.lang,
    }
    if item.updated != item.published:
        fields["date_modified"] = item.updated
    if item.source_url:
        fields["external_url"] = uri(item.source_url)
    if item.image is not None:
        fields["image"] = uri(item.image.url)
    if item.categories:
        fields["tags"] = [plain(category.label) for category in item.categories]
    # JSON Feed 1.1, "Extensions": tags have no scheme, and a source no name.
    own: dict[str, Any] = {
        "categories": [
            {"scheme": uri(category.scheme), "term": category.term, "label": plain(category.label)}
            for category in item.categories
        ]
    }
    if item.sources:
        own["source"] = _json_source(item.sources[0])
    if len(item.sources) > 1:
        own["sources"] = [_json_source(source) for source in item.sources]
    fields["_pouch"] = own
    return msgspec.json.encode(fields)


def _json_source(source: FeedSource) -> dict[str, str]:
    fields = {"name": plain(source.name), "url": uri(source.url)}
    return fields | ({"title": plain(source.title)} if source.title else {})
