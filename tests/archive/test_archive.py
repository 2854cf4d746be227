"""Who is in what: membership, order, versions and due-ness, as DESIGN.md promises readers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.archive.archive import Archive
from pouch.archive.records import DossierRecord
from tests.archives import a_record, a_site, an_archive


def ids(members: object) -> list[str]:
    return [briefing.original.id for briefing in members]  # type: ignore[attr-defined]  # briefings


def test_rivers_run_by_date_then_publication_then_id() -> None:
    """Two briefings of one day keep one order for ever."""
    records = [
        a_record("bbbb", "2025-03-05"),
        a_record("aaaa", "2025-03-05"),
        a_record("late", "2025-03-05", publish_at=datetime(2025, 4, 1, tzinfo=UTC)),
        a_record("old0", "2024-01-01", publish_at=datetime(2025, 6, 1, tzinfo=UTC)),
    ]
    assert ids(an_archive(*records).briefings) == ["old0", "aaaa", "bbbb", "late"]


def test_a_topic_includes_its_descendants_each_entry_once() -> None:
    """An entry under both a topic and its parent stands once on the parent's page."""
    archive = an_archive(
        a_record("aaaa", topics=("ceasefire", "war")), a_record("bbbb", topics=("ceasefire",))
    )
    assert ids(archive.of_topic["war"]) == ["aaaa", "bbbb"]
    assert ids(archive.of_topic["ceasefire"]) == ["aaaa", "bbbb"]
    assert "trade" not in archive.of_topic


def test_mentions_are_no_primary_coverage() -> None:
    """A country that is only named has a page, and an empty river on it."""
    archive = an_archive(a_record("aaaa", countries=("UA",), mentions=("US",)))
    assert ids(archive.mentioning["US"]) == ["aaaa"]
    assert "US" not in archive.of_country
    assert archive.countries == ("UA", "US")


def test_a_dossier_alone_gives_a_country_its_page() -> None:
    """An editor may introduce a country before anything is written on it."""
    dossier = DossierRecord("content/dossiers/countries/FJ.md", "country", "FJ", "en", (), (), "1")
    assert "FJ" in an_archive(dossiers=(dossier,)).countries


@pytest.mark.parametrize(("minimum", "expected"), [(1, 2), (2, 1), (3, 0)])
def test_a_pair_needs_its_minimum_of_briefings(minimum: int, expected: int) -> None:
    """POUCH_SLICE_MINIMUM decides which country-and-topic pages exist."""
    archive = an_archive(
        a_record("aaaa", topics=("war",)),
        a_record("bbbb", topics=("war",)),
        a_record("cccc", topics=("trade",)),
        site=a_site(slice_minimum=minimum),
    )
    assert len(archive.of_pair) == expected


def of_topics(*topics: str, share: int, minimum: int = 1) -> Archive:
    """Briefings on Ukraine, one a day, each on one topic."""
    records = [a_record(f"e{n:03}", f"2025-01-{n + 1:02}", topics=(key,)) for n, key in enumerate(topics)]
    return an_archive(*records, site=a_site(slice_minimum=minimum, pair_share=share))


@pytest.mark.parametrize(
    ("topics", "share", "minimum", "expected"),
    [
        ("war", 2, 1, {"war"}),
        ("trade trade war", 2, 1, {"trade"}),
        ("trade trade war war", 2, 1, {"trade", "war"}),
        ("trade trade trade war war", 2, 1, {"trade"}),
        ("war trade trade trade trade", 2, 1, {"trade", "war"}),
        ("war trade trade trade trade", 2, 2, {"trade"}),
        ("trade trade trade trade war", 0, 1, {"trade", "war"}),
    ],
)
def test_in_a_large_archive_a_pair_needs_its_share(
    topics: str, share: int, minimum: int, expected: set[str]
) -> None:
    """What counts is the archive as it was when the pair's briefing came; with 0, its size does not count."""
    archive = of_topics(*topics.split(), share=share, minimum=minimum)
    assert {topic for _, topic in archive.of_pair} == expected


@given(st.lists(st.sampled_from(("war", "trade", "ceasefire")), max_size=12), st.sampled_from((0, 1, 2, 3)))
def test_a_pairs_page_stays_when_the_archive_grows(topics: list[str], share: int) -> None:
    """A subscriber's feed never ends because other things were written about."""
    pairs: set[tuple[str, str]] = set()
    for count in range(len(topics) + 1):
        grown = set(of_topics(*topics[:count], share=share).of_pair)
        assert pairs <= grown
        pairs = grown


@given(st.lists(st.sampled_from(("war", "trade")), min_size=1, max_size=9), st.data())
def test_what_a_briefing_would_give_a_page_is_what_it_gives(topics: list[str], data: st.DataObject) -> None:
    """Asked beforehand, for a new briefing and for a changed one, on any day."""
    archive = of_topics(*topics, share=2)
    changed = data.draw(st.sampled_from((*(f"e{n:03}" for n in range(len(topics))), "new")))
    record = a_record(
        changed,
        f"2025-01-{data.draw(st.integers(1, 12)):02}",
        topics=(data.draw(st.sampled_from(("war", "trade"))),),
    )
    others = [each for each in archive.records if each.id != changed]
    after = an_archive(*others, record, site=archive.site)
    briefing = after.briefing_of[changed]
    own = {("UA", topic) for topic in briefing.topics}
    assert archive.pairs_of(briefing) == own & after.of_pair.keys()


def test_a_region_rolls_up_its_countries_once() -> None:
    """A briefing on two countries of one region stands once in it, and in the continent above."""
    archive = an_archive(a_record("aaaa", countries=("UA", "PL")))
    assert ids(archive.of_region["151"]) == ["aaaa"]
    assert ids(archive.of_region["150"]) == ["aaaa"]


def test_versions_are_one_briefing_with_the_originals_terms() -> None:
    """A French version joins its English original; its own date and countries do not count."""
    archive = an_archive(
        a_record("orig", "2025-03-05", countries=("UA",)),
        a_record("vers", "2025-03-09", lang="fr", translation_of="orig", countries=("FR",)),
    )
    (briefing,) = archive.briefings
    assert briefing.version("fr").id == "vers"
    assert briefing.version("de").id == "orig"
    assert archive.countries == ("UA",)


def test_no_version_without_its_original() -> None:
    """A translation whose original is not out yet is not out either."""
    archive = an_archive(
        a_record("orig", "2027-01-01"), a_record("vers", "2025-01-01", lang="fr", translation_of="orig")
    )
    assert archive.briefings == []


def test_an_embargo_holds_until_its_moment() -> None:
    """What is published later is nowhere, and the archive knows when to look again."""
    due = datetime(2026, 6, 1, tzinfo=UTC)
    records = [a_record("now0"), a_record("soon", publish_at=due), a_record("draf", published=False)]
    before = an_archive(*records, now=datetime(2026, 5, 31, 23, 59, tzinfo=UTC))
    assert ids(before.briefings) == ["now0"]
    assert before.next_due == due
    after = an_archive(*records, now=due)
    assert ids(after.briefings) == ["now0", "soon"]
    assert after.next_due is None
