"""The references of a dossier: files for programs of references, where a site asks for them."""

from __future__ import annotations

import json
from typing import cast

from bibtexparser.entrypoint import parse_string

from pouch.pages.outputs import Output, Stores
from pouch.settings import ALL_FEATURES, FURTHER_FEATURES
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

WANTED = (*ALL_FEATURES, *FURTHER_FEATURES)


def planned(*features: str) -> dict[str, Output]:
    from pouch_data.references import plan_references

    records = [
        a_record("old", "2024-01-01", title="An old {one}"),
        a_record("new", "2025-01-01", countries=("UA", "FR"), topics=("trade",)),
        a_record("neu", "2025-01-01", translation_of="new", lang="de"),
    ]
    archive = an_archive(*records, site=a_site(features=features))
    return {output.path: output for output in outputs_of(plan_references(view_of(archive)))}


def text_of(output: Output) -> str:
    assert output.render is not None
    return output.render(output.model, cast(Stores, None)).decode()


def test_each_dossier_with_briefings_has_a_file_for_each_format() -> None:
    """Newest first, each briefing once: in the language of its original."""
    outputs = planned(*WANTED)
    folders = {path.rpartition("/")[0] for path in outputs}
    assert folders == {
        "countries/ukraine",
        "countries/france",
        "topics/war",
        "topics/ceasefire",
        "topics/trade",
    }
    assert len(outputs) == 3 * len(folders)
    assert [item["id"] for item in json.loads(text_of(outputs["countries/ukraine/references.json"]))] == [
        "new",
        "old",
    ]
    library = parse_string(text_of(outputs["topics/war/references.bib"]))
    assert [entry.key for entry in library.entries] == ["old"]
    assert text_of(outputs["countries/france/references.ris"]).count("TY  - ") == 1


def test_a_site_asks_for_them() -> None:
    """Three files a dossier are not published by default."""
    assert planned(*ALL_FEATURES) == {}


def test_the_dossier_links_them() -> None:
    """Where they are published, and only then."""
    for features, links in (((*ALL_FEATURES, "references"), 3), (ALL_FEATURES, 0)):
        archive = an_archive(a_record("a"), site=a_site(features=features))
        downloads = view_of(archive).interface.link("downloads", "country", "UA")
        assert [link.href for link in downloads][:1] == ["/countries/ukraine/references.bib"][:links]
        assert len(downloads) == links
