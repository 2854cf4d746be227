"""The home page: a lead in the reader's language, then each briefing once."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import msgspec
import pytest

from pouch.archive.archive import Archive
from pouch.archive.records import DossierRecord
from pouch_archives.home import plan_home
from pouch_archives.models import HomePage
from tests.archives import a_record, a_site, an_archive
from tests.engine.sites import SETTINGS, WorkSite
from tests.plans import outputs_of, view_of

TONGUES = ("en", "fr")
SITE = a_site(languages=TONGUES, per_page=10)
RECORDS = [
    a_record(f"e{n:03}", f"2025-{1 + n // 4:02}-{1 + n % 4:02}", lang=TONGUES[n % 2], countries=(code,))
    for n, code in enumerate(["UA", "KE", "US", "FR", "JP", "UA"] * 6)
]


def home(archive: Archive, lang: str = "en") -> HomePage:
    """The home page of an archive."""
    model = next(outputs_of(plan_home(view_of(archive, lang)))).model
    assert isinstance(model, HomePage)
    return model


def shown(page: HomePage) -> list[str]:
    """Addresses of all briefings on the page."""
    cards = [
        *filter(None, [page.lead]),
        *page.cards,
        *(card for strip in page.strips for card in strip.cards),
        *(card for month in page.months for card in month.cards),
        *page.others,
    ]
    return [card.href for card in cards]


def test_the_lead_and_its_cards_are_in_the_readers_language() -> None:
    """The newest four; in French others than in English."""
    archive = an_archive(*RECORDS, site=SITE)
    for lang, newest in (("en", "e034"), ("fr", "e035")):
        page = home(archive, lang)
        assert page.lead is not None
        assert page.lead.href == f"/briefings/{newest}/"
        assert {card.lang for card in (page.lead, *page.cards)} == {lang}
        assert len(page.cards) == 3


def test_each_briefing_of_the_landing_page_stands_here_once() -> None:
    """What numbered pages do not have is on the home page, however it is spread there."""
    page = home(an_archive(*RECORDS, site=SITE))
    found = shown(page)
    assert len(found) == len(set(found))
    assert {f"/briefings/e{n:03}/" for n in range(20, 36)} <= set(found)
    assert (page.older, page.until) == ("/page/2/", "2025-06-01")


def test_strips_are_of_continents_and_other_languages_stand_apart() -> None:
    """At most three headlines each; the months below hold the reader's language alone."""
    page = home(an_archive(*RECORDS, site=SITE))
    assert [strip.heading.label for strip in page.strips] == ["Africa", "Americas", "Asia", "Europe"]
    assert all(1 <= len(strip.cards) <= 3 for strip in page.strips)
    assert {card.lang for month in page.months for card in month.cards} <= {"en"}
    assert {card.lang for card in page.others} <= {"fr"}
    for lang in TONGUES:
        for strip in home(an_archive(*RECORDS, site=SITE), lang).strips:
            own = [card.lang == lang for card in strip.cards]
            assert own == sorted(own, reverse=True), (
                "what is in another language follows what is in the reader's"
            )


def test_an_editor_pins_the_lead() -> None:
    """content/dossiers/home.md: what it pins comes first, in every language; in French `home.fr.md` goes before it."""
    record = DossierRecord(
        path="content/dossiers/home.md",
        kind="home",
        key="home",
        lang="en",
        pinned=("e003", "e001"),
        links=(),
        body="",
    )
    french = msgspec.structs.replace(record, path="content/dossiers/home.fr.md", lang="fr", pinned=("e002",))
    archive = an_archive(*RECORDS, site=SITE, dossiers=(record, french))
    english, french_page = home(archive), home(archive, "fr")
    assert english.lead is not None
    assert french_page.lead is not None
    assert [english.lead.href, english.cards[0].href] == ["/briefings/e003/", "/briefings/e001/"]
    assert french_page.lead.href == "/briefings/e002/"


def test_a_home_page_without_briefings() -> None:
    """And one whose readers' language nothing is in: the newest of all leads."""
    assert home(an_archive(site=SITE)).lead is None
    page = home(an_archive(a_record("aaaa"), site=SITE), "fr")
    assert page.lead is not None
    assert (page.lead.lang, shown(page)) == ("en", ["/briefings/aaaa/"])


def test_the_map_is_that_of_twelve_months() -> None:
    """They end with the newest briefing's month, so that the page changes with the archive and not with the clock."""
    archive = an_archive(
        a_record("aaaa", "2024-02-28", countries=("FR",)),
        a_record("bbbb", "2024-03-01", countries=("KE",)),
        a_record("cccc", "2025-02-10", countries=("UA",)),
    )
    assert [place.key for place in home(archive).places] == ["KE", "UA"]
    december = an_archive(
        a_record("aaaa", "2023-12-31", countries=("FR",)),
        a_record("bbbb", "2024-01-01", countries=("KE",)),
        a_record("cccc", "2024-12-10", countries=("UA",)),
    )
    assert [place.key for place in home(december).places] == ["KE", "UA"]


@pytest.mark.parametrize(
    ("languages", "page", "announced"),
    [
        (("en", "fr"), "index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
        (("en", "fr"), "fr/index.html", ["/feed.fr.xml", "/feed.xml", "/atom.xml", "/feed.json"]),
        (("en", "fr"), "fr/about/index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
        (("en", "en"), "fr/index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
        (("fr", "fr"), "fr/index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
    ],
)
def test_the_home_page_offers_the_feed_of_its_language_first(
    tmp_path: Path, languages: tuple[str, str], page: str, announced: list[str]
) -> None:
    """Where briefings in that language are others than those of the plain feed."""
    site = WorkSite(tmp_path / "site", settings=f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr']\n")
    for number, lang in enumerate(languages):
        site.entry(f"entry-{number}", lang=lang)
    site.write("content/pages/about.fr.md", "---\ntitle: À propos\n---\n\nComment.\n")
    site.build()
    root = lxml.html.parse(site.output / page)
    assert root.xpath("//link[@rel='alternate'][@type]/@href") == announced
    titles = root.xpath("//link[@rel='alternate'][@type]/@title")
    assert all(title.startswith("Test archive (") for title in titles)
