"""The steps of a build after the scan. `pouch.engine.build` calls them in order; it loads them only when it must."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from pouch.archive.archive import Archive
from pouch.engine.compare import Comparison, LastBuild
from pouch.engine.dead_links import dead_links_of
from pouch.engine.due import waiting_notes
from pouch.engine.files import prune
from pouch.engine.fingerprint import NEW, StoredFile
from pouch.engine.folders import write_folders
from pouch.engine.garbage import uncollected
from pouch.engine.inventory import Strays
from pouch.engine.load import Loader, Revision
from pouch.engine.manifest import Manifest
from pouch.engine.page_ids import ids_of_files
from pouch.engine.plan import Plan, site_code
from pouch.engine.render import OutputWriter, in_order, pool
from pouch.engine.report import NO_EVENTS, Events, Report
from pouch.engine.scan import Scan
from pouch.engine.state import COMPLETE, State
from pouch.errors import ContentError
from pouch.pages.outputs import Fragment
from pouch.plugins import load_plugins
from pouch.problems import Problem, has_errors
from pouch.reporting import progress
from pouch.site import Site
from pouch.theming.theme import Theme
from pouch.workers import PoolConfig, parallel_map

OUTPUTS_A_BATCH = 16_384
"""So many outputs are recorded in the state together, while others are made."""
LOOKED_UP_APART = 4096
"""So many fragments are found in the state one by one. Of more, all that have their names take less time."""


def make_plan(
    site: Site,
    state: State,
    jobs: int,
    report: Report,
    scanned: Scan,
    settings: str,
    now: datetime,
    revisions: Mapping[str, Revision],
    ready: Callable[[], object] = lambda: None,
    events: Events = NO_EVENTS,
) -> tuple[Loader, Archive, Theme, Plan]:
    """Load what changed, build the archive from all records, and plan. Nothing is rendered.

    `ready` is called before worker processes are started. Raises ContentError with the faults of all files;
    EnvironmentFault.
    """
    loader = Loader(site, state, PoolConfig(jobs), report, events.reading)
    loader.load(scanned, settings, ready)
    archive = loader.archive(now, revisions)
    report.waiting = list(waiting_notes(archive.waiting, site))
    theme, plan = plan_archive(archive, site, scanned)
    report.warnings += plan.problems
    if has_errors(plan.problems) and not site.preview:
        raise ContentError(report.warnings)
    if site.preview:
        # Imported here: only a preview needs it.
        from pouch.engine.preview.early_lists import EarlyLists

        events.read(report, EarlyLists(theme, plan, None, str(state.file)))
    return loader, archive, theme, plan


def plan_archive(archive: Archive, site: Site, scanned: Scan) -> tuple[Theme, Plan]:
    """The theme, and what the plugins plan. Raises EnvironmentFault for a fault in a plugin."""
    plugins = load_plugins(site.plugins, site.plugin_paths)
    theme = Theme(site, plugins)
    with uncollected():
        return theme, Plan(archive, theme, scanned, plugins, site_code(site, scanned))


def compare_plan(
    plan: Plan, theme: Theme, site: Site, strays: Strays, state: State, jobs: int, report: Report
) -> Comparison:
    """Decide what is stale. Fragments that stale feeds need are rendered into the state while pages are compared.

    `strays` are the altered files of the last build. Raises ContentError if two outputs want one address.
    """
    with uncollected():
        groups = state.groups()
        # First build: skip 100,000 pointless lookups.
        fingerprint = state.fingerprint if groups else lambda _: None
        last = LastBuild(fingerprint, groups, state.listed, strays)
        comparison = Comparison(plan, last, theme, state.file.parent)
        try:
            _exhaust(comparison.compare(plan.feeds))
            pages = comparison.compare(plan.pages)
            _store_fragments(comparison.fragments, plan, site, state, jobs, pages)
            _exhaust(pages)
            comparison.close()
        except ContentError as error:
            # The warnings stay in the list, as they do in a check.
            raise ContentError({*error.problems, *report.warnings}) from error
    report.reasons = comparison.reasons
    return comparison


def hand_over(
    report: Report, archive: Archive, theme: Theme, plan: Plan, comparison: Comparison, state: State
) -> None:
    """Put into a preview's report all that can be shown before the build has written it."""
    # Imported here: only a preview needs them.
    from pouch.engine.preview.planned_pages import PlannedPages
    from pouch.engine.preview.single_page import SinglePages
    from pouch.engine.preview.unwritten import UnwrittenOutputs

    store = str(state.file)
    report.single_pages = SinglePages(archive, theme, plan)
    report.planned_pages = PlannedPages(archive, theme, plan, comparison.groups, store)
    report.unwritten = UnwrittenOutputs((archive.site, plan.views, store, comparison.spool), comparison.stale)


def new_dead_links(
    loader: Loader, archive: Archive, comparison: Comparison, *, everywhere: bool
) -> list[Problem]:
    """Links that lead nowhere, once all pages are written: in files that changed, or everywhere.

    `everywhere`: in all files, settings and vocabulary, as is done if an output is no longer planned. Earlier builds
    have reported the others.
    """
    of = None if everywhere or comparison.lost_outputs else loader.changed
    ids_of = ids_of_files(Path(archive.site.output))
    return dead_links_of(archive, loader.parsed, comparison.paths, ids_of, of)


def _store_fragments(
    needed: Mapping[str, Fragment],
    plan: Plan,
    site: Site,
    state: State,
    jobs: int,
    idle: Iterator[None] | None = None,
) -> None:
    """Render the fragments that the store lacks, after those that they hold; drop those that they replace."""
    places = {f"{fragment.name}:{fragment.of}" for fragment in needed.values()}
    few = len(places) < LOOKED_UP_APART
    stored = state.fragment_keys(places if few else {fragment.name for fragment in needed.values()})
    missing = [(key, fragment) for key, fragment in needed.items() if key not in stored]
    if not missing:
        return
    if inner := {key: each for _, fragment in missing for key, each in fragment.fragments}:
        _store_fragments(inner, plan, site, state, jobs)
    # An entry's formats one after another: they share what is made of its body.
    missing.sort(key=lambda keyed: keyed[1].of)
    writer = (site, plan.views, str(state.file), None, False, (), missing)
    # Workers read bodies from what is committed.
    state.db.commit()
    # With work of its own this process is the last to be done, so it goes first.
    config = PoolConfig(jobs, niceness=5 if idle else 0)
    numbers = range(len(missing))
    state.put_blobs(parallel_map(OutputWriter, writer, OutputWriter.nth_fragment, numbers, config, idle=idle))
    state.drop_blobs([key for key in stored.difference(needed) if key.rpartition(":")[0] in places])


def write_outputs(
    comparison: Comparison,
    plan: Plan,
    site: Site,
    state: State,
    manifest: Manifest,
    owned: set[str],
    jobs: int,
    report: Report,
    events: Events,
) -> list[tuple[str, StoredFile]]:
    """Render and write what is stale. Returns the files that the state has yet to record.

    `events.pages_written` is called before folders, such as the search index, are rendered: they take longest.
    """
    stale = in_order(comparison.stale)
    report.made = len(stale)
    fingerprints = {output.path: output.fingerprint for output in stale}
    unrecorded: list[tuple[str, StoredFile]] = []
    writer = (site, plan.views, str(state.file), comparison.spool, not Path(site.output).exists())
    numbers, config = range(len(stale)), pool(jobs, stale)
    with progress("Writing", len(stale)) as bar:
        for file in parallel_map(OutputWriter, (*writer, stale), OutputWriter.write_nth, numbers, config):
            unrecorded.append((file.path, StoredFile(fingerprints[file.path], file.size, file.mtime_ns)))
            report.written += file.written
            bar.advance()
            if len(unrecorded) >= OUTPUTS_A_BATCH:
                state.put_outputs(unrecorded, ())
                unrecorded.clear()
    report.unwritten = None
    events.pages_written(report)
    if comparison.stale_folders:
        _store_fragments(comparison.folder_fragments, plan, site, state, jobs)
        state.db.commit()
        folders = write_folders(writer, site.output, comparison.stale_folders, manifest, owned, jobs)
        for folder, files, count in folders:
            comparison.add_parts(folder, files)
            unrecorded += files.items()
            report.made += len(files)
            report.written += count
            report.reasons |= dict.fromkeys(files, report.reasons[folder])
    return unrecorded


def prune_and_list(
    comparison: Comparison,
    site: Site,
    state: State,
    manifest: Manifest,
    owned: set[str] | None,
    report: Report,
) -> None:
    """Delete the files that are ours and no longer planned, and list those that are.

    `owned` are the paths of the manifest, None where it is lost.
    """
    if owned is not None:
        report.removed = prune(Path(site.output), owned - comparison.paths)
    elif not comparison.first or any(NEW not in why for why in report.reasons.values()):
        report.notes.append(
            "the manifest of this output folder is lost, so nothing is pruned; delete what does not belong"
        )
    if owned != comparison.paths:
        manifest.replace(comparison.paths)
    state.put_meta({"manifest": manifest.digest()})


def record_build(
    comparison: Comparison,
    state: State,
    scanned: Scan,
    unrecorded: list[tuple[str, StoredFile]],
    settings: str,
    archive: Archive,
    report: Report,
) -> None:
    """Commit everything that the next build compares with. After a kill before this, outputs are made again."""
    state.put_outputs(unrecorded, comparison.removed)
    state.put_groups(comparison.planned, comparison.listed, comparison.removed_groups)
    state.put_stamps(scanned.new_stamps(archived=False), scanned.removed)
    report.size, report.largest = state.measure_outputs()
    state.put_meta(
        {
            "size": f"{report.size} {report.largest}",
            "settings": settings,
            "last_due": archive.last_due.isoformat() if archive.last_due else "",
            "next_due": archive.next_due.isoformat() if archive.next_due else "",
            "waiting": "\n".join(waiting_notes(archive.waiting, archive.site)),
            "files": str(len(comparison.paths)),
            "stage": COMPLETE,
        }
    )
    state.db.commit()


def _exhaust(steps: Iterator[None]) -> None:
    for _ in steps:
        pass
