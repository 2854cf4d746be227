"""Foreign plugins: Pelican plugins that are not ours (DESIGN.md, "Limits that we accept").

Those that read or change articles work: each entry is given to Pelican as an article with its finished HTML, the
plugins have their turn at Pelican's signals, and what they made of it goes, sanitised, into every page and feed.
Those that would write the files that we write are refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pouch.engine.load import Revision
from pouch.engine.parsed_files import Parser
from pouch.engine.scan import ENTRY, Source
from pouch.errors import EnvironmentFault
from pouch.markdown.sanitise import make_cleaner
from pouch.site import Site
from pouch.vocabulary.vocabulary import load_vocabulary

_NAMESPACE = "pelican.plugins."
# Plugin → what it writes that is ours to write.
_RIVALS = {
    "sitemap": "a sitemap",
    "extended_sitemap": "a sitemap",
    "pelican_extended_sitemap": "a sitemap",
    "robots": "robots.txt",
    "feed_filter": "feeds",
    "feed_summary": "feeds",
    "jsonfeed": "feeds",
    "json_feed": "feeds",
    "pelican_json_feed": "feeds",
    "podcast": "feeds",
    "tag_feeds": "feeds",
    "pelican_redirect": "redirects",
    "i18n_subsites": "a tree for each language",
}


def refuse_rivals(names: Iterable[str]) -> None:
    """Raises EnvironmentFault, by name, for plugins that write the files that Pouch writes."""
    for name in names:
        plain = name.removeprefix(_NAMESPACE).replace("-", "_").removesuffix(".plugin")
        if plain in _RIVALS:
            raise EnvironmentFault(
                f"the plugin {name} writes {_RIVALS[plain]} of its own, as Pouch does; take it out of PLUGINS"
            )


class Guests:
    """Gives entries to Pelican as articles, and takes them back as foreign plugins left them."""

    def __init__(self, site: Site, names: tuple[str, ...], settings: dict[str, Any]) -> None:
        """`settings` are Pelican's; articles are read again, but still not written by Pelican."""
        from pelican import signals

        self.names = names
        self.revisions: dict[str, Revision] = {}
        self._site = site
        self._generators: list[Any] = []
        settings.update(
            ARTICLE_PATHS=["entries"],
            ARTICLE_EXCLUDES=[],
            ARTICLE_URL="briefings/{slug}/",
            ARTICLE_SAVE_AS="briefings/{slug}/index.html",
            ARTICLE_ORDER_BY="date",
            CACHE_CONTENT=False,
        )
        signals.readers_init.connect(self._add_reader)
        signals.article_generator_init.connect(self._remember)
        # Sent after every plugin has had its turn and before the first file is written.
        signals.get_writer.connect(self._harvest)

    def _add_reader(self, readers: Any) -> None:
        readers.reader_classes["md"] = _reader_class(self._site)

    def _remember(self, generator: Any) -> None:
        self._generators.append(generator)

    def _harvest(self, _: Any) -> None:
        clean = make_cleaner(lambda _tag, _attribute, value: value).clean
        for generator in self._generators:
            for article in (*generator.articles, *generator.translations):
                path = Path(article.source_path).relative_to(self._site.root).as_posix()
                self.revisions[path] = Revision(title=str(article.title), html=clean(article.content))
            # Nothing is left for Pelican to write.
            for name in (
                "articles",
                "translations",
                "drafts",
                "drafts_translations",
                "dates",
                "hidden_articles",
            ):
                setattr(generator, name, [])
            generator.tags, generator.categories, generator.authors = {}, [], []


def _reader_class(site: Site) -> type[Any]:
    from pelican.readers import BaseReader

    reader = Parser(site, load_vocabulary(site)[0])

    class EntryReader(BaseReader):  # type: ignore[misc]  # Pelican publishes no types
        """An entry, read as the engine reads it. One with faults is skipped here: the engine names them all."""

        file_extensions = ("md",)

        def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
            path = Path(source_path).relative_to(site.root).as_posix()
            reading, html = reader.read(Source(path, ENTRY, source_path))
            record = reading.entry
            if record is None or not record.published:
                return "", {"title": path, "status": "skip"}
            metadata = {
                "title": record.title,
                "date": record.date,
                "slug": record.slug,
                "lang": record.lang,
                "status": "published",
                "summary": record.summary,
                "entry": record,
            }
            return html.decode(), metadata

    return EntryReader
