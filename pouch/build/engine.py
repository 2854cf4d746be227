"""The engine: one build from the site's folders to its output. `pouch build` and the Pelican plugins both call it.

    scan → read → archive → plan → render and write → prune → remember

Everything that decides is pure and stands elsewhere; this module only puts the steps in order.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from pouch import clock
from pouch.archive.archive import Archive
from pouch.build.check import archive_problems
from pouch.build.code import engine_digest
from pouch.build.files import prune, sweep
from pouch.build.fingerprint import NEW, Fingerprint, Known, digest, encode, reasons
from pouch.build.lock import locked
from pouch.build.planning import Plan, plan_site
from pouch.build.readings import Reader, Reading, stale_readings
from pouch.build.rendering import Job, Press
from pouch.build.sources import DOSSIER, ENTRY, PAGE, STATIC, THEME, VOCABULARY, Scan, scan
from pouch.build.state import CorruptStateError, Manifest, State, folder_of
from pouch.build.workers import default_jobs, spread
from pouch.errors import ContentError, EnvironmentFault
from pouch.problems import Problem, has_errors
from pouch.reporting import progress
from pouch.site import Site
from pouch.theming.theme import Theme
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary


class Report(msgspec.Struct, kw_only=True):
    """What a build did."""

    outputs: int = 0  # files that the site has
    made: int = 0  # rendered
    written: int = 0  # of those, files whose bytes changed
    pruned: int = 0
    read: int = 0  # content files that were read again
    warnings: list[Problem] = msgspec.field(default_factory=list)  # of the files read in this build
    reasons: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)  # why each output was made
    notes: list[str] = msgspec.field(default_factory=list)  # what the person should know


def build(site: Site, *, jobs: int | None = None, clean: bool = False) -> Report:
    """Bring the output folder up to date.

    `jobs`: processes, default as many as there are cores; `clean` believes no earlier state, only the manifest.
    Raises ContentError with all problems, in which case the last good output stays as it was; EnvironmentFault.
    """
    folder = folder_of(site)
    engine = engine_digest()
    with locked(folder), _disk_faults(site):
        try:
            with State(folder, engine, clean=clean) as state:
                return _Build(site, state, Manifest(folder), jobs or default_jobs()).run()
        except (CorruptStateError, msgspec.MsgspecError, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise EnvironmentFault(f"the build's state in {folder} cannot be written: {error}") from error
            discarded = str(error)
        with State(folder, engine, clean=True) as state:
            state.discarded = discarded
            return _Build(site, state, Manifest(folder), jobs or default_jobs()).run()


@contextmanager
def _disk_faults(site: Site) -> Iterator[None]:
    """A disk that is full or read-only is told as such."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(f"{error.filename or site.output}: {error.strerror or error}") from error


class _Build:
    def __init__(self, site: Site, state: State, manifest: Manifest, jobs: int) -> None:
        self.site = site
        self.state = state
        self.manifest = manifest
        self.jobs = jobs
        self.report = Report()
        if state.discarded:
            self.report.notes.append(f"the state of the last build is not used: {state.discarded}")

    def run(self) -> Report:
        site, state = self.site, self.state
        if not Path(site.content).is_dir():
            raise EnvironmentFault(f"no content folder {site.content}")
        now = clock.now()
        settings = digest(encode(site)).hex()
        found = scan(site, state.stamps(), time.time_ns())
        known = state.outputs()
        if state.meta("unfinished"):
            sweep(Path(site.output))
        elif self._nothing_to_do(found, known, settings, now):
            self.report.outputs = len(known)
            if found.touched:
                state.put_stamps(found.stamps, ())
                state.db.commit()
            return self.report
        vocabulary, problems = load_vocabulary(site)
        readings = self._read(found, vocabulary, settings)
        archive = self._archive(readings, vocabulary, problems, now)
        theme = Theme(site)
        plan = plan_site(archive, theme.translator, found, theme.static_files())
        self.report.warnings += plan.problems
        self._make(plan, known, theme)
        state.put_stamps(found.stamps, found.gone)
        due = archive.next_due.isoformat() if archive.next_due else ""
        state.put_meta({"settings": settings, "next_due": due, "unfinished": ""})
        state.db.commit()
        return self.report

    def _nothing_to_do(self, found: Scan, known: dict[str, Known], settings: str, now: datetime) -> bool:
        due = self.state.meta("next_due")
        return (
            bool(known)
            and not found.changed
            and not found.gone
            and self.state.meta("settings") == settings
            and (not due or datetime.fromisoformat(due) > now)
            and all(_on_disk(self.site, path) == (k.size, k.mtime_ns) for path, k in known.items())
            and self.manifest.read() is not None
        )

    def _read(self, found: Scan, vocabulary: Vocabulary, settings: str) -> dict[str, Reading]:
        """Readings of all files, those that changed read anew and remembered with their HTML."""
        state = self.state
        readings = {} if state.meta("read_settings") not in ("", settings) else state.readings()
        wanted = {s.path: s for s in found.sources.values() if s.kind in (ENTRY, DOSSIER, PAGE)}
        stale = {path for path in wanted if path in found.changed or path not in readings}
        kinds = {found.sources[p].kind for p in found.changed} | {_kind_of_gone(p) for p in found.gone}
        gone = [path for path in readings if path not in wanted]
        old = {_body_of(readings.pop(path)) for path in gone}
        stale |= stale_readings(
            readings,
            vocabulary,
            self.site,
            vocabulary_changed=VOCABULARY in kinds,
            statics_changed=STATIC in kinds,
        )
        sources = [wanted[path] for path in sorted(stale)]
        fresh = []
        blobs = []
        with progress("Reading", len(sources)) as bar:
            for reading, html in spread(Reader, (self.site, vocabulary), Reader.read, sources, self.jobs):
                fresh.append(reading)
                if html and (key := _body_of(reading)):
                    blobs.append((key, html))
                if len(blobs) >= 512:
                    state.put_blobs(blobs)
                    blobs.clear()
                bar.advance()
        state.put_blobs(blobs)
        old |= {_body_of(readings[reading.path]) for reading in fresh if reading.path in readings}
        readings.update((reading.path, reading) for reading in fresh)
        state.drop_blobs(old - {_body_of(reading) for reading in fresh})
        state.put_readings(fresh, gone)
        state.put_meta({"read_settings": settings})
        # What was read is kept whatever comes of the rest: a fault in one file must not cost reading ten thousand.
        state.put_stamps({s.path: found.stamps[s.path] for s in sources}, ())
        state.db.commit()
        self.report.read = len(fresh)
        self.report.warnings = [problem for reading in fresh for problem in reading.problems]
        return dict(sorted(readings.items()))

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
        found = [*problems, *archive_problems(readings.values())]
        if has_errors(found):
            raise ContentError(found)
        return archive

    def _make(self, plan: Plan, known: dict[str, Known], theme: Theme) -> None:
        site, state, report = self.site, self.state, self.report
        owned = self.manifest.read()
        views = {lang: digest(encode(view)) for lang, view in plan.views.items()}
        jobs: list[Job] = []
        fingerprints: dict[str, Fingerprint] = {}
        needed: set[str] = set()
        for output in plan.outputs:
            model = encode(output.model)
            is_page = output.kind == "html"
            fingerprint = Fingerprint(
                template=bytes.fromhex(theme.digest(output.template, output.lang)) if is_page else b"",
                model=digest(model),
                view=views.get(output.lang, b"") if is_page else b"",
            )
            why = reasons(fingerprint, known.get(output.path), _on_disk(site, output.path))
            if not why:
                continue
            report.reasons[output.path] = why
            fingerprints[output.path] = fingerprint
            if output.kind == "feed":
                needed.update(getattr(output.model, "items", ()))
            jobs.append(
                Job(
                    output.path,
                    output.kind,
                    output.template,
                    type(output.model).__name__,
                    model,
                    output.lang,
                    output.origin,
                )
            )
        planned = {output.path for output in plan.outputs}
        report.outputs = len(planned)
        report.made = len(jobs)
        self.manifest.claim(planned - (owned or set()))
        state.put_meta({"unfinished": "yes"})
        self._fragments(plan, needed)
        state.db.commit()
        done: list[tuple[str, Known]] = []
        press = (site, plan.views, str(state.file))
        with progress("Writing", len(jobs)) as bar:
            for made in spread(Press, press, Press.make, jobs, self.jobs):
                done.append((made.path, Known(fingerprints[made.path], made.size, made.mtime_ns)))
                report.written += made.written
                bar.advance()
        gone = [path for path in known if path not in planned]
        if owned is None:
            if known or any(NEW not in why for why in report.reasons.values()):
                report.notes.append(
                    "the manifest of this output folder is lost: nothing is pruned; delete what no longer belongs by hand"
                )
        else:
            report.pruned = prune(Path(site.output), owned - planned)
        self.manifest.replace(planned)
        state.put_outputs(done, gone)

    def _fragments(self, plan: Plan, needed: set[str]) -> None:
        """Build the items that feeds to be made hold and the store lacks; forget those that no feed holds."""
        state = self.state
        if not needed and not plan.items:
            return
        stored = {key for key in state.blob_keys() if ":" in key}
        missing = sorted(needed - stored)
        if missing:
            tasks = [(key, plan.items[key]) for key in missing]
            press = (self.site, plan.views, str(state.file))
            state.db.commit()
            built = spread(Press, press, _fragment, tasks, self.jobs)
            state.put_blobs(built)
            state.drop_blobs(stored - plan.items.keys())


def _fragment(press: Press, task: tuple[str, object]) -> tuple[str, bytes]:
    return press.fragment(task[0], task[1])  # type: ignore[arg-type]  # tasks are made six lines above


def _on_disk(site: Site, path: str) -> tuple[int, int] | None:
    try:
        stat = os.stat(f"{site.output}/{path}")  # noqa: PTH116  # for every output: a Path costs more than the call
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _body_of(reading: Reading) -> str:
    kept = reading.entry or reading.dossier or reading.page
    return kept.body if kept else ""


def _kind_of_gone(path: str) -> str:
    """What a source was that is no longer there."""
    if path.startswith("theme"):
        return THEME
    parts = path.split("/")
    folders = {"entries": ENTRY, "dossiers": DOSSIER, "pages": PAGE, "vocabulary": VOCABULARY}
    return next((folders[part] for part in parts if part in folders), STATIC)
