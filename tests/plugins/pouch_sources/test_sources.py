"""/sources/: who is behind the briefings."""

from __future__ import annotations

from pouch.archive.records import SourceRecord
from pouch.pages.models import RiverPage
from pouch.pages.outputs import Output
from pouch.settings import ALL_FEATURES
from pouch_sources.pages import SourcesPage, plan_sources
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

PORT, GAZETTE = (
    SourceRecord(name="Port Authority"),
    SourceRecord(name="Gazette", url="https://gazette.example/a"),
)
RECORDS = [
    a_record("a", sources=(PORT, GAZETTE)),
    a_record("b", sources=(PORT, PORT)),
    a_record("c", sources=(SourceRecord(name="port authority"),)),
    a_record("d", sources=(SourceRecord(url="https://nameless.example/"),)),
    a_record("e", translation_of="a", lang="fr", sources=(GAZETTE,)),
]


def planned(*features: str) -> dict[str, Output]:
    archive = an_archive(*RECORDS, site=a_site(features=features, languages=("en", "fr")))
    return {output.path: output for output in outputs_of(plan_sources(view_of(archive, "fr")))}


def test_organisations_are_listed_with_their_numbers() -> None:
    """Spellings of one name are one; a briefing counts once, however many documents it has of an organisation."""
    outputs = planned(*ALL_FEATURES, "sources")
    assert sorted(outputs) == ["fr/sources/index.html", "fr/sources/port-authority/index.html"]
    page = outputs["fr/sources/index.html"].model
    assert isinstance(page, SourcesPage)
    assert [(link.label, link.href, count) for link, count in page.sources] == [
        ("Gazette", "", 1),
        ("Port Authority", "/fr/sources/port-authority/", 3),
    ]
    river = outputs["fr/sources/port-authority/index.html"].model
    assert isinstance(river, RiverPage)
    assert sorted(card.title for card in river.river.cards) == ["Title of b", "Title of c", "Title of e"]


def test_a_site_asks_for_them() -> None:
    """They are pages in every language, so they are off by default."""
    assert planned(*ALL_FEATURES) == {}
