"""A build for the preview: what no reader sees has pages, and faults do not end it."""

from __future__ import annotations

import weakref
from pathlib import Path

import msgspec
import pytest

from pouch.engine.build import build
from pouch.engine.garbage import free_earlier_builds
from pouch.engine.preview.facts import PreviewFacts
from pouch.engine.report import Events, Report
from pouch.errors import ContentError
from tests.engine.sites import WorkSite


class PreviewSite(WorkSite):
    """A site that is built as the preview builds it."""

    def preview(self) -> PreviewFacts:
        """One build; what the server may say of it."""
        report: Report = build(msgspec.structs.replace(self.site(), preview=True), jobs=1)
        assert report.preview is not None
        return report.preview

    def page(self, name: str) -> str:
        """The page of an entry; empty if there is none."""
        file = self.output / f"briefings/{name}/index.html"
        return file.read_text("utf-8") if file.exists() else ""


@pytest.fixture
def work(tmp_path: Path) -> PreviewSite:
    """A site with one published entry."""
    site = PreviewSite(tmp_path)
    site.entry("public")
    return site


def test_drafts_and_embargoes_have_pages_and_are_on_no_list(work: PreviewSite) -> None:
    """An editor reads them where they will stand; lists, feeds and the sitemap are those that readers get."""
    before = work.preview()
    assert before.waiting == ()
    lists = {path: path.read_bytes() for path in work.output.rglob("*") if path.is_file()}
    work.entry("draft", status="draft")
    work.entry("embargo", date="2031-01-02T09:00:00-05:00")
    work.write(
        "content/entries/drafts/undated.md",
        '---\nid: "undated"\ntitle: Undated\nstatus: draft\n---\n\nText of the undated one.\n',
    )
    facts = work.preview()
    assert [(entry.address, entry.until) for entry in facts.waiting] == [
        ("/briefings/draft/", ""),
        ("/briefings/undated/", ""),
        ("/briefings/embargo/", "2031-01-02T09:00:00-05:00"),
    ]
    assert "Title of draft" in work.page("draft")
    assert "Title of embargo" in work.page("embargo")
    assert "Text of the undated one." in work.page("undated")
    assert {path: path.read_bytes() for path in lists} == lists
    assert work.preview() == facts, "a second build that finds nothing changed knows them too"
    work.build()
    assert (work.page("public") != "", work.page("draft"), work.page("embargo")) == (True, "", "")


def test_a_draft_that_is_edited_or_published_is_made_again(work: PreviewSite) -> None:
    """Its page follows every save."""
    work.entry("draft", status="draft")
    work.preview()
    work.entry("draft", status="draft", body="Another text.")
    work.preview()
    assert "Another text." in work.page("draft")
    work.entry("draft", body="Another text.")
    assert work.preview().waiting == ()
    assert "Title of draft" in (work.output / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"topics": "no-such-topic"}, "unknown-topic"),
        ({"body": "A link to [nowhere](/briefings/nowhere/)."}, "broken-link"),
        ({"date": "2025-02-31"}, "bad-date"),
    ],
)
def test_a_file_with_a_fault_keeps_its_last_good_page(
    work: PreviewSite, fault: dict[str, str], code: str
) -> None:
    """The others go on to follow their editors, and the page comes back once the fault is fixed."""
    work.entry("other")
    work.preview()
    work.entry("public", title="Broken", **fault)
    facts = work.preview()
    assert [(problem.path, problem.code) for problem in facts.faults] == [("content/entries/public.md", code)]
    work.entry("other", title="Edited")
    facts = work.preview()
    assert "Edited" in work.page("other")
    # A broken link is no reason to show an old text.
    expected = "Broken" if code == "broken-link" else "Title of public"
    assert expected in work.page("public")
    assert facts.addresses["content/entries/public.md"] == ("/briefings/public/",)
    assert facts.outdated == (() if code == "broken-link" else ("content/entries/public.md",))
    work.entry("public", title="Fixed")
    assert work.preview().faults == ()
    assert "Fixed" in work.page("public")
    work.entry("public", title="Broken", **fault)
    with pytest.raises(ContentError):
        work.build()


def test_two_files_that_claim_one_address_do_not_end_a_preview(work: PreviewSite) -> None:
    """The later of the two is left out until one of them has another slug."""
    work.entry("zebra", slug="public")
    facts = work.preview()
    assert [problem.code for problem in facts.faults] == ["slug-taken"]
    assert "Title of public" in work.page("public")


def test_a_faulty_vocabulary_ends_even_a_preview(work: PreviewSite) -> None:
    """Nothing can be said of a site whose topics cannot be read; the last good pages stay."""
    work.preview()
    work.write("content/vocabulary/topics.toml", "[war\n")
    with pytest.raises(ContentError):
        work.preview()
    assert work.page("public")


def test_pages_can_be_read_before_the_build_ends(work: PreviewSite) -> None:
    """The builder says so once all pages are written; only folders such as the search index come after."""
    seen: list[bool] = []
    site = msgspec.structs.replace(work.site(), preview=True)
    events = Events(pages_written=lambda _: seen.append("Title of public" in work.page("public")))
    build(site, jobs=1, events=events)
    assert seen == [True]


def test_a_process_that_builds_again_and_again_frees_earlier_builds(work: PreviewSite) -> None:
    """A preview runs for days, and each build makes a theme, and links and cards for each language."""
    report = build(msgspec.structs.replace(work.site(), preview=True), jobs=1)
    assert report.single_pages is not None
    theme = weakref.ref(report.single_pages.theme)
    del report
    free_earlier_builds()
    assert theme() is None
