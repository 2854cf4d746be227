"""A subscriber of years: whole builds, read as feedparser reads them, at the addresses that were there at first."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest

from pouch.editing.edit import set_keys
from tests.commands.sites import run
from tests.engine.sites import SETTINGS, WorkSite

FULL = ("feed.xml", "atom.xml", "feed.json", "feed.fr.xml")
FOLLOWED = (
    *FULL,
    *(f"countries/ukraine/{name}" for name in FULL),
    *(f"topics/ceasefire/{name}" for name in FULL),
    "countries/ukraine/ceasefire/feed.xml",
    "countries/kenya/mentions.xml",
    "regions/europe/feed.xml",
)


class Subscriber:
    """A client that knows an item by its id, and shows what it has not seen."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._seen: dict[str, set[str]] = {}

    def poll(self) -> dict[str, list[str]]:
        """Address → titles that are new to that subscription; only where there are any."""
        new: dict[str, list[str]] = {}
        for path in FOLLOWED:
            seen = self._seen.setdefault(path, set())
            for item in self.items(path):
                if item["id"] not in seen:
                    new.setdefault(path, []).append(item["title"])
                    seen.add(item["id"])
        return new

    def items(self, path: str) -> list[Any]:
        """The items of a feed."""
        document = (self._output / path).read_bytes()
        if path.endswith(".json"):
            return list(json.loads(document)["items"])
        parsed = feedparser.parse(document)
        assert not parsed.bozo, path
        assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
        return list(parsed.entries)


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    work = WorkSite(tmp_path, SETTINGS.replace("FEED_ITEMS = 3", "FEED_ITEMS = 8"))
    work.write("content/vocabulary/countries.toml", "")
    for number in range(5):
        work.entry(f"e{number}aa", date=f"2025-03-0{number + 3}", mentions="[KE]")
    work.entry("f1aa", date="2025-03-09", lang="fr", translation_of="e4aa")
    work.entry("k1aa", date="2025-03-04", countries="KE", topics="trade")
    return work


def edit(work: WorkSite, **keys: Any) -> None:
    file = work.root / "content/entries/e2aa.md"
    file.write_text(set_keys(file.read_text("utf-8"), keys), "utf-8")


def settings(work: WorkSite, *replacements: tuple[str, str]) -> None:
    file = work.root / "pelicanconf.py"
    text = file.read_text("utf-8")
    for old, new in replacements:
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def rename(work: WorkSite, *arguments: str) -> None:
    assert run(work.root, "rename", *arguments).exit_code == 0


def other_theme(work: WorkSite) -> None:
    work.write("templates/entry.html", "<!doctype html><title>Bare</title>")
    settings(work, ("DEFAULT_LANG", 'THEME_TEMPLATES_OVERRIDES = ["templates"]\nDEFAULT_LANG'))


STEPS: dict[str, Callable[[WorkSite], Any]] = {
    "the state is lost": lambda work: shutil.rmtree(work.root / ".pouch"),
    "another text": lambda work: work.entry("e1aa", date="2025-03-04", mentions="[KE]", body="Another."),
    "another title": lambda work: edit(work, title="In other words", summary="Shorter."),
    "another date": lambda work: edit(work, date=date(2025, 3, 6)),
    "other terms": lambda work: edit(work, topics=["ceasefire", "trade"]),
    "a renamed entry": lambda work: rename(work, "entry", "e2aa", "elsewhere"),
    "a renamed topic": lambda work: rename(work, "topic", "ceasefire", "truce"),
    "a renamed country": lambda work: rename(work, "country", "UA", "ukraina"),
    "a country renamed again": lambda work: rename(work, "country", "ukraina", "oukraina"),
    "another name": lambda work: settings(work, ("Test archive", "Renamed archive")),
    "another theme": other_theme,
    "another domain": lambda work: settings(work, ("https://example.org", "https://elsewhere.example/sub")),
}


@pytest.mark.slow
def test_each_briefing_is_seen_once_whatever_happens_to_the_archive(work: WorkSite) -> None:
    """Rebuilt, edited, corrected, renamed twice over, moved to another domain: nothing old comes as new."""
    work.build()
    subscriber = Subscriber(work.output)
    assert set(subscriber.poll()) == set(FOLLOWED)
    for name, step in STEPS.items():
        step(work)
        work.build()
        assert subscriber.poll() == {}, name
    for path in ("feed.xml", "countries/ukraine/atom.xml", "topics/ceasefire/feed.json"):
        assert [item["title"] for item in subscriber.items(path)].count("In other words") == 1


@pytest.mark.slow
def test_a_correction_arrives_in_the_item_that_was_wrong(work: WorkSite) -> None:
    """The same item, in the same place, with its note; nothing else in the feed is touched."""
    work.build()
    subscriber = Subscriber(work.output)
    subscriber.poll()
    before = {path: [item["id"] for item in subscriber.items(path)] for path in FOLLOWED}
    text = (work.root / "content/entries/e2aa.md").read_text("utf-8")
    work.write(
        "content/entries/e2aa.md",
        text.replace("countries:", 'corrections: [{date: 2025-04-01, note: "It was wheat."}]\ncountries:'),
    )
    work.build()
    assert subscriber.poll() == {}
    assert {path: [item["id"] for item in subscriber.items(path)] for path in FOLLOWED} == before
    (item,) = [item for item in subscriber.items("atom.xml") if "It was wheat." in item.content[0].value]
    assert item.title == "Title of e2aa"
    assert item.updated_parsed[:3] == (2025, 4, 1)
    assert item.published_parsed[:3] == (2025, 3, 5)


@pytest.mark.slow
def test_an_old_article_that_is_published_today_arrives_once(work: WorkSite) -> None:
    """`pouch publish` stamps when it entered the archive, and feeds are ordered by that."""
    work.build()
    subscriber = Subscriber(work.output)
    subscriber.poll()
    work.entry("zzzz", date="2019-01-01", status="draft", title="Of old")
    work.build()
    assert subscriber.poll() == {}
    assert run(work.root, "publish", "zzzz").exit_code == 0
    work.build()
    new = subscriber.poll()
    assert {title for titles in new.values() for title in titles} == {"Of old"}
    assert subscriber.items("feed.xml")[0]["title"] == "Of old"
    assert {
        "feed.xml",
        "atom.xml",
        "feed.json",
        "countries/ukraine/feed.xml",
        "topics/ceasefire/atom.xml",
    } <= set(new)
    work.build()
    assert subscriber.poll() == {}


@pytest.mark.slow
def test_feeds_that_do_not_change_keep_their_bytes_and_their_time(work: WorkSite) -> None:
    """Hosts make ETag and Last-Modified of them: who follows Kenya's trade is not sent what happened in Ukraine."""
    work.build()
    feeds = [p for pattern in ("feed*.xml", "atom*.xml", "mentions.xml", "feed*.json", "opml.xml")
             for p in work.output.rglob(pattern)]  # fmt: skip
    assert len(feeds) > 20
    for path in feeds:
        os.utime(path, ns=(10**18, 10**18))
    before = {path: path.read_bytes() for path in feeds}

    def touched() -> set[str]:
        return {
            path.relative_to(work.output).as_posix()
            for path in feeds
            if path.stat().st_mtime_ns != 10**18 or path.read_bytes() != before[path]
        }

    work.build(clean=True)
    assert touched() == set()
    shutil.rmtree(work.root / ".pouch")
    work.build()
    assert touched() == set()
    edit(work, title="In other words")
    work.build()
    changed = touched()
    assert {
        "feed.xml",
        "countries/ukraine/atom.xml",
        "topics/ceasefire/feed.json",
    } <= changed
    assert not [
        path for path in changed if ".fr" in path or "trade" in path or path == "countries/kenya/feed.xml"
    ]
