"""Narrowing a dossier by year and by language: links to pages that exist."""

from __future__ import annotations

from pouch.pages.models import RiverPage
from pouch.pages.view import View
from pouch_taxonomies.models import TermPage
from pouch_taxonomies.taxonomies import plan_countries
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

RECORDS = (
    a_record("aaaa", "2024-03-01", lang="en"),
    a_record("aaab", "2024-03-01", lang="fr", translation_of="aaaa"),
    a_record("bbbb", "2025-03-01", lang="pt-BR"),
)


def pages(views: View) -> dict[str, object]:
    """Models by path."""
    return {output.path: output.model for output in outputs_of(plan_countries(views))}


def test_each_language_of_a_term_has_its_page() -> None:
    """A briefing is in every language that it has a version in, and its card there is that version's."""
    found = pages(view_of(an_archive(*RECORDS)))
    dossier = found["countries/ukraine/index.html"]
    assert isinstance(dossier, TermPage)
    assert [(link.lang, link.label, link.href) for link in dossier.languages] == [
        ("en", "English", "/countries/ukraine/en/"),
        ("fr", "français", "/countries/ukraine/fr/"),
        ("pt", "português", "/countries/ukraine/pt/"),
    ]
    cards = {}
    for link in dossier.languages:
        page = found[f"{link.href.strip('/')}/index.html"]
        assert isinstance(page, RiverPage)
        assert (page.kind, page.siblings) == ("language", dossier.languages)
        cards[page.title] = [(card.href, card.lang) for card in page.river.cards]
    assert cards == {
        "Ukraine: briefings in English": [("/briefings/aaaa/", "en")],
        "Ukraine: briefings in French": [("/briefings/aaab/", "fr")],
        "Ukraine: briefings in Portuguese": [("/briefings/bbbb/", "pt-BR")],
    }


def test_a_languages_page_is_followed_by_its_own_feeds() -> None:
    """Whoever reads the French briefings on Ukraine is offered their feeds, not those of all languages."""
    page = pages(view_of(an_archive(*RECORDS)))["countries/ukraine/fr/index.html"]
    assert isinstance(page, RiverPage)
    assert [feed.href.rpartition("/")[2] for feed in page.feeds] == [
        "feed.fr.xml",
        "atom.fr.xml",
        "feed.fr.json",
    ]


def test_a_term_with_one_language_has_no_such_page() -> None:
    """A link that changes nothing would be noise; neither has a site that does not want them."""
    for archive in (
        an_archive(a_record("aaaa"), a_record("bbbb")),
        an_archive(*RECORDS, site=a_site(features=("years",))),
    ):
        found = pages(view_of(archive))
        dossier = found["countries/ukraine/index.html"]
        assert isinstance(dossier, TermPage)
        assert dossier.languages == ()
        assert [path for path in found if path.count("/") == 3 and "/20" not in path] == []


def test_years_lead_to_one_another() -> None:
    """From a dossier to a year, and from there to the others, newest first."""
    found = pages(view_of(an_archive(*RECORDS)))
    dossier, year = found["countries/ukraine/index.html"], found["countries/ukraine/2024/index.html"]
    assert isinstance(dossier, TermPage)
    assert isinstance(year, RiverPage)
    assert [link.href for link in dossier.years] == ["/countries/ukraine/2025/", "/countries/ukraine/2024/"]
    assert (year.title, year.siblings) == ("Ukraine in 2024", dossier.years)
