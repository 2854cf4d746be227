"""The build: from the site's folders to its output. `pouch build` and Pelican both call it.

The steps stand under each other in `_build`; each is explained in the module that it calls.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pouch import clock
from pouch.caching import build_cache
from pouch.code import engine_digest
from pouch.digests import digest, encode
from pouch.engine.blobs import CorruptStateError
from pouch.engine.files import sweep
from pouch.engine.inventory import take_inventory
from pouch.engine.lock import locked
from pouch.engine.manifest import Manifest
from pouch.engine.report import NO_EVENTS, Events, Report
from pouch.engine.scan import VOCABULARY, Scan, disk_faults, require_folders, scan
from pouch.engine.state import COMPLETE, WRITING, State, folder_of
from pouch.errors import EnvironmentFault
from pouch.problems import has_errors
from pouch.site import Site
from pouch.workers import default_jobs, run_in_background

if TYPE_CHECKING:
    from pouch.engine.compare import Comparison
    from pouch.engine.load import Revision

SMALL_SITE = 4000
"""Below so many output files, checking them in a process of its own takes longer than it saves."""


def build(
    site: Site,
    *,
    jobs: int | None = None,
    clean: bool = False,
    revisions: Mapping[str, Revision] | None = None,
    events: Events = NO_EVENTS,
) -> Report:
    """Bring the output folder up to date.

    `jobs`: processes, default as many as there are cores; `clean` ignores cached state, except for the manifest;
    `revisions`: what foreign plugins made of entries, by path; `events`: callbacks.
    Raises ContentError with all problems, in which case the last good output stays as it was; EnvironmentFault.
    """
    require_folders(site)
    folder = folder_of(site)
    engine = engine_digest()
    with locked(folder), disk_faults(site):
        if clean:
            build_cache(site.root).clear()
        try:
            with State(folder, engine, clean=clean) as state:
                return _build(site, state, Manifest(folder), jobs or default_jobs(), revisions or {}, events)
        except (CorruptStateError, msgspec.MsgspecError, sqlite3.DatabaseError) as error:
            # One without a code is Python's own, for text in the state that is none.
            if isinstance(error, sqlite3.OperationalError) and hasattr(error, "sqlite_errorcode"):
                raise EnvironmentFault(f"the build's state in {folder} cannot be written: {error}") from error
            reason = str(error)
        with State(folder, engine, clean=True) as state:
            state.discarded = reason
            return _build(site, state, Manifest(folder), jobs or default_jobs(), revisions or {}, events)


def _build(
    site: Site, state: State, manifest: Manifest, jobs: int, revisions: Mapping[str, Revision], events: Events
) -> Report:
    """The steps of a build, with its state open and its output folder locked."""
    report = Report(notes=list(_notes(site, state)))
    now = clock.now()
    settings = digest(encode(site)).hex()
    output_files = state.meta("files")
    separate = jobs if output_files.isdecimal() and int(output_files) > SMALL_SITE else 1
    with run_in_background(separate, take_inventory, str(state.file), site.output) as strays:
        # Scan
        scanned = scan(site, state.stamps(), time.time_ns())
        if state.meta("stage") in (WRITING, ""):
            # The last build may have been killed.
            sweep(Path(site.output))
        elif (
            _nothing_changed(site, state, scanned, settings, now)
            and (owned := manifest.read()) is not None
            and not strays()
        ):
            return _same_again(report, owned, state, scanned)

        # Imported here: a build that ends above needs none of it.
        from pouch.engine import steps

        # Load, archive, plan
        loader, archive, theme, plan = steps.make_plan(
            site, state, jobs, report, scanned, settings, now, revisions, strays, events
        )

        # Compare
        comparison = steps.compare_plan(plan, theme, site, strays(), state, jobs, report)

    # Render and write
    same_files = _same_files(comparison, state, manifest)
    owned = comparison.paths if same_files else manifest.read()
    if not same_files:
        manifest.claim(comparison.paths - (owned or set()))
    state.put_meta({"stage": WRITING})
    state.db.commit()
    if site.preview:
        steps.hand_over(report, archive, theme, plan, comparison, state)
    events.planned(report)
    unrecorded = steps.write_outputs(
        comparison, plan, site, state, manifest, owned or set(), jobs, report, events
    )

    changed_words = any(source.path in scanned.changed for source in scanned.of(VOCABULARY))
    everywhere = comparison.first or changed_words or state.meta("settings") != settings
    report.warnings += steps.new_dead_links(loader, archive, comparison, everywhere=everywhere)

    # Prune
    report.paths = comparison.paths
    if not same_files:
        steps.prune_and_list(comparison, site, state, manifest, owned, report)

    # Save
    steps.record_build(comparison, state, scanned, unrecorded, settings, archive, report)
    report.working_set = None if site.preview else (loader, archive, theme, plan, comparison, scanned)
    return report


def _notes(site: Site, state: State) -> Iterator[str]:
    """Notes for the person, before anything is read."""
    if state.discarded:
        yield f"the state of the last build is not used: {state.discarded}"
    if site.ignored_settings:
        names = ", ".join(site.ignored_settings)
        yield f"these settings of Pelican have no effect on a Pouch site and are ignored: {names}"
    if any(lang.partition("-")[0] != "en" for lang in site.languages):
        # Imported here, like everything that only some builds need.
        from pouch.theming.catalogues import untranslated

        yield from untranslated(Path(site.theme), site.languages)


def _nothing_changed(site: Site, state: State, scanned: Scan, settings: str, now: datetime) -> bool:
    """Whether the sources are those of the last build, and the same entries are due."""
    return (
        # A preview needs the archive in any case: for the pages of entries that will be saved.
        not site.preview
        and state.meta("stage") == COMPLETE
        and not scanned.changed
        and not scanned.removed
        and state.meta("settings") == settings
        and state.same_due(now)
        and not has_errors(scanned.problems)
    )


def _same_files(comparison: Comparison, state: State, manifest: Manifest) -> bool:
    """Whether the site has the files that the manifest lists, so that it need not be read."""
    listed_digest = state.meta("manifest")
    return bool(
        comparison.same_paths
        and not comparison.stale_folders
        and listed_digest
        and manifest.digest() == listed_digest
    )


def _same_again(report: Report, owned: set[str], state: State, scanned: Scan) -> Report:
    """The report of a build that finds nothing to do. New stamps of files that did not change are stored."""
    report.paths = owned
    report.size, report.largest = state.published_size()
    report.waiting = state.meta("waiting").splitlines()
    report.warnings += scanned.problems
    if scanned.touched:
        for archived in (True, False):
            state.put_stamps(scanned.new_stamps(archived=archived), ())
        state.db.commit()
    return report
