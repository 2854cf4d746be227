"""pouch_incremental on a Pelican site that is not ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.sites import stamps, tree

SETTINGS = """\
SITENAME = "Another site"
TIMEZONE = "UTC"
PATH = "content"
PLUGINS = [{plugins}]
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small Pelican site with Pelican's own theme."""
    (tmp_path / "content").mkdir()
    (tmp_path / "pelicanconf.py").write_text(SETTINGS.format(plugins='"pouch_incremental"'), "utf-8")
    for name in ("one", "two"):
        text = f"Title: {name}\nDate: 2025-03-05\nSlug: {name}\n\nText of {name}.\n"
        (tmp_path / "content" / f"{name}.md").write_text(text, "utf-8")
    return tmp_path


def pelican(root: Path, output: str = "output") -> None:
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", output]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_unchanged_pages_keep_their_mtime(root: Path) -> None:
    """A second run writes nothing that Pelican renders, so caches stay warm."""
    pelican(root)
    before = stamps(root / "output")
    pelican(root)
    after = stamps(root / "output")
    assert {path for path in before if path.endswith(".html")} >= {"one.html", "two.html", "index.html"}
    assert {p: s for p, s in after.items() if p.endswith(".html")} == {
        p: s for p, s in before.items() if p.endswith(".html")
    }


def test_a_page_that_goes_is_pruned_and_foreign_files_stay(root: Path) -> None:
    """Only what the writer wrote is deleted."""
    pelican(root)
    (root / "output" / "CNAME").write_text("example.org", "utf-8")
    (root / "content" / "two.md").unlink()
    pelican(root)
    assert not (root / "output" / "two.html").exists()
    assert (root / "output" / "one.html").exists()
    assert (root / "output" / "CNAME").exists()


def test_the_bytes_are_pelicans_own(root: Path) -> None:
    """Without the plugin, the same pages."""
    pelican(root)
    (root / "pelicanconf.py").write_text(SETTINGS.format(plugins=""), "utf-8")
    pelican(root, "plain")
    assert tree(root / "plain") == tree(root / "output")
