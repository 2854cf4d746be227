"""`pouch check` and `pouch build` agree: the same problems, with the same code and line, and the same exit code."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.engine.build import build
from pouch.engine.check.checking import site_problems
from pouch.errors import ContentError, EnvironmentFault
from pouch.problems import Problem, has_errors
from pouch.settings import ALL_FEATURES
from pouch.site import load_site
from tests.engine.sites import SETTINGS, TOPICS

INVALID = sorted(path for path in (Path(__file__).parents[1] / "sites_invalid").iterdir() if path.is_dir())

Outcome = tuple[int, list[Problem], str]
"""Exit code, problems, and what is wrong around the content."""
Step = tuple[str, str, Any, Any]
"""One damage: its kind, the file, where in it (a share of its length), and with what."""


# Warnings about texts and names beside each other: a build has no time for them, and refuses nothing for them.
CHECK_ONLY = frozenset({"same-source", "near-duplicate", "late-date", "name-taken", "new-to-subscribers"})


def agree(root: Path) -> Outcome:
    """What a check says, which a build says too, advice apart."""
    said, build_said = checked(root), built(root)
    problems = [problem for problem in said[1] if problem.code not in CHECK_ONLY]
    assert {*build_said[1]} <= {*said[1]}
    told = [problem for problem in build_said[1] if problem.code not in CHECK_ONLY]
    assert (build_said[0], told, build_said[2]) == (said[0], problems, said[2])
    return said


def checked(root: Path) -> Outcome:
    """What a check says."""
    try:
        problems = site_problems(load_site(root)).problems
    except EnvironmentFault as fault:
        return 2, [], str(fault)
    return int(has_errors(problems)), problems, ""


def built(root: Path) -> Outcome:
    """What a first build says."""
    try:
        problems = build(load_site(root), jobs=1).warnings
    except ContentError as error:
        return 1, sorted(error.problems), ""
    except EnvironmentFault as fault:
        return 2, [], str(fault)
    return 0, sorted(problems), ""


@pytest.mark.parametrize("site", INVALID, ids=lambda site: site.name)
def test_every_invalid_site_is_refused_or_warned_of_by_both(site: Path, tmp_path: Path) -> None:
    """Whoever checks before pushing is not surprised by the build."""
    root = shutil.copytree(site, tmp_path / "site")
    with (root / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write('\nPOUCH_FEATURES = ["pairs", "regions"]\n')
    assert agree(root)[1]


# A small site with one of everything, to be damaged.
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n"
FILES: dict[str, bytes] = {
    "pelicanconf.py": (
        SETTINGS + f"POUCH_FEATURES = {[name for name in ALL_FEATURES if name not in ('search', 'map')]!r}\n"
        'STATIC_PATHS = ["images", "extra", "files"]\n'
        'EXTRA_PATH_METADATA = {"extra/name.txt": {"path": "CNAME"}}\n'
    ).encode(),
    "content/vocabulary/topics.toml": TOPICS.encode(),
    "content/vocabulary/countries.toml": b'[UA]\nlabels = { en = "Ukraine" }\naliases = { en = ["UKR"] }\n',
    "content/entries/2025/03/talks.md": (
        b"---\nid: talks\ntitle: Talks\ndate: 2025-03-05\ncountries: [UA]\ntopics: [ceasefire]\n"
        b"source: {name: Post, url: https://post.example/talks}\nformerly: [parley]\n---\n\nFirst.\n\n"
        b"![A map](images/map.svg)\n\nSee [the port](port.md) and [the topic](/topics/war/#_latest).\n"
    ),
    "content/entries/2025/03/port.md": (
        b"---\nid: port\ntitle: Port\ndate: 2025-03-06\nupdated: 2025-03-07\ncountries: [FR]\ntopics: [trade]\n"
        b"key_points: [One]\ncorrections: [{date: 2025-03-07, note: It was two.}]\n---\n\nText.[^1]\n\n[^1]: A note.\n"
    ),
    "content/entries/2025/03/port-fr.md": (
        b"---\nid: port-fr\ntitle: Le port\nlang: fr\ndate: 2025-03-06\ntranslation_of: port\ncountries: [FR]\n"
        b"topics: [trade]\n---\n\nTexte.\n"
    ),
    "content/dossiers/countries/UA.md": b"---\npinned: [talks]\n---\n\nA [page](/method/).\n",
    "content/pages/method.md": b"---\ntitle: Method\n---\n\n## How\n\nSee [the talks](/briefings/parley/).\n",
    "content/images/map.svg": PICTURE,
    "content/extra/name.txt": b"archive.example\n",
    "content/files/data.csv": b"a,b\n",
}

_SCRAPS = (
    '|\x00|---\n|<<<<<<< HEAD\n|[|"|: |\t|- |{|#|=|\n\n|\xa0|\u200b|id: talks\n|slug: port\n|status: draft\n'
    "|topics: [x]\n|![](images/none.png)|[x](/none/)|[x](#none)|[x](javascript:y)|<b>|page|con|2199-01-01"
    '|parent = "war"\n|]]|translation_of: talks\n|lang: fr\n|pinned: [none]\n|<script>'
)
SCRAPS = (*(scrap.encode() for scrap in _SCRAPS.split("|")), b"\xff")
CONTENTS = (
    b"",
    POINTER,
    PICTURE,
    b"GIF89a",
    b"\x89PNG\r\n",
    b"<html>",
    b"{% if %}",
    b"{% include 'none.html' %}",
)
PLACES = (
    *(
        "content/extra/robots.txt",
        "content/extra/index.html",
        "content/extra/topics",
        "content/extra/feed.xml",
    ),
    *("content/files/DATA.csv", "content/entries/con.md", "content/other/x.md", "content/images/.hidden"),
    *("content/files/entry.html", "content/files/parts/card.html", "content/vocabulary/topic.toml"),
)
LINKS = ("/etc/hostname", "none", "../pages", "../../content", "map.svg", "../../pelicanconf.py")
LINES = (
    *(
        "STATIC_PATHS = ['none']",
        "EXTRA_PATH_METADATA = {'files/data.csv': {'path': 'sitemap.xml'}}",
        "SITEURL = ''",
    ),
    *(
        "POUCH_SLICE_MINIMUM = 1",
        "POUCH_PER_PAGE = 0",
        "DEFAULT_LANG = 'fr'",
        "THEME = 'none'",
        "SITENAME = ''",
    ),
    *(
        "PLUGINS = ['none']",
        "POUCH_LANGUAGES = ['en', 'fr']",
        "PATH = 'none'",
        "PLUGINS = ['pouch_archives']",
    ),
    *(
        "TEMPLATE_PAGES = {'pages/method.md': 'method/index.html'}",
        "TEMPLATE_PAGES = {'files/data.csv': 'data.html'}",
    ),
    "THEME_TEMPLATES_OVERRIDES = ['content/files']",
)
paths = st.sampled_from(sorted(FILES))
shares = st.floats(0, 1)
damage = st.one_of(
    st.tuples(st.just("insert"), paths, shares, st.sampled_from(SCRAPS)),
    st.tuples(st.just("cut"), paths, shares, shares),
    st.tuples(st.just("swap lines"), paths, shares, shares),
    st.tuples(st.sampled_from(("repeat line", "drop line", "remove")), paths, shares, st.none()),
    st.tuples(st.just("replace"), paths, st.none(), st.sampled_from(CONTENTS)),
    st.tuples(
        st.just("rename"), paths, st.none(), st.sampled_from((".MD", ".md.txt", "#1.svg", " ", ".", "\n"))
    ),
    st.tuples(st.just("copy"), paths, st.none(), st.one_of(paths, st.sampled_from(PLACES))),
    st.tuples(st.just("link"), paths, st.none(), st.sampled_from(LINKS)),
    st.tuples(st.just("setting"), st.just("pelicanconf.py"), st.none(), st.sampled_from(LINES)),
)


def apply(root: Path, step: Step) -> None:
    """Do one damage to the site, as far as what it is done to is still there."""
    kind, path, at, more = step
    file = root / path
    if kind == "copy":
        target = root / more
        if file.is_file() and not target.exists() and target.parent.exists() is not target.parent.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        return
    if not file.is_file() or file.is_symlink():
        return
    data = file.read_bytes()
    at = at or 0
    place = int(at * len(data))
    lines = data.splitlines(keepends=True) or [b""]
    line = min(int(at * len(lines)), len(lines) - 1)
    if kind == "insert":
        file.write_bytes(data[:place] + more + data[place:])
    elif kind == "cut":
        file.write_bytes(data[:place] + data[max(place, int(more * len(data))) :])
    elif kind == "swap lines":
        other = min(int(more * len(lines)), len(lines) - 1)
        lines[line], lines[other] = lines[other], lines[line]
        file.write_bytes(b"".join(lines))
    elif kind == "repeat line":
        file.write_bytes(b"".join([*lines[: line + 1], *lines[line:]]))
    elif kind == "drop line":
        file.write_bytes(b"".join(lines[:line] + lines[line + 1 :]))
    elif kind == "replace":
        file.write_bytes(more)
    elif kind == "remove":
        file.unlink()
    elif kind == "rename":
        file.rename(file.with_name(file.stem + more))
    elif kind == "link":
        file.unlink()
        file.symlink_to(more)
    elif kind == "setting":
        file.write_bytes(data + f"{more}\n".encode())


def sites() -> Iterator[Path]:
    """A fresh site."""
    with tempfile.TemporaryDirectory(prefix="pouch-agreement-") as folder:
        root = Path(folder) / "site"
        for path, data in FILES.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        yield root


def test_the_undamaged_site_has_one_warning() -> None:
    """What is damaged is sound before, so that damage is what shows."""
    for root in sites():
        assert agree(root) == (0, [], "")


def test_a_collision_hides_no_warning() -> None:
    """Two outputs at one address end a build late: what was found before is told with it."""
    for root in sites():
        apply(root, ("remove", "content/extra/name.txt", None, None))
        apply(root, ("copy", "content/files/data.csv", None, "content/extra/feed.xml"))
        assert [problem.code for problem in agree(root)[1]] == ["address-collision", "nothing-there"]


# A site is built twice an example.
@settings(max_examples=settings().max_examples // 2)
@given(steps=st.lists(damage, min_size=1, max_size=3))
def test_a_damaged_site_is_the_same_to_both(steps: list[Step]) -> None:
    """Whatever happened to its files, the build refuses what the check refuses, for the same reasons."""
    for root in sites():
        for step in steps:
            apply(root, step)
        agree(root)
