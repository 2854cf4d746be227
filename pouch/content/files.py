"""The files of content/ that people write: where they are, and how a changed one is written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Literal, NamedTuple

from pouch.content.folders import Folders
from pouch.errors import EnvironmentFault
from pouch.site import Site

Kind = Literal["entry", "dossier", "page"]
FOLDERS: tuple[tuple[str, Kind], ...] = (
    ("entries", "entry"),
    ("dossiers", "dossier"),
    ("digests", "dossier"),
    ("pages", "page"),
)


class ContentFile(NamedTuple):
    """A Markdown file of the site."""

    kind: Kind
    path: str  # relative to the site's folder, with forward slashes
    file: Path


def content_files(site: Site) -> Iterator[ContentFile]:
    """Every entry, dossier and page, each kind in order of path; see `pouch.content.folders` for what is left out."""
    for kind, name, _ in _with_stats(site):
        file = Path(name)
        yield ContentFile(kind, site_path(file, site), file)


def entry_stats(site: Site) -> Iterator[tuple[str, os.stat_result]]:
    """The absolute path and the stat of every entry's file, in order of path: a `Path` of each costs more than both."""
    return ((name, stat) for kind, name, stat in _with_stats(site) if kind == "entry")


def _with_stats(site: Site) -> Iterator[tuple[Kind, str, os.stat_result]]:
    folders = Folders(site)
    for folder, kind in FOLDERS:
        for name, stat in folders.texts(str(site.content_path / folder), ".md", kind):
            yield kind, name, stat


LARGEST = 20_000_000
"""Bytes of a file of text; a larger one is not read, since several times its size would be needed to do so."""


def read_content(file: str | Path) -> bytes:
    """The bytes of a file.

    Raises OSError, also for a pipe or a socket, which would hold us for ever, and for a file too large to be text.
    """
    # Opened without waiting for a writer (of a pipe), and only then asked what it is.
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        status = os.fstat(descriptor)
        if not S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if status.st_size > LARGEST:
            raise OSError(errno.EFBIG, f"it is larger than {LARGEST // 1_000_000} MB, and no text is")
        pieces = []
        # A byte more than there should be, so that the end is seen.
        while piece := os.read(descriptor, status.st_size + 1):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def site_path(file: Path, site: Site) -> str:
    """A path as problems name it: relative to the site's folder, showable whatever bytes its name has."""
    name, root = str(file), f"{site.root}{os.sep}"
    # `relpath` asks for the working directory each time; of ten thousand files that takes a second.
    inside = name.removeprefix(root) if name.startswith(root) and ".." not in name else ""
    path = (inside or os.path.relpath(file, site.root)).replace(os.sep, "/")
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def write_whole(file: Path, data: bytes) -> None:
    """Write a file so that under its name it is never half-written. Raises EnvironmentFault."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".pouch-", suffix=".tmp", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(data)
            mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask()
            Path(name).chmod(mode)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise EnvironmentFault(f"{file} cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
