"""The list of files that we own in an output folder.

It lists what may be pruned. It is stored apart from the state, which is only a cache.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pouch.digests import digest


class Manifest:
    """The files that we own in one output folder: a text file, a path a line."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "manifest.txt"

    def read(self) -> set[str] | None:
        """Paths below the output folder; None where the manifest is lost."""
        try:
            text = self.file.read_text(encoding="utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        # A line that a kill cut short has no newline: what it names was not yet written.
        lines = text.split("\n")[:-1]
        # Looked at one by one only where there is a reason: a site has a hundred thousand paths.
        if text.startswith("/") or "\n/" in text or ".." in text:
            lines = [line for line in lines if not _escapes(line)]
        paths = set(lines)
        paths.discard("")
        return paths

    def digest(self) -> str:
        """Of the file's bytes; empty where the manifest is lost."""
        try:
            return digest(self.file.read_bytes()).hex()
        except FileNotFoundError:
            return ""

    def claim(self, paths: Iterable[str]) -> None:
        """Add paths before they are written: what a killed build leaves behind is still ours."""
        new = sorted(paths)
        if not new:
            return
        with self.file.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write("".join(f"{path}\n" for path in new))
            stream.flush()
            os.fsync(stream.fileno())

    def replace(self, paths: Iterable[str]) -> None:
        """The whole list, after pruning."""
        temporary = self.file.with_name(".pouch-manifest.tmp")
        temporary.write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8", newline="\n")
        temporary.replace(self.file)


def _escapes(path: str) -> bool:
    """Whether a manifest's line would lead out of the output folder."""
    return path.startswith("/") or ".." in path.split("/")
