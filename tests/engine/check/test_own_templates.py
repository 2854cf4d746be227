"""Templates of a site's own: a check finds what a build refuses, and files that nothing uses are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pouch.engine.check.checking import site_problems
from pouch.errors import EnvironmentFault
from pouch.theming.theme import Theme
from tests.engine.sites import SETTINGS, WorkSite

OVERRIDES = 'THEME_TEMPLATES_OVERRIDES = ["templates"]\nPOUCH_FEATURES = ["pairs"]\n'
BLOCK = "{{% extends '!theme/entry.html' %}}\n{{% block content %}}{}{{% endblock %}}\n"


def site_with(root: Path, name: str, text: str) -> WorkSite:
    """A site of one entry with one template of its own."""
    work = WorkSite(root, SETTINGS + OVERRIDES)
    work.entry("talks")
    work.write(f"templates/{name}", text)
    return work


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("{{ page.nothing.at_all }}", r"entry\.html:2: .* has no attribute 'nothing'"),
        ("{{ page.title|nothing }}", r"entry\.html:2: No filter named 'nothing'"),
        ("{{ page.title. }}", r"entry\.html:2: expected name or number"),
        ("{{ nothing() }}", r"entry\.html:2: 'nothing' is undefined"),
        ("{% include 'none.html' %}", r"no template none\.html in .*; entry\.html needs it"),
    ],
)
def test_a_check_and_a_build_refuse_a_template_for_the_same_reason(
    inside: str, words: str, tmp_path: Path
) -> None:
    """Also faults that show only when a page is rendered."""
    work = site_with(tmp_path / "site", "entry.html", BLOCK.format(inside))
    with pytest.raises(EnvironmentFault, match=words) as checked:
        site_problems(work.site())
    with pytest.raises(EnvironmentFault) as built:
        work.build()
    assert str(checked.value) == str(built.value)


def test_a_fault_that_one_page_shows_is_found(tmp_path: Path) -> None:
    """Neither on the first nor on the last page; also where the check before found nothing."""
    inside = "{% if page.title == 'Faulty' %}{{ page.nothing.at_all }}{% endif %}"
    work = site_with(tmp_path / "site", "entry.html", BLOCK.format(inside))
    for name in ("alpha", "middle", "omega"):
        work.entry(name)
    assert site_problems(work.site()).problems == []
    work.entry("middle", title="Faulty")
    for _ in range(2):
        with pytest.raises(EnvironmentFault, match=r"entry\.html:2: .* has no attribute 'nothing'"):
            site_problems(work.site())
    with pytest.raises(EnvironmentFault, match=r"has no attribute 'nothing'"):
        work.build()


def test_a_page_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next check renders what changed, and all of a template that was edited."""
    work = site_with(tmp_path / "site", "entry.html", BLOCK.format("x"))
    work.entry("middle", countries="NO", topics="trade")
    tried: list[str] = []
    render = Theme.render

    def counted(theme: Theme, template: str, model: Any, *more: Any) -> str:
        tried.append(getattr(model, "href", template))
        return render(theme, template, model, *more)

    monkeypatch.setattr(Theme, "render", counted)
    site_problems(work.site())
    assert {"/", "/briefings/talks/", "/briefings/middle/"} <= set(tried)
    tried.clear()
    site_problems(work.site())
    assert tried == []
    work.write("templates/entry.html", BLOCK.format("y"))
    site_problems(work.site())
    assert sorted(tried) == ["/briefings/middle/", "/briefings/talks/"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("entri.html", "x", "did you mean 'entry.html'?"),
        ("parts/zebra.html", "x", "did you mean 'parts/trail.html'?"),
        ("wxyzwxyz.html", "x", "name it as the template that it replaces"),
        ("entry.html", BLOCK.format("x"), ""),
    ],
)
def test_a_template_that_nothing_uses_is_told(name: str, text: str, told: str, tmp_path: Path) -> None:
    """Whoever misspells a name learns it from a check, and from a build, instead of wondering."""
    work = site_with(tmp_path / "site", name, text)
    problems = site_problems(work.site()).problems
    assert problems == sorted(work.build().warnings)
    assert [problem.path for problem in problems] == [f"templates/{name}"] * bool(told)
    assert all(told in problem.hint for problem in problems)


def test_a_template_that_another_includes_is_used(tmp_path: Path) -> None:
    """Parts of a site's own have names that the theme does not have."""
    work = site_with(tmp_path / "site", "entry.html", BLOCK.format("{% include 'parts/box.html' %}"))
    work.write("templates/parts/box.html", "A box.")
    assert site_problems(work.site()).problems == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """It would override nothing, without a word."""
    work = WorkSite(tmp_path / "site", SETTINGS + OVERRIDES)
    (problem,) = site_problems(work.site()).problems
    assert (problem.code, problem.line > 0, "'templates'" in problem.message) == ("nothing-there", True, True)
