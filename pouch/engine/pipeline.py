"""The steps after the scan: read, archive, plan, render, write, prune, remember. Loaded only when something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from pouch.archive.archive import Archive
from pouch.engine.agenda import Agenda, Past
from pouch.engine.files import prune
from pouch.engine.fingerprint import NEW, Known
from pouch.engine.garbage import uncollected
from pouch.engine.gathering import Gathering, Revision
from pouch.engine.inventory import Strays
from pouch.engine.manifest import Manifest
from pouch.engine.planning import Plan
from pouch.engine.rendering import CREW, Press, in_order, job_of
from pouch.engine.report import Report
from pouch.engine.shards import make_shards
from pouch.engine.sources import Scan
from pouch.engine.state import COMPLETE, WRITING, State
from pouch.feeds.items import superseded
from pouch.pages.outputs import Output, model_of
from pouch.reporting import progress
from pouch.search.indexing import Task
from pouch.site import Site
from pouch.theming.theme import Theme
from pouch.workers import Crew, spread

OUTPUTS_AT_ONCE = 16_384
"""So many are remembered together, while others are made."""


class Pipeline:
    """One build's work on one output folder, with its state open."""

    def __init__(self, site: Site, state: State, manifest: Manifest, jobs: int, report: Report) -> None:
        self.site = site
        self.state = state
        self.manifest = manifest
        self.jobs = jobs
        self.report = report

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
            chapters = self.state.chapters()
            # At the first build there is none to look for, a hundred thousand times.
            fingerprint = self.state.fingerprint if chapters else _no_fingerprint
            past = Past(fingerprint, chapters, self.state.listed, strays())
            agenda = self._agenda(plan, past, theme)
        self._make(plan, agenda, first=not past.chapters)
        self.state.put_leads(plan.leads)
        self.state.put_chapters(agenda.planned, agenda.listed, agenda.gone)
        self.state.put_stamps(found.new_stamps(archived=False), found.gone)
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
        gathering = Gathering(self.site, self.state, self.jobs, self.report)
        archive = gathering.archive(found, settings, now, revisions, ready)
        theme = Theme(self.site)
        with uncollected():
            plan = Plan(archive, theme.translator, found, theme.static_files(), gathering.leads or b"")
        return archive, theme, plan

    def _agenda(self, plan: Plan, past: Past, theme: Theme) -> Agenda:
        """Decide what is to be made. What feeds are to hold is made meanwhile, for the state: still no file."""
        agenda = Agenda(plan, past, theme)
        _finish(agenda.take(plan.feeds))
        others = agenda.take(plan.others)
        self._fragments(plan, agenda.stale, others)
        _finish(others)
        agenda.close()
        return agenda

    def _make(self, plan: Plan, agenda: Agenda, *, first: bool) -> None:
        site, state, report = self.site, self.state, self.report
        planned, fingerprints, stale = agenda.paths, agenda.fingerprints, agenda.stale
        same = self._as_listed(agenda)
        owned = planned if same else self.manifest.read()
        report.reasons = agenda.reasons
        report.made = len(stale)
        if not same:
            self.manifest.claim(planned - (owned or set()))
        state.put_meta({"stage": WRITING})
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
                if len(done) >= OUTPUTS_AT_ONCE:
                    state.put_outputs(done, ())
                    done.clear()
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
        if not same:
            self._prune(owned, planned, first=first)
        state.put_outputs(done, agenda.left)

    def _prune(self, owned: set[str] | None, planned: set[str], *, first: bool) -> None:
        """Delete what is ours and no longer planned, and list what is."""
        report = self.report
        if owned is not None:
            report.removed = prune(Path(self.site.output), owned - planned)
        elif not first or any(NEW not in why for why in report.reasons.values()):
            report.notes.append(
                "the manifest of this output folder is lost, so nothing is pruned; delete what does not belong"
            )
        if owned != planned:
            self.manifest.replace(planned)
        self.state.put_meta({"manifest": self.manifest.digest()})

    def _as_listed(self, agenda: Agenda) -> bool:
        """Whether the manifest lists what is planned, as far as that can be told without reading all its lines."""
        at_last = self.state.meta("manifest")
        unmoved = agenda.same_paths and not agenda.shards
        return unmoved and at_last != "" and self.manifest.digest() == at_last

    def _fragments(self, plan: Plan, feeds: Iterable[Output], idle: Iterator[None]) -> None:
        """Build the items that feeds to be made hold and the store lacks; forget those that became others."""
        state = self.state
        needed: set[str] = set()
        for output in feeds:
            needed.update(getattr(output.model, "items", ()))
        stored = state.fragment_keys() if needed else set()
        if needed <= stored:
            return
        items = plan.items
        # In the plan's order an entry's formats come one after another, and share what is made of it.
        tasks = ((key, items[key]) for key in items if key in needed and key not in stored)
        press = (self.site, plan.views, str(state.file))
        # Workers read bodies from what is committed.
        state.db.commit()
        state.put_blobs(spread(Press, press, _fragment, tasks, Crew(self.jobs), idle=idle))
        state.drop_blobs(superseded(stored, items, plan.live))


def _finish(steps: Iterator[None]) -> None:
    for _ in steps:
        pass


def _no_fingerprint(_: str) -> None:
    return None


def _fragment(press: Press, task: tuple[str, object]) -> tuple[str, bytes]:
    return press.fragment(task[0], task[1])  # type: ignore[arg-type]  # tasks are made six lines above
