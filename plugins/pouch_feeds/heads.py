"""The head of a feed: feedgen's output, and the links that feedgen does not write.

feedgen gives RSS one link only, and knows nothing of archives (RFC 5005). A site has tens of thousands of feed
documents whose heads differ in a few words, so feedgen writes each shape once, and the words are put in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator

from pouch_feeds.content import plain, uri
from pouch_feeds.fragments import MARK, RSS_PREFIXES, rfc_2822
from pouch_feeds.models import FeedModel

# RFC 5005: marks a feed that is complete in itself (section 2), and an archive document (section 4).
HISTORY = "http://purl.org/syndication/history/1.0"
# Atom demands a date of a feed that has never had an item. Validators doubt dates before 1990; the clock would
# change the feed's bytes at every build.
NEVER = "2000-01-01T00:00:00+00:00"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

_HTML = "text/html"
_TAILS = {"rss": "</channel></rss>", "atom": "</feed>"}
# feedgen requires a date, which is replaced by a placeholder.
_DATE = datetime(9990, 1, 1, 12, 34, 56, tzinfo=UTC)


def head_and_tail(model: FeedModel, feed_format: str) -> tuple[bytes, bytes]:
    """The text before and after the items of an "rss" or "atom" document."""
    updated = model.updated or (NEVER if feed_format == "atom" else "")
    shared = _shared(
        feed_format,
        bool(updated),
        model.title,
        model.description,
        model.note,
        model.author,
        model.lang,
        model.id,
        model.page_url,
        model.icon,
    )
    moment = rfc_2822(updated) if feed_format == "rss" and updated else updated
    head = f"{moment.join(shared)}{_links(model, feed_format)}"
    return head.encode(), _TAILS[feed_format].encode()


# Documents are rendered in the order of their names, so the feeds alternate.
@lru_cache(maxsize=8192)
def _shared(
    feed_format: str,
    dated: bool,
    title: str,
    description: str,
    note: str,
    author: str,
    lang: str,
    feed_id: str,
    page_url: str,
    icon: str,
) -> tuple[str, ...]:
    """The beginning of all documents of a feed, up to their links, in pieces; the last change goes between them."""
    words = {
        "title": _text(title),
        "description": _text(description) or _text(title),
        "id": _text(feed_id),
        "page": escape(uri(page_url)),
        "icon": escape(uri(icon)),
    }
    frame = _frame(feed_format, lang, plain(author), dated)
    # Two hyphens would end a comment (XML 1.0, section 2.5).
    pieces = [f"{_DECLARATION}<!-- {plain(note).replace('--', '- -')} -->\n"]
    for piece in frame:
        if piece == "updated":
            pieces.append("")
        else:
            pieces[-1] += words.get(piece, piece)
    return tuple(pieces)


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    return escape(plain(text), quote=False)


def _links(model: FeedModel, feed_format: str) -> str:
    """The links of this document to the others of its feed, and to its hub."""
    links = [
        _link(feed_format, rel, href)
        for rel, href in (
            ("self", model.self_url),
            ("current", model.current),
            ("prev-archive", model.previous),
            ("hub", model.hub),
            ("related", model.about_url),
        )
        if href
    ]
    if model.current or model.complete:
        links.append(f'<fh:{"archive" if model.current else "complete"} xmlns:fh="{HISTORY}"/>')
    return "".join(links)


def _link(feed_format: str, rel: str, href: str) -> str:
    name = "atom:link" if feed_format == "rss" else "link"
    kind = (
        "" if rel == "hub" else f' type="{_HTML if rel == "related" else f"application/{feed_format}+xml"}"'
    )
    # The ampersand is the only character of a URI that XML must escape.
    address = uri(href).replace("&", "&amp;")
    return f'<{name} rel="{rel}" href="{address}"{kind}/>'


def _mark(name: str) -> str:
    return f"{MARK}{name}{MARK}"


@lru_cache(maxsize=256)
def _frame(feed_format: str, lang: str, author: str, dated: bool) -> tuple[str, ...]:
    """The head of a feed in pieces: feedgen's output, alternating with the names of placeholders."""
    feed = FeedGenerator()
    feed.id(_mark("id"))
    feed.title(_mark("title"))
    feed.description(_mark("description"))
    feed.language(lang)
    feed.author(name=author.replace(MARK, ""))
    feed.generator("Pouch", version="", uri="")
    feed.docs("")
    feed.updated(_DATE)
    # RSS knows pictures of at most 144 pixels; feedgen gives it none where only the icon is set.
    feed.icon(_mark("icon"))
    if feed_format == "rss":
        feed.register_extension("pouch", _Prefixes)
    # feedgen uses the last link as the RSS link.
    feed.link(href=_mark("page"), rel="alternate", type=_HTML)
    document = (feed.rss_str() if feed_format == "rss" else feed.atom_str()).decode()
    body = document[document.index("\n") + 1 :].rstrip().removesuffix(_TAILS[feed_format])
    date = rfc_2822(_DATE.isoformat()) if feed_format == "rss" else _DATE.isoformat()
    body = body.replace(date, _mark("updated"))
    if not dated:
        body = body.replace(f"<lastBuildDate>{_mark('updated')}</lastBuildDate>", "")
    return tuple(body.split(MARK))


class _Prefixes(BaseExtension):  # type: ignore[misc]  # feedgen publishes no type information
    """Declares the namespaces of items on the root."""

    def extend_ns(self) -> dict[str, Any]:
        return RSS_PREFIXES
