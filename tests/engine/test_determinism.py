"""The same content gives the same bytes, whatever machine, user and folder it is built by."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import compiled
from tests.engine.sites import SETTINGS, WorkSite, tree


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A site in two languages with what a locale or a zone could touch, and what a plain build of it publishes."""
    work = WorkSite(
        tmp_path_factory.mktemp("reference") / "site", f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr', 'de']\n"
    )
    for number in range(12):
        work.entry(
            f"entry-{number}",
            date=f"2025-{number + 1:02}-05T23:30:00-05:00" if number % 2 else f"2024-{number + 1:02}-05",
            countries="UA, EG, TR, CI" if number % 3 else "GB, ET",
            topics="ceasefire, trade" if number % 2 else "war",
            lang="fr" if number % 4 == 0 else "en",
        )
    work.write("content/dossiers/countries/UA.md", "Prose.\n")
    work.write("content/extra/Überblick.txt", "Text.\n")
    work.build(jobs=1)
    return work.root, tree(work.output)


CASES = {
    # Several differences at once; the long run has each alone, which tells what a failure is due to.
    "zone, no home, two jobs": (
        {"TZ": "Asia/Kathmandu", "HOME": "/nowhere", "USER": "", "COLUMNS": "20", "PYTHONHASHSEED": "1"},
        "a/b/c/d/e/f/g",
        ["--jobs", "2"],
    ),
    "Turkish, another zone, three jobs": (
        {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
        "site",
        ["--jobs", "3"],
    ),
    "C locale, odd path": ({"LC_ALL": "C", "LANG": ""}, "un dossier à part/site #1", []),
}
ALONE = {
    "seed 1, two jobs": ({"PYTHONHASHSEED": "1"}, "site", ["--jobs", "2"]),
    "seed 2, three jobs": ({"PYTHONHASHSEED": "4242"}, "site", ["--jobs", "3"]),
    "zone": ({"TZ": "Asia/Kathmandu"}, "site", []),
    "Turkish": ({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, "site", []),
    "C locale": ({"LC_ALL": "C", "LANG": ""}, "site", []),
    "odd path": ({}, "un dossier à part/site #1", []),
    "no home": ({"HOME": "/nowhere", "USER": "", "COLUMNS": "20"}, "a/b/c/d/e/f/g", []),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "folder", "arguments"),
    [
        *(pytest.param(*case, id=name) for name, case in CASES.items()),
        *(pytest.param(*case, id=name, marks=pytest.mark.long) for name, case in ALONE.items()),
    ],
)
def test_the_same_bytes_everywhere(
    reference: tuple[Path, dict[str, str]],
    environment: dict[str, str],
    folder: str,
    arguments: list[str],
    tmp_path: Path,
) -> None:
    """Jobs, hash seeds, time zones, locales and checkout paths change no file."""
    root, expected = reference
    copy = tmp_path / folder
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("output", ".pouch"))
    compiled.share(copy)
    done = subprocess.run(
        [sys.executable, "-m", "pouch", "build", *arguments],
        cwd=copy,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tree(copy / "output") == expected
