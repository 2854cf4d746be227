"""A site's own plugin, as docs/plugins.md teaches it: its very text is what runs here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pouch.engine.compare import Fingerprints
from pouch.engine.explaining import explanations
from pouch.engine.fingerprint import Fingerprint
from pouch.engine.own_files import render_asset
from pouch.engine.plan import Plan
from pouch.errors import EnvironmentFault
from pouch.pages.outputs import Output
from pouch.theming.theme import Theme
from tests.commands.sites import run
from tests.engine.sites import SETTINGS, WorkSite, tree

DOCUMENT = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(python|html)\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)
(MODULE, TEMPLATE, NAMES) = (text for _, text in BLOCKS[:3])
TOPICS = """\
[war]
labels = { en = "War", fr = "Guerre" }
description = { en = "Armed conflict.", fr = "Conflit armé." }

[trade]
labels = { en = "Trade" }
"""
PAGES = {"glossary/index.html", "fr/glossary/index.html"}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkSite:
    """A site with the plugin of the document."""
    return a_site(tmp_path / "site", monkeypatch)


def a_site(root: Path, monkeypatch: pytest.MonkeyPatch, module: str = MODULE) -> WorkSite:
    """Each test has a plugin of its own name: Python imports a module once."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    name = f"glossary_{abs(hash(str(root)))}"
    site = WorkSite(
        root, f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr']\n{NAMES.replace('glossary', name)}", TOPICS
    )
    site.write(f"plugins/{name}.py", module)
    site.write("plugins/templates/glossary.html", TEMPLATE)
    site.entry("first", topics="war")
    site.entry("second", topics="trade")
    return site


def test_the_example_is_as_short_as_it_is_said_to_be() -> None:
    """A page kind, a check and a filter in forty lines."""
    assert len(MODULE.splitlines()) <= 40


def test_its_page_is_a_page_like_any_other(work: WorkSite) -> None:
    """In each interface language, in the menu, in the sitemap; its check is heard."""
    report = work.build()
    page = (work.output / "glossary/index.html").read_text("utf-8")
    assert '<dt id="W-2"><a href="/topics/war/">War</a></dt>' in page
    assert "Conflit armé." in (work.output / "fr/glossary/index.html").read_text("utf-8")
    assert 'href="/glossary/"' in (work.output / "index.html").read_text("utf-8")
    assert "https://example.org/fr/glossary/" in (work.output / "sitemap.xml").read_text("utf-8")
    (problem,) = [each for each in report.warnings if each.code == "undescribed-topic"]
    assert (problem.path, problem.line) == ("content/vocabulary/topics.toml", 5)


def test_it_is_made_again_exactly_when_what_it_shows_changes(work: WorkSite) -> None:
    """An edited description makes it stale; an edited briefing does not; nothing says so but the model."""
    work.build()
    assert work.build().made == 0
    work.entry("first", topics="war", body="Another text.")
    report = work.build()
    assert report.made
    assert PAGES.isdisjoint(report.reasons)
    work.write("content/vocabulary/topics.toml", TOPICS.replace("Armed conflict.", "Fighting."))
    report = work.build()
    assert report.reasons["glossary/index.html"] == ("what it shows changed",)
    assert "fr/glossary/index.html" not in report.reasons
    (line,) = explanations(report, "/glossary/", work.site())
    assert line == "glossary/index.html: what it shows changed"


def test_its_code_and_its_template_make_it_again(work: WorkSite) -> None:
    """Whoever edits the plugin sees the result in the next build, and the entries are not parsed again."""
    work.build()
    work.write("plugins/templates/glossary.html", TEMPLATE.replace("<dl>", '<dl class="glossary">'))
    report = work.build()
    assert report.reasons.keys() >= PAGES
    assert report.read == 0
    assert 'class="glossary"' in (work.output / "glossary/index.html").read_text("utf-8")


def test_the_code_of_a_render_function_makes_its_file_again() -> None:
    """Its model is the same and its bytes are not: the code of all of a site's plugins decides such a file."""

    def fingerprint(code: bytes, **ways: Any) -> Fingerprint:
        plan = cast(Plan, SimpleNamespace(code=code, views={}))
        theme = cast(Theme, SimpleNamespace(digest=lambda *_: b"template"))
        output = Output(path="topics.txt", model=(), lang="en", **ways)
        return Fingerprints(plan, theme).of(output, b"model")

    for ways in ({"render": render_asset}, {"template": "glossary.html"}):
        assert fingerprint(b"before", **ways) != fingerprint(b"after", **ways)


def test_every_way_to_build_gives_the_same_bytes(work: WorkSite) -> None:
    """`pelican`, one process, two processes, from nothing."""
    work.build(jobs=1)
    expected = tree(work.output)
    assert expected.keys() >= PAGES
    for number, options in enumerate((["--jobs", "2"], ["--clean"])):
        output = work.root.parent / f"output-{number}"
        done = run(work.root, "build", "--output", str(output), *options)
        assert (done.exit_code, done.stdout) == (0, "")
        assert tree(output) == expected
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "pelican-output"]
    done_by_pelican = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
    assert done_by_pelican.returncode == 0, done_by_pelican.stderr
    assert tree(work.root / "pelican-output") == expected


def test_check_runs_and_explains_its_check(work: WorkSite) -> None:
    """An editor cannot tell a plugin's check from ours."""
    done = run(work.root, "check")
    assert done.exit_code == 0
    assert "content/vocabulary/topics.toml:5: warning: trade has no description" in done.stdout
    assert run(work.root, "check", "--explain", "undescribed-topic").stdout.startswith(
        "## undescribed-topic\n"
    )


def test_without_it_all_of_it_goes(work: WorkSite) -> None:
    """Its pages, its links and its lines in the sitemap."""
    work.build()
    work.write("pelicanconf.py", f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr']\n")
    assert set(work.build().removed) == PAGES
    texts = [file.read_text("utf-8") for file in work.output.rglob("*.*ml")]
    assert not [text for text in texts if "glossary" in text.lower()]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("topics[link.key].description", "topics[link.key].descriptoin", 17),
        ("label[:1].upper()", "label.nothing()", 39),
        ("yield UNDESCRIBED.problem(", "yield UNDESCRIBED.trouble(", 26),
        ("from pathlib import Path", "from pathlib import Pathh", 1),
        ("def plan_glossary(view):", "def plan_glossary(view) return", 14),
    ],
    ids=["planner", "filter", "check", "import", "syntax"],
)
def test_a_fault_in_it_is_named_with_its_file_and_line(
    old: str, new: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 and one line for whoever wrote the plugin; never a traceback, and nothing is written."""
    assert MODULE.count(old) == 1
    work = a_site(tmp_path / "site", monkeypatch, MODULE.replace(old, new))
    with pytest.raises(EnvironmentFault) as caught:
        work.build()
    where = re.match(r"(.*\.py):(\d+): ", str(caught.value))
    assert where is not None, caught.value
    assert Path(where[1]).parent == work.root / "plugins"
    assert abs(int(where[2]) - line) <= 1
    assert not list(work.output.rglob("index.html")) or old.startswith("label")
