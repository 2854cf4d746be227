"""Foreign plugins: Pelican plugins that are not ours (DESIGN.md, "Limits that we accept").

Those that read or change articles work: each entry is given to Pelican as an article with its finished HTML, the
plugins have their turn at Pelican's signals, and what they made of it goes, sanitised, into every page and feed.
Those that would write the files that we write are refused by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pouch.engine.load import Revision
from pouch.engine.parsed_files import Parser
from pouch.engine.scan import ENTRY, Source
from pouch.errors import EnvironmentFault
from pouch.hosting.effects import (
    markdown_extensions,
    plugin_of,
    readers_of,
    take_turns,
    template_names,
    variables,
)
from pouch.markdown.sanitise import make_cleaner
from pouch.markdown.text import text_of
from pouch.plugins import refuse_missing
from pouch.site import Site
from pouch.tables import table
from pouch.vocabulary.vocabulary import load_vocabulary

_NAMESPACE = "pelican.plugins."


def refuse_unusable(site: Site) -> None:
    """Raises EnvironmentFault for a foreign plugin that is not there, or writes files that Pouch writes."""
    refused = table("pouch.hosting", "refused") if site.foreign_plugins else {}
    for name in site.foreign_plugins:
        plain = name.removeprefix(_NAMESPACE).replace("-", "_").removesuffix(".plugin")
        if plain in refused:
            raise EnvironmentFault(
                f"the plugin {name} writes {refused[plain]} of its own, as Pouch does; take it out of PLUGINS"
            )
    refuse_missing(site.foreign_plugins, site.plugin_paths)


# Signals that Pelican sends for files that it writes: here the engine writes them.
_NEVER_SENT = (
    "article_generator_write_article", "page_generator_write_page", "content_written", "feed_generated",
    "feed_written", "static_generator_finalized",
)  # fmt: skip
# Attributes that Pelican itself sets on articles after it has created them.
_BY_PELICAN = frozenset(("status", "lang", "in_default_lang", "translations", "slug", "url_format"))


class ForeignPlugins:
    """Gives entries to Pelican as articles, and takes them back as foreign plugins left them."""

    def __init__(self, site: Site, names: tuple[str, ...], settings: dict[str, Any]) -> None:
        """`settings` are Pelican's; articles are read again, but still not written by Pelican."""
        from pelican import signals

        self.names = names
        self.revisions: dict[str, Revision] = {}
        self._site = site
        self.warnings: list[str] = []
        self._settings = settings
        self._generators: list[Any] = []
        self._before: dict[str, dict[str, Any]] = {}
        # What each plugin does without effect; what cannot be told to be one's stands under the empty name.
        self._lost: dict[str, dict[str, None]] = defaultdict(dict)
        settings.update(
            ARTICLE_PATHS=["entries"],
            ARTICLE_EXCLUDES=[],
            ARTICLE_URL="briefings/{slug}/",
            ARTICLE_SAVE_AS="briefings/{slug}/index.html",
            ARTICLE_ORDER_BY="date",
            CACHE_CONTENT=False,
        )
        take_turns(signals.readers_init, self._add_reader)
        signals.article_generator_init.connect(self._remember)
        take_turns(signals.article_generator_context, self._note_metadata)
        take_turns(signals.content_object_init, self._note)
        # Sent after every plugin has run and before the first file is written.
        signals.get_writer.connect(self._take_articles_back)

    def _note_lost(self, what: list[str], whose: object = None) -> None:
        """Keep what had no effect; `whose` is a function of the plugin that did it."""
        name = plugin_of(whose, self.names) or (self.names[0] if len(self.names) == 1 else "")
        self._lost[name].update(dict.fromkeys(what))

    def _add_reader(self, receivers: list[Callable[..., None]], readers: Any) -> None:
        """Let plugins add their readers; entries are read by ours."""
        for receiver in receivers:
            before = dict(readers.reader_classes)
            receiver(readers)
            self._note_lost(readers_of(before, readers.reader_classes), receiver)
        readers.reader_classes["md"] = _reader_class(self._site)

    def _note_metadata(
        self, receivers: list[Callable[..., None]], generator: Any, metadata: dict[str, Any]
    ) -> None:
        """Let plugins change what an article is created of."""
        for receiver in receivers:
            before = dict(metadata)
            receiver(generator, metadata=metadata)
            self._note_lost(_changes(_lost_changes(metadata, before)), receiver)

    def _remember(self, generator: Any) -> None:
        self._generators.append(generator)

    def _take_articles_back(self, _: Any) -> None:
        clean = make_cleaner(lambda _tag, _attribute, value: value).clean
        lost: set[str] = set()
        for name, what in markdown_extensions(self._settings, self.names):
            self._lost[name][what] = None
        for generator in self._generators:
            for name, what in template_names(generator.env, self.names):
                self._lost[name][what] = None
            self._note_lost(variables(generator.context, self._settings))
            self._refuse_failures(generator)
            for article in (*generator.articles, *generator.translations):
                path = Path(article.source_path).relative_to(self._site.root).as_posix()
                record = article.entry
                summary = str(article.summary)
                self.revisions[path] = Revision(
                    title=str(article.title),
                    html=clean(article.content),
                    summary=text_of(summary).strip() if summary != record.summary else None,
                )
                lost.update(_lost_changes(vars(article), self._before.get(path, {})))
            # Pelican has no files to write.
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
        self._note_lost(_changes(sorted(lost)))
        self.warnings = list(self._warnings())

    def _refuse_failures(self, generator: Any) -> None:
        """Raises EnvironmentFault for articles that Pelican could not create. It only logs them, without the reason."""
        failed = sorted(
            path for path, article in generator.context["generated_content"].items() if article is None
        )
        failed = [path for path in failed if path.startswith("entries/")]
        if failed:
            others = f" and {len(failed) - 1} other files" if len(failed) > 1 else ""
            raise EnvironmentFault(
                f"{', '.join(self.names)} failed on {Path(self._site.content).name}/{failed[0]}{others}; "
                "`pelican --debug` shows where"
            )

    def _note(self, receivers: list[Callable[..., None]], content: Any) -> None:
        """Record the attributes of an article as Pelican created it, then let the plugins have it."""
        if hasattr(content, "entry"):
            path = Path(content.source_path).relative_to(self._site.root).as_posix()
            self._before[path] = dict(vars(content))
        for receiver in receivers:
            receiver(content)

    def _warnings(self) -> Iterator[str]:
        """The warnings about changes without effect, one for each plugin."""
        silent = _silent_receivers(self.names)
        for name in self.names:
            without = [f"the signal {signal}, which is never sent" for signal in silent.get(name, ())]
            if without := [*without, *self._lost[name]]:
                yield f"the plugin {name} relies on {'; '.join(without)}"
        if self._lost[""]:
            yield f"one of the plugins {', '.join(self.names)} relies on {'; '.join(self._lost[''])}"


def _lost_changes(after: dict[str, Any], before: dict[str, Any]) -> Iterator[str]:
    """The attributes of an article that a plugin set or changed and that do not reach a page."""
    carried = {"title", "summary", "_summary", "_content", "metadata", "content"}
    for name, value in after.items():
        if name.startswith("_") or name in carried or name in _BY_PELICAN:
            continue
        if name not in before or before[name] is not value:
            yield name


def _changes(attributes: Iterable[str]) -> list[str]:
    listed = ", article.".join(attributes)
    return [f"changes of article.{listed}, which no page shows"] if listed else []


def _silent_receivers(names: tuple[str, ...]) -> dict[str, list[str]]:
    """By plugin, the signals that it listens to and that a Pouch build never sends."""
    from pelican import signals

    silent: dict[str, list[str]] = {}
    for signal_name in _NEVER_SENT:
        signal = getattr(signals, signal_name, None)
        for receiver in signal.receivers_for(None) if signal is not None else ():
            if name := plugin_of(receiver, names):
                silent.setdefault(name, []).append(signal_name)
    return silent


def _reader_class(site: Site) -> type[Any]:
    from pelican.readers import BaseReader
    from pelican.urlwrappers import Author, Category, Tag

    vocabulary = load_vocabulary(site)[0]
    reader = Parser(site, vocabulary)

    class EntryReader(BaseReader):  # type: ignore[misc]  # Pelican publishes no types
        """An entry, read as the engine reads it. One with faults is skipped here: the engine names them all."""

        file_extensions = ("md",)

        def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
            path = Path(source_path).relative_to(site.root).as_posix()
            reading, html = reader.read(Source(path, ENTRY, source_path))
            record = reading.entry
            if record is None or not record.published:
                return "", {"title": path, "status": "skip"}
            settings = self.settings
            metadata = {
                "title": record.title,
                "date": record.date,
                "slug": record.slug,
                "lang": record.lang,
                "status": "published",
                "summary": record.summary,
                "tags": [Tag(vocabulary.label("topic", key, site.lang), settings) for key in record.topics],
                "authors": [
                    Author(name, settings)
                    for name in (record.authors or (record.source.author or site.name,))
                ],
                "entry": record,
            }
            if record.countries:
                label = vocabulary.label("country", record.countries[0], site.lang)
                metadata["category"] = Category(label, settings)
            return html.decode(), metadata

    return EntryReader
