"""/archive/<language>/: all briefings in the interface's language, behind links alone."""

from __future__ import annotations

from pouch.archive.archive import Archive
from pouch.pages.models import RiverPage
from pouch_archives.calendar import plan_calendar
from pouch_archives.home import plan_home
from pouch_archives.models import ArchivePage, HomePage
from pouch_archives.own_language import plan_own_language
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

SITE = a_site(languages=("en", "fr"), per_page=2)
RECORDS = [
    *(a_record(f"english{n}", f"2025-01-{n:02}") for n in range(1, 4)),
    *(a_record(f"french{n}", f"2025-02-{n:02}", lang="fr") for n in range(1, 5)),
    a_record("version", "2025-01-01", lang="fr", translation_of="english1", title="Version"),
]


def rivers(archive: Archive, lang: str) -> dict[str, list[str]]:
    """The titles on each page, by path."""
    found = {}
    for output in outputs_of(plan_own_language(view_of(archive, lang))):
        assert isinstance(output.model, RiverPage)
        found[output.path] = [card.title for card in output.model.river.cards]
        assert {card.lang for card in output.model.river.cards} <= {lang}
    return found


def test_each_interface_language_has_all_its_briefings() -> None:
    """Translations among them; each once, the newest first, over numbered pages."""
    archive = an_archive(*RECORDS, site=SITE)
    titles = [f"Title of french{n}" for n in (4, 3, 2, 1)]
    assert rivers(archive, "fr") == {
        "fr/archive/fr/index.html": titles[:3],
        "fr/archive/fr/page/1/index.html": [titles[3], "Version"],
    }
    assert list(rivers(archive, "en")) == ["archive/en/index.html"]


def test_the_home_page_and_the_archive_lead_there() -> None:
    """Named in the interface's language; a site of one language has neither link nor page."""
    archive = an_archive(*RECORDS, site=SITE)
    view = view_of(archive, "fr")
    for planner, kind in ((plan_home, HomePage), (plan_calendar, ArchivePage)):
        model = next(output.model for output in outputs_of(planner(view)))
        assert isinstance(model, kind)
        assert model.own_language is not None
        assert model.own_language.href == "/fr/archive/fr/"
    single = an_archive(*RECORDS, site=a_site(per_page=2))
    assert rivers(single, "en") == {}
    home = next(output.model for output in outputs_of(plan_home(view_of(single, "en"))))
    assert home.own_language is None
