"""The head of a feed: what feedgen writes, and the links that it does not.

feedgen gives RSS one link only, and knows nothing of archives (RFC 5005). All documents of a feed, the current one
and those of the months, share a head but for their links and their date, so feedgen writes it once for all of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator

from pouch.feeds.content import plain, uri
from pouch.feeds.fragments import RSS_PREFIXES
from pouch.feeds.models import FeedModel

# RFC 5005, section 4: marks an archive document.
HISTORY = "http://purl.org/syndication/history/1.0"
# Atom demands a date of a feed that has never had an item. Validators doubt dates before 1990; the clock would
# change the feed's bytes at every build.
NEVER = "2000-01-01T00:00:00+00:00"
DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'

_TAILS = {"rss": b"</channel></rss>", "atom": b"</feed>"}
# Stands where the date will be.
_MARK = datetime(9990, 1, 1, 12, 34, 56, tzinfo=UTC)
_MARKS = {"rss": format_datetime(_MARK).encode(), "atom": _MARK.isoformat().encode()}


def head_and_tail(model: FeedModel, feed_format: str) -> tuple[bytes, bytes]:
    """What stands before and after the items of an "rss" or "atom" document."""
    head = _shared(
        feed_format,
        model.title,
        model.description,
        model.note,
        model.author,
        model.lang,
        model.id,
        model.page_url,
    )
    if model.updated or feed_format == "atom":
        updated = model.updated or NEVER
        written = format_datetime(datetime.fromisoformat(updated)) if feed_format == "rss" else updated
        head = head.replace(_MARKS[feed_format], written.encode())
    else:
        head = head.replace(b"<lastBuildDate>%s</lastBuildDate>" % _MARKS["rss"], b"")
    return head + _links(model, feed_format).encode(), _TAILS[feed_format]


def _links(model: FeedModel, feed_format: str) -> str:
    name = "atom:link" if feed_format == "rss" else "link"
    kind = f' type="application/{feed_format}+xml"'
    links = (
        ("self", model.self_url, kind),
        ("current", model.current, kind),
        ("prev-archive", model.previous, kind),
        ("next-archive", model.next, kind),
        ("hub", model.hub, ""),
        ("related", model.about_url, ' type="text/html"'),
    )
    written = "".join(
        f'<{name} rel="{rel}" href="{escape(uri(href))}"{media_type}/>'
        for rel, href, media_type in links
        if href
    )
    # The only document of an archive may still grow, and leads nowhere: not marked as one that stays as it is.
    if model.current and (model.previous or model.next):
        written += f'<fh:archive xmlns:fh="{HISTORY}"/>'
    return written


@lru_cache(maxsize=16)
def _shared(
    feed_format: str,
    title: str,
    description: str,
    note: str,
    author: str,
    lang: str,
    identity: str,
    page_url: str,
) -> bytes:
    feed = FeedGenerator()
    feed.id(identity)
    feed.title(plain(title))
    feed.description(plain(description) or plain(title))
    feed.language(lang)
    feed.author(name=plain(author))
    feed.generator("Pouch", version="", uri="")
    feed.docs("")
    feed.updated(_MARK)
    if feed_format == "rss":
        feed.register_extension("pouch", _Prefixes)
    # feedgen takes the last link for RSS's own.
    feed.link(href=uri(page_url), rel="alternate", type="text/html")
    written: bytes = feed.rss_str() if feed_format == "rss" else feed.atom_str()
    body = written[written.index(b"\n") + 1 :].rstrip().removesuffix(_TAILS[feed_format])
    # Two hyphens would end a comment (XML 1.0, section 2.5).
    comment = f"<!-- {plain(note).replace('--', '- -')} -->\n".encode()
    return DECLARATION + comment + body


class _Prefixes(BaseExtension):  # type: ignore[misc]  # feedgen publishes no type information
    """Declares on the root what items use."""

    def extend_ns(self) -> dict[str, Any]:
        return RSS_PREFIXES
