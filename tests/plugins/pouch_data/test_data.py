"""/data/, the data of a dossier, the texts as Markdown: what a site publishes for programs, where it asks for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
import frictionless
import pytest

from tests.commands.sites import entry, make_site, run

CORRECTED = (
    "updated: 2025-03-09",
    "corrections: [{date: 2025-03-08, note: One.}, {date: 2025-03-09, note: Two.}]",
)
FILES = {
    "entries/2025/03/a.md": entry("aaaa", "title: Talks [first]", *CORRECTED, body="Some *text*."),
    "entries/2025/03/b.md": entry("bbbb", "translation_of: aaaa", "lang: fr", "title: Pourparlers"),
    "entries/2025/04/c.md": entry("cccc", "date: 2025-04-01", "topics: [flood]", "countries: [KE]"),
    "entries/2025/04/later.md": entry("dddd", "date: 2999-01-01"),
}
SETTINGS = (
    'POUCH_FEATURES = [*ALL_FEATURES, "data", "dossier_data", "markdown"]\nPOUCH_TAGLINE = "What was said"\n'
)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_site(tmp_path_factory.mktemp("data"), FILES)
    settings = folder / "pelicanconf.py"
    settings.write_text(f"from pouch.settings import *\n{settings.read_text('utf-8')}{SETTINGS}", "utf-8")
    assert run(folder, "build", "--jobs", "1").exit_code == 0
    return folder


def test_the_files_are_those_of_the_command(site: Path, tmp_path: Path) -> None:
    """Byte for byte, and valid by Frictionless."""
    assert run(site, "export", str(tmp_path)).exit_code == 0
    for name, data in tree(tmp_path).items():
        assert (site / "output/data" / name).read_bytes() == data, name
    assert frictionless.validate(str(site / "output/data/datapackage.json")).valid


def test_a_search_engine_of_data_sets_learns_of_them(site: Path) -> None:
    """schema.org's Dataset, in each interface language; every file that it names is there."""
    for page in ("data", "fr/data"):
        html = (site / "output" / page / "index.html").read_text("utf-8")
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert found is not None
        facts = json.loads(found[1])
        assert (facts["@type"], facts["temporalCoverage"]) == ("Dataset", "2025-03-05/2025-04-01")
        assert facts["inLanguage"] == ["en", "fr"]
        for download in facts["distribution"]:
            assert (site / "output" / download["contentUrl"].removeprefix("https://example.org/")).is_file()


def test_a_dossier_links_its_own_data(site: Path) -> None:
    """Its briefings with their translations and without their texts."""
    data = json.loads((site / "output/countries/ukraine/data.json").read_text("utf-8"))
    assert (data["title"], data["url"]) == ("Ukraine", "https://example.org/countries/ukraine/")
    assert [row["id"] for row in data["briefings"]] == ["aaaa", "bbbb"]
    assert "body" not in data["briefings"][0]
    html = (site / "output/countries/ukraine/index.html").read_text("utf-8")
    assert 'href="/countries/ukraine/data.json" download>Download as data</a>' in html
    assert (site / "output/topics/war/data.json").is_file()
    assert not (site / "output/countries/france/data.json").exists()


def test_briefings_stand_there_as_markdown(site: Path) -> None:
    """With their facts in front, announced on their page, and listed in /llms.txt."""
    text = (site / "output/briefings/a/index.md").read_text("utf-8")
    assert text.startswith('---\ntitle: "Talks [first]"\nurl: "https://example.org/briefings/a/"\n')
    assert 'countries: ["Ukraine"]' in text
    assert text.endswith("# Talks [first]\n\nSome *text*.\n")
    page = (site / "output/briefings/a/index.html").read_text("utf-8")
    assert '<link rel="alternate" type="text/markdown" href="/briefings/a/index.md">' in page
    listed = (site / "output/llms.txt").read_text("utf-8")
    assert listed.startswith("# Test archive\n\n> What was said\n\n## Dossiers\n")
    assert "- [Talks \\[first\\]](https://example.org/briefings/a/index.md): 2025-03-05. " in listed
    assert listed.index("briefings/c/") < listed.index("briefings/a/")


def test_an_edit_gives_what_a_build_from_nothing_gives(site: Path, tmp_path: Path) -> None:
    """Another way to write the same text, and one more correction: data, Markdown and feeds follow."""
    file = site / "content/entries/2025/03/a.md"
    edited = file.read_text("utf-8").replace("*text*", "_text_")
    file.write_text(edited.replace("Two.}]", "Two.}, {date: 2025-03-09, note: Three.}]"), "utf-8")
    for output in (site / "output", tmp_path / "clean"):
        assert run(site, "build", "--jobs", "1", "--output", str(output)).exit_code == 0
    built = tree(site / "output")
    assert built == tree(tmp_path / "clean")
    assert b"_text_" in built["data/briefings.jsonl"]
    assert b"_text_" in built["briefings/a/index.md"]
    assert len(feedparser.parse(built["corrections/feed.xml"]).entries) == 3
