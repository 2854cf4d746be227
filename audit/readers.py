"""Feed readers that people use, at work on addresses: newsboat, and the library `reader`."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

HERE = Path(__file__).parent
PYTHON = HERE / ".venv" / "bin" / "python"
"""The interpreter that has the library `reader`."""


class Shown(NamedTuple):
    """An item as a reader shows it."""

    id: str
    title: str
    published: str  # in UTC, to the second
    content: str
    new: bool  # not shown at an earlier poll


class FeedReader(Protocol):
    """A program that follows feeds."""

    name: str
    endings: tuple[str, ...]  # of the addresses whose format it knows

    def poll(self, addresses: Sequence[str]) -> dict[str, list[Shown] | str]:
        """What it has of each feed after asking for it, or its complaint. Everything counts as read afterwards."""


class LibraryReader:
    """https://reader.readthedocs.io: RSS, Atom and JSON Feed."""

    name = "reader"
    endings: tuple[str, ...] = (".xml", ".json")

    def __init__(self, folder: Path) -> None:
        """`folder` takes its database."""
        self._database = folder / "reader.sqlite"

    def poll(self, addresses: Sequence[str]) -> dict[str, list[Shown] | str]:
        """One run of the library."""
        done = subprocess.run(
            [str(PYTHON), str(HERE / "library_reader.py"), str(self._database)],
            input="\n".join(addresses),
            capture_output=True,
            text=True,
            check=True,
        )
        return {
            address: told["error"] or [Shown(*item) for item in told["items"]]
            for address, told in json.loads(done.stdout).items()
        }


class Newsboat:
    """https://newsboat.org: RSS and Atom, in a terminal."""

    name = "newsboat"
    endings: tuple[str, ...] = (".xml",)

    def __init__(self, folder: Path) -> None:
        """`folder` takes its caches."""
        self._folder = folder

    def poll(self, addresses: Sequence[str]) -> dict[str, list[Shown] | str]:
        """One run for each feed: newsboat knows an item once, whichever of its feeds it came from."""
        return {address: self._poll(address) for address in addresses}

    def _poll(self, address: str) -> list[Shown] | str:
        home = self._folder / hashlib.sha256(address.encode()).hexdigest()[:16]
        home.mkdir(exist_ok=True)
        (home / "urls").write_text(f"{address}\n")
        (home / "config").touch()
        command = ["newsboat", "-q", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        environment = {**os.environ, "HOME": str(home)}
        done = subprocess.run(
            command, cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        if done.returncode:
            return done.stderr.strip() or f"exit code {done.returncode}"
        with sqlite3.connect(home / "cache.db") as cache:
            rows = cache.execute("SELECT guid, title, pubDate, content, unread FROM rss_item").fetchall()
            cache.execute("UPDATE rss_item SET unread = 0")
        return [
            Shown(guid, title, datetime.fromtimestamp(moment, UTC).isoformat()[:19], content, bool(unread))
            for guid, title, moment, content, unread in rows
        ]
