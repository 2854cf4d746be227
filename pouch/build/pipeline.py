"""The steps after the scan: read, archive, plan, render, write, prune, remember. Loaded only when something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from pouch.archive.archive import Archive
from pouch.build.agenda import Agenda, Past
from pouch.build.check import archive_problems
from pouch.build.files import prune
from pouch.build.fingerprint import NEW, Known
from pouch.build.garbage import uncollected
from pouch.build.inventory import Strays
from pouch.build.manifest import Manifest
from pouch.build.planning import Plan
from pouch.build.readings import Reader, Reading, body_key, decode_reading, stale_readings
from pouch.build.rendering import CREW, Press, in_order, job_of
from pouch.build.report import Report
from pouch.build.shape import shape_of
from pouch.build.shards import make_shards
from pouch.build.sources import DOSSIER, ENTRY, PAGE, STATIC, VOCABULARY, Scan
from pouch.build.state import COMPLETE, READ, WRITING, State
from pouch.errors import ContentError
from pouch.feeds.items import superseded
from pouch.plan.outputs import Output, model_of
from pouch.problems import Problem, has_errors
from pouch.reporting import progress
from pouch.search.indexing import Task
from pouch.site import Site
from pouch.theming.theme import Theme
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from pouch.workers import Crew, spread


class Revision(NamedTuple):
    """What a foreign plugin made of an entry."""

    title: str
    html: str  # sanitised


class Pipeline:
    """One build's work on one output folder, with its state open."""

    def __init__(self, site: Site, state: State, manifest: Manifest, jobs: int, report: Report) -> None:
        self.site = site
        self.state = state
        self.manifest = manifest
        self.jobs = jobs
        self.report = report
        self._related: bytes | None = (
            None  # what follows from the shapes of all files, where those are as they were
        )

    def run(
        self,
        found: Scan,
        strays: Callable[[], Strays],
        settings: str,
        now: datetime,
        revisions: Mapping[str, Revision],
    ) -> None:
        """Bring everything up to date with what the scan found; `strays` waits for what the inventory found.

        Raises ContentError before the first file is written; EnvironmentFault.
        """
        archive, theme, plan = self.plan(found, settings, now, revisions, strays)
        self.report.warnings += plan.problems
        with uncollected():
            past = Past(self.state.fingerprint, self.state.chapters(), self.state.listed, strays())
            agenda = Agenda(plan, past, theme)
        self._make(plan, agenda, first=not past.chapters)
        if plan.related != self._related:
            self.state.put_related(plan.related)
        self.state.put_chapters(agenda.planned, agenda.listed, agenda.gone)
        self.state.put_stamps(found.new_stamps, found.gone)
        self.state.put_meta(
            {
                "settings": settings,
                "last_due": archive.last_due.isoformat() if archive.last_due else "",
                "next_due": archive.next_due.isoformat() if archive.next_due else "",
                "files": str(len(agenda.paths)),
                "stage": COMPLETE,
            }
        )
        self.state.db.commit()

    def plan(
        self,
        found: Scan,
        settings: str,
        now: datetime,
        revisions: Mapping[str, Revision],
        ready: Callable[[], object] = lambda: None,
    ) -> tuple[Archive, Theme, Plan]:
        """What the site is to hold, nothing of it made: read, archive, plan. Raises ContentError.

        `ready` is called before workers are started.
        """
        vocabulary, problems = load_vocabulary(self.site)
        readings = self._read(found, vocabulary, settings, ready)
        self._revise(readings, revisions)
        theme = Theme(self.site)
        if self._related is not None and not self.state.same_due(now):
            self._related = None
        with uncollected():
            archive = self._archive(readings, vocabulary, problems, now)
            plan = Plan(archive, theme.translator, found, theme.static_files(), self._related or b"")
            return archive, theme, plan

    def _read(
        self, found: Scan, vocabulary: Vocabulary, settings: str, ready: Callable[[], object]
    ) -> dict[str, Reading]:
        """Readings of all files, those that changed read anew and remembered with their HTML."""
        state = self.state
        with uncollected():
            readings = {} if state.meta("read_settings") not in ("", settings) else state.readings()
        wanted = {s.path: s for s in found.sources.values() if s.kind in (ENTRY, DOSSIER, PAGE)}
        stale = {path for path in wanted if path in found.changed or path not in readings}
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
        self._related = state.related() if same_shape else None
        if not same_shape:
            state.put_related(None)
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
        state.put_stamps({s.path: found.stamps[s.path] for s in sources}, ())
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
        if self._related is None:
            found += archive_problems(readings.values(), self.site)
        else:
            # They agreed with each other, and still do.
            found += [problem for reading in readings.values() for problem in reading.problems]
        if has_errors(found):
            raise ContentError(found)
        return archive

    def _make(self, plan: Plan, agenda: Agenda, *, first: bool) -> None:
        site, state, report = self.site, self.state, self.report
        owned = self.manifest.read()
        planned, fingerprints, stale = agenda.paths, agenda.fingerprints, agenda.stale
        report.reasons = agenda.reasons
        report.made = len(stale)
        self.manifest.claim(planned - (owned or set()))
        state.put_meta({"stage": WRITING})
        self._fragments(plan, stale)
        state.db.commit()
        done: list[tuple[str, Known]] = []
        press = (site, plan.views, str(state.file), not Path(site.output).exists())
        # Models are made while others are rendered: all of them at once would be the most that a build ever holds.
        jobs = map(job_of, in_order(stale))
        with progress("Writing", len(stale)) as bar:
            for made in spread(Press, press, Press.make, jobs, CREW._replace(jobs=self.jobs)):
                done.append((made.path, Known(fingerprints[made.path], made.size, made.mtime_ns)))
                report.written += made.written
                bar.advance()
        tasks = [Task(output.path, model_of(output)) for output in agenda.shards]
        made_with = make_shards(
            site, str(state.file), tasks, fingerprints, self.manifest, owned or set(), self.jobs
        )
        for shard, files, written in made_with:
            agenda.made_with(shard, files)
            done += files.items()
            report.made += len(files)
            report.written += written
            report.reasons |= dict.fromkeys(files, report.reasons[shard])
        report.paths = planned
        if owned is None:
            if not first or any(NEW not in why for why in report.reasons.values()):
                report.notes.append(
                    "the manifest of this output folder is lost, so nothing is pruned; delete what does not belong"
                )
        else:
            report.removed = prune(Path(site.output), owned - planned)
        if owned != planned:
            self.manifest.replace(planned)
        state.put_outputs(done, agenda.left)

    def _fragments(self, plan: Plan, stale: Iterable[Output]) -> None:
        """Build the items that feeds to be made hold and the store lacks; forget those that became others."""
        state = self.state
        needed: set[str] = set()
        for output in stale:
            if output.kind == "feed":
                needed.update(getattr(output.model, "items", ()))
        stored = state.fragment_keys() if needed else set()
        # In the plan's order an entry's formats come one after another, and share what is made of it.
        missing = [key for key in plan.items if key in needed and key not in stored] if needed else []
        if missing:
            items = plan.items
            tasks = ((key, items[key]) for key in missing)
            press = (self.site, plan.views, str(state.file))
            state.db.commit()
            built = spread(Press, press, _fragment, tasks, Crew(self.jobs))
            state.put_blobs(built)
            state.drop_blobs(superseded(stored, items, plan.live))


def _fragment(press: Press, task: tuple[str, object]) -> tuple[str, bytes]:
    return press.fragment(task[0], task[1])  # type: ignore[arg-type]  # tasks are made six lines above


def _body_of(reading: Reading) -> str:
    kept = reading.entry or reading.dossier or reading.page
    return kept.body if kept else ""
