"""What a site may change without forking the theme: overrides that extend, filters of its own, pages of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pouch.errors import EnvironmentFault
from pouch.site import load_site
from tests.commands.sites import run
from tests.engine.sites import SETTINGS, WorkSite, tree

EXTENDS = (
    '{% extends "!theme/entry.html" %}{% block content %}<p id="desk">Desk</p>{{ super() }}{% endblock %}'
)
FUNCTIONS = """\
def loud(text):
    return text.upper() + mark()

def mark():
    return "!"

JINJA_FILTERS = {"loud": loud}
JINJA_TESTS = {"long": lambda text: len(text) > 5}
JINJA_GLOBALS = {"DESK": "Brussels"}
"""
USES = (
    '{% extends "base.html" %}{% block content %}{{ page.title | loud }} {{ DESK }}'
    "{% if page.title is long %} long{% endif %}{% endblock %}"
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkSite:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    site = WorkSite(tmp_path / "site", f"{SETTINGS}THEME_TEMPLATES_OVERRIDES = ['overrides']\n")
    site.entry("alpha")
    return site


def page(work: WorkSite) -> str:
    return (work.output / "briefings/alpha/index.html").read_text("utf-8")


def test_an_override_extends_what_it_replaces(work: WorkSite) -> None:
    """A line is added to a page without copying the page; the theme's own text is still in it."""
    work.write("overrides/entry.html", EXTENDS)
    work.build()
    assert '<p id="desk">Desk</p>' in page(work)
    assert "A first paragraph." in page(work)


def test_a_change_of_either_layer_makes_the_page_again(work: WorkSite) -> None:
    """The override, and a part of the theme that only the extended template includes."""
    work.write("overrides/entry.html", EXTENDS)
    work.build()
    assert work.build().made == 0
    work.write("overrides/entry.html", EXTENDS.replace("Desk", "Office"))
    assert "briefings/alpha/index.html" in work.build().reasons
    assert "Office" in page(work)
    work.write(
        "overrides/parts/corrections.html", "{% macro corrections(list, site) %}<i>none</i>{% endmacro %}"
    )
    assert "briefings/alpha/index.html" in work.build().reasons


@pytest.mark.parametrize("jobs", [1, 2])
def test_filters_globals_and_tests_of_the_settings_reach_templates(work: WorkSite, jobs: int) -> None:
    """As Pelican documents them, whatever process renders."""
    work.write("pelicanconf.py", f"{SETTINGS}THEME_TEMPLATES_OVERRIDES = ['overrides']\n{FUNCTIONS}")
    work.write("overrides/entry.html", USES)
    work.build(jobs=jobs)
    assert "TITLE OF ALPHA! Brussels long" in page(work)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [('return "!"', 'return "?"', "ALPHA?"), ('"Brussels"', '"Geneva"', "Geneva")],
    ids=["a function that a filter calls", "a global"],
)
def test_a_change_of_their_source_makes_pages_stale(work: WorkSite, old: str, new: str, shown: str) -> None:
    """Also of what a filter calls, and of a value."""
    work.write("overrides/entry.html", USES)
    settings = f"{SETTINGS}THEME_TEMPLATES_OVERRIDES = ['overrides']\n{FUNCTIONS}"
    work.write("pelicanconf.py", settings)
    work.build()
    assert work.build().made == 0
    work.write("pelicanconf.py", settings.replace(old, new))
    work.build()
    assert shown in page(work)


LITERALS = (
    '{% extends "base.html" %}{% block content %}{{ "quay" | loud }}'
    "{% if 3 is odder %} odd{% endif %}{% endblock %}"
)
LOUD = "def loud(text):\n    return text.upper() + '!'\n\n\n"


@pytest.mark.parametrize(
    ("declared", "file"),
    [
        ("JINJA_FILTERS", "pelicanconf.py"),
        ("FILTERS", "plugins/harbour_words.py"),
        ("FILTERS", "plugins/harbour_words/signs.py"),
    ],
    ids=["of the settings", "of a plugin", "of a plugin's own module"],
)
def test_a_filter_of_a_literal_is_made_again(work: WorkSite, declared: str, file: str) -> None:
    """Jinja calls it while it compiles: what an earlier version returned does not stay in the compiled template.

    Nor does Python's compiled copy of a module, though the edit keeps the file's size and comes within a second.
    """
    work.write("overrides/entry.html", LITERALS)
    settings = (
        f"{SETTINGS}THEME_TEMPLATES_OVERRIDES = ['overrides']\n"
        "JINJA_TESTS = {'odder': lambda number: number % 2}\n"
    )
    own = f"{LOUD}{declared} = {{'loud': loud}}\n"
    if declared == "FILTERS":
        plugins = "PLUGIN_PATHS = ['plugins']\nPLUGINS = ['pouch_archives', 'harbour_words']\n"
        work.write("pelicanconf.py", f"{settings}{plugins}")
        if file.endswith("signs.py"):
            work.write("plugins/harbour_words/__init__.py", "from harbour_words.signs import FILTERS\n")
    else:
        own = f"{settings}{own}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for mark in ("!", "?"):
        work.write(file, own.replace("'!'", f"'{mark}'"))
        os.utime(work.root / file, (1_741_000_000, 1_741_000_000))
        # Each build in a process of its own: a module is imported once.
        command = [sys.executable, "-m", "pouch", "build", "--jobs", "1"]
        done = subprocess.run(
            command, cwd=work.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert f"QUAY{mark} odd" in page(work)


def test_template_pages_are_the_same_under_both_commands(work: WorkSite) -> None:
    """They see the site as every page does, stand in the sitemap, and go when the setting goes."""
    settings = f"{SETTINGS}TEMPLATE_PAGES = {{'../desk.html': 'desk/index.html'}}\n"
    work.write("pelicanconf.py", settings)
    work.write(
        "desk.html", '{% extends "base.html" %}{% block content %}The desk of {{ site.name }}{% endblock %}'
    )
    work.build()
    assert "The desk of Test archive" in (work.output / "desk/index.html").read_text("utf-8")
    assert "https://example.org/desk/" in (work.output / "sitemap.xml").read_text("utf-8")
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "second"]
    done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(work.root / "second") == tree(work.output)
    work.write("desk.html", "Closed")
    work.build()
    assert (work.output / "desk/index.html").read_text("utf-8") == "Closed\n"
    work.write("pelicanconf.py", SETTINGS)
    assert work.build().removed == ["desk/index.html"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("TEMPLATE_PAGES = {'../none.html': 'a.html'}", "there is no file"),
        ("TEMPLATE_PAGES = {'../../../etc/passwd': 'a.html'}", "must name files of the site"),
        ("TEMPLATE_PAGES = {'pages/about.md': '../a.html'}", "a path below the output folder"),
        ("JINJA_FILTERS = {'loud': 3}", "must hold functions"),
        ("JINJA_GLOBALS = ['loud']", "must be a table"),
        ("JINJA_GLOBALS = {'thing': object()}", "'thing' must be a plain value"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(work: WorkSite, line: str, message: str) -> None:
    """With its name, before anything is written."""
    work.write("pelicanconf.py", f"{SETTINGS}{line}\n")
    with pytest.raises(EnvironmentFault, match=message):
        load_site(work.root)


def test_settings_without_effect_are_named_once(work: WorkSite) -> None:
    """Whoever comes from Pelican learns that an address or a menu that was asked for does not come."""
    lines = "ARTICLE_URL = 'news/{slug}.html'\nMENUITEMS = []\nOWN_CONSTANT = 3\nFEED_ALL_ATOM = 'atom.xml'\n"
    work.write("pelicanconf.py", f"{SETTINGS}{lines}")
    for command in ("build", "check"):
        told = run(work.root, command).stderr
        assert "ignored: ARTICLE_URL, FEED_ALL_ATOM, MENUITEMS\n" in told
    work.write("pelicanconf.py", SETTINGS)
    assert "ignored" not in run(work.root, "check").stderr


def test_a_name_of_the_themes_own_is_refused(work: WorkSite) -> None:
    """A filter that silently replaced ours would change every page."""
    work.write("pelicanconf.py", f"{SETTINGS}JINJA_FILTERS = {{'cached': str}}\n")
    with pytest.raises(EnvironmentFault, match="'cached' is used by Pouch's own templates"):
        work.build()


def test_a_module_that_a_filters_module_imports_counts(work: WorkSite) -> None:
    """However far from the settings file it stands, its change is seen: each command is a process of its own."""
    work.write("overrides/entry.html", "{{ page.title | loud }}")
    work.write("outer_words.py", "from inner_words import MARK\n\ndef loud(text):\n    return text + MARK\n")
    work.write("inner_words.py", 'MARK = "!"\n')
    lines = (
        "import sys\nsys.path.insert(0, '.')\nfrom outer_words import loud\nJINJA_FILTERS = {'loud': loud}\n"
    )
    work.write("pelicanconf.py", f"{SETTINGS}THEME_TEMPLATES_OVERRIDES = ['overrides']\n{lines}")
    command = [sys.executable, "-m", "pouch", "build"]
    for mark in ("!", "?"):
        work.write("inner_words.py", f'MARK = "{mark}"  # {mark * 3}\n')
        done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert page(work) == f"Title of alpha{mark}\n"
