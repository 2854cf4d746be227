"""`pouch build --explain` says why a file was made, why it was not, and what was meant by a wrong name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.engine.explaining import FRESH, REMOVED, explanations
from pouch.engine.fingerprint import ALTERED, MISSING, MODEL, NEW, TEMPLATE, VIEW
from pouch.errors import EnvironmentFault
from tests.engine.sites import SETTINGS, WorkSite


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site below a path, with two briefings, built."""
    settings = SETTINGS.replace("https://example.org", "https://example.org/sub")
    overrides = f"THEME_TEMPLATES_OVERRIDES = [{str(tmp_path / 'own')!r}]\n"
    site = WorkSite(tmp_path / "site", settings=settings + overrides)
    site.entry("alpha", date="2025-01-05")
    site.entry("bravo", date="2025-02-05")
    site.build()
    return site


def explained(work: WorkSite, asked: str | None) -> list[str]:
    return list(explanations(work.build(), asked, work.site()))


def test_each_reason_is_told(work: WorkSite, tmp_path: Path) -> None:
    """One cause after the other, and the file that each of them makes anew."""
    page = work.output / "briefings/alpha/index.html"
    assert explained(work, None) == []
    assert explained(work, "briefings/alpha/") == [f"briefings/alpha/index.html: {FRESH}"]
    work.entry("alpha", date="2025-01-05", body="Another text.")
    assert explained(work, "briefings/alpha/") == [f"briefings/alpha/index.html: {MODEL}"]
    page.unlink()
    assert explained(work, None) == [f"briefings/alpha/index.html: {MISSING}"]
    page.write_text("vandalised", "utf-8")
    assert explained(work, None) == [f"briefings/alpha/index.html: {ALTERED}"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own/not_found.html").write_text("{{ page.title }}\n", "utf-8")
    assert explained(work, None) == [f"404.html: {TEMPLATE}"]
    work.entry("charlie", date="2025-03-05")
    assert explained(work, "/briefings/charlie/") == [f"briefings/charlie/index.html: {NEW}"]
    (work.root / "content/entries/charlie.md").unlink()
    assert explained(work, "/briefings/charlie/") == [f"briefings/charlie/index.html: {REMOVED}"]
    settings = (work.root / "pelicanconf.py").read_text("utf-8")
    work.write("pelicanconf.py", settings.replace("Test archive", "Other name"))
    (line,) = explained(work, "about/")
    assert VIEW in line


@pytest.mark.parametrize(
    "asked",
    [
        "countries/ukraine/index.html",
        "countries/ukraine/",
        "/countries/ukraine",
        "/sub/countries/ukraine/",
        "https://example.org/sub/countries/ukraine/#newest",
        "output/countries/ukraine/index.html",
        "./output/countries/ukraine/",
    ],
)
def test_a_page_has_many_names(work: WorkSite, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address, a URL copied from the browser, a file's name: the same page."""
    monkeypatch.chdir(work.root)
    assert explained(work, asked) == [f"countries/ukraine/index.html: {FRESH}"]


@pytest.mark.parametrize(
    ("asked", "cure"),
    [
        ("countries/ukrane/", r"did you mean 'countries/ukraine/index\.html'"),
        ("content/entries/alpha.md", "is a source"),
        ("https://elsewhere.example/", "has no file"),
    ],
)
def test_a_wrong_name_is_told(work: WorkSite, asked: str, cure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the site has not is never called unchanged."""
    monkeypatch.chdir(work.root)
    with pytest.raises(EnvironmentFault, match=cure):
        explained(work, asked)
