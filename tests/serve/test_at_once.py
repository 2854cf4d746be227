"""What is shown of an edit before the site is built is what the build then writes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from pouch.engine.build import build
from pouch.serve.at_once import AtOnce, Shown
from tests.engine.sites import SETTINGS, WorkSite

DOSSIER = "content/dossiers/countries/UA.md"
NEW = '---\nid: "new-one"\ntitle: New\ndate: 2025-03-09\ncountries: [NO]\ntopics: [trade]\n{more}---\n\nA text.\n'


class EditedSite:
    """A site with its own theme that was built once, and what is shown of edits of it."""

    def __init__(self, root: Path) -> None:
        settings = SETTINGS + 'POUCH_LANGUAGES = ["en", "fr"]\nTHEME = "theme"\n'
        self.work = WorkSite(root, settings)
        shutil.copytree(Path(__file__).parents[2] / "theme", root / "theme")
        self.work.entry("alpha", countries="FI", topics="trade")
        self.work.entry("draft", status="draft", countries="RO", topics="war")
        self.work.write(DOSSIER, "An introduction.\n")
        self.work.write("content/pages/about.md", "---\ntitle: About us\n---\n\nWe write.\n")
        shutil.copytree(root / "theme", root / "unedited/theme")
        shutil.copytree(root / "content", root / "unedited/content")
        self.build()

    def restore(self) -> None:
        """Undo the edits of the last test, and build again."""
        for name in ("content", "theme"):
            shutil.rmtree(self.work.root / name)
            shutil.copytree(self.work.root / "unedited" / name, self.work.root / name)
        self.build()

    def build(self) -> None:
        """Build as a preview does."""
        report = build(msgspec.structs.replace(self.work.site(), preview=True), jobs=1)
        assert report.preview is not None
        self.facts = report.preview
        self.at_once = AtOnce(self.work.root, report.single_pages, report.planned_pages)

    def shown(self, *saved: Path, open_pages: Sequence[str] = ()) -> Shown:
        """What is shown of these files, now that they are saved."""
        themes = [self.work.root / "theme"]
        return self.at_once.shown([str(file) for file in saved], self.facts, themes, open_pages)

    def differing(self, shown: Shown) -> list[str]:
        """The paths whose files, once the site is built, are not what was shown."""
        return [path for path, data in shown.files.items() if (self.work.output / path).read_bytes() != data]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> EditedSite:
    """A site that was built once."""
    return EditedSite(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(built: EditedSite) -> EditedSite:
    """The site without edits."""
    built.restore()
    return built


def test_a_text_is_shown_as_the_build_then_writes_it(site: EditedSite) -> None:
    """An entry's, a new entry's, a dossier's in each language, a page's; each is the very page of the next build."""
    work = site.work
    saved = {
        work.entry("alpha", countries="FI", topics="trade", body="Changed."): ["briefings/alpha/index.html"],
        work.write("content/entries/drafts/new.md", NEW.format(more="status: draft\n")): [
            "briefings/new/index.html"
        ],
        work.write(DOSSIER, "Another introduction.\n"): [
            "countries/ukraine/index.html",
            "fr/countries/ukraine/index.html",
        ],
        work.write("content/pages/about.md", "---\ntitle: About us\n---\n\nThey write.\n"): [
            "about/index.html"
        ],
    }
    shown = {file: site.shown(file) for file in saved}
    assert {file: sorted(each.files) for file, each in shown.items()} == saved
    together = site.shown(*saved)
    assert sorted(together.files) == sorted(path for paths in saved.values() for path in paths)
    assert [entry.address for entry in together.facts.waiting] == ["/briefings/draft/", "/briefings/new/"]
    site.build()
    assert [path for each in shown.values() for path in site.differing(each)] == []


def test_what_has_a_fault_or_no_address_of_its_own_waits_for_the_build(site: EditedSite) -> None:
    """A fault, an address that another entry has, another slug, a deleted file, many files at once."""
    work = site.work
    cases = {
        "fault": [work.entry("alpha", countries="UA", topics="nowhere")],
        "taken": [work.write("content/entries/drafts/x.md", NEW.format(more="status: draft\nslug: draft\n"))],
        "moved": [work.entry("draft", status="draft", slug="other")],
        "faulty page": [work.write("content/pages/about.md", "---\ntitel: About\n---\n\nWe write.\n")],
        "deleted": [work.root / "content/entries/gone.md"],
        "a picture": [work.write("content/images/x.txt", "x")],
        "many": [work.write(f"content/entries/many-{number}.md", "x") for number in range(9)],
    }
    assert {what: dict(site.shown(*files).files) for what, files in cases.items()} == {
        what: {} for what in cases
    }


def test_a_published_draft_keeps_its_page_and_loses_its_mark(site: EditedSite) -> None:
    """`pouch publish` moves the file: one is gone, another is there."""
    work = site.work
    before = next((work.root / "content").rglob("draft.md"))
    text = before.read_text("utf-8").replace("status: draft", "status: published")
    before.unlink()
    after = work.write("content/entries/2025/03/draft.md", text)
    shown = site.shown(before, after)
    assert list(shown.files) == ["briefings/draft/index.html"]
    assert shown.facts.waiting == ()


def test_an_edit_of_the_theme_is_shown_on_open_pages(site: EditedSite) -> None:
    """Of every kind of page; a stylesheet and a script by themselves; a faulty template waits for the build."""
    root, pages = (
        site.work.root,
        ["index.html", "topics/trade/index.html", "fr/archive/index.html", "feed.xml"],
    )
    template = root / "theme/templates/base.html"
    good = template.read_text("utf-8")
    template.write_text(good.replace("</body>", "<p>Changed.</p></body>"), "utf-8")
    style = root / "theme/static/css/base.css"
    style.write_text(style.read_text("utf-8") + "\n.changed { color: red }\n", "utf-8")
    script = root / "theme/static/page.js"
    script.write_text("// Changed.\n", "utf-8")
    of_template = site.shown(template, open_pages=pages)
    assert sorted(of_template.files) == sorted(pages[:3])
    assert all(b"<p>Changed.</p>" in page for page in of_template.files.values())
    of_files = site.shown(style, script, open_pages=pages)
    assert {"theme/page.js", "theme/pouch.css"} <= of_files.files.keys()
    assert all(path.endswith((".css", ".js")) for path in of_files.files)
    assert (of_template.look, of_files.look) == (True, True)
    site.build()
    assert site.differing(of_template) + site.differing(of_files) == []
    template.write_text(good + "{% if %}", "utf-8")
    assert site.shown(template, open_pages=pages).files == {}
