"""A small site on disk, and its command line."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from pouch.cli import main

SETTINGS = """\
SITENAME = "Test archive"
SITEURL = "https://example.org"
TIMEZONE = "Europe/Brussels"
DEFAULT_LANG = "en"
POUCH_LANGUAGES = ["en", "fr"]
POUCH_SITE_ID = "8f14e45f-ceea-467f-a8d9-2d2a2f7e3a11"
"""
TOPICS = """\
[war]
labels = { en = "War", fr = "Guerre" }

[ceasefire]
labels = { en = "Ceasefire", fr = "Cessez-le-feu" }
parent = "war"

[flood]
labels = { en = "Flood", fr = "Inondation" }
"""


def make_site(root: Path, files: Mapping[str, str] | None = None) -> Path:
    """A site with three topics and these files (path under content/ → text)."""
    (root / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    for path, text in {"vocabulary/topics.toml": TOPICS, **(files or {})}.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


def entry(entry_id: str, *lines: str, body: str = "Text.") -> str:
    """An entry's file: about Ukraine and the war, on 5 March 2025, unless the lines say otherwise."""
    given = {line.partition(":")[0] for line in lines}
    usual = [f"id: {entry_id}", "title: Talks", "date: 2025-03-05", "countries: [UA]", "topics: [war]"]
    kept = [line for line in usual if line.partition(":")[0] not in given]
    return "\n".join(["---", *kept, *lines, "---", "", body, ""])


def git(folder: Path, *arguments: str) -> None:
    """Git with an author of its own, whatever the machine's settings."""
    author = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *author, *arguments], check=True, capture_output=True)


class Outcome(NamedTuple):
    """What a command leaves on the terminal."""

    exit_code: int
    stdout: str
    stderr: str


def run(site: Path, command: str, *arguments: str) -> Outcome:
    """`pouch COMMAND --site SITE ARGUMENTS`."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([command, "--site", str(site), *arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return Outcome(code, *(_text(stream) for stream in (out, err)))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode("utf-8")
