"""The head of a feed: what feedgen writes, and the links that it does not.

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

from pouch.feeds.content import plain, uri
from pouch.feeds.fragments import MARK, RSS_PREFIXES, rfc_2822
from pouch.feeds.models import FeedModel

# RFC 5005, section 4: marks an archive document.
HISTORY = "http://purl.org/syndication/history/1.0"
# Atom demands a date of a feed that has never had an item. Validators doubt dates before 1990; the clock would
# change the feed's bytes at every build.
NEVER = "2000-01-01T00:00:00+00:00"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

_TAILS = {"rss": "</channel></rss>", "atom": "</feed>"}
# feedgen wants a date where one will be.
_DATE = datetime(9990, 1, 1, 12, 34, 56, tzinfo=UTC)


def head_and_tail(model: FeedModel, feed_format: str) -> tuple[bytes, bytes]:
    """What stands before and after the items of an "rss" or "atom" document."""
    title = _text(model.title)
    updated = model.updated or (NEVER if feed_format == "atom" else "")
    words = {
        "title": title,
        "description": _text(model.description) or title,
        "id": _text(model.id),
        "page": escape(uri(model.page_url)),
        "icon": escape(uri(model.icon)),
        "updated": rfc_2822(updated) if feed_format == "rss" and updated else updated,
    }
    frame = _frame(feed_format, model.lang, plain(model.author), bool(updated))
    head = "".join([words.get(piece, piece) for piece in frame])
    # Two hyphens would end a comment (XML 1.0, section 2.5).
    note = f"<!-- {plain(model.note).replace('--', '- -')} -->\n"
    return f"{_DECLARATION}{note}{head}{_links(model, feed_format)}".encode(), _TAILS[feed_format].encode()


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    return escape(plain(text), quote=False)


def _links(model: FeedModel, feed_format: str) -> str:
    """Where this document stands among those of its feed, and whom to ask for news of it."""
    name = "atom:link" if feed_format == "rss" else "link"
    own = f' type="application/{feed_format}+xml"'
    links = (
        ("self", model.self_url, own),
        ("current", model.current, own),
        ("prev-archive", model.previous, own),
        ("next-archive", model.next, own),
        ("hub", model.hub, ""),
        ("related", model.about_url, ' type="text/html"'),
    )
    # Of what a URI can hold, only the ampersand means something in XML.
    written = [
        f'<{name} rel="{rel}" href="{uri(href).replace("&", "&amp;")}"{kind}/>'
        for rel, href, kind in links
        if href
    ]
    # The only document of an archive may still grow, and leads nowhere: not marked as one that stays as it is.
    if model.current and (model.previous or model.next):
        written.append(f'<fh:archive xmlns:fh="{HISTORY}"/>')
    return "".join(written)


def _mark(name: str) -> str:
    return f"{MARK}{name}{MARK}"


@lru_cache(maxsize=256)
def _frame(feed_format: str, lang: str, author: str, dated: bool) -> tuple[str, ...]:
    """The head of a feed in pieces: what feedgen writes, and between that the names of the words to put in."""
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
    # feedgen takes the last link for RSS's own.
    feed.link(href=_mark("page"), rel="alternate", type="text/html")
    written = (feed.rss_str() if feed_format == "rss" else feed.atom_str()).decode()
    body = written[written.index("\n") + 1 :].rstrip().removesuffix(_TAILS[feed_format])
    date = rfc_2822(_DATE.isoformat()) if feed_format == "rss" else _DATE.isoformat()
    body = body.replace(date, _mark("updated"))
    if not dated:
        body = body.replace(f"<lastBuildDate>{_mark('updated')}</lastBuildDate>", "")
    return tuple(body.split(MARK))


class _Prefixes(BaseExtension):  # type: ignore[misc]  # feedgen publishes no type information
    """Declares on the root what items use."""

    def extend_ns(self) -> dict[str, Any]:
        return RSS_PREFIXES
