"""Tables that hints of front matter are made from."""

from __future__ import annotations

OTHER_NAMES = {
    "tags": "topics",
    "tag": "topics",
    "keywords": "topics",
    "category": "topics",
    "categories": "topics",
    "subjects": "topics",
    "topic": "topics",
    "country": "countries",
    "places": "countries",
    "author": "authors",
    "by": "authors",
    "language": "lang",
    "locale": "lang",
    "description": "summary",
    "excerpt": "summary",
    "abstract": "summary",
    "modified": "updated",
    "lastmod": "updated",
    "published": "date",
    "pubdate": "date",
    "publishdate": "publish_at",
    "aliases": "formerly",
    "permalink": "slug",
    "url": "source",
    "link": "source",
    "sources": "source",
    "correction": "corrections",
    "draft": "status",
}
"""What editors of other generators call a key → ours."""

FORMS = {
    "source": "source: {name: Reuters, url: https://…}",
    "corrections": "corrections: [{date: 2025-03-05, note: what was wrong}]",
    "links": "links: [{title: …, url: https://…}]",
    "extra": "extra: {key: value}",
}
"""The form of a field that is a table, for hints."""
