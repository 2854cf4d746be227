"""A site in a git repository, for the tests of `pouch diff`."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from tests.commands.sites import entry, git, make_site

TALKS = "entries/2025/03/talks.md"
FLOOD = "entries/2025/03/rain.md"


CONTENT = {
    TALKS: entry("talks01"),
    FLOOD: entry("rain01", "title: Rain", "countries: [FJ]", "topics: [flood]"),
}


def make_repository(folder: Path) -> Path:
    """A site in a folder of a repository below `folder`, one commit old, with two entries."""
    root = folder / "repository" / "site"
    root.mkdir(parents=True)
    make_site(root, CONTENT)
    git(root, "init", "-q", "-b", "main", "..")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Two briefings")
    return root


def edit(site: Path, path: str, text: str | None) -> None:
    """Write a file below content/, or remove it."""
    file = site / "content" / path
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def section(text: str, name: str) -> list[str]:
    """The lines below the one that begins with `name`."""
    lines = iter(text.splitlines())
    if not any(line.startswith(name) for line in lines):
        return []
    return [line.strip() for line in takewhile(lambda line: line.startswith("  "), lines)]
