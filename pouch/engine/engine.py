"""The engine: one build from the site's folders to its output. `pouch build` and the Pelican plugins both call it.

    scan → read → archive → plan → render and write → prune → remember

This module scans and stops there when nothing changed, so it imports little; the rest is `pouch.engine.pipeline`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
from pouch.engine.report import Report
from pouch.engine.sources import Scan, scan
from pouch.engine.state import COMPLETE, WRITING, State, folder_of
from pouch.errors import EnvironmentFault
from pouch.site import Site
from pouch.workers import default_jobs, meanwhile

if TYPE_CHECKING:
    from pouch.engine.gathering import Revision

SMALL_SITE = 4000
"""Files of an output folder that are looked at in no time."""


def build(
    site: Site,
    *,
    jobs: int | None = None,
    clean: bool = False,
    revisions: Mapping[str, Revision] | None = None,
) -> Report:
    """Bring the output folder up to date.

    `jobs`: processes, default as many as there are cores; `clean` believes no earlier state, only the manifest;
    `revisions`: what foreign plugins made of entries, by path.
    Raises ContentError with all problems, in which case the last good output stays as it was; EnvironmentFault.
    """
    if not Path(site.content).is_dir():
        raise EnvironmentFault(f"no content folder {site.content}")
    if not Path(site.theme).is_dir():
        raise EnvironmentFault(f"no theme folder {site.theme}; THEME in the settings names it")
    folder = folder_of(site)
    engine = engine_digest()
    with locked(folder), _disk_faults(site):
        if clean:
            build_cache(site.root).clear()
        try:
            with State(folder, engine, clean=clean) as state:
                return _run(site, state, Manifest(folder), jobs, revisions or {})
        except (CorruptStateError, msgspec.MsgspecError, sqlite3.DatabaseError) as error:
            # One without a code is Python's own, for text in the state that is none.
            if isinstance(error, sqlite3.OperationalError) and hasattr(error, "sqlite_errorcode"):
                raise EnvironmentFault(f"the build's state in {folder} cannot be written: {error}") from error
            discarded = str(error)
        with State(folder, engine, clean=True) as state:
            state.discarded = discarded
            return _run(site, state, Manifest(folder), jobs, revisions or {})


@contextmanager
def _disk_faults(site: Site) -> Iterator[None]:
    """A disk that is full or read-only is told as such."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(f"{error.filename or site.output}: {error.strerror or error}") from error


def _run(
    site: Site, state: State, manifest: Manifest, jobs: int | None, revisions: Mapping[str, Revision]
) -> Report:
    report = Report()
    if state.discarded:
        report.notes.append(f"the state of the last build is not used: {state.discarded}")
    now = clock.now()
    settings = digest(encode(site)).hex()
    jobs = jobs or default_jobs()
    # Below some thousand files the start of a process costs more than it saves.
    files = state.meta("files")
    beside = jobs if files.isdecimal() and int(files) > SMALL_SITE else 1
    with meanwhile(beside, take_inventory, str(state.file), site.output) as strays:
        found = scan(site, state.stamps(), time.time_ns())
        # Without a state that we believe, whoever built last may have been killed.
        if state.meta("stage") in (WRITING, ""):
            sweep(Path(site.output))
        elif _nothing_changed(state, found, settings, now):
            owned = manifest.read()
            if owned is not None and not strays():
                report.paths = owned
                if found.touched:
                    for archived in (True, False):
                        state.put_stamps(found.new_stamps(archived=archived), ())
                    state.db.commit()
                return report
        from pouch.engine.pipeline import Pipeline

        Pipeline(site, state, manifest, jobs, report).run(found, strays, settings, now, revisions)
    return report


def _nothing_changed(state: State, found: Scan, settings: str, now: datetime) -> bool:
    """Whether the sources say what they said to the last build, at this moment too."""
    return (
        state.meta("stage") == COMPLETE
        and not found.changed
        and not found.gone
        and state.meta("settings") == settings
        and state.same_due(now)
    )
