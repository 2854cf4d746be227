"""The wheel: `pip install pelican-pouch` is all that a site of its own needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

ENTRY = """\
---
id: "wheel-test"
title: Harbour reopens after the storm
date: 2025-03-05
countries: [PT, ES]
topics: [disaster-accident-and-emergency-incident]
key_points:
  - Ships come in again.
source: {name: Port Authority, url: "https://port.example/news"}
---

The harbour took in ships again on Wednesday, a week after the storm.
"""


def run(*command: str | Path, cwd: Path) -> str:
    """The stdout of a command, which must succeed, started as far from the checkout as a stranger would."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COVERAGE"))
    }
    done = subprocess.run(command, cwd=cwd, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of a clean environment that holds the wheel and what the wheel says it needs.

    Versions are the lock's; the list is the wheel's own, so that a dependency it forgot is missing here.
    """
    folder = tmp_path_factory.mktemp("clean")
    uv = (sys.executable, "-m", "uv")
    run(*uv, "venv", "--quiet", "--python", sys.executable, folder / "venv", cwd=folder)
    lock = (ROOT / "requirements/runtime.txt").read_text()
    pins = re.findall(r"^([\w.-]+==[^\\\n]+?)\s*\\$", lock, re.MULTILINE)
    (folder / "pins.txt").write_text("\n".join(pins))
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    to = ("--python", programs / "python")
    run(*uv, "pip", "install", "--quiet", *to, "-c", folder / "pins.txt", wheel, cwd=folder)
    return programs


def test_the_wheel_carries_what_the_checkout_has(wheel: Path) -> None:
    """Theme, plugins, catalogues, data, scaffold and licence are all in it, and nothing that is only ours."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tracked = run("git", "ls-files", "pouch", "theme", "plugins", cwd=ROOT).splitlines()
    expected = {
        re.sub(r"^plugins/", "", re.sub(r"^theme/", "pouch/theme/", name))
        for name in tracked
        if (ROOT / name).exists()
    }
    assert expected - names == set()
    assert {"pouch/vocabulary/data/topics.toml", "pouch/py.typed", "pouch/docs/editing.md"} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    foreign = {name for name in names if name.startswith(("tests/", "content/", "docs/", "pelican/"))}
    assert foreign == set()


@pytest.fixture(scope="module")
def site(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as the README makes one: install, init, check, build."""
    pouch = installed / "pouch"
    folder = tmp_path_factory.mktemp("stranger")
    site = folder / "site"
    run(
        pouch,
        "init",
        site,
        "--url",
        "https://harbour.example/briefings",
        "--lang",
        "en",
        "--lang",
        "fr",
        cwd=folder,
    )
    run(pouch, "build", "--site", site, cwd=folder)
    assert (site / "output/index.html").is_file(), "a new site builds at once"
    entry = site / "content/entries/2025/03/harbour-reopens.md"
    entry.parent.mkdir(parents=True)
    entry.write_text(ENTRY, encoding="utf-8")
    run(pouch, "check", "--strict", "--site", site, cwd=folder)
    run(pouch, "build", cwd=site)
    return site


def test_a_site_of_its_own_needs_only_the_wheel(site: Path) -> None:
    """In an empty environment an entry has its pages and its feeds."""
    pages = [
        "index.html",
        "fr/index.html",
        "404.html",
        "about/index.html",
        "briefings/harbour-reopens/index.html",
        "countries/portugal/index.html",
        "countries/spain/index.html",
        "topics/disaster-accident-and-emergency-incident/index.html",
        "archive/2025/03/index.html",
    ]
    for page in pages:
        text = (site / "output" / page).read_text(encoding="utf-8")
        assert "<main" in text, page
    for feed in (
        "feed.xml",
        "countries/portugal/feed.xml",
        "topics/disaster-accident-and-emergency-incident/feed.xml",
    ):
        tree = ElementTree.parse(site / "output" / feed)  # noqa: S314  # our own file
        assert [item.text for item in tree.iterfind("channel/item/title")] == [
            "Harbour reopens after the storm"
        ]
    styles = list((site / "output").rglob("*.css"))
    assert styles, "the theme's stylesheet is published"


def test_plain_pelican_builds_the_same_site(installed: Path, site: Path) -> None:
    """Whoever runs `pelican` instead of `pouch build` publishes the same bytes."""
    run(installed / "pelican", "content", "-s", "pelicanconf.py", "-o", "other", cwd=site)
    one, two = (
        {
            path.relative_to(site / name).as_posix(): path.read_bytes()
            for path in (site / name).rglob("*")
            if path.is_file()
        }
        for name in ("output", "other")
    )
    assert one.keys() == two.keys()
    assert {name for name in one if one[name] != two[name]} == set()
    assert one
