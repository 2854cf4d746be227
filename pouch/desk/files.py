"""The files of entries by id, read from disk at the moment when they are asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from pouch.content.entry import Entry
from pouch.content.fields import Context
from pouch.content.files import entry_stats, read_content, site_path
from pouch.content.parse import read_bytes
from pouch.convert.drafts.archive_index import ArchiveIndex
from pouch.errors import EnvironmentFault
from pouch.problems import Problem
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.workers import pool_beside_threads

_DRAFT = re.compile(rb"""^ *["']?status["']?:\s*["']?draft""", re.MULTILINE)


class EntryFile(NamedTuple):
    """One entry's file as it is on disk."""

    path: str  # relative to the site's folder
    file: Path
    data: bytes
    entry: Entry | None  # None where it has errors
    problems: list[Problem]


class EntryFiles:
    """The entries of one site."""

    def __init__(self, site: Site, vocabulary: Vocabulary) -> None:
        self._site = site
        self._context = Context(site, vocabulary)
        self._paths: dict[str, str] = {}
        self._others: dict[str, tuple[int, int]] = {}  # files that are no drafts: time of change, size

    def drafts(self) -> Iterator[EntryFile]:
        """Every draft, and what stands among the drafts, in order of path."""
        folder = f"{self._site.entries_path / 'drafts'}{os.sep}"
        others: dict[str, tuple[int, int]] = {}
        for name, stat in entry_stats(self._site):
            stamp = (stat.st_mtime_ns, stat.st_size)
            if self._others.get(name) == stamp:
                others[name] = stamp
                continue
            # Of ten thousand entries few are drafts: the others are read once, and not parsed.
            only = None if name.startswith(folder) else _DRAFT
            file = Path(name)
            entry_file = self._read(site_path(file, self._site), file, only)
            if entry_file is None or (entry_file.entry and entry_file.entry.status != "draft"):
                others[name] = stamp
            else:
                yield entry_file
        self._others = others

    def of(self, entry_id: str, index: ArchiveIndex | None = None) -> EntryFile | None:
        """The file of the entry with this id; `index` saves opening the archive's own."""
        if entry_file := self._at_last_path(entry_id):
            return entry_file
        with open_index(self._site) if index is None else nullcontext(index) as opened:
            indexed_entry = opened.with_id(entry_id)
        if indexed_entry is None:
            return None
        self._paths[entry_id] = site_path(indexed_entry.path, self._site)
        return self._at_last_path(entry_id)

    def title_at(self, file: Path) -> tuple[str, str]:
        """The path of an entry's file, relative to the site's folder, and its title; its name where it has errors."""
        path = site_path(file, self._site)
        entry_file = self._read(path, file)
        return path, entry_file.entry.title if entry_file and entry_file.entry else file.stem

    def _at_last_path(self, entry_id: str) -> EntryFile | None:
        path = self._paths.get(entry_id)
        entry_file = self._read(path, Path(self._site.root) / path) if path else None
        if entry_file is None or (entry_file.entry is not None and entry_file.entry.id != entry_id):
            self._paths.pop(entry_id, None)
            return None
        return entry_file

    def _read(self, path: str, file: Path, only: re.Pattern[bytes] | None = None) -> EntryFile | None:
        try:
            data = read_content(file)
        except OSError:
            return None
        if only is not None and not only.search(data):
            return None
        parsed = read_bytes(data, path, self._context)
        return EntryFile(path, file, data, parsed.entry, parsed.problems)


def open_index(site: Site) -> ArchiveIndex:
    """The archive's index. While a conversion has it, a copy for this moment."""
    try:
        return ArchiveIndex(site, pool=pool_beside_threads())
    except EnvironmentFault:
        return ArchiveIndex(site, keep=False, pool=pool_beside_threads())
