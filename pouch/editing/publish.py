"""`pouch publish`: drafts become published entries, stamped with the present and filed by their date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pouch.checks.entries import cross_check, entry_key, key_of
from pouch.content.dates import instant, shown, write_moment
from pouch.content.entry import Entry, Moment
from pouch.content.entry_files import errors_of, find_entry, read_entries
from pouch.content.files import site_path, write_whole
from pouch.content.parse import ParsedEntry
from pouch.editing.edit import set_keys
from pouch.errors import ContentError, EnvironmentFault
from pouch.problems import Problem
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Publication:
    """One entry as it will be."""

    file: Path
    target: Path
    text: str
    entry: Entry
    already: bool = False  # published before; nothing to do


def facts(entry: Entry, site: Site, vocabulary: Vocabulary, now: datetime) -> list[str]:
    """A summary of an entry for its editor before publication: date, embargo, terms, and missing fields."""
    assert entry.date is not None  # it is published
    due = instant(entry.publish_at or entry.date, site.zone)
    visibility = (
        f"waits until {shown(due, site.zone)}" if due > now else "readers see it after the next build"
    )
    names = {
        "countries": [vocabulary.label("country", code, site.lang) for code in entry.countries],
        "mentions": [vocabulary.label("country", code, site.lang) for code in entry.mentions],
        "topics": [vocabulary.label("topic", key, site.lang) for key in entry.topics],
    }
    lines = [f"dated {write_moment(entry.date)}; {visibility}"]
    lines += [f"{kind}: {', '.join(terms)}" for kind, terms in names.items() if terms]
    lacking = {
        "a country": not entry.countries,
        "a topic": not entry.topics,
        "key points": not entry.key_points,
        "a summary": not entry.summary,
        "the source": not entry.sources,
        "the source's address": bool(entry.sources) and not any(source.url for source in entry.sources),
    }
    if missing := [what for what, lacks in lacking.items() if lacks]:
        lines.append(f"without {', '.join(missing)}")
    return lines


def plan_publications(
    references: Iterable[str],
    *,
    site: Site,
    vocabulary: Vocabulary,
    now: datetime,
    date: Moment | None,
    until: Moment | None = None,
) -> list[Publication]:
    """The files that publishing these entries would write. Raises ContentError with every reason against it.

    `date` is for entries that have none; `until` is the end of an embargo. Without it, an embargo that an entry has (a
    `publish_at` that is still to come) is kept. Raises EnvironmentFault where one of the two could have no effect.
    """
    readings = read_entries(site, vocabulary)
    named_readings = [find_entry(reference, readings, site) for reference in references]
    chosen = list({reading.path: reading for reading in named_readings}.values())
    _refuse_without_effect(chosen, site, now, date, until)
    problems: list[Problem] = []
    publications: list[Publication] = []
    for reading in chosen:
        faults = errors_of(reading)
        if reading.values.get("date") is None and date is None and reading.values.get("status") == "draft":
            hint = "set `date`, or give one with --date"
            faults.append(Problem(reading.path, 1, 0, "missing-key", "a draft without `date`", hint))
        if reading.entry is not None and not reading.body.strip() and not reading.entry.key_points:
            hint = "write it first; published pages and feeds would be empty"
            faults.append(Problem(reading.path, 1, 0, "empty-body", "the entry has no text", hint))
        problems += faults
        if not faults and reading.entry is not None:
            publications.append(_publication(reading, reading.entry, site, now, date, until))
    problems += _conflicts(publications, readings, site)
    if problems:
        raise ContentError(problems)
    return publications


def _refuse_without_effect(
    chosen: Sequence[ParsedEntry], site: Site, now: datetime, date: Moment | None, until: Moment | None
) -> None:
    """Raise EnvironmentFault for a moment that would change none of the entries, or that is over."""
    dated = [reading for reading in chosen if reading.values.get("date") is not None]
    if date is not None and len(dated) == len(chosen) and all(r.values["date"] != date for r in dated):
        first = dated[0]
        raise EnvironmentFault(
            f"{first.path} is dated {write_moment(first.values['date'])}, and --date is for entries without a date; "
            "change `date` in the file, or hold the entry back with --until"
        )
    if until is None:
        return
    if instant(until, site.zone) <= now:
        raise EnvironmentFault(f"--until {write_moment(until)} is over; an embargo ends in the future")
    public = next((each for each in chosen if each.entry and each.entry.status == "published"), None)
    if public is not None:
        raise EnvironmentFault(
            f"{public.path} is published already; `pouch unpublish` makes it a draft again"
        )


def _publication(
    reading: ParsedEntry, entry: Entry, site: Site, now: datetime, date: Moment | None, until: Moment | None
) -> Publication:
    file = Path(site.root) / reading.path
    text = file.read_bytes().decode("utf-8")
    if entry.status == "published":
        return Publication(file, file, text, entry, already=True)
    changes: dict[str, Any] = {"status": "published"}
    if entry.date is None:
        changes["date"] = date
    if until is not None:
        changes["publish_at"] = until
    elif entry.publish_at is None or instant(entry.publish_at, site.zone) <= now:
        changes["publish_at"] = now.astimezone(site.zone)
    changed = replace(entry, **changes)
    assert changed.date is not None  # the caller has seen to it
    day = instant(changed.date, site.zone).astimezone(site.zone)
    target = site.entries_path / f"{day:%Y}" / f"{day:%m}" / file.name
    return Publication(file, target, set_keys(text, changes), changed)


def _conflicts(publications: list[Publication], readings: list[ParsedEntry], site: Site) -> list[Problem]:
    """The cross-file problems that publication would cause."""
    changed = {site_path(item.file, site): item for item in publications}
    keys = [key for reading in readings if (key := key_of(reading, site)) is not None]
    after = [
        entry_key(changed[key.path].entry, key.path, site) if key.path in changed else key for key in keys
    ]
    before = set(cross_check(keys, last=changed))
    problems = [problem for problem in cross_check(after, last=changed) if problem not in before]
    targets: dict[Path, Path] = {}
    for item in publications:
        other = targets.setdefault(item.target, item.file)
        if other != item.file or (item.target != item.file and item.target.exists()):
            problems.append(taken_place(site_path(item.file, site), item.target, site))
    return problems


def carry_out(publications: Iterable[Publication]) -> None:
    """Write what was planned. Raises EnvironmentFault where a folder cannot be written."""
    for item in publications:
        if not item.already:
            write_and_move(item.file, item.target, item.text)


def write_and_move(file: Path, target: Path, text: str) -> None:
    """Write an entry whole in its old place, then move it: at no moment is it there twice, or not at all.

    Raises EnvironmentFault where a folder cannot be written.
    """
    write_whole(file, text.encode("utf-8"))
    if target != file:
        target.parent.mkdir(parents=True, exist_ok=True)
        file.rename(target)


def taken_place(path: str, target: Path, site: Site) -> Problem:
    """The problem of an entry at `path` that would be moved to where another one is."""
    message = f"it would go to {site_path(target, site)}, where another entry is"
    return Problem(path, 0, 0, "file-exists", message, "rename one of the files")
