"""A dossier leads to what it has together with another term, and says how often."""

from __future__ import annotations

import pytest

from pouch.pages.models import RiverPage
from pouch_taxonomies.models import TermPage
from pouch_taxonomies.taxonomies import plan_countries, plan_pairs, plan_regions, plan_topics
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

RECORDS = [
    a_record("aaaa", "2025-01-01", countries=("UA", "RU"), topics=("ceasefire",)),
    a_record("bbbb", "2025-01-02", countries=("UA", "RU"), topics=("ceasefire", "trade")),
    a_record("cccc", "2025-01-03", countries=("UA", "US"), topics=("ceasefire", "trade")),
    a_record("dddd", "2025-01-04", countries=("UA",), topics=("trade",)),
    a_record("eeee", "2025-01-05", countries=("UA",), mentions=("PL",), topics=("war",)),
]


@pytest.fixture(params=[True, False], ids=["search", "no search"])
def search(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the site has a search."""
    monkeypatch.setattr("pouch_search.page.is_searchable", lambda _: request.param)
    return bool(request.param)


def dossier(path: str, minimum: int = 3) -> TermPage:
    """One dossier of the archive."""
    view = view_of(an_archive(*RECORDS, site=a_site(slice_minimum=minimum)))
    models = {
        output.path: output.model
        for planner in (plan_countries, plan_topics, plan_regions)
        for output in outputs_of(planner(view))
    }
    page = models[f"{path}/index.html"]
    assert isinstance(page, TermPage)
    return page


def test_topics_narrow_a_country(search: bool) -> None:
    """To the pair's page where there is one, else to the search with both filters, else nowhere. The number is that of
    the page behind it: a topic counts with its narrower ones.
    """
    found = [(each.term.key, each.term.href, each.count) for each in dossier("countries/ukraine").narrower]
    assert found == [
        ("war", "/countries/ukraine/war/", 4),
        ("ceasefire", "/countries/ukraine/ceasefire/", 3),
        ("trade", "/countries/ukraine/trade/", 3),
    ]
    few = {each.term.key: each.term.href for each in dossier("countries/ukraine", 4).narrower}
    there = "/search/?country=UA&topic=ceasefire" if search else ""
    assert few == {
        "war": "/countries/ukraine/war/",
        "ceasefire": there,
        "trade": there.replace("ceasefire", "trade"),
    }


def test_countries_narrow_a_topic(search: bool) -> None:
    """What every briefing of a dossier has narrows nothing, and comes last."""
    found = [(each.term.key, each.term.href, each.count) for each in dossier("topics/ceasefire").narrower]
    there = "/search/?country={}&topic=ceasefire" if search else ""
    assert found == [
        ("RU", there.format("RU"), 2),
        ("US", there.format("US"), 1),
        ("UA", "/countries/ukraine/ceasefire/", 3),
    ]


def test_company_leads_to_both_together(search: bool) -> None:
    """Two countries, or two topics, in the search; without one, the other's dossier. A topic's line is no company."""
    country = [(each.term.key, each.term.href, each.count) for each in dossier("countries/ukraine").together]
    assert country == [
        ("RU", "/search/?country=UA&country=RU" if search else "/countries/russia/", 2),
        ("US", "/search/?country=UA&country=US" if search else "/countries/united-states/", 1),
    ]
    topic = [(each.term.key, each.count) for each in dossier("topics/ceasefire").together]
    assert topic == [("trade", 2)]


def test_a_region_lists_all_its_countries() -> None:
    """Those of its regions too, with their numbers of briefings; those that are only mentioned without one."""
    europe = dossier("regions/europe")
    assert [(each.term.key, each.count) for each in europe.children] == [("PL", 0), ("RU", 2), ("UA", 5)]
    assert [link.key for link in europe.regions] == ["151"]
    assert [each.term.href for each in europe.narrower][:1] == ["/topics/war/"]


def test_facts_stand_in_one_line() -> None:
    """How many, since when, until when; mentions and languages."""
    facts = dossier("countries/ukraine").facts
    assert facts is not None
    assert (facts.count, facts.since, facts.last, facts.mentions) == (5, "2025-01", "2025-01-05", 0)
    assert dossier("countries/poland").facts is None


def test_a_pair_has_its_chart() -> None:
    """From twelve briefings, as a dossier; its bars lead to the search for both in that year."""
    records = [a_record(f"e{n:03}", f"2025-0{n % 3 + 1}-01") for n in range(12)]
    view = view_of(an_archive(*records))
    (page,) = [output.model for output in outputs_of(plan_pairs(view)) if "ceasefire" in output.path]
    assert isinstance(page, RiverPage)
    assert [month.count for month in page.chart] == [4, 4, 4]
