"""The check: finds the problems that a build of this moment would report, without making a file.

It has a state of its own, so that a check neither waits for a build nor stops one, and parses only what changed.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from pouch import clock
from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.code import engine_digest
from pouch.digests import digest, encode
from pouch.engine.blobs import Blobs
from pouch.engine.check.duplicates import duplicate_problems
from pouch.engine.check.late_dates import late_dates
from pouch.engine.check.neglect import thorough_problems
from pouch.engine.check.own_templates import has_own_code, try_templates
from pouch.engine.check.swapped_originals import swapped_originals
from pouch.engine.dead_links import dead_links_of
from pouch.engine.due import far_dates, waiting_notes
from pouch.engine.load import Loader
from pouch.engine.lock import locked
from pouch.engine.page_ids import ids_of_plan
from pouch.engine.plan import Plan
from pouch.engine.preview.single_page import SinglePages
from pouch.engine.render import Texts
from pouch.engine.report import Report
from pouch.engine.scan import Scan, disk_faults, require_folders, scan
from pouch.engine.state import State, folder_of
from pouch.engine.steps import plan_archive
from pouch.errors import ContentError, EnvironmentFault
from pouch.problems import Problem, has_errors
from pouch.site import Site
from pouch.theming.theme import Theme
from pouch.vocabulary.loading import names_of_others
from pouch.workers import PoolConfig, default_jobs, pool_beside_threads


class Checked(NamedTuple):
    """The result of a check."""

    problems: list[Problem]  # in order
    files: int  # that were checked
    waiting: list[str]  # published entries that are not due, in words


def site_problems(site: Site, last: Collection[str] = (), *, strict: bool = False) -> Checked:
    """Every problem of the site.

    `strict`: also what is no fault, see `pouch.engine.check.neglect`.
    Where two files disagree, one of `last` (paths) is named rather than another. Raises EnvironmentFault.
    """
    # What a site adds itself may fail on the words of a body: then all bodies are kept.
    is_tried = has_own_code(site)
    with _open_loader(site, "check-pages" if is_tried else "check", with_bodies=is_tried) as (
        loader,
        scanned,
    ):
        report, waiting = loader.report, list[str]()
        problems = loader.problems(last)
        if not has_errors(loader.vocabulary_problems):
            # Warnings of one file appear beside the errors of another: an editor reads one list, not two.
            problems += _entry_warnings(loader, waiting)
        if not has_errors(problems):
            try:
                report.warnings = []
                archive = loader.archive(clock.now(), {})
                problems += report.warnings
                waiting += waiting_notes(archive.waiting, site)
                if strict:
                    problems += thorough_problems(archive)
                problems += swapped_originals(archive)
                theme, plan = plan_archive(archive, site, scanned)
                problems += plan.problems
                outputs = [output for output, _ in plan.everything()]
                for template, lang in {
                    (output.template, output.lang) for output in outputs if output.template
                }:
                    theme.digest(template, lang)  # a fault in a template ends a build too
                paths = {output.path for output in outputs}
                if is_tried:
                    try_templates(site, theme, plan, outputs, loader.state)
                ids_of = ids_of_plan(outputs, theme, plan.views, loader.parsed.values())
                problems += dead_links_of(archive, loader.parsed, paths, ids_of)
            except ContentError as error:
                problems += error.problems
        return Checked(sorted(set(problems)), len(loader.parsed), waiting)


def _entry_warnings(loader: Loader, notes: list[str]) -> Iterator[Problem]:
    """The warnings about entries that have no errors, whatever other files hold; adds to `notes`."""
    site, vocabulary, records = loader.site, loader.vocabulary, loader.records()
    yield from far_dates(records, site, vocabulary, clock.now())
    yield from late_dates(loader.parsed.values(), site, vocabulary)
    yield from names_of_others(vocabulary.countries, site)
    try:
        yield from duplicate_problems(records, site, vocabulary)
    except EnvironmentFault as error:
        notes.append(f"texts were not compared with each other: {error}")


def records_of(site: Site) -> list[Record]:
    """The record of every entry that has no errors, drafts too. Raises EnvironmentFault."""
    with _open_loader(site) as (loader, _):
        return loader.records()


def load_single_pages(site: Site, *, as_published: bool) -> SinglePages:
    """Pages of single entries of the site's archive; `as_published` as in SinglePages.

    Raises ContentError for a fault in the vocabulary, EnvironmentFault.
    """
    # Faults of other entries must not keep an editor from this one.
    site = msgspec.structs.replace(site, preview=True)
    with _open_loader(site, "desk", pool=pool_beside_threads()) as (loader, scanned):
        archive = loader.archive(clock.now(), {})
        return SinglePages(archive, *plan_archive(archive, site, scanned), as_published=as_published)


@contextmanager
def open_archive(site: Site, now: datetime) -> Iterator[tuple[Archive, Theme, Plan, Mapping[str, str]]]:
    """The archive at the moment `now`, its theme and plan, and the HTML of its bodies by key.

    Raises ContentError where the content has errors, EnvironmentFault.
    """
    with _open_loader(site, "read", with_bodies=True) as (loader, scanned):
        archive = loader.archive(now, {})
        theme, plan = plan_archive(archive, site, scanned)
        loader.state.db.commit()
        blobs = Blobs(str(loader.state.file))
        try:
            yield archive, theme, plan, Texts(blobs)
        finally:
            blobs.close()


@contextmanager
def _open_loader(
    site: Site, name: str = "check", *, with_bodies: bool = False, pool: PoolConfig | None = None
) -> Iterator[tuple[Loader, Scan]]:
    """A loader that has parsed the site's files, with a state of its own, `name`, and the scan of these files."""
    require_folders(site)
    with _check_state(site, name, with_bodies=with_bodies) as state, disk_faults(site):
        scanned = scan(site, state.stamps(), time.time_ns())
        loader = Loader(site, state, pool or PoolConfig(default_jobs()), Report())
        loader.load(scanned, digest(encode(site)).hex())
        yield loader, scanned


@contextmanager
def _check_state(site: Site, name: str, *, with_bodies: bool) -> Iterator[State]:
    """A state of its own, in .pouch/NAME; one for this moment where it cannot be kept.

    At first it takes what the last build has parsed, which is without bodies; not so `with_bodies`.
    """
    engine = engine_digest()
    with ExitStack() as stack:
        folder = Path(site.root) / ".pouch" / name
        try:
            stack.enter_context(locked(folder))
            state = stack.enter_context(State(folder, engine))
        except EnvironmentFault:
            # Another check is under way, or the folder is read-only.
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="pouch-check-")))
            state = stack.enter_context(State(folder, engine))
        if not with_bodies and not state.meta("read_settings"):
            state.borrow_parsed(folder_of(site) / "state.sqlite", engine)
        # A check reports every problem, also across files that did not change.
        state.put_meta({"consistent": ""})
        yield state
