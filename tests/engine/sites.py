"""Small real sites on disk, for tests of the whole build."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pouch.engine.build import build
from pouch.engine.report import Report
from pouch.site import Site, load_site

SETTINGS = """\
from pouch.settings import *

SITENAME = "Test archive"
SITEURL = "https://example.org"
DEFAULT_LANG = "en"
TIMEZONE = "America/Lima"
POUCH_SITE_ID = "8f14e45f-ceea-467f-a8d9-2d2a2f7e3a11"
POUCH_PER_PAGE = 2
POUCH_FEED_ITEMS = 3
"""

TOPICS = """\
[war]
labels = { en = "War", fr = "Guerre" }

[ceasefire]
labels = { en = "Ceasefire", fr = "Cessez-le-feu" }
parent = "war"

[trade]
labels = { en = "Trade", fr = "Commerce" }
"""


class WorkSite:
    """A site in a folder, its files written by a few words each."""

    def __init__(self, root: Path, settings: str = SETTINGS, topics: str = TOPICS) -> None:
        self.root = root
        self.write("pelicanconf.py", settings)
        self.write("content/vocabulary/topics.toml", topics)
        self.write("content/pages/about.md", "---\ntitle: About\n---\n\nHow this archive is made.\n")

    def write(self, path: str, text: str) -> Path:
        """Put a file below the site's folder."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def entry(
        self,
        name: str,
        *,
        date: str = "2025-03-05",
        countries: str = "UA",
        topics: str = "ceasefire",
        body: str = "A first paragraph.\n\nA second one.",
        **more: str,
    ) -> Path:
        """An entry whose id and file are `name`; further keys as they are to be written."""
        keys = {"id": f'"{name}"', "title": f"Title of {name}", "date": date}
        keys |= {"countries": f"[{countries}]", "topics": f"[{topics}]", **more}
        front = "".join(f"{key}: {value}\n" for key, value in keys.items())
        return self.write(f"content/entries/{name}.md", f"---\n{front}---\n\n{body}\n")

    def site(self, output: Path | None = None) -> Site:
        """Its settings."""
        return load_site(self.root, output=output)

    def build(self, *, jobs: int = 1, clean: bool = False, output: Path | None = None) -> Report:
        """One build in this process."""
        return build(self.site(output), jobs=jobs, clean=clean)

    @property
    def output(self) -> Path:
        """Its output folder."""
        return self.root / "output"


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def stamps(folder: Path) -> dict[str, int]:
    """Every file below a folder with its mtime in ns."""
    return {
        f.relative_to(folder).as_posix(): f.stat().st_mtime_ns
        for f in sorted(folder.rglob("*"))
        if f.is_file()
    }
