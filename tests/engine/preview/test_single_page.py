"""The page of one entry, rendered from its text alone, is the page that a build writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from pouch.engine.build import build
from pouch.engine.check.checking import load_single_pages
from tests.engine.sites import SETTINGS, WorkSite


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> WorkSite:
    """An archive whose briefings follow each other, are related, have pairs, versions and corrections."""
    work = WorkSite(
        tmp_path_factory.mktemp("site"),
        SETTINGS + 'POUCH_LANGUAGES = ["en", "fr"]\nPOUCH_SLICE_MINIMUM = 2\nPOUCH_PAIR_SHARE = 3\n',
    )
    for number in range(9):
        work.entry(
            f"entry-{number}",
            date=f"2025-03-{number + 1:02}",
            countries=("UA", "UA, RO", "RO", "TR, UA")[number % 4],
            topics=("ceasefire", "trade, war", "trade")[number % 3],
            body=f"A paragraph about number {number}.\n\n## A heading\n\nMore.",
        )
    work.entry("french", date="2025-03-05", countries="UA", lang="fr", translation_of='"entry-4"')
    work.entry(
        "alone",
        date="2025-03-05",
        countries="NO",
        topics="trade",
        updated="2025-03-06",
        corrections="[{date: 2025-03-06, note: One.}]",
    )
    work.build()
    return work


def test_it_is_the_page_of_a_build(built: WorkSite) -> None:
    """Threads, related briefings, pairs, versions and links: every entry's page is the same, byte for byte."""
    pages = load_single_pages(built.site(), as_published=True)
    entries = sorted((built.root / "content/entries").glob("*.md"))
    assert len(entries) == 11
    for file in entries:
        page = pages.page(f"content/entries/{file.name}", file.read_text("utf-8"))
        assert page.problems == ()
        assert page.html == (built.output / "briefings" / file.stem / "index.html").read_text("utf-8"), (
            file.stem
        )


def test_in_a_preview_it_is_the_page_of_the_previews_build(built: WorkSite, tmp_path: Path) -> None:
    """Of what readers see, of a draft with and without a date, of what waits, and in French."""
    root = shutil.copytree(built.root, tmp_path / "site")
    work = WorkSite(root, (root / "pelicanconf.py").read_text("utf-8"))
    work.entry("draft", status="draft", countries="UA", topics="war", date="2025-03-06")
    work.entry("waits", date="2031-01-02T09:00:00-05:00", lang="fr", countries="UA", topics="trade")
    work.write(
        "content/entries/drafts/undated.md", "---\nid: undated\ntitle: U\nstatus: draft\n---\n\nText.\n"
    )
    report = build(msgspec.structs.replace(work.site(), preview=True), jobs=1)
    assert report.single_pages is not None
    entries = sorted((root / "content/entries").rglob("*.md"))
    assert len(entries) == 14
    for file in entries:
        path = file.relative_to(root).as_posix()
        page = report.single_pages.page(path, file.read_text("utf-8"))
        assert page.html == (work.output / page.path).read_text("utf-8"), path
        assert page.path == report.single_pages.address(path)


def test_a_new_text_is_shown_as_it_will_stand(built: WorkSite, tmp_path: Path) -> None:
    """A draft as it will be once it is published; a text with a fault has no page, and says why."""
    pages = load_single_pages(msgspec.structs.replace(built.site(), output=str(tmp_path)), as_published=True)
    keys = "id: new-1\ntitle: New\ndate: 2025-03-20\ncountries: [UA]\ntopics: [war]\nstatus: draft\n"
    text = f"---\n{keys}---\n\nText of *it*.\n"
    page = pages.page("content/entries/drafts/new.md", text)
    assert "<p>Text of <em>it</em>.</p>" in page.html
    assert "/briefings/entry-" in page.html, "what came before it"
    assert 'content="noindex"' not in page.html
    wrong = pages.page("content/entries/drafts/new.md", text.replace("[war]", "[nothing]"))
    assert wrong.html == ""
    assert [problem.code for problem in wrong.problems] == ["unknown-topic"]
    assert not (built.root / "content/entries/drafts").exists()


def test_earlier_briefings_are_before_it(built: WorkSite) -> None:
    """On its countries, those on its topics first, the newest first; neither itself nor what came later."""
    pages = load_single_pages(built.site(), as_published=True)
    file = built.root / "content/entries/entry-5.md"
    record = pages.page("content/entries/entry-5.md", file.read_text("utf-8")).record
    assert record is not None
    assert [each.original.id for each in pages.earlier(record, 8)] == [
        "entry-4", "entry-2", "entry-1", "entry-3", "entry-0",
    ]  # fmt: skip
