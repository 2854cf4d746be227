"""What a site publishes of one entry: its page, and the site's feed in each format, made without a disk."""

from __future__ import annotations

import atexit
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from lxml import etree

from pouch.archive.archive import Archive
from pouch.engine.check.checking import load_single_pages
from pouch.engine.plan import views_of_archive
from pouch.engine.planners import planned_groups
from pouch.engine.preview.single_page import SinglePages
from pouch.pages.outputs import Stores
from pouch.plugins import load_plugins
from tests.engine.sites import WorkSite

HTML_ELEMENTS = frozenset(
    {
        "title",
        "description",
        "{http://purl.org/rss/1.0/modules/content/}encoded",
        "{http://www.w3.org/2005/Atom}content",
        "{http://www.w3.org/2005/Atom}summary",
        "{http://www.w3.org/2005/Atom}title",
    }
)
"""Elements of feeds that readers show as HTML, or may take for it."""


@cache
def _pages() -> SinglePages:
    folder = TemporaryDirectory(prefix="pouch-press-")
    atexit.register(folder.cleanup)
    work = WorkSite(Path(folder.name))
    return load_single_pages(work.site(), as_published=True)


class _Memory(msgspec.Struct):
    site: object
    bodies: dict[str, str]
    fragments: dict[str, bytes]


def page_of(text: str) -> str:
    """The page of an entry's text; empty where it has errors."""
    return _pages().page("content/entries/abcd.md", text).html


def html_in_feeds(text: str) -> Iterator[tuple[str, str]]:
    """(where, HTML) for all that the site's RSS, Atom and JSON Feed hold of an entry's text, if it has no errors."""
    pages = _pages()
    parsed, html = pages._parser.parse("entry", "content/entries/abcd.md", text.encode())
    if parsed.entry is None:
        return
    record = pages._published(parsed.entry)
    archive = Archive(pages.site, pages.archive.vocabulary, [record], now=pages.archive.now)
    plugins = load_plugins(pages.site.plugins, pages.site.plugin_paths)
    view = views_of_archive(archive, pages.theme.translator, plugins)[pages.site.lang]
    stores: Stores = _Memory(pages.site, {record.body: html.decode()}, {})  # type: ignore[assignment]  # stands in for it
    for plugin in plugins:
        for planner in plugin.feeds:
            for group in planned_groups(plugin, planner, view):
                for output in group.outputs():
                    if output.path not in ("feed.xml", "atom.xml", "feed.json"):
                        continue
                    for key, fragment in output.fragments:
                        stores.fragments[key] = fragment.render(fragment.model, stores)  # type: ignore[index]  # likewise
                    assert output.render is not None
                    yield from _html_in(output.path, output.render(output.model, stores))


def _html_in(path: str, data: bytes) -> Iterator[tuple[str, str]]:
    if path.endswith(".json"):
        for item in json.loads(data)["items"]:
            yield f"{path}: content_html", item["content_html"]
        return
    for element in etree.fromstring(data).iter(*HTML_ELEMENTS):
        kind = element.get("type", "")
        if kind != "text":
            yield f"{path}: {element.tag}", element.text or ""
