"""A briefing in several languages: what its versions share, and where their readers go on."""

from __future__ import annotations

from pouch_archives.briefings import plan_briefings
from pouch_archives.models import EntryPage
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

ARCHIVE = an_archive(
    a_record("aaaa", corrections=(("2025-03-07", "The number was wrong."),)),
    a_record(
        "aaab", lang="fr", translation_of="aaaa", corrections=(("2025-03-06", "Une date était fausse."),)
    ),
    site=a_site(languages=("en", "fr")),
)


def briefing(slug: str, lang: str) -> EntryPage:
    """One version's page."""
    models = [output.model for output in outputs_of(plan_briefings(view_of(ARCHIVE, lang)))]
    (page,) = [model for model in models if isinstance(model, EntryPage) and slug in model.href]
    return page


def test_corrections_of_the_original_stand_on_every_version() -> None:
    """In the language of the original; the version's own beside them, the oldest first."""
    assert [(c.date, c.lang) for c in briefing("aaaa", "en").corrections] == [("2025-03-07", "en")]
    assert [(c.date, c.lang) for c in briefing("aaab", "fr").corrections] == [
        ("2025-03-06", "fr"),
        ("2025-03-07", "en"),
    ]


def test_a_briefing_leads_to_the_dossiers_in_other_languages() -> None:
    """From English to the French dossier under its French name, and from French to the English one."""
    (french,) = briefing("aaaa", "en").elsewhere
    assert [(link.href, link.label) for link in french.dossiers] == [("/fr/countries/ukraine/", "Ukraine")]
    (english,) = briefing("aaab", "fr").elsewhere
    assert (english.lang, english.label) == ("en", "English")
    assert [link.href for link in english.dossiers] == ["/countries/ukraine/"]
