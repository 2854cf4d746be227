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


SHOUT = """
def shout(text):
    if "quay" in text:
        raise ValueError("no quay")
    return text
"""
BODY = "{{ bodies[page.body] | shout | safe }}"
PLUGIN = """
from pouch.pages.models import Model
from pouch.pages.outputs import Output


class Words(Model, frozen=True, kw_only=True):
    bodies: tuple[str, ...]


def write(model, stores):
    return "".join(shout(stores.bodies[key]) for key in model.bodies).encode()


def plan(view):
    bodies = tuple(briefing.original.body for briefing in view.archive.briefings)
    yield Output(path="words.txt", model=Words(bodies=bodies), render=write)


PAGES = [plan]


def register():
    pass
"""


def faulty_site(root: Path, kind: str) -> WorkSite:
    """A site with something of its own that fails on a word of a body, wherever that stands."""
    settings = {
        "filter": SHOUT + 'JINJA_FILTERS = {"shout": shout}\n' + OVERRIDES,
        "test": SHOUT + 'JINJA_TESTS = {"quiet": lambda text: bool(shout(text))}\n' + OVERRIDES,
        "global": SHOUT + 'JINJA_GLOBALS = {"shout": shout}\n' + OVERRIDES,
        "plugin": 'PLUGIN_PATHS = ["plugins"]\nPLUGINS = [*PLUGINS, "words"]\nPOUCH_FEATURES = ["pairs"]\n',
    }[kind]
    work = WorkSite(root, SETTINGS + settings)
    work.entry("talks")
    inside = {
        "filter": BODY,
        "test": "{{ bodies[page.body] is quiet }}",
        "global": "{{ shout(bodies[page.body]) }}",
    }
    if kind == "plugin":
        work.write("plugins/words.py", SHOUT + PLUGIN)
    else:
        work.write("templates/entry.html", BLOCK.format(inside[kind]))
    return work


@pytest.mark.parametrize("kind", ["filter", "test", "global", "plugin"])
def test_what_fails_on_the_words_of_a_body_is_found(kind: str, tmp_path: Path) -> None:
    """By a check as by a build, with the same words, and no longer once it is mended."""
    work = faulty_site(tmp_path / "site", kind)
    assert site_problems(work.site()).problems == []
    work.build()
    work.entry("talks", body="The quay reopens.")
    for _ in range(2):
        with pytest.raises(EnvironmentFault, match="no quay") as checked:
            site_problems(work.site())
    with pytest.raises(EnvironmentFault, match="no quay") as built:
        work.build()
    assert str(checked.value) == str(built.value)
    work.entry("talks", body="The pier reopens.")
    assert site_problems(work.site()).problems == []


def test_a_site_that_gets_a_template_later_is_checked_with_its_words(tmp_path: Path) -> None:
    """A check before knew only the ids of bodies; now each body is there."""
    work = WorkSite(tmp_path / "site", SETTINGS + 'POUCH_FEATURES = ["pairs"]\n')
    work.entry("talks", body="The quay reopens.")
    assert site_problems(work.site()).problems == []
    work.build()
    work.write("pelicanconf.py", SETTINGS + SHOUT + 'JINJA_FILTERS = {"shout": shout}\n' + OVERRIDES)
    work.write("templates/entry.html", BLOCK.format(BODY))
    with pytest.raises(EnvironmentFault, match="no quay"):
        site_problems(work.site())


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
