"""A new subscriber can walk back through the whole archive (RFC 5005)."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.pages.identity import guid
from tests.archives import a_record, a_site, an_archive
from tests.plugins.pouch_feeds.documents import documents, link, read
from tests.plugins.pouch_feeds.walker import SITE, everything, read_quickly, walk

START = datetime(2020, 1, 31, 22, 0, tzinfo=UTC)
FORMATS = ("feed{}.xml", "atom{}.xml", "feed{}.json")


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
def test_a_walker_has_each_of_5000_briefings_once() -> None:
    """From the current document back to the first month: everything, nothing twice, in every format and language."""
    records = generated(5000)
    features = ("atom", "json", "feed_languages", "feed_archives")
    archive = an_archive(*records, site=a_site(features=features, timezone="Europe/Brussels"))
    found = documents(archive)
    originals = [record for record in records if record.translation_of is None]
    french = [record for record in records if record.lang == "fr"]
    for form in FORMATS:
        assert everything(found, form.format("")) == expected(archive, originals)
        assert everything(found, form.format(".fr")) == expected(archive, french)
        ukraine = [record for record in originals if record.countries == ("UA",)]
        assert everything(found, "countries/ukraine/" + form.format("")) == expected(archive, ukraine)
        war = [record for record in originals if record.topics == ("ceasefire",)]
        assert everything(found, "topics/war/" + form.format("")) == expected(archive, war)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.integers(1, 4))
def test_whatever_the_gaps_between_months_the_walk_is_complete(days: list[int], current: int) -> None:
    """Months without items are stepped over; a month of two documents' overlap shows nothing twice."""
    records = [
        msgspec.structs.replace(a_record(f"e{n:03}"), publish_at=START + timedelta(days=day))
        for n, day in enumerate(days)
    ]
    site = a_site(feed_items=current, features=("feed_archives", "json"))
    archive = an_archive(*records, site=site)
    found = documents(archive)
    for path in ("feed.xml", "feed.json"):
        batches = list(walk(found, path))
        assert len(batches[0]) == min(current, len(records))
        months = {(r.publish_at.year, r.publish_at.month) for r in records if r.publish_at}
        assert len(batches) - 1 == len(months)
        assert everything(found, path) == expected(archive, records)
    assert_chain_holds(found, "feed")


def assert_chain_holds(found: dict[str, bytes], stem: str) -> None:
    """Both ways: each archive document's neighbours lead back to it, and all lead to the current one."""
    months = sorted(path for path in found if path.startswith(f"{stem}-") and path.endswith(".xml"))
    links = {path: read_quickly(path, found[path])[1] for path in months}
    for path, older, newer in zip(months, ["", *months], [*months[1:], ""], strict=False):
        assert links[path].get("prev-archive", "") == (SITE + older if older else "")
        assert links[path].get("next-archive", "") == (SITE + newer if newer else "")
        assert links[path]["current"] == f"{SITE}{stem}.xml"
    current = read_quickly(f"{stem}.xml", found[f"{stem}.xml"])[1]
    assert current.get("prev-archive", "") == (SITE + months[-1] if months else "")


@pytest.mark.parametrize("stem", ["feed", "atom", "feed.en"])
def test_a_late_arrival_and_a_deleted_entry_leave_no_gap_in_the_chain(stem: str) -> None:
    """A month that comes into being between two others, or that goes, is linked in or stepped over."""
    records = [a_record(f"e{month:03}", f"2025-{month:02}-10") for month in (1, 3, 5)]
    late = msgspec.structs.replace(a_record("late", "2019-01-01"), publish_at=records[1].publish_at)
    between = a_record("between", "2025-04-10")
    site = a_site(feed_items=1)
    cases = {
        "as it was": (records, [1, 3, 5]),
        "an old publish_at in a month that had one": ([*records, late], [1, 3, 5]),
        "an old publish_at in a month of its own": ([*records, between], [1, 3, 4, 5]),
        "the only entry of a month is deleted": ([records[0], records[2]], [1, 5]),
        "the newest is deleted": (records[:2], [1, 3]),
        "the oldest is deleted": (records[1:], [3, 5]),
        "only one is left": (records[:1], [1]),
    }
    for case, (there, months) in cases.items():
        archive = an_archive(*there, site=site)
        found = documents(archive)
        paths = [path for path in found if path.startswith(f"{stem}-2") and path.endswith(".xml")]
        assert sorted(paths) == [f"{stem}-2025-{month:02}.xml" for month in months], case
        assert_chain_holds(found, stem)
        assert everything(found, f"{stem}.xml") == expected(archive, there), case


def test_a_month_is_complete_and_linked_both_ways() -> None:
    """Every month's document holds all its items, knows its neighbours, and leads to the feed that goes on."""
    records = [a_record(f"e{n:03}", f"2025-0{month}-10") for n, month in enumerate((1, 1, 1, 3, 4, 4))]
    found = documents(an_archive(*records, site=a_site(feed_items=1)))
    assert {path for path in found if path.startswith("feed-")} == {
        f"feed-2025-0{month}.{end}" for month in (1, 3, 4) for end in ("xml", "json")
    }
    for stem in ("feed", "atom"):
        march = read(found[f"{stem}-2025-03.xml"])
        assert link(march, "prev-archive") == f"https://example.org/{stem}-2025-01.xml"
        assert link(march, "next-archive") == f"https://example.org/{stem}-2025-04.xml"
        assert link(march, "current") == f"https://example.org/{stem}.xml"
        assert b"fh:archive" in found[f"{stem}-2025-03.xml"]
        assert b"fh:archive" not in found[f"{stem}.xml"]
        assert len(read(found[f"{stem}-2025-01.xml"]).entries) == 3
        assert len(read(found[f"{stem}.xml"]).entries) == 1
        assert link(read(found[f"{stem}-2025-01.xml"]), "prev-archive") == ""
        assert link(read(found[f"{stem}-2025-04.xml"]), "next-archive") == ""


def test_months_are_those_of_the_site_s_own_time_zone() -> None:
    """Half past midnight on the first of March in Brussels is March, whatever it is in Greenwich."""
    record = a_record("aaaa", "2025-03-01T00:30:00+01:00")
    found = documents(an_archive(record, site=a_site(timezone="Europe/Brussels")))
    assert "feed-2025-03.xml" in found
    assert "feed-2025-02.xml" not in found


def test_a_new_month_leaves_the_older_ones_alone() -> None:
    """Only the neighbour learns that there is a next month: all others keep their bytes, hence their ETag."""
    records = [a_record(f"e{month:03}", f"2025-0{month}-10") for month in range(1, 6)]
    before = documents(an_archive(*records[:4]))
    after = documents(an_archive(*records))
    changed = {path for path in before if before[path] != after[path] and path.startswith(("feed-", "atom-"))}
    assert changed == {"feed-2025-04.xml", "atom-2025-04.xml"}
