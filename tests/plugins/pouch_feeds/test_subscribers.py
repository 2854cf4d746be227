"""Nobody is told twice: what a subscriber's client sees before and after we change things."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from pouch.archive.archive import Archive
from pouch.archive.records import Record, SourceRecord
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from tests.archives import NOW, TOPICS, a_record, a_site, an_archive
from tests.plugins.pouch_feeds.documents import documents, read
from tests.plugins.pouch_feeds.walker import read_quickly

RECORDS = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}") for n in range(6)]


class Client:
    """A feed reader: it shows what it has not seen, and knows an item by its id alone."""

    def __init__(self) -> None:
        self.seen: dict[str, set[str]] = {}

    def poll(self, documents: Mapping[str, bytes], renamed: Mapping[str, str] | None = None) -> list[str]:
        """Reads every feed; returns the ids of items that are new to one that it has read before."""
        fresh = []
        for path, data in documents.items():
            if path == "opml.xml":
                continue
            known = self.seen.get((renamed or {}).get(path, path))
            found = set(read_quickly(path, data)[0])
            if known is not None:
                fresh += sorted(found - known)
            self.seen[path] = found | (known or set())
        return fresh


def change_first(**changes: Any) -> list[Record]:
    return [msgspec.structs.replace(RECORDS[0], **changes), *RECORDS[1:]]


SITE = a_site()


@pytest.mark.parametrize(
    ("records", "site"),
    [
        pytest.param(RECORDS, SITE, id="nothing"),
        pytest.param(list(reversed(RECORDS)), SITE, id="the order of files"),
        pytest.param(change_first(title="New", summary="New", body="1" * 32), SITE, id="title, summary and text"),
        pytest.param(change_first(slug="new", formerly=("e000",)), SITE, id="the slug"),
        pytest.param(change_first(path="content/entries/x.md"), SITE, id="the file"),
        pytest.param(change_first(date=RECORDS[5].date), SITE, id="the date"),
        pytest.param(change_first(updated=NOW), SITE, id="updated"),
        pytest.param(change_first(corrections=(("2025-05-05", "It was wheat."),)), SITE, id="a correction"),
        pytest.param(change_first(sources=(SourceRecord(url="https://post.example/"),)), SITE, id="the source"),
        pytest.param(RECORDS, a_site(url="https://elsewhere.example/x", path="/x"), id="the domain"),
        pytest.param(RECORDS, a_site(name="Renamed", theme="/x", hub="https://hub.example/"), id="name and hub"),
        pytest.param(RECORDS, a_site(languages=("en", "fr")), id="a second interface language"),
    ],
)  # fmt: skip
def test_no_change_of_ours_makes_an_old_item_new(records: list[Record], site: Site) -> None:
    """A subscriber who polls before and after sees each briefing once."""
    client = Client()
    client.poll(documents(an_archive(*RECORDS)))
    assert client.poll(documents(an_archive(*records, site=site))) == []


def test_a_renamed_term_makes_no_old_item_new() -> None:
    """Who followed /topics/ceasefire/ and goes on at /topics/truce/ has read everything there already."""
    before = documents(an_archive(*RECORDS))
    topic = msgspec.structs.replace(
        TOPICS["ceasefire"], slug="truce", formerly=("ceasefire",), labels={"en": "Truce"}
    )
    archive = an_archive(*RECORDS)
    vocabulary = Vocabulary(
        archive.vocabulary.countries, {**TOPICS, "ceasefire": topic}, archive.vocabulary.regions
    )
    after = documents(Archive(archive.site, vocabulary, RECORDS, now=NOW))
    client = Client()
    client.poll(before)
    moved = {path: path.replace("truce", "ceasefire") for path in after}
    assert client.poll(after, moved) == []
    assert read(after["topics/truce/atom.xml"]).feed.id == read(before["topics/ceasefire/atom.xml"]).feed.id


def test_an_old_article_curated_today_does_arrive() -> None:
    """Its date is of 2019, yet its subscribers have never seen it."""
    client = Client()
    client.poll(documents(an_archive(*RECORDS)))
    old = msgspec.structs.replace(a_record("zzzz", "2019-01-01"), publish_at=NOW - timedelta(days=1))
    fresh = client.poll(documents(an_archive(*RECORDS, old)))
    assert len(set(fresh)) == 1
    assert len(fresh) > 10  # in every feed that it belongs to


def test_a_rebuild_changes_no_byte() -> None:
    """An unchanged feed keeps its bytes, hence its ETag and Last-Modified, whatever the clock says."""
    later = an_archive(*RECORDS, now=NOW + timedelta(days=400))
    assert documents(an_archive(*RECORDS)) == documents(later)


def test_an_edit_changes_only_the_feeds_that_hold_the_entry() -> None:
    """Who follows Kenya downloads nothing because a briefing on Ukraine was corrected."""
    records = [*RECORDS, a_record("kkkk", countries=("KE",), topics=("trade",), lang="fr")]
    edited = [msgspec.structs.replace(records[0], title="New"), *records[1:]]
    before, after = documents(an_archive(*records)), documents(an_archive(*edited))
    changed = {path for path in before if before[path] != after[path]}
    assert not [
        path for path in changed if "kenya" in path or "trade" in path or ".fr" in path or "africa" in path
    ]
    assert {"feed.xml", "countries/ukraine/atom.xml", "topics/war/feed.json"} <= changed


SCRIPT = """
import hashlib, sys
from tests.archives import a_record, a_site, an_archive
from tests.plugins.pouch_feeds.documents import documents
records = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}", lang="fr" if n % 2 else "en") for n in range(6)]
found = documents(an_archive(*records, site=a_site(timezone="Europe/Brussels", languages=("en", "fr"))))
digest = hashlib.sha256()
for path in found:
    digest.update(path.encode() + found[path])
sys.stdout.write(digest.hexdigest())
"""


def test_zone_locale_and_hash_seed_of_the_machine_change_no_byte() -> None:
    """Two editors' machines publish the same feeds."""
    digests = set()
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/New_York", "fr_FR.UTF-8")):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PATH": "/usr/bin:/bin"}
        digests.add(
            subprocess.run(
                [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True
            ).stdout
        )
    assert len(digests) == 1
