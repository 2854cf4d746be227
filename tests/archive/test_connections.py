"""Threads and related briefings: what a reader is led to, and how little a new briefing disturbs."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from pouch.archive.connections import Connections
from pouch.archive.records import Record
from pouch_archives.briefings import plan_briefings
from pouch_archives.models import EntryPage
from tests.archives import a_record, an_archive
from tests.plans import outputs_of, view_of

COUNTRIES = (("UA",), ("UA", "GB"), ("FR",))
TOPICS = (("war",), ("war", "trade"), ("ceasefire",))


def pages(*records: Record) -> dict[str, EntryPage]:
    """The entry pages of an archive, by slug."""
    outputs = outputs_of(plan_briefings(view_of(an_archive(*records))))
    return {output.path.split("/")[1]: output.model for output in outputs}


def test_a_thread_leads_to_the_neighbours_in_a_countrys_coverage() -> None:
    """Earlier and later on Ukraine; nothing for a country with no other briefing."""
    found = pages(
        a_record("aaaa", "2025-01-01"),
        a_record("bbbb", "2025-02-01", countries=("UA", "FJ")),
        a_record("cccc", "2025-03-01"),
    )
    (thread,) = found["bbbb"].threads
    assert thread.term.key == "UA"
    assert thread.earlier is not None
    assert thread.earlier.href == "/briefings/aaaa/"
    assert thread.later is not None
    assert thread.later.href == "/briefings/cccc/"


def test_related_briefings_are_older_and_say_what_they_share() -> None:
    """The one that shares more comes first, with its reason."""
    found = pages(
        a_record("more", "2025-01-01", countries=("UA", "GB"), topics=("ceasefire", "trade")),
        a_record("less", "2025-02-01", countries=("UA",), topics=("trade",)),
        a_record("none", "2025-02-02", countries=("FR",), topics=("trade",)),
        a_record("last", "2025-03-01", countries=("UA", "GB"), topics=("ceasefire", "trade")),
    )
    related = found["last"].related
    assert [other.link.href for other in related] == ["/briefings/more/", "/briefings/less/"]
    assert [term.label for term in related[0].shared] == ["Ukraine", "United Kingdom", "Ceasefire", "Trade"]
    assert found["more"].related == ()


def test_links_lead_to_the_version_in_the_readers_language() -> None:
    """A French briefing's thread links to the French version of what came before."""
    found = pages(
        a_record("orig", "2025-01-01"),
        a_record("vers", "2025-01-01", lang="fr", translation_of="orig"),
        a_record("next", "2025-02-01", lang="fr"),
    )
    (thread,) = found["next"].threads
    assert thread.earlier is not None
    assert thread.earlier.href == "/briefings/vers/"


countries = st.lists(st.sampled_from(("UA", "GB", "FR")), min_size=1, unique=True).map(tuple)
topics = st.lists(st.sampled_from(("ceasefire", "trade", "war")), min_size=1, unique=True).map(tuple)


@given(st.lists(st.tuples(countries, topics), min_size=1, max_size=25), countries, topics)
def test_a_new_briefing_touches_few_old_pages(
    terms: list[tuple[tuple[str, ...], tuple[str, ...]]],
    new_countries: tuple[str, ...],
    new_topics: tuple[str, ...],
) -> None:
    """At most one old page for each of its countries changes, whatever the archive holds."""
    records = [
        a_record(f"entry-{n:02}", f"2025-01-{n + 1:02}", countries=c, topics=t)
        for n, (c, t) in enumerate(terms)
    ]
    before = pages(*records)
    after = pages(*records, a_record("new0", "2025-06-01", countries=new_countries, topics=new_topics))
    # A pair's page may come into being and be linked from the pages that have it; that is another matter.
    changed = [
        s for s in before if (before[s].threads, before[s].related) != (after[s].threads, after[s].related)
    ]
    assert len(changed) <= len(new_countries)


@given(
    archives=st.lists(
        st.lists(st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(TOPICS)), min_size=3, max_size=5),
        min_size=2,
        max_size=4,
    )
)
def test_what_an_earlier_build_remembers_leads_nobody_astray(
    archives: list[list[tuple[tuple[str, ...], tuple[str, ...]]]],
) -> None:
    """After any change of countries and topics the neighbours are those that are found without a memory."""
    stored: dict[str, tuple[bytes, bytes]] = {}

    def remember(name: str, mark: bytes, make: Callable[[], bytes]) -> bytes:
        if name not in stored or stored[name][0] != mark:
            stored[name] = mark, make()
        return stored[name][1]

    for terms in (terms for each in archives for terms in (each, each)):
        briefings = an_archive(
            *[
                a_record(f"entry{day}", f"2025-01-0{day}", countries=countries, topics=topics)
                for day, (countries, topics) in enumerate(terms, start=1)
            ]
        ).briefings
        remembered = Connections(briefings, remember).around(briefings)
        assert remembered == Connections(briefings).around(briefings)
