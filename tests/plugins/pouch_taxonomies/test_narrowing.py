"""Narrowing a dossier by year and by language: links to pages that exist, and pages that say something of their own."""

from __future__ import annotations

import pytest

from pouch.archive.archive import Archive
from pouch.pages.models import RiverPage
from pouch.pages.view import View
from pouch_taxonomies.models import IndexPage, TermPage
from pouch_taxonomies.taxonomies import plan_countries, plan_topics
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

RECORDS = (
    a_record("aaaa", "2024-03-01", lang="en"),
    a_record("aaab", "2024-03-01", lang="fr", translation_of="aaaa"),
    a_record("bbbb", "2025-03-01", lang="pt-BR"),
    a_record("cccc", "2025-04-01", lang="en"),
)


def pages(view: View) -> dict[str, object]:
    """Models by path."""
    return {output.path: output.model for output in outputs_of(plan_countries(view))}


def narrowed(minimum: int = 1) -> dict[str, object]:
    """The pages of countries where a year or a language has a page from so many briefings."""
    return pages(view_of(an_archive(*RECORDS, site=a_site(slice_minimum=minimum))))


def languages_of(page: object) -> list[tuple[str, str]]:
    """The languages of a dossier, each with its page; empty where it has none."""
    assert isinstance(page, TermPage)
    assert page.facts is not None
    return [
        (link.lang, "" if link.href.startswith("/search/") else link.href) for link in page.facts.languages
    ]


def test_each_language_of_a_term_has_its_page() -> None:
    """A briefing is in every language that it has a version in, and its card there is that version's."""
    found = narrowed()
    languages = languages_of(found["countries/ukraine/index.html"])
    assert languages == [
        ("en", "/countries/ukraine/en/"),
        ("fr", "/countries/ukraine/fr/"),
        ("pt", "/countries/ukraine/pt/"),
    ]
    cards = {}
    for _, href in languages:
        page = found[f"{href.strip('/')}/index.html"]
        assert isinstance(page, RiverPage)
        assert page.kind == "language"
        assert [(link.lang, link.href) for link in page.siblings] == languages
        cards[page.title] = [(card.href, card.lang) for card in page.river.cards]
    assert cards == {
        "Ukraine: briefings in English": [("/briefings/cccc/", "en"), ("/briefings/aaaa/", "en")],
        "Ukraine: briefings in French": [("/briefings/aaab/", "fr")],
        "Ukraine: briefings in Portuguese": [("/briefings/bbbb/", "pt-BR")],
    }


def test_numbered_pages_of_a_language_stay_in_it() -> None:
    """An older card is that of the French version too, also under the English interface."""
    records = [a_record(f"en{n}", f"2024-03-0{n}", lang="en") for n in range(1, 5)]
    records += [
        a_record(f"fr{n}", f"2024-03-0{n}", lang="fr", translation_of=f"en{n}", title=f"Titre {n}")
        for n in range(1, 5)
    ]
    found = pages(view_of(an_archive(*records, site=a_site(slice_minimum=1, per_page=1))))
    page = found["countries/ukraine/fr/page/1/index.html"]
    assert isinstance(page, RiverPage)
    assert [card.title for card in page.river.cards] == ["Titre 1"]


def test_a_languages_page_is_followed_by_its_own_feed() -> None:
    """Whoever reads the French briefings on Ukraine is offered their feed, not those of all languages."""
    page = narrowed()["countries/ukraine/fr/index.html"]
    assert isinstance(page, RiverPage)
    assert [feed.href for feed in page.feeds] == ["/countries/ukraine/feed.fr.xml"]


def test_a_dossier_in_french_offers_the_french_feed_first() -> None:
    """And the others after it; in a language without a feed of its own, the plain ones."""
    archive = an_archive(*RECORDS, site=a_site(languages=("en", "fr", "de")))
    first = {
        lang: [feed.href.rpartition("/")[2] for feed in model.feeds]
        for lang, path in (
            ("fr", "fr/countries/ukraine/index.html"),
            ("de", "de/countries/ukraine/index.html"),
        )
        if isinstance(model := pages(view_of(archive, lang))[path], TermPage)
    }
    plain = ["feed.xml", "atom.xml", "feed.json"]
    assert first == {"fr": ["feed.fr.xml", *plain], "de": plain}


@pytest.mark.parametrize(("minimum", "languages"), [(1, ["en", "fr", "pt"]), (2, ["en"]), (3, [])])
def test_a_language_needs_its_minimum_of_briefings(minimum: int, languages: list[str]) -> None:
    """POUCH_SLICE_MINIMUM decides; a page of one card is none."""
    found = languages_of(narrowed(minimum)["countries/ukraine/index.html"])
    assert [lang for lang, href in found if href] == languages
    assert [lang for lang, _ in found] == ["en", "fr", "pt"]


@pytest.mark.parametrize(
    "archive",
    [
        an_archive(a_record("aaaa"), a_record("bbbb"), site=a_site(slice_minimum=1)),
        an_archive(*RECORDS, site=a_site(features=("years",), slice_minimum=1)),
    ],
)
def test_a_term_with_one_language_has_no_such_page(archive: Archive) -> None:
    """A page that shows what the dossier shows would be noise; neither has a site that does not want them."""
    found = pages(view_of(archive))
    assert {href for _, href in languages_of(found["countries/ukraine/index.html"])} == {""}
    assert [path for path in found if path.count("/") == 3 and "/20" not in path] == []


def test_a_page_in_one_language_never_repeats_the_dossier() -> None:
    """Where every briefing was written in English, and one was translated, only French is apart."""
    archive = an_archive(RECORDS[0], RECORDS[1], RECORDS[3], site=a_site(slice_minimum=1))
    dossier = pages(view_of(archive))["countries/ukraine/index.html"]
    assert [lang for lang, href in languages_of(dossier) if href] == ["fr"]


def years_of(*counts: int, **changes: object) -> dict[str, object]:
    """The pages of a country with so many briefings in 2020, 2021 and so on, two to a numbered page."""
    records = [
        a_record(f"e{year}{n}", f"{2020 + year}-0{n + 1}-01")
        for year, count in enumerate(counts)
        for n in range(count)
    ]
    return pages(view_of(an_archive(*records, site=a_site(per_page=2, **changes))))


def test_a_year_has_a_page_where_the_dossier_does_not_show_it() -> None:
    """2020 has too few, 2022 stands whole on the dossier, 2021 does neither: it alone has a page."""
    found = years_of(2, 4, 3)
    assert [path for path in found if "/20" in path and "page" not in path] == [
        "countries/ukraine/2021/index.html"
    ]
    year = found["countries/ukraine/2021/index.html"]
    assert isinstance(year, RiverPage)
    assert (year.title, year.river.cards) == ("Ukraine in 2021", ())
    assert [len(month.cards) for month in year.river.months] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        (("years", "months"), ["/archive/2022/", "/countries/ukraine/2021/", "/archive/2020/"]),
        (("years",), ["/countries/ukraine/2021/"]),
        ((), []),
    ],
)
def test_a_year_without_a_page_leads_to_the_archive(features: tuple[str, ...], expected: list[str]) -> None:
    """Newest first."""
    dossier = years_of(2, 4, 3, features=features)["countries/ukraine/index.html"]
    assert isinstance(dossier, TermPage)
    assert [link.href for link in dossier.years] == expected


def test_a_year_without_a_page_leads_to_the_search_where_there_is_one() -> None:
    """The search shows that term in that year, which the archive cannot; the bars of the chart lead there too."""
    dossier = years_of(2, 8, 3)["countries/ukraine/index.html"]
    assert isinstance(dossier, TermPage)
    expected = [
        "/search/?country=UA&year=2022",
        "/countries/ukraine/2021/",
        "/search/?country=UA&year=2020",
    ]
    assert [link.href for link in dossier.years] == expected
    assert {month.href for month in dossier.months if month.href} == set(expected)


def test_years_lead_to_one_another() -> None:
    """From a year to the others that have a page, newest first."""
    found = years_of(3, 3, 3)
    year = found["countries/ukraine/2020/index.html"]
    assert isinstance(year, RiverPage)
    assert [link.href for link in year.siblings] == ["/countries/ukraine/2021/", "/countries/ukraine/2020/"]


def test_a_topic_without_briefings_has_one_page_apart_from_all_lists() -> None:
    """It can be followed already: one page in the site's language, not to be indexed, folded away in the index."""
    archive = an_archive(a_record("aaaa"), site=a_site(languages=("en", "fr")))
    found = {
        output.path: output
        for lang in ("en", "fr")
        for output in outputs_of(plan_topics(view_of(archive, lang)))
    }
    assert [path for path in found if "trade" in path] == ["topics/trade/index.html"]
    page, index = found["topics/trade/index.html"], found["fr/topics/index.html"].model
    assert isinstance(page.model, TermPage)
    assert isinstance(index, IndexPage)
    assert (page.model.noindex, page.model.alternates, page.listed) == (True, (), None)
    assert [feed.href for feed in page.model.feeds] == ["/topics/trade/feed.xml"]
    assert [link.href for link in index.without] == ["/topics/trade/"]
    assert [group.heading.key for group in index.groups if group.heading] == ["war"]
