"""Checks that depend on the present: dates in the far future, and published entries that are not due yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from pouch.archive.records import Record
from pouch.content.dates import instant, shown, write_moment
from pouch.content.entry import Entry, Moment
from pouch.content.entry_files import read_path
from pouch.content.fields import Context
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.wording import counted

FAR = timedelta(days=366)
"""A date further ahead than this is most likely a typing error: 2052 for 2025."""
LISTED = 5
"""Entries that a note names; `pouch list` shows all."""


def far_dates(
    records: Iterable[Record], site: Site, vocabulary: Vocabulary, now: datetime
) -> Iterator[Problem]:
    """A warning for each date that is more than a year ahead, at its line."""
    limit = now + FAR
    # Whatever the zone, an earlier day is within the limit; so few files are looked at closely.
    day = (limit - timedelta(days=2)).date().isoformat()
    for record in records:
        moments = [moment for moment in (record.date, record.publish_at, record.updated) if moment]
        days = [source.published for source in record.sources] + [noted for noted, _ in record.corrections]
        if (not moments or max(moments) <= limit) and (not days or max(days) < day):
            continue
        # Such files are few: they are parsed once more rather than that every record keeps its lines.
        parsed = read_path(record.path, Context(site, vocabulary))
        if parsed.entry is None:
            continue
        for name, moment in _dates_by_name(parsed.entry):
            if instant(moment, site.zone) > limit:
                line = parsed.lines.get(name, parsed.lines.get(name.partition(".")[0], 0))
                message = f"`{name}`: {write_moment(moment)} is more than a year ahead"
                hint = "correct the year if it is a slip; readers see the entry only then"
                if name not in ("date", "publish_at"):
                    hint = "correct the year if it is a slip"
                yield Problem(record.path, line, 0, "far-date", message, hint, Severity.WARNING)


def _dates_by_name(entry: Entry) -> Iterator[tuple[str, Moment]]:
    for name in ("date", "publish_at", "updated"):
        if (moment := getattr(entry, name)) is not None:
            yield name, moment
    for source in entry.sources:
        if source.published is not None:
            yield "source.published", source.published
    for correction in entry.corrections:
        yield "corrections", correction.date


def waiting_notes(waiting: Sequence[Record], site: Site) -> Iterator[str]:
    """The notes of a build or check on published entries that are not due; `waiting` is in order of their moments."""
    for record in waiting[:LISTED]:
        assert record.publish_at is not None  # it waits for that
        yield f"{record.path} waits until {shown(record.publish_at, site.zone)}; readers do not see it before"
    if (more := len(waiting) - LISTED) > 0:
        yield f"{counted(more, 'more entry waits', 'more entries wait')}; `pouch list --status waiting` shows all"
