"""An archive's feed documents, written by the same steps as a build takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
from lxml.html import fromstring

from pouch.archive.archive import Archive
from pouch_feeds.fragments import build_fragment
from pouch_feeds.planner import plan_feeds
from pouch_feeds.render import render_feed
from pouch.pages.chapters import outputs_of
from pouch.pages.messages import Translate
from pouch.pages.views import Views
from pouch.theming.catalogues import catalogue_path, load_catalogue

TRANSLATIONS = Path(__file__).parents[2] / "theme" / "translations"
BODY = '<p>What happened, and <a href="/briefings/other/">what came before</a>.</p>'


def views_of(archive: Archive) -> dict[str, Views]:
    """The views of every interface language, in English."""
    return {lang: Views(archive, lang) for lang in archive.site.languages}


def translator(lang: str) -> Translate:
    """What our theme says in a language."""
    return load_catalogue(catalogue_path(TRANSLATIONS, lang)).gettext


def documents(archive: Archive, bodies: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Path → bytes of every feed; `bodies` are HTML by key, BODY where it has none."""
    plan = plan_feeds(views_of(archive), translator)
    outputs = list(outputs_of(plan.chapters))
    html = bodies or {}
    fragments = {
        key: build_fragment(key.split(":")[0], item, html.get(item.body, BODY) if item.body else "")
        for key, item in plan.items.items()
    }
    return {output.path: render_feed(output, fragments) for output in outputs}


def read(document: bytes) -> Any:
    """What feedparser makes of it, nothing resolved or cleaned by feedparser itself."""
    found = feedparser.parse(
        document,
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    assert not found.bozo, found.bozo_exception
    return found


def link(document: Any, rel: str) -> str:
    """The address of a feed's link with that relation, empty where it has none."""
    found = [link.href for link in document.feed.links if link.rel == rel]
    assert len(found) <= 1
    return found[0] if found else ""


def ids(document: Any) -> list[str]:
    """The ids of the items, in order."""
    return [entry.id for entry in document.entries]


def addresses_in(html: str) -> list[str]:
    """Every address in a piece of HTML."""
    tree = fromstring(f"<div>{html}</div>")
    return [
        str(element.get(name))
        for element in tree.iter()
        for name in ("href", "src")
        if name in element.attrib
    ]
