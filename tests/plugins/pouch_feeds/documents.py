"""An archive's feed documents, written by the same steps as a build takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
from lxml.html import fromstring

from pouch.archive.archive import Archive
from pouch.pages.messages import Translate
from pouch.pages.outputs import Output
from pouch.site import Site
from pouch.theming.catalogues import catalogue_path, load_catalogue
from pouch_feeds.planner import plan_feeds
from tests.plans import outputs_of, views_of

TRANSLATIONS = Path(__file__).parents[3] / "theme" / "translations"
BODY = '<p>What happened, and <a href="/briefings/other/">what came before</a>.</p>'


def translator(lang: str) -> Translate:
    """What our theme says in a language."""
    return load_catalogue(catalogue_path(TRANSLATIONS, lang)).gettext


class Stores(NamedTuple):
    """What render functions are given."""

    site: Site
    bodies: Mapping[str, str]
    fragments: Mapping[str, bytes]


def feed_outputs(archive: Archive) -> list[Output]:
    """Every feed of the site, planned; none where it has no plugin for feeds."""
    if "pouch_feeds" not in archive.site.plugins:
        return []
    view = views_of(archive, translator)[archive.site.lang]
    return list(outputs_of(plan_feeds(view)))


def rendered(
    outputs: Iterable[Output], site: Site, bodies: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """Path → bytes of these feeds; `bodies` are HTML by key, BODY where it has none."""
    outputs = list(outputs)
    stores = Stores(site, defaultdict(lambda: BODY, bodies or {}), {})
    fragments = {
        key: fragment.render(fragment.model, stores)
        for output in outputs
        for key, fragment in output.fragments
    }
    stores = stores._replace(fragments=fragments)
    return {output.path: output.render(output.model, stores) for output in outputs if output.render}


def documents(archive: Archive, bodies: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Path → bytes of every feed; `bodies` are HTML by key, BODY where it has none."""
    return rendered(feed_outputs(archive), archive.site, bodies)


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
