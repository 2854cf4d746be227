"""A new subscriber can walk back through the whole archive (RFC 5005)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import feedparser
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.pages.groups import InputDigests
from pouch.pages.identity import guid
from pouch.pages.outputs import Output
from pouch_feeds.planner import plan_feeds
from tests.archives import a_record, a_site, an_archive
from tests.plans import view_of
from tests.plugins.pouch_feeds.documents import documents, rendered
from tests.plugins.pouch_feeds.walker import SITE, everything, read_quickly, walk

START = datetime(2020, 1, 31, 22, 0, tzinfo=UTC)


def id_of(archive: Archive, entry_id: str) -> str:
    return guid(archive.site.site_id, entry_id)


def expected(archive: Archive, records: list[Record]) -> list[str]:
    """Newest first by publish_at, then id."""
    order = sorted(records, key=lambda r: (r.publish_at or START, r.id), reverse=True)
    return [id_of(archive, record.id) for record in order]


def generated(count: int) -> list[Record]:
    """Entries over five years, some with a French version, in three countries and two topics."""
    chance = random.Random(5)  # noqa: S311  # no secret: the same entries in every run
    found = []
    for number in range(count):
        moment = START + timedelta(minutes=chance.randrange(5 * 365 * 24 * 60))
        original = msgspec.structs.replace(
            a_record(f"e{number:05}"),
            date=moment - timedelta(days=chance.randrange(900)),
            publish_at=moment,
            countries=(chance.choice(("UA", "FR", "KE")),),
            topics=(chance.choice(("ceasefire", "trade")),),
            lang=chance.choice(("en", "en", "fr")),
        )
        found.append(original)
        if original.lang == "en" and number % 3 == 0:
            version = msgspec.structs.replace(
                original, id=f"v{number:05}", slug=f"v{number}", lang="fr", translation_of=original.id
            )
            found.append(msgspec.structs.replace(version, publish_at=moment + timedelta(days=40)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("count", [1200, pytest.param(5000, marks=pytest.mark.long)])
def test_a_walker_has_each_briefing_once(count: int) -> None:
    """From the current document back to the oldest: everything, nothing twice, in both formats, and in a language."""
    records = generated(count)
    features = ("atom", "json", "feed_languages", "feed_archives")
    archive = an_archive(*records, site=a_site(features=features, timezone="Europe/Brussels"))
    found = documents(archive)
    originals = [record for record in records if record.translation_of is None]
    french = [record for record in records if record.lang == "fr"]
    assert everything(found, "feed.fr.xml") == expected(archive, french)
    for name in ("feed.xml", "atom.xml"):
        assert everything(found, name) == expected(archive, originals)
        ukraine = [record for record in originals if record.countries == ("UA",)]
        assert everything(found, f"countries/ukraine/{name}") == expected(archive, ukraine)
        war = [record for record in originals if record.topics == ("ceasefire",)]
        assert everything(found, f"topics/war/{name}") == expected(archive, war)


@given(st.lists(st.integers(0, 400), max_size=12), st.integers(1, 4))
def test_documents_are_full_and_do_not_overlap(days: list[int], size: int) -> None:
    """Each archive document holds as many items as POUCH_FEED_ITEMS says, and the current one the rest."""
    records = [
        msgspec.structs.replace(a_record(f"e{n:03}"), publish_at=START + timedelta(days=day))
        for n, day in enumerate(days)
    ]
    site = a_site(feed_items=size, features=("feed_archives", "atom"))
    archive = an_archive(*records, site=site)
    found = documents(archive)
    for stem in ("feed", "atom"):
        batches = list(walk(found, f"{stem}.xml"))
        full = max(0, len(records) // size - 1)
        assert [len(batch) for batch in batches] == [len(records) - full * size, *[size] * full]
        assert sorted(path for path in found if path.startswith(f"{stem}-")) == sorted(
            f"{stem}-{number}.xml" for number in range(1, full + 1)
        )
        assert everything(found, f"{stem}.xml") == expected(archive, records)


def test_an_archive_document_leads_back_and_to_the_current_one() -> None:
    """It says that it is one, so that a program keeps it and asks no more; the current document says so of none."""
    records = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}") for n in range(8)]
    found = documents(an_archive(*records, site=a_site(feed_items=2)))
    for stem in ("feed", "atom"):
        for number, previous in ((1, ""), (2, f"{SITE}{stem}-1.xml"), (3, f"{SITE}{stem}-2.xml")):
            document = found[f"{stem}-{number}.xml"]
            links = read_quickly(f"{stem}-{number}.xml", document)[1]
            assert links.get("prev-archive", "") == previous
            assert links["current"] == f"{SITE}{stem}.xml"
            assert b"fh:archive" in document
            assert b"fh:complete" not in document
        assert f"{stem}-4.xml" not in found
        assert b"fh:archive" not in found[f"{stem}.xml"]
        assert b"fh:complete" not in found[f"{stem}.xml"]


def test_archives_have_a_sentence_or_two_and_current_documents_have_texts() -> None:
    """A full text in the archives of each term would be a third of a large site."""
    records = [
        a_record(f"e{n:03}", f"2025-03-{n + 1:02}", countries=("UA",), topics=("war",)) for n in range(8)
    ]
    feeds = documents(an_archive(*records, site=a_site(feed_items=2)))
    for stem in ("feed", "atom"):
        for folder in ("", "countries/ukraine/", "topics/war/"):
            assert b"what came before" in feeds[f"{folder}{stem}.xml"]
            older = feeds[f"{folder}{stem}-1.xml"]
            assert b"what came before" not in older
            assert feedparser.parse(older).entries[0].summary


@pytest.mark.parametrize(("count", "site", "term"), [(19, 19, 19), (24, 24, 20), (40, 30, 20)])
def test_a_json_feed_holds_a_round_number_of_items(count: int, site: int, term: int) -> None:
    """It leads to nothing older: the site's holds POUCH_FEED_ITEMS, a term's twenty, each with its full text."""
    records = [a_record(f"e{n:03}", f"2025-0{n // 28 + 1}-{n % 28 + 1:02}") for n in range(count)]
    found = documents(an_archive(*records, site=a_site(features=("json", "feed_archives"), feed_items=30)))
    items = {path: json.loads(found[path])["items"] for path in ("feed.json", "countries/ukraine/feed.json")}
    assert [len(each) for each in items.values()] == [site, term]
    newest = f"e{count - 1:03}"
    for each in items.values():
        assert each[0]["url"].endswith(f"/{newest}/")
        assert "what came before" in each[-1]["content_html"]


@pytest.mark.parametrize(
    ("count", "features", "path", "complete"),
    [
        (0, ("feed_archives",), "feed.xml", True),
        (3, ("feed_archives",), "feed.xml", True),
        (4, ("feed_archives",), "feed.xml", False),
        (3, (), "feed.xml", False),
        (2, (), "feed.xml", True),
        (20, ("regions",), "regions/europe/feed.xml", True),
        (21, ("regions",), "regions/europe/feed.xml", False),
    ],
)
def test_a_feed_that_holds_all_says_so(
    count: int, features: tuple[str, ...], path: str, complete: bool
) -> None:
    """A program that knows that a feed is complete looks for no archive (RFC 5005, section 2)."""
    records = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}") for n in range(count)]
    found = documents(an_archive(*records, site=a_site(feed_items=2, features=features)))
    assert (b"fh:complete" in found[path]) == complete


def test_an_edit_and_a_late_arrival_change_what_holds_them() -> None:
    """An edit changes one document; an entry with an old publish_at moves the items that follow it, and no others."""
    records = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}") for n in range(12)]
    site = a_site(feed_items=3, features=("feed_archives",), plugins=("pouch_archives", "pouch_feeds"))

    def changed(*records: Record) -> set[str]:
        after = documents(an_archive(*records, site=site))
        return {path for path in after if before.get(path) != after[path]}

    before = documents(an_archive(*records, site=site))
    edited = msgspec.structs.replace(records[4], title="In other words")
    assert changed(*records[:4], edited, *records[5:]) == {"feed-2.xml"}
    late = msgspec.structs.replace(a_record("late"), publish_at=records[7].publish_at)
    assert changed(*records, late) == {"feed-3.xml", "feed.xml"}
    assert changed(*records[1:]) == {"feed-1.xml", "feed-2.xml", "feed.xml"}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the files in tmp_path are served."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("count", [250, pytest.param(1000, marks=pytest.mark.long)])
def test_a_client_sees_all_briefings_added_one_by_one(tmp_path: Path, address: str, count: int) -> None:
    """Each new briefing changes the current document alone, and once in POUCH_FEED_ITEMS makes a new full one. Who
    subscribes then walks over HTTP and has every briefing exactly once.
    """
    size = 10
    site = a_site(
        url=address, feed_items=size, features=("feed_archives",), plugins=("pouch_archives", "pouch_feeds")
    )
    records: list[Record] = []
    marks: dict[str, bytes] = {}
    for number in range(count):
        day = START + timedelta(hours=number)
        records.append(msgspec.structs.replace(a_record(f"e{number:04}"), date=day, publish_at=day))
        archive = an_archive(*records, site=site)
        digests = InputDigests()
        outputs: list[Output] = []
        for group in plan_feeds(view_of(archive)):
            mark = digests.of(group)
            if marks.get(group.key) != mark:
                marks[group.key] = mark
                outputs += group.outputs()
        written = rendered(outputs, site)
        full = (number + 1) // size - 1
        new = {f"feed-{full}.xml"} if full > 0 and (number + 1) % size == 0 else set()
        assert written.keys() == {"feed.xml", *new}
        for path, document in written.items():
            (tmp_path / path).write_bytes(document)
    seen: list[str] = []
    url = f"{address}/feed.xml"
    while url:
        with urlopen(url) as answer:  # noqa: S310  # our own server
            ids, links = read_quickly("feed.xml", answer.read())
        seen += ids
        url = links.get("prev-archive", "")
    assert seen == expected(archive, records)
