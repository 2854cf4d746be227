"""Templates are compiled once, and pages never show that they were compiled earlier."""

from __future__ import annotations

import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import jinja2
import pytest

from pouch import settings
from pouch.caching import MOST, build_cache
from pouch.errors import EnvironmentFault
from pouch.site import Site
from pouch.theming import Theme
from tests.commands.sites import run
from tests.engine.sites import SETTINGS, WorkSite, tree
from tests.theming.material import BODIES, PLUGINS, site, view
from tests.theming.specimens import home_page, specimens


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site's own cache is what is tested here, not the one that other tests share."""
    monkeypatch.setattr("pouch.theming.theme.build_cache", build_cache)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a site that has a theme of its own."""
    shutil.copytree(settings.THEME, tmp_path / "site" / "theme")
    return tmp_path / "site"


def of(root: Path, *overrides: Path) -> Site:
    """The site in a folder."""
    return site(str(root / "theme"), tuple(map(str, overrides)), str(root))


def pages(theirs: Site) -> dict[str, tuple[str, bytes]]:
    """Every kind of page as a new process makes it, with the fingerprint of its template."""
    theme = Theme(theirs, PLUGINS)
    return {
        path: (theme.render(template, model, of_site, BODIES), theme.digest(template, "en"))
        for path, (template, model, of_site) in specimens().items()
    }


def home(theirs: Site) -> str:
    """The home page."""
    return Theme(theirs, PLUGINS).render("home.html", home_page(), view(), BODIES)


def kept(root: Path) -> dict[str, bytes]:
    """What is kept of the site's templates: file → bytes."""
    return {file.name: file.read_bytes() for file in sorted((root / ".pouch" / "cache").iterdir())}


def test_a_second_build_compiles_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates that are as they were are neither parsed nor compiled, and every page is the same."""
    before = pages(of(own))
    monkeypatch.setattr(jinja2.Environment, "_parse", lambda *_: pytest.fail("parsed again"))
    assert pages(of(own)) == before


def test_an_edited_template_shows(own: Path) -> None:
    """Whatever file of the theme is edited, the next build shows it, and an edit taken back is gone."""
    first = home(of(own))
    for name in ("home.html", "base.html", "parts/card.html"):
        file = own / "theme" / "templates" / name
        text = file.read_text(encoding="utf-8")
        # Of the same length, within the same second.
        file.write_text(text.replace("class=", "clasp="), encoding="utf-8")
        edited = home(of(own))
        assert edited != first
        assert edited.replace("clasp=", "class=") == first
        file.write_text(text, encoding="utf-8")
        assert home(of(own)) == first


def test_an_override_that_appears_wins(own: Path) -> None:
    """A template put into the site's own folder goes before the theme's, which was compiled; once gone, it is gone."""
    overrides = own / "overrides"
    first = home(of(own, overrides))
    overrides.mkdir()
    (overrides / "home.html").write_text("my own home", encoding="utf-8")
    assert home(of(own, overrides)) == "my own home\n"
    (overrides / "home.html").unlink()
    assert home(of(own, overrides)) == first


def damaged(data: bytes, of_another: bytes) -> dict[str, bytes]:
    """What may have become of a file, and of whatever is in it."""
    return {
        "empty": b"",
        "cut short": data[: len(data) // 2],
        "without its end": data[:-1],
        "longer": data + b"\0",
        "a bit of its head": bytes([data[0] ^ 1]) + data[1:],
        "a bit in the middle": data[:200] + bytes([data[200] ^ 64]) + data[201:],
        "its last bit": data[:-1] + bytes([data[-1] ^ 128]),
        "another template's": of_another,
        "something else": b"\x80\x04cos\nabort\n." * 40,
    }


def test_damaged_files_are_passed_over(own: Path) -> None:
    """Whatever a disk or a program has made of what is kept, the page is the same, and what is kept is whole again."""
    before, whole = home(of(own)), kept(own)
    others = [*list(whole.values())[1:], next(iter(whole.values()))]
    variants = [damaged(data, other) for data, other in zip(whole.values(), others, strict=True)]
    assert len(variants) > 5
    for damage in variants[0]:
        for name, variant in zip(whole, variants, strict=True):
            (own / ".pouch" / "cache" / name).write_bytes(variant[damage])
        assert home(of(own)) == before, damage
        found = kept(own)
        assert found.keys() == whole.keys(), damage
        assert all(found[name] != variant[damage] for name, variant in zip(whole, variants, strict=True)), (
            damage
        )


def test_another_engine_compiles_anew(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of Python, Jinja or Pouch has compiled is not believed, nor theirs what we have."""
    first, ours = home(of(own)), kept(own)
    monkeypatch.setattr("pouch.theming.compiled.engine_digest", lambda: "another")
    assert home(of(own)) == first
    theirs = kept(own)
    assert theirs.keys() == ours.keys()
    assert all(theirs[name] != ours[name] for name in ours)


def test_a_site_that_moved_names_its_faults_where_they_are(own: Path, tmp_path: Path) -> None:
    """A fault that shows only while a page is made is named with the file of today, not that of the first build."""
    template = "<p>\n{% if page.river.cards %}{{ page.nothing }}{% endif %}\n"
    (own / "theme" / "templates" / "home.html").write_text(template, encoding="utf-8")
    for root in (own, tmp_path / "moved"):
        if not root.exists():
            own.rename(root)
        with pytest.raises(EnvironmentFault) as caught:
            home(of(root))
        assert str(caught.value).startswith(f"{root}/theme/templates/home.html:2: ")


def test_where_nothing_can_be_kept(own: Path) -> None:
    """A folder that cannot be written costs time, and nothing else."""
    before = pages(of(own))
    shutil.rmtree(own / ".pouch")
    (own / ".pouch").write_text("in the way", encoding="utf-8")
    assert pages(of(own)) == before
    (own / ".pouch").unlink()
    (own / ".pouch").mkdir()
    (own / ".pouch" / "cache").write_text("in the way", encoding="utf-8")
    assert pages(of(own)) == before


def test_what_is_kept_stays_small(own: Path) -> None:
    """Templates of folders that are gone, and what killed builds have left, do not pile up."""
    first = home(of(own))
    folder = own / ".pouch" / "cache"
    for number in range(MOST):
        (folder / f"{number}.kept").write_bytes(b"of a folder that is gone")
    (folder / ".pouch-abc.tmp").write_bytes(b"half")
    (folder / "notes.txt").write_text("not ours", encoding="utf-8")
    (own / "theme" / "templates" / "home.html").write_text("a new home", encoding="utf-8")
    assert home(of(own)) == "a new home\n"
    assert kept(own).keys() >= {"notes.txt"}
    assert len(kept(own)) == 2
    shutil.copy(Path(settings.THEME) / "templates" / "home.html", own / "theme" / "templates")
    assert home(of(own)) == first


def test_builds_at_once(own: Path) -> None:
    """Processes that compile the same templates at the same time are not in each other's way."""
    expected = pages(of(own))
    shutil.rmtree(own / ".pouch")
    with ProcessPoolExecutor(4, multiprocessing.get_context("fork")) as pool:
        assert list(pool.map(pages, [of(own)] * 4)) == [expected] * 4
    assert not [name for name in kept(own) if name.endswith(".tmp")]
    assert pages(of(own)) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p>\n{% if %}\n", "pouch: {site}/templates/not_found.html:2: "),
        ("<p>\n\n{{ page.nothing }}\n", "pouch: {site}/templates/not_found.html:3: "),
        ("{{ 'a'|shout }}\n", "pouch: {site}/templates/not_found.html:1: No filter named 'shout'"),
    ],
)
def test_a_broken_override_ends_every_build_alike(tmp_path: Path, text: str, fault: str) -> None:
    """Exit code 2, the file and the line: in the first build, in the next, and after one that was fine."""
    work = WorkSite(tmp_path / "site", f'{SETTINGS}THEME_TEMPLATES_OVERRIDES = ["templates"]\n')
    told = set()
    for page in (text, text, "<p>fine</p>\n", text):
        work.write("templates/not_found.html", page)
        done = run(work.root, "build")
        assert done.exit_code == (2 if page == text else 0), done.stderr
        if page == text:
            told.add(done.stderr)
    assert len(told) == 1
    assert told.pop().startswith(fault.format(site=work.root))
    assert (work.output / "404.html").read_text(encoding="utf-8") == "<p>fine</p>\n"


def test_a_clean_build_believes_nothing_compiled_earlier(tmp_path: Path) -> None:
    """`pouch build --clean` reads no template that an earlier build has compiled, and gives the same pages."""
    work = WorkSite(tmp_path / "site")
    work.entry("first")
    work.build()
    before = tree(work.output)
    folder = work.root / ".pouch" / "cache"
    # Nothing tells these from what was just compiled: only a clean build makes them again.
    old = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    work.entry("second")
    work.build()
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == old
    (work.root / "content" / "entries" / "second.md").unlink()
    work.build(clean=True)
    assert tree(work.output) == before
    assert all(file.stat().st_mtime_ns > at for file, at in old.items())
