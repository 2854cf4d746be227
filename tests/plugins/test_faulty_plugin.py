"""A fault in a site's own plugin is named with the plugin's file, its line and what is wrong: never a traceback."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pouch.engine.check.checking import site_problems
from pouch.engine.plan import Plan
from pouch.errors import ContentError, EnvironmentFault
from pouch.plugins import LISTS, Plugin
from tests.archives import a_record, a_site, an_archive
from tests.engine.sites import SETTINGS, WorkSite
from tests.plans import plan_of

HEAD = """\
from functools import partial
from pathlib import Path
from pouch.checks.registry import Check
from pouch.pages.groups import Group
from pouch.pages.models import Model, Page
from pouch.pages.outputs import Output
from pouch.problems import Problem

class Text(Model, frozen=True, kw_only=True):
    value: object = "text"

def render(model, stores):
    return b"text"

def text(path, **fields):
    return Output(path=path, model=Text(), **({"render": render} | fields))

def check(code, run):
    return Check(code=code, what="A fault.", why="It is one.", example="x", cure="Mend it.", run=run)
"""
FIRST = len(HEAD.splitlines()) + 1  # the line of the first line of a case


def plan_with(source: str, **changes: Any) -> Plan:
    """What a site plans that has a plugin of this source; all groups are planned."""
    module = ModuleType("mine")
    module.__file__ = "/site/plugins/mine.py"
    exec(compile(f"{HEAD}{source}\n", module.__file__, "exec"), module.__dict__)  # noqa: S102  # our own text
    site = a_site(**{"languages": ("en", "fr")} | changes)
    archive = an_archive(a_record("aaaa", "2025-01-05"), site=site)
    plan = plan_of(archive, Plugin("mine", module))
    for group in plan.groups:
        plan.mark(group)
        for output in plan.outputs(group):
            plan.model(group, output)
    return plan


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("PAGES = len", "PAGES must be a list, not"),
        ("PAGES = ['plan']", "PAGES must hold functions, not 'plan'"),
        ("FEEDS = [None]", "FEEDS must hold functions"),
        ("CHECKS = [render]", "CHECKS must hold pouch.checks.registry.Check objects"),
        ("FILTERS = [len]", "FILTERS must be a dict"),
        ("FILTERS = {'initial': 'len'}", "FILTERS must hold functions"),
        ("STATIC = ['a.css']", "STATIC must hold pairs of a path"),
        ("TEMPLATES = 'templates'", "TEMPLATES must be a list"),
        ("TEMPLATES = [Path('/nowhere')]", "TEMPLATES must hold folders"),
        ("MENU = [(60, '/glossary/', 'Glossary')]", "MENU must hold pouch.plugins.MenuItem objects"),
        ("FOOTER = ['/glossary/']", "FOOTER must hold pouch.plugins.MenuItem objects"),
        ("FEATURES = [1]", "FEATURES must hold texts"),
        ("LINKS = {'glossary': '/glossary/'}", "LINKS must hold functions"),
        ("TERMS = [('country', 'UA')]", "TERMS must hold functions"),
    ],
)
def test_a_list_that_holds_something_else_is_named(declared: str, words: str) -> None:
    """Each list is looked at before anything is planned."""
    assert declared.split()[0] in LISTS
    with pytest.raises(EnvironmentFault) as caught:
        plan_with(declared)
    assert str(caught.value).startswith(f"/site/plugins/mine.py: {words}")


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("def plan(view):\n    view.lang\nPAGES = [plan]", 0, "must yield or return a list"),
        ("def plan(view):\n    yield 'text'\nFEEDS = [plan]", 0, "must not yield 'text'"),
        ("def plan():\n    yield\nPAGES = [plan]", 0, "takes 0 positional arguments"),
        ("def plan(view):\n    yield text('../a.txt')\nFEEDS = [plan]", -4, "below the output folder"),
        ("def plan(view):\n    yield text('/a.txt')\nFEEDS = [plan]", -4, "below the output folder"),
        ("def plan(view):\n    yield text('a.txt', render=None)\nFEEDS = [plan]", -4, "needs a template"),
        ("def plan(view):\n    yield text('a', render=lambda *_: b'')\nFEEDS = [plan]", -4, "top level"),
        (
            "def plan(view):\n    yield Output(path='a', render=render, model=Text(value=object()))\nFEEDS = [plan]",
            0,
            "must be plain values",
        ),
        (
            "def plan(view):\n    yield view.interface.output('glossary', 'a.html', Text())\nPAGES = [plan]",
            1,
            "an address begins with a slash",
        ),
        (
            "def group(x): yield text('a')\ndef plan(view): yield Group('k', group, (object(),))\nFEEDS = [plan]",
            0,
            "must be plain values",
        ),
        (
            "def group(): yield Output(path='a', render=render, model=Text(value=object()))\n"
            "def plan(view): yield Group('k', group)\nFEEDS = [plan]",
            0,
            "the model of /a must be plain values",
        ),
        (
            "def group(): yield text('a')\ndef plan(view):\n    yield Group('k', (), group)\nPAGES = [plan]",
            1,
            "a key, a function, and a tuple of inputs",
        ),
        (
            "def plan(view):\n    yield Output(path='a.html', template='none.html', model=Text())\nPAGES = [plan]",
            0,
            "/a.html is made by 'none.html', and no folder has such a template; add it to a folder of TEMPLATES",
        ),
        (
            "def group(x): yield text(x)\n"
            "def plan(view):\n    for name in 'ab': yield Group('k', group, (name,))\nFEEDS = [plan]",
            0,
            "two groups have the key 'k'",
        ),
        (
            "def group(view):\n    for each in view.archive.briefings: yield text(each.original.slug)\n"
            "def plan(view): yield Group('k', partial(group, view))\nFEEDS = [plan]",
            1,
            "must not ask the archive",
        ),
        (
            "def group(view): yield text(str(view.dossier('country', 'UA')))\n"
            "def plan(view): yield Group('k', partial(group, view))\nFEEDS = [plan]",
            0,
            "must not ask the archive",
        ),
        ("def find(view):\n    yield 'fault'\nCHECKS = [check('mine', find)]", 0, "must not yield 'fault'"),
        ("def find(view):\n    yield view.nothing\nCHECKS = [check('mine', find)]", 1, "AttributeError"),
        ("def terms(archive, features):\n    yield archive.nothing\nTERMS = [terms]", 1, "AttributeError"),
        (
            "LINKS = {'mine': lambda interface: interface.nothing}\n"
            "def plan(view): yield text(view.interface.link('mine'))\nFEEDS = [plan]",
            0,
            "AttributeError",
        ),
    ],
)
def test_a_fault_in_a_function_is_named_with_its_line(source: str, line: int, words: str) -> None:
    """What a planner, a group, a check or a link gives is looked at where it is made."""
    with pytest.raises(EnvironmentFault) as caught:
        plan_with(source)
    message = str(caught.value)
    assert message.startswith(f"/site/plugins/mine.py:{FIRST + line}: "), message
    assert words in message
    assert message.endswith(", in the plugin mine")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("CHECKS = [check('bad-date', lambda view: [])]", "the code 'bad-date' in CHECKS is Pouch's own"),
        (
            "CHECKS = [check('mine', lambda view: [Problem('a.md', 1, 0, 'other', 'm', '')])]",
            "the code 'other', which no check in CHECKS explains",
        ),
        ("LINKS = {'briefing': lambda *_: '/'}", "LINKS has 'briefing', which the plugin pouch_archives"),
        ("STATIC = [('../a.css', Path(__file__))]", "STATIC has '../a.css'"),
    ],
)
def test_what_would_shadow_or_leave_the_site_is_refused(source: str, words: str) -> None:
    """A code, a link or a file that belongs to something else is said, with the plugin's file."""
    with pytest.raises(EnvironmentFault) as caught:
        plan_with(source)
    assert str(caught.value).startswith("/site/plugins/mine.py: ")
    assert words in str(caught.value)


def test_two_outputs_of_plugins_for_one_address_name_the_plugin() -> None:
    """No slug is to be changed there."""
    plan = plan_with("def plan(view): yield text('same.txt')\nPAGES = [plan]")
    with pytest.raises(ContentError) as caught:
        list(plan.everything())
    (problem,) = caught.value.problems
    assert problem.message == "/same.txt is wanted by the plugin mine and by the plugin mine"
    assert problem.hint == "give one of them another address"


@pytest.mark.parametrize("rendered", ["'text'", "None"])
def test_a_render_function_that_gives_no_bytes_is_named(rendered: str, tmp_path: Path) -> None:
    """In the workers too: file, line, and what came instead of bytes. Nothing is written."""
    work = WorkSite(tmp_path / "site", f"{SETTINGS}PLUGIN_PATHS = ['plugins']\nPLUGINS = ['no_bytes']\n")
    source = HEAD.replace('b"text"', rendered)
    work.write("plugins/no_bytes.py", f"{source}def plan(view): yield text('a.txt')\nFEEDS = [plan]\n")
    with pytest.raises(
        EnvironmentFault, match=r"no_bytes\.py:12: TypeError: /a\.txt must be rendered to bytes"
    ):
        work.build()
    assert not (work.output / "a.txt").exists()


def test_an_error_of_a_check_ends_a_build(tmp_path: Path) -> None:
    """As every error does: `check` and `build` agree."""
    work = WorkSite(tmp_path / "site", f"{SETTINGS}PLUGIN_PATHS = ['plugins']\nPLUGINS = ['strict_check']\n")
    source = f"{HEAD}def find(view): yield MINE.problem('content/a.md', 'no')\nMINE = check('mine', find)\n"
    work.write("plugins/strict_check.py", f"{source}CHECKS = [MINE]\n")
    with pytest.raises(ContentError) as caught:
        work.build()
    assert [problem.code for problem in caught.value.problems] == ["mine"]


def test_a_check_finds_what_is_no_plain_value(tmp_path: Path) -> None:
    """Whoever checks before pushing is not surprised by the build."""
    work = WorkSite(tmp_path / "site", f"{SETTINGS}PLUGIN_PATHS = ['plugins']\nPLUGINS = ['no_plain']\n")
    plan = "def plan(view): yield Output(path='a', render=render, model=Text(value=object()))\n"
    work.write("plugins/no_plain.py", f"{HEAD}{plan}FEEDS = [plan]\n")
    for command in (work.build, lambda: site_problems(work.site())):
        with pytest.raises(EnvironmentFault, match=r"no_plain\.py:\d+: TypeError: .* must be plain values"):
            command()
