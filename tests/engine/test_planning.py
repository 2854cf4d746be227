"""A chapter's mark stands for its outputs: what an edit does not touch is not planned, and would not have changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.archive.records import DossierRecord, Record
from pouch.engine.planning import Plan
from pouch.engine.sources import Scan
from pouch.pages.rivers import PAGES_A_CHAPTER
from pouch.pages.outputs import model_of
from pouch.settings import ALL_FEATURES
from tests.archives import a_record, a_site, an_archive

IDS = ("aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff")
DOSSIERS = (
    DossierRecord("content/dossiers/countries/KE.md", "country", "KE", "en", ("bbbb", "dddd"), (), "d"),
)
NOTHING = Scan({}, {}, frozenset(), frozenset(), frozenset())


# Whatever is edited, each country and topic keeps an entry: else other pages come or go, and everything is planned.
ANCHORS = [
    a_record(
        f"anchor-{code.lower()}",
        "2024-05-04",
        countries=(code,),
        mentions=("KE",),
        topics=("ceasefire", "trade"),
    )
    for code in ("UA", "GB", "FR")
]
CHOICES: dict[str, tuple[object, ...]] = {
    "date": ("2025-01-01", "2025-01-02", "2024-05-05"),
    "title": ("One", "Two"),
    "slug": ("", "-other"),
    "formerly": ((), ("once",)),
    "lang": ("en", "fr"),
    "countries": (("UA",), ("UA", "GB"), ("GB", "FR")),
    "mentions": ((), ("KE",), ("KE", "UA")),
    "topics": (("war",), ("ceasefire", "trade"), ("trade",)),
    "translation_of": (None, "aaaa"),
    "published": (True, True, False),
    "body": ("1", "2"),
}
Facts = dict[tuple[str, str], object]


def drawn() -> st.SearchStrategy[Facts]:
    """What a few entries say, by id and field."""
    return st.fixed_dictionaries(
        {(name, field): st.sampled_from(values) for name in IDS for field, values in CHOICES.items()}
    )


def entries_of(facts: Facts) -> list[Record]:
    found = list(ANCHORS)
    for name in IDS:
        said: dict[str, Any] = {field: facts[name, field] for field in CHOICES}
        said["slug"] = f"{name}{said['slug']}"
        said["formerly"] = tuple(f"{name}-{word}" for word in said["formerly"])
        if name == "aaaa":
            said["translation_of"] = None
        found.append(a_record(name, said.pop("date"), **said))
    return found


def plan_of(entries: Iterable[Record]) -> Plan:
    site = a_site(per_page=1, languages=("en", "fr"), features=ALL_FEATURES)
    archive = an_archive(*entries, site=site, dossiers=DOSSIERS)
    return Plan(archive, lambda _: str, NOTHING, ())


def contents(plan: Plan) -> dict[str, tuple[bytes, object]]:
    """What the plan knows each chapter by, and what is in it."""
    found: dict[str, tuple[bytes, object]] = {}
    for chapter in plan.chapters:
        outputs = plan.outputs(chapter)
        shown = [(o.path, o.kind, o.template, o.lang, model_of(o)) for o in outputs]
        assert chapter.key not in found
        found[chapter.key] = chapter.mark, (shown, plan.listed_in(outputs))
    return found


# One or two fields, as most edits; or one entry from top to bottom.
EDITS = st.one_of(
    st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(tuple(CHOICES))), min_size=1, max_size=2),
    st.sampled_from(IDS).map(lambda name: {(name, field) for field in CHOICES}),
)


@settings(max_examples=2 * settings().max_examples)
@given(drawn(), drawn(), EDITS)
def test_equal_marks_mean_equal_chapters(facts: Facts, others: Facts, edited: set[tuple[str, str]]) -> None:
    """Nothing that a chapter's pages or feeds show is missing from its mark, so nothing stale is left standing."""
    before = plan_of(entries_of(facts))
    after = plan_of(entries_of(facts | {place: others[place] for place in edited}))
    if before.surroundings != after.surroundings:
        return
    old, new = contents(before), contents(after)
    for key in old.keys() & new.keys():
        if old[key][0] == new[key][0]:
            assert old[key][1] == new[key][1], key


def test_an_edit_touches_few_chapters() -> None:
    """A new paragraph in one of sixty briefings on six countries plans that one's country, topic and month again."""
    countries = ("FR", "GB", "UA", "US", "KE", "BR")
    topics = ("war", "trade")
    entries = {
        f"e{n:03}": a_record(
            f"e{n:03}", f"2024-{n % 12 + 1:02}-03", countries=(countries[n % 6],), topics=(topics[n % 2],)
        )
        for n in range(60)
    }
    before = {chapter.key: chapter.mark for chapter in plan_of(entries.values()).chapters}
    edited = a_record("e000", "2024-01-03", countries=("FR",), topics=("war",), body="another")
    after = {chapter.key: chapter.mark for chapter in plan_of((entries | {"e000": edited}).values()).chapters}
    assert before.keys() == after.keys()
    touched = {key for key in before if before[key] != after[key]}
    assert {"country FR en", "topic war fr", "briefings 2024-01", "feeds country FR", "home en"} <= touched
    for untouched in ("GB", "UA", "US", "KE", "BR", "trade"):
        assert not [key for key in touched if untouched in key.split()]


def test_an_edit_touches_the_feeds_of_its_year() -> None:
    """A new paragraph in an old briefing leaves the documents of all other years alone, in whatever feed it is."""
    entries = [
        a_record(f"y{year}", f"{year}-06-03", countries=("FR",), topics=("war",))
        for year in range(2010, 2025)
    ]
    before = {chapter.key: chapter.mark for chapter in plan_of(entries).chapters}
    entries[5] = a_record("y2015", "2015-06-03", countries=("FR",), topics=("war",), body="another")
    after = {chapter.key: chapter.mark for chapter in plan_of(entries).chapters}
    touched = {key for key in before if before[key] != after[key]}
    years = {key for key in touched if key.split()[-1] in map(str, range(2010, 2025)) and "feeds" in key}
    assert years == {"feeds site 2015", "feeds country FR 2015", "feeds topic war 2015"}


def a_month_apart(*topics: str, per_page: int) -> Plan:
    """Briefings on Ukraine, one a month from January 2022, with these topics."""
    found = [
        a_record(f"m{n:03}", f"{2022 + n // 12}-{n % 12 + 1:02}-03", topics=(topic,))
        for n, topic in enumerate(topics)
    ]
    archive = an_archive(*found, site=a_site(per_page=per_page, features=ALL_FEATURES))
    return Plan(archive, lambda _: str, NOTHING, ())


@pytest.mark.parametrize(
    ("before", "added", "per_page", "touched"),
    [
        # A second briefing on the war makes a pair's page, to which the first leads, far back as it is.
        (["war", *["trade"] * 8], ["war"], 20, "briefings 2022-01"),
        # The newest full page led to the landing page, and now leads to the next.
        (["trade"] * (PAGES_A_CHAPTER + 1), ["trade"], 1, "home en pages 1"),
        # The last document of a feed's year leads to the next month that has one.
        (["trade"] * 12, ["trade"], 20, "feeds topic trade 2022"),
        # A year's page leads to every other year.
        (["trade"] * 12, ["trade"], 20, "archive 2022 en"),
    ],
)
def test_what_comes_later_touches_what_leads_to_it(
    before: list[str], added: list[str], per_page: int, touched: str
) -> None:
    """A page far from a new entry is planned again where it gets a link by it."""
    old = contents(a_month_apart(*before, per_page=per_page))[touched]
    new = contents(a_month_apart(*before, *added, per_page=per_page))[touched]
    assert old[0] != new[0]
    assert old[1] != new[1]
