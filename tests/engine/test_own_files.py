"""Files that a site adds: where they may lie, what they may be called, and what they may replace."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from pouch.engine.check.checking import site_problems
from pouch.errors import ContentError, EnvironmentFault
from pouch.settings import THEME
from tests.engine.sites import SETTINGS, WorkSite, tree


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site with one briefing."""
    site = WorkSite(tmp_path / "site")
    site.entry("entry-0")
    return site


def test_content_may_lie_beside_the_site(work: WorkSite, tmp_path: Path) -> None:
    """PATH leads out of the site's folder: entries and static files are published all the same."""
    work.write("content/extra/humans.txt", "us\n")
    (work.root / "content").rename(tmp_path / "content")
    work.write("pelicanconf.py", SETTINGS + "PATH = '../content'\n")
    work.build()
    assert (work.output / "humans.txt").read_text("utf-8") == "us\n"
    assert (work.output / "briefings/entry-0/index.html").exists()


def test_leavings_in_a_theme_are_not_published(work: WorkSite, tmp_path: Path) -> None:
    """A backup file of an editor, and what a file manager hides, are no part of a theme."""
    theme = shutil.copytree(THEME, tmp_path / "theme")
    for name in (".DS_Store", "subscribe.js~"):
        (theme / "static" / name).write_text("leavings", "utf-8")
    work.write("pelicanconf.py", f"{SETTINGS}THEME = {str(theme)!r}\n")
    work.build()
    assert (work.output / "theme/subscribe.js").exists()
    assert not [path for path in tree(work.output) if path.endswith(("~", ".DS_Store"))]


@pytest.mark.parametrize(
    "setting", ["STATIC_PATHS = ['../secrets']", "EXTRA_PATH_METADATA = {'extra/a': {'path': '../../a'}}"]
)
def test_no_setting_leads_out_of_the_folders(work: WorkSite, setting: str) -> None:
    """Nothing beside the content is published, and nothing beside the output written."""
    work.write("pelicanconf.py", f"{SETTINGS}{setting}\n")
    with pytest.raises(EnvironmentFault, match=r"below (content|the output folder)"):
        work.build()


def test_a_name_that_is_no_text_is_told(work: WorkSite) -> None:
    """A file whose name is in an old encoding: a fault with its place, not a traceback."""
    (work.root / "content/images").mkdir()
    (work.root / "content/images" / os.fsdecode(b"caf\xe9.png")).write_bytes(b"picture")
    with pytest.raises(ContentError) as caught:
        work.build()
    assert [str(problem) for problem in caught.value.problems] == [
        "content/images/caf\\udce9.png: error: the file's name is no UTF-8; rename the file [unreadable-file]"
    ]


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        ("extra/Feed.xml", "/Feed.xml is wanted by"),
        ("extra/briefings", "/briefings is wanted as a file and as the folder of"),
        ("extra/topics/war/index.html/more.txt", "is wanted as a file and as the folder of"),
    ],
)
def test_a_file_that_stands_in_the_way_is_refused_by_name(tmp_path: Path, own: str, wanted: str) -> None:
    """In the place of a feed, of a folder or below a page: the file is named, by build and check alike."""
    work = WorkSite(tmp_path / "site")
    work.entry("alpha")
    work.build()
    before = tree(work.output)
    work.write(f"content/{own}", "x")
    for clean in (False, True):
        with pytest.raises(ContentError) as caught:
            work.build(clean=clean)
        (problem,) = caught.value.problems
        assert problem.code == "address-collision"
        assert wanted in problem.message
        assert f"content/{own}" in problem.message
        assert site_problems(work.site()).problems == [problem]
    assert tree(work.output) == before


def test_a_letter_and_its_accent_are_one_name(tmp_path: Path) -> None:
    """Two files whose names look the same: disks of a Mac take them as one."""
    work = WorkSite(tmp_path / "site")
    for name in ("caf\u00e9.txt", "cafe\u0301.txt"):
        work.write(f"content/images/{name}", "x")
    with pytest.raises(ContentError) as caught:
        work.build()
    assert [problem.code for problem in caught.value.problems] == ["address-collision"]


def test_a_site_has_its_own_robots_txt_and_icons(tmp_path: Path) -> None:
    """What the site's owner puts in content/extra replaces what Pouch and its theme bring, until it is removed."""
    work = WorkSite(tmp_path / "site")
    work.build()
    theirs = tree(work.output)
    own = {"robots.txt": "User-agent: *\nDisallow: /\n", "favicon.ico": "ico", "favicon.svg": "<svg/>"}
    for name, text in {**own, "apple-touch-icon.png": "touch", "theme/card.png": "card"}.items():
        work.write(f"content/extra/{name}", text)
    assert work.build().warnings == site_problems(work.site()).problems == []
    for name, text in {**own, "theme/icon.png": "touch", "theme/card.png": "card"}.items():
        assert (work.output / name).read_text("utf-8") == text
    page = (work.output / "index.html").read_text("utf-8")
    assert re.findall('rel="icon" href="([^"]+)" type="([^"]+)"', page) == [
        ("/favicon.svg", "image/svg+xml"),
        ("/favicon.ico", "image/x-icon"),
    ]
    shutil.rmtree(work.root / "content/extra")
    work.build()
    assert tree(work.output) == theirs


def test_a_file_that_replaces_ours_later_takes_its_place(work: WorkSite) -> None:
    """A site's own robots.txt comes and goes between builds; whoever is there is published."""
    work.build()
    ours = (work.output / "robots.txt").read_text("utf-8")
    work.write("content/extra/robots.txt", "User-agent: *\nDisallow: /\n")
    work.build()
    assert (work.output / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"
    (work.root / "content/extra/robots.txt").unlink()
    work.build()
    assert (work.output / "robots.txt").read_text("utf-8") == ours
