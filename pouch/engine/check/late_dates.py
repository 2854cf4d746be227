"""Dates in a text that are later than the entry's own: the text was changed and `updated` was not, or a year is wrong.

A sentence that speaks of a plan ("the vote is due on 5 May") names a later date rightly; the words that plans have are
in `pouch/checks/data/plans.toml`, and a text in a language without such words is not looked at. Only `pouch check`
asks: to read dates in words takes the names of months in forty languages. What was found in a file is kept with the
digest of its bytes, so that a check reads only the files that changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

import msgspec

from pouch.archive.records import Record
from pouch.caching import build_cache
from pouch.code import engine_digest
from pouch.content.dates import parse_moment
from pouch.content.entry_files import read_path
from pouch.content.fields import Context
from pouch.convert.text.dates import find_date
from pouch.engine.parsed_files import ParsedFile
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.tables import table
from pouch.tag.sentences import split_sentences
from pouch.vocabulary.vocabulary import Vocabulary

_NAME = "late-dates"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class _FileDates(msgspec.Struct, array_like=True):
    """The late dates of one file."""

    contents: bytes  # the digest of the file's bytes
    dates: list[tuple[int, str]]  # (line of the file, ISO date), those that are later and no plan


def late_dates(files: Iterable[ParsedFile], site: Site, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A warning for each such date in the text of an entry, at its line."""
    cache_of_site, made_of = build_cache(site.root), engine_digest().encode()
    stored = cache_of_site.get(_NAME, made_of)
    last_dates = msgspec.msgpack.decode(stored, type=dict[str, _FileDates]) if stored else {}
    dates_by_path: dict[str, _FileDates] = {}
    for file in files:
        if (record := file.entry) is None:
            continue
        file_dates = last_dates.get(record.path)
        if file_dates is None or file_dates.contents != file.contents:
            file_dates = _FileDates(file.contents, list(_dates_in(record, Context(site, vocabulary))))
        dates_by_path[record.path] = file_dates
        for line, day in file_dates.dates:
            own = "`date` and `updated`" if record.updated else "`date`"
            message = f"the text names {day}, which is later than {own}"
            hint = "set `updated` to the day when the text was changed, or correct the date"
            yield Problem(record.path, line, 0, "late-date", message, hint, Severity.WARNING)
    if dates_by_path != last_dates:
        cache_of_site.put(_NAME, msgspec.msgpack.encode(dates_by_path), made_of)


def _dates_in(record: Record, context: Context) -> Iterator[tuple[int, str]]:
    plan = _plans(record.lang.partition("-")[0].lower())
    latest = max(
        (moment.date() for moment in (record.date, record.updated, record.publish_at) if moment), default=None
    )
    if plan is None or latest is None:
        return
    latest = max([latest, *(_day(moment) for moment, _ in record.corrections)])
    # A day's difference is the time zone's.
    latest += timedelta(days=1)
    parsed = read_path(record.path, context)
    body, first = parsed.body, parsed.lines.get("body", 1)
    # Most texts are done with here, and the names of months are not needed.
    if not any(int(year) >= latest.year for year in _YEAR.findall(body)):
        return
    for number, line in enumerate(body.split("\n"), first):
        for sentence in split_sentences(line):
            if plan.search(sentence.text):
                continue
            rest = sentence.text
            while (date_span := find_date(rest)) is not None:
                day, _, end = date_span
                if day > latest:
                    yield number, day.isoformat()
                rest = rest[end:]


def _day(text: str) -> date:
    moment = parse_moment(text)
    return date(moment.year, moment.month, moment.day)


@cache
def _plans(lang: str) -> re.Pattern[str] | None:
    """The words by which a sentence of this language speaks of what is to come; None where we have none."""
    words = table("pouch.checks", "plans").get(lang)
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else None
