"""The files that the first build of a preview has read so far: lists are shown of them while the rest is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pouch.archive.records import Record
from pouch.engine.parsed_files import ParsedFile
from pouch.engine.scan import ENTRY, Source

FIRST_PART = 1000
"""So many entries are shown at first: several times what the home page shows, planned in a fifth of a second."""
GROWTH = 4
"""The next part has so many times as many entries, since each part needs a plan of its own."""
_BEGINNING = 4096
"""Bytes of a file in which its date is looked for."""
_DATE = re.compile(rb"^date:[ \t]*[\"']?(\d{4}-\d\d-\d\d[^\s\"'#]*)", re.MULTILINE)


class ReadSoFar(NamedTuple):
    """A part of a site's files: introductions and pages, then the newest entries."""

    files: Sequence[ParsedFile]
    texts: Mapping[str, str]  # the HTML of introductions and pages, by key
    entries: int
    all_entries: int  # of the site

    @property
    def records(self) -> list[Record]:
        """The records of entries; of those that claim one id or address, the first."""
        by_id: dict[str, Record] = {}
        slugs = set[str]()
        for record in (each.entry for each in self.files if each.entry is not None):
            if record.id not in by_id and record.slug not in slugs:
                by_id[record.id] = record
                slugs.add(record.slug)
        return list(by_id.values())


class Parts:
    """Collects files in the order in which they are read, and calls back with larger and larger parts."""

    def __init__(self, all_entries: int, reading: Callable[[ReadSoFar], object]) -> None:
        self._all_entries = all_entries
        self._reading = reading
        self._files: list[ParsedFile] = []
        self._texts: dict[str, str] = {}
        self._entries = 0
        self._next = FIRST_PART

    def add(self, parsed: ParsedFile, kind: str, html: bytes) -> None:
        """Take the next file, of this kind of source, with the HTML of its text."""
        self._files.append(parsed)
        if text := parsed.dossier or parsed.page:
            self._texts[text.body] = html.decode()
        self._entries += kind == ENTRY
        if self._entries == self._next < self._all_entries:
            self._next *= GROWTH
            part = ReadSoFar(tuple(self._files), dict(self._texts), self._entries, self._all_entries)
            self._reading(part)


def newest_first(sources: Iterable[Source]) -> list[Source]:
    """Sources in the order in which lists need them: what is no entry, then entries by their `date:` line."""
    return sorted(sorted(sources, key=lambda source: source.path), key=_newness, reverse=True)


def _newness(source: Source) -> tuple[bool, bytes]:
    if source.kind != ENTRY:
        return True, b""
    # The parser says why a file cannot be read.
    with suppress(OSError), Path(source.file).open("rb") as opened:
        if date := _DATE.search(opened.read(_BEGINNING)):
            return False, date[1]
    return False, b""
