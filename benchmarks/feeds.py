"""All feeds of an archive, beside feedgen used plainly: every item built again in every feed that holds it.

    python -m benchmarks.feeds [COUNT…]          (default: 1000 3000 10000)

Both write the same RSS and Atom documents, with the same items, dates and full texts, in memory and in one process.
Ours also resolves addresses and adds what feedgen drops; JSON Feed, which feedgen does not know, has a line of its own.
"""

from __future__ import annotations

import gc
import html
import re
import time
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import click
import msgspec

from benchmarks.corpus import VOCABULARY, Writer, topic_keys
from pouch.archive.archive import Archive
from pouch.archive.records import Record, record_of
from pouch.content.fields import Context
from pouch.content.parse import read_bytes
from pouch.engine.plan import views_of_archive
from pouch.pages.outputs import Output
from pouch.plugins import load_plugins
from pouch.settings import ALL_FEATURES
from pouch.site import Site
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary
from pouch_feeds.models import FeedModel, ItemModel
from pouch_feeds.planner import plan_feeds
from pouch_feeds.render import render_atom, render_opml, render_rss

COUNTS = (1000, 3000, 10_000)
SEED = 1
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


class Times(NamedTuple):
    """Seconds of processor time."""

    plan: float
    fragments: float
    documents: float

    @property
    def total(self) -> float:
        return self.plan + self.fragments + self.documents


def archive_of(count: int, features: tuple[str, ...]) -> tuple[Archive, dict[str, str]]:
    """An archive of `count` briefings of the bench corpus, and their HTML by key."""
    tables = tomllib.loads(VOCABULARY.read_text("utf-8"))
    topics = {
        key: Topic(key=key, slug=row.get("slug", key), labels=row["labels"], parent=row.get("parent"))
        for key, row in tables.items()
    }
    site = Site(
        root="/bench", content="/bench/content", output="/bench/output", theme="/bench/theme",
        name="Bench", url="https://bench.example", path="", timezone="UTC", lang="en", languages=("en",),
        site_id="0b7d6c1e-5f7b-4a0e-9f55-2b9a3d8c7e10", per_page=20, feed_items=50, slice_minimum=3, pair_share=1000,
        hub=None,
        features=features, plugins=("pouch_archives", "pouch_taxonomies", "pouch_feeds", "pouch_search", "pouch_maps"),
        static_paths=(), static_addresses={},
    )  # fmt: skip
    writer = Writer(SEED, topic_keys(VOCABULARY))
    bodies: dict[str, str] = {}
    vocabulary = Vocabulary(registry_countries(), topics, registry_regions(), lang="en", languages=("en",))
    context = Context(site, vocabulary)
    records = [_record(writer, number, context, bodies) for number in range(count)]
    return Archive(site, vocabulary, records, now=NOW), bodies


def _record(writer: Writer, number: int, context: Context, bodies: dict[str, str]) -> Record:
    written = writer.entry(number)
    reading = read_bytes(written.text.encode(), f"content/{written.path}", context)
    entry = reading.entry
    if entry is None:
        raise SystemExit(f"{written.path}: {reading.problems[0]}")
    # The shape of a body is enough here: its Markdown is another bench's business.
    paragraphs = [html.escape(part.strip(), quote=False) for part in entry.body.split("\n\n")]
    paragraphs = [_LINK.sub(r'<a href="\2">\1</a>', part) for part in paragraphs]
    bodies[entry.id] = "".join(f"<p>{part}</p>\n" for part in paragraphs)
    return record_of(
        entry, path=reading.path, site=context.site, body=entry.id, words=450, first_paragraph="A paragraph."
    )


class Made(NamedTuple):
    """The feeds of one archive, and what they took."""

    times: Times
    outputs: list[Output]
    items: Mapping[str, ItemModel]


def ours(archive: Archive, bodies: dict[str, str]) -> Made:
    """What a build does: plan, each item once in each format, then the documents."""
    gc.collect()
    start = time.process_time()
    view = views_of_archive(archive, lambda _: str, load_plugins(archive.site.plugins))["en"]
    outputs = [output for group in plan_feeds(view) for output in group.outputs()]
    items = {key: fragment for output in outputs for key, fragment in output.fragments}
    planned = time.process_time()
    stores = Stores(archive.site, bodies, {})
    fragments = {key: fragment.render(fragment.model, stores) for key, fragment in items.items()}
    built = time.process_time()
    stores = Stores(archive.site, bodies, fragments)
    for output in outputs:
        if output.render:
            output.render(output.model, stores)
    times = Times(planned - start, built - planned, time.process_time() - built)
    models = {key: fragment.model for key, fragment in items.items() if isinstance(fragment.model, ItemModel)}
    return Made(times, outputs, models)


class Stores(NamedTuple):
    """What render functions are given."""

    site: Site
    bodies: Mapping[str, str]
    fragments: Mapping[str, bytes]


def plain(made: Made, bodies: dict[str, str]) -> float:
    """feedgen as its documentation shows it: a generator for each feed, an entry for each item in it."""
    gc.collect()
    start = time.process_time()
    for output in made.outputs:
        if output.render in (render_rss, render_atom):
            template = "rss" if output.render is render_rss else "atom"
            _plain_feed(template, output.model, made.items, bodies)
    return time.process_time() - start


def _plain_feed(
    template: str, model: FeedModel, items: Mapping[str, ItemModel], bodies: dict[str, str]
) -> bytes:
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id(model.id)
    feed.title(model.title)
    feed.description(model.description)
    feed.language(model.lang)
    feed.link(href=model.self_url, rel="self")
    feed.link(href=model.page_url, rel="alternate")
    feed.updated(datetime.fromisoformat(model.updated) if model.updated else NOW)
    for item in (items[key] for key in model.items):
        entry = feed.add_entry(order="append")
        entry.guid(item.id, permalink=False)
        entry.title(item.title)
        entry.link(href=item.url)
        entry.author(name=item.authors[0])
        entry.published(datetime.fromisoformat(item.published))
        entry.updated(datetime.fromisoformat(item.updated))
        for category in item.categories:
            entry.category(term=category.term, scheme=category.scheme, label=category.label)
        entry.description(item.summary or item.title, isSummary=True)
        if item.body:
            entry.content(bodies[item.body], type="html")
    written: bytes = feed.rss_str() if template == "rss" else feed.atom_str()
    return written


def measure(count: int) -> None:
    """One row of the table."""
    without_json = tuple(feature for feature in ALL_FEATURES if feature != "json")
    archive, bodies = archive_of(count, without_json)
    made = ours(archive, bodies)
    mine = made.times
    documents = [output for output in made.outputs if output.render is not render_opml]
    held = sum(len(output.model.items) for output in documents)
    theirs = plain(made, bodies)
    whole = Archive(
        msgspec.structs.replace(archive.site, features=ALL_FEATURES),
        archive.vocabulary,
        archive.by_id.values(),
        now=NOW,
    )
    with_json = ours(whole, bodies).times
    print(
        f"{count:>7,} {len(documents):>8,} {held:>9,} {len(made.items):>8,}"
        f" {mine.plan:>7.2f} {mine.fragments:>7.2f} {mine.documents:>9.2f} {mine.total:>7.2f}"
        f" {theirs:>9.2f} {theirs / mine.total:>6.1f} {mine.total / count * 1000:>10.2f} {with_json.total:>9.2f}",
        flush=True,
    )


@click.command()
@click.argument("counts", nargs=-1, type=click.IntRange(min=1))
def main(counts: Sequence[int]) -> None:
    """Measure feeds of archives of COUNTS briefings, and print the table."""
    print("seconds of processor time, one process")
    print(
        "entries    feeds  in feeds    items    plan   items documents   total   feedgen  ratio  ms / entry with JSON"
    )
    for count in counts or COUNTS:
        measure(count)


if __name__ == "__main__":
    main()
