"""The desk's answers to the browser: plain values, encoded as JSON."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pouch.archive.records import Record
from pouch.desk.files import EntryFile
from pouch.desk.marks import Mark, Reason
from pouch.desk.passages import Passage
from pouch.desk.sheet import Fields, fields_of
from pouch.problems import Problem, Severity


class Like(msgspec.Struct, frozen=True):
    """An entry with the same address or nearly the same text."""

    id: str
    path: str
    title: str
    share: float  # 1.0: the same text; 0.0: the same address
    figures_differ: bool = False


class Listed(msgspec.Struct, frozen=True):
    """A draft of the archive, in the inbox's list."""

    id: str
    path: str
    title: str
    date: str = ""
    lang: str = ""
    countries: tuple[str, ...] = ()
    faults: int = 0

    @classmethod
    def of(cls, entry_file: EntryFile) -> Listed:
        """A line of the list for a draft's file; one with errors has no id to open it by."""
        errors = sum(problem.severity is Severity.ERROR for problem in entry_file.problems)
        if (entry := entry_file.entry) is None:
            return cls("", entry_file.path, Path(entry_file.path).stem, faults=errors)
        fields = fields_of(entry)
        return cls(entry.id, entry_file.path, entry.title, fields.date, fields.lang, entry.countries, errors)


class Earlier(msgspec.Struct, frozen=True):
    """A published briefing in a list: an earlier one on the same countries, or one that was searched for."""

    id: str
    title: str
    date: str
    lang: str
    countries: tuple[str, ...]

    @classmethod
    def of(cls, record: Record) -> Earlier:
        """A line of the list for a record."""
        day = record.date.date().isoformat() if record.date else ""
        return cls(record.id, record.title, day, record.lang, record.countries)


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it comes onto the desk."""

    id: str
    path: str = ""  # of its file; empty where there is none yet
    base: str = ""
    status: str = "draft"
    fields: Fields = Fields()
    passages: tuple[Passage, ...] = ()
    candidates: tuple[str, ...] = ()  # key points that could be
    date_from: str = ""
    notes: tuple[str, ...] = ()  # what was noticed while it was converted
    like: tuple[Like, ...] = ()
    image: str = ""  # the file of its picture


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """The desk's view of a sheet."""

    html: str = ""
    problems: tuple[Problem, ...] = ()
    field: str = ""  # a field that cannot be written as it was typed
    fault: str = ""  # and why
    earlier: tuple[Earlier, ...] = ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence for terms in a sheet's text."""

    marks: tuple[Mark, ...] = ()
    reasons: tuple[Reason, ...] = ()
    texts: tuple[str, ...] = ()  # of each passage, as readers see it
    lang: str = ""
    dates: tuple[str, ...] = ()  # that the text names


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a save."""

    outcome: str  # saved, conflict, duplicate, refused
    path: str = ""
    base: str = ""
    message: str = ""
    field: str = ""
    theirs: tuple[str, ...] = ()  # of a conflict: what changed in the file since it was opened
    diff: tuple[str, ...] = ()  # and what a save would change in it now
    other: str = ""  # the id of the entry that is there already
