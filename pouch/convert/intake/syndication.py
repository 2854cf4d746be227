"""Reads feeds: RSS and Atom through feedparser, JSON Feed by itself. Each item is an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from pouch.content.addresses import web_address
from pouch.content.entry import Source
from pouch.convert.intake.article import Article, Refusal, refuse
from pouch.convert.text.dates import find_date, parse_date
from pouch.convert.text.markup import text_of_markup

SUMMARY = 500
"""Characters of visible text below which an item that has no full text is called a summary."""

_XML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*<(?:rss|feed|(?:\w+:)?RDF)\b",
    re.DOTALL,
)
# Seconds since 1970, from 2001 on.
_SECONDS = re.compile(r"1\d{9}")
_JSON = re.compile(
    r'\s*\{.{0,2000}?"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version', re.DOTALL
)


def is_feed(text: str) -> bool:
    """Whether a document is a feed, by its first element or its version."""
    head = text[:4000].lstrip("\ufeff")
    return _XML.match(head) is not None or _JSON.match(head) is not None


def read_feed(text: str, origin: str, url: str | None = None) -> Iterator[Article | Refusal]:
    """The articles of a feed, in its order. `url` is where the feed stands, if known."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        articles = _json_items(text, origin, url)
    else:
        articles = _xml_items(text, origin, url)
    empty = True
    for article in articles:
        empty = False
        yield article
    if empty:
        yield refuse(origin, 0, "empty-feed", "the feed has no items")


def _article(
    origin: str,
    number: int,
    *,
    body: tuple[str, bool],
    full: bool,
    title: str | None,
    url: str | None,
    date: str | None,
    source: Source,
    input_id: Any,
) -> Article | Refusal:
    text, is_html = body
    place = f"{origin}#{number}"
    if not text.strip():
        return refuse(
            place, 0, "no-article", f"the item {title or input_id!r} has no text", _own_page(url), input_id
        )
    article = Article(
        place,
        html=text if is_html else None,
        text=None if is_html else text,
        title=title,
        url=url,
        date=date,
        source=source if source != Source() else None,
        input_id=input_id,
        whole=is_html,
    )
    if not full and len(text_of_markup(text, "") if is_html else text) < SUMMARY:
        message = "the feed carries no more than a summary of it"
        return article.with_warning("summary-only", message, _own_page(url))
    return article


def _own_page(url: str | None) -> str:
    return f"convert its own page: {url}" if url else ""


def _line(text: Any) -> str | None:
    """One line of plain text; titles of feeds carry markup and entities."""
    if not isinstance(text, str):
        return None
    if "<" in text or "&" in text:
        from lxml.html import fromstring

        text = "".join(map(str, fromstring(f"<p>{text}</p>").itertext()))
    return " ".join(text.split()) or None


# --- RSS and Atom ---------------------------------------------------------------------------------------------


def _xml_items(text: str, origin: str, url: str | None) -> Iterator[Article | Refusal]:
    # Imported here: few conversions read a feed.
    import feedparser

    # Bytes of a data: feedparser opens what looks like an address or a file's name, and these never do. The header
    # says that they are UTF-8 now, whatever the feed declares (RFC 7303, 3.2).
    headers = {"content-type": "application/xml; charset=utf-8"}
    if url:
        headers["content-location"] = url
    feed = feedparser.parse(text.encode("utf-8", "replace"), response_headers=headers)
    publisher = _line(feed.feed.get("title"))
    for number, item in enumerate(feed.entries, 1):
        contents = item.get("content") or []
        pages = [
            part for part in contents if part.get("type") != "text/plain" and part.get("value", "").strip()
        ]
        texts = [
            part for part in contents if part.get("type") == "text/plain" and part.get("value", "").strip()
        ]
        if pages or texts:
            body, full = ((pages or texts)[0]["value"], bool(pages)), True
        else:
            summary = item.get("summary") or ""
            body, full = (summary, item.get("summary_detail", {}).get("type") != "text/plain"), False
        original = item.get("source") or {}
        link = item.get("feedburner_origlink") or item.get("link")
        yield _article(
            origin,
            number,
            body=body,
            full=full,
            title=_line(item.get("title")),
            url=web_address(link),
            date=_xml_date(item),
            source=Source(name=_line(original.get("title")) or publisher, author=_line(item.get("author"))),
            input_id=item.get("id") or None,
        )


def _xml_date(item: Any) -> str | None:
    """The moment when the item was published, with its own offset if the date has a format that we parse."""
    for name in ("published", "created", "updated"):
        date_text = item.get(name)
        if not date_text:
            continue
        if parse_date(date_text) is not None:
            return str(date_text)
        try:
            when = parsedate_to_datetime(date_text)
            return when.isoformat() if when.tzinfo else when.date().isoformat()
        except (ValueError, TypeError, OverflowError):
            pass
        # Only the text of the date counts: feedparser fills missing parts from the clock.
        if (day := find_date(str(date_text))) is not None:
            return day[0].isoformat()
        if _SECONDS.fullmatch(str(date_text).strip()):
            return datetime.fromtimestamp(int(date_text), UTC).isoformat()
    return None


# --- JSON Feed (https://www.jsonfeed.org/version/1.1/) --------------------------------------------------------


def _json_items(text: str, origin: str, url: str | None) -> Iterator[Article | Refusal]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield refuse(origin, 0, "bad-feed", f"the feed is no JSON: {error}")
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        yield refuse(origin, 0, "bad-feed", "the feed has no list of items")
        return
    publisher = _line(feed.get("title"))
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            yield refuse(f"{origin}#{number}", 0, "bad-feed", "an item of a JSON Feed is an object")
            continue
        page, plain = _text(item, "content_html"), _text(item, "content_text")
        link = urljoin(url or "", _text(item, "url"))
        yield _article(
            origin,
            number,
            body=(page, True) if page.strip() else (plain or _text(item, "summary"), False),
            full=bool(page.strip() or plain.strip()),
            title=_line(item.get("title")),
            url=web_address(link),
            date=_text(item, "date_published") or None,
            source=Source(name=publisher, author=_json_author(item) or _json_author(feed)),
            input_id=item.get("id"),
        )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _json_author(holder: dict[str, Any]) -> str | None:
    authors = holder.get("authors") or [holder.get("author")]
    names = (
        [_line(author.get("name")) for author in authors if isinstance(author, dict)]
        if isinstance(authors, list)
        else []
    )
    return ", ".join(name for name in names if name) or None
