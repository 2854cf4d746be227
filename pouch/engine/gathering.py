"""Gather: what changed is read anew, and all readings together become the archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from pouch.archive.archive import Archive
from pouch.engine.check import archive_problems
from pouch.engine.garbage import uncollected
from pouch.engine.readings import Reader, Reading, body_key, decode_reading, stale_readings
from pouch.engine.report import Report
from pouch.engine.shape import shape_of
from pouch.engine.sources import ARCHIVED, STATIC, VOCABULARY, Scan
from pouch.engine.state import READ, State
from pouch.errors import ContentError
from pouch.problems import Problem, has_errors
from pouch.reporting import progress
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from pouch.workers import Crew, spread


class Revision(NamedTuple):
    """What a foreign plugin made of an entry."""

    title: str
    html: str  # sanitised


class Gathering:
    """From sources to the archive, with what earlier builds read."""

    def __init__(self, site: Site, state: State, jobs: int, report: Report) -> None:
        self.site = site
        self.state = state
        self.jobs = jobs
        self.report = report
        self.leads: bytes | None = None
        """What leads where, where no file's shape has changed since that was found."""

    def archive(
        self,
        found: Scan,
        settings: str,
        now: datetime,
        revisions: Mapping[str, Revision],
        ready: Callable[[], object],
    ) -> Archive:
        """The archive as it is at the moment `now`; `ready` is called before workers are started.

        Raises ContentError with the faults of all files.
        """
        vocabulary, problems = load_vocabulary(self.site)
        readings = self._read(found, vocabulary, settings, ready)
        self._revise(readings, revisions)
        if not self.state.same_due(now):
            self.leads = None
        with uncollected():
            return self._archive(readings, vocabulary, problems, now)

    def _read(
        self, found: Scan, vocabulary: Vocabulary, settings: str, ready: Callable[[], object]
    ) -> dict[str, Reading]:
        """Readings of all files, those that changed read anew and remembered with their HTML."""
        state = self.state
        with uncollected():
            readings = {} if state.meta("read_settings") not in ("", settings) else state.readings()
        wanted = {s.path: s for s in found.sources.values() if s.kind in ARCHIVED}
        stale = {
            path
            for path in wanted
            if path in found.changed
            # After a power cut, part of the state may be of the build before.
            or (reading := readings.get(path)) is None
            or reading.contents != found.stamps[path].digest
        }
        vocabulary_digest, statics_digest = found.digest((VOCABULARY,)).hex(), found.digest((STATIC,)).hex()
        gone = [path for path in readings if path not in wanted]
        old = {_body_of(readings.pop(path)) for path in gone}
        stale |= stale_readings(
            readings,
            vocabulary,
            self.site,
            # Not what changed since the last build, which may have failed, but since files were last read.
            vocabulary_changed=state.meta("read_vocabulary") != vocabulary_digest,
            statics_changed=state.meta("read_statics") != statics_digest,
        )
        sources = [wanted[path] for path in sorted(stale)]
        fresh = []
        blobs = []
        rows = []
        crew = Crew(self.jobs)
        if len(sources) >= crew.few:
            ready()
        with progress("Reading", len(sources)) as bar:
            for path, contents, encoded, html in spread(
                Reader, (self.site, vocabulary), Reader.fresh, sources, crew
            ):
                found.hashed(path, contents)
                reading = decode_reading(encoded)
                fresh.append(reading)
                rows.append((path, encoded))
                if key := _body_of(reading):  # an entry may well be all key points, without a body
                    blobs.append((key, html))
                if len(blobs) >= 512:
                    state.put_blobs(blobs)
                    state.put_readings(rows, ())
                    blobs.clear()
                    rows.clear()
                bar.advance()
        state.put_blobs(blobs)
        same_shape = (
            bool(readings)
            and not gone
            and all(
                (before := readings.get(reading.path)) is not None and shape_of(before) == shape_of(reading)
                for reading in fresh
            )
        )
        self.leads = state.leads() if same_shape else None
        if not same_shape:
            state.put_leads(None)
        old |= {_body_of(readings[reading.path]) for reading in fresh if reading.path in readings}
        readings.update((reading.path, reading) for reading in fresh)
        state.drop_blobs(old - {_body_of(reading) for reading in fresh})
        state.put_readings(rows, gone)
        state.put_meta(
            {
                "stage": READ,
                "read_settings": settings,
                "read_vocabulary": vocabulary_digest,
                "read_statics": statics_digest,
            }
        )
        # What was read is kept whatever comes of the rest: a fault in one file must not cost reading ten thousand.
        state.put_stamps(found.new_stamps(archived=True), ())
        state.db.commit()
        self.report.read = len(fresh)
        self.report.warnings = [problem for reading in fresh for problem in reading.problems]
        return dict(sorted(readings.items()))

    def _revise(self, readings: dict[str, Reading], revisions: Mapping[str, Revision]) -> None:
        for path, (title, html) in revisions.items():
            reading = readings.get(path)
            if reading is not None and (record := reading.entry) is not None:
                key = body_key(path, html)
                self.state.put_blobs([(key, html.encode())])
                record = msgspec.structs.replace(record, title=title, body=key)
                readings[path] = msgspec.structs.replace(reading, entry=record)

    def _archive(
        self, readings: dict[str, Reading], vocabulary: Vocabulary, problems: list[Problem], now: datetime
    ) -> Archive:
        archive = Archive(
            self.site,
            vocabulary,
            [r.entry for r in readings.values() if r.entry is not None],
            [r.dossier for r in readings.values() if r.dossier is not None],
            [r.page for r in readings.values() if r.page is not None],
            now=now,
        )
        found = list(problems)
        if self.leads is None:
            found += archive_problems(readings.values(), self.site)
        else:
            # They agreed with each other, and still do.
            found += [problem for reading in readings.values() for problem in reading.problems]
        if has_errors(found):
            raise ContentError(found)
        return archive


def _body_of(reading: Reading) -> str:
    kept = reading.entry or reading.dossier or reading.page
    return kept.body if kept else ""
