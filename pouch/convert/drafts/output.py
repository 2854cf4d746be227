"""The output of a conversion: one JSON object, or lines for a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from pouch.content.dates import write_moment
from pouch.content.entry import Entry
from pouch.convert.drafts.result import Result
from pouch.convert.text.report import ANOTHER_STORY, Dropped, Report

_NOT_FRONT_MATTER = ("body", "lines")
SHOWN = 60
"""Characters shown of a unit that was fixed."""

QUOTED = 160
"""Characters shown of prose that was left out."""

MOST_QUOTED = 4
"""Lines of prose that are quoted; the report counts the others."""

MOST_REPAIRS = 3
"""Repairs that are shown; the report counts the others."""

PROSE = 40
"""Characters from which a unit with the end of a sentence is prose."""

_END_OF_SENTENCE = re.compile(r"[.!?…][\"'»”’)\]]*\s*$|[。！？।؟۔]|[.!?…]\s")
_COUNTED = frozenset(("repeated-title", "pull-quote", "nothing-visible", "newsletter-frame", ANOTHER_STORY))
"""Rules whose units are no loss to the draft: they stand elsewhere, or say nothing of the story."""


def front_matter(entry: Entry) -> dict[str, Any]:
    """The entry's front matter as plain values, in the order of its fields; what is empty is left out."""
    return {
        name: value
        for name, value in _plain(entry).items()
        if name not in _NOT_FRONT_MATTER and not (name == "slug" and not value)
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        values = ((field.name, _plain(getattr(value, field.name))) for field in fields(value))
        return {name: inner for name, inner in values if inner not in (None, [], {}, "")}
    if isinstance(value, date | datetime):
        return write_moment(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def as_json(result: Result) -> bytes:
    """The line that `convert --json` prints, UTF-8, with its newline."""
    entry = result.entry
    value = {
        "input_id": result.input_id,
        "id": result.id,
        "path": result.path,
        "entry": front_matter(entry) if entry else None,
        "date_from": result.date_from,
        "key_point_candidates": list(result.key_point_candidates),
        "body": entry.body if entry else None,
        "text": result.text,
        "report": msgspec.to_builtins(result.report) if result.report else None,
        "problems": [msgspec.to_builtins(problem) for problem in result.problems],
    }
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # A lone surrogate of the input: JSON can spell it, UTF-8 cannot.
        return json.dumps(value).encode() + b"\n"


def as_lines(result: Result) -> Iterator[str]:
    """The summary of one article for an editor; its problems are printed elsewhere."""
    for line in _lines(result):
        # A terminal cannot show a lone surrogate of the input.
        yield line.encode("utf-8", "backslashreplace").decode("utf-8")


def _lines(result: Result) -> Iterator[str]:
    place = f"{result.origin}:{result.line}" if result.line else result.origin
    if result.path is None or result.outcome == "refused":
        yield f"{place}: refused"
        return
    if result.outcome in ("unchanged", "duplicate"):
        yield f"{place}: already there, left as it is: {result.path}"
        return
    yield f"{place}: {result.outcome}: {result.path}"
    entry, report = result.entry, result.report
    if entry is not None:
        yield from _facts(entry, result.date_from)
    if report is not None:
        yield from _decisions(report)


def _facts(entry: Entry, date_from: str | None) -> Iterator[str]:
    """The draft's facts, the certain ones apart from those that an editor has to check or add."""
    yield f"  title      {entry.title}"
    if entry.countries or entry.mentions:
        mentions = f"; named {', '.join(entry.mentions)}" if entry.mentions else ""
        yield f"  countries  {', '.join(entry.countries) or '-'}{mentions}"
    if entry.topics:
        yield f"  topics     {', '.join(entry.topics)}"
    if entry.date:
        yield f"  date       {write_moment(entry.date)} (from {date_from})"
    if entry.source:
        source_facts = [entry.source.author, entry.source.name, entry.source.url]
        yield f"  source     {', '.join(part for part in source_facts if part)}"
    missing = [
        name
        for name, there in (
            ("date", entry.date),
            ("countries", entry.countries),
            ("topics", entry.topics),
            ("source", entry.source),
        )
        if not there
    ]
    if not entry.summary and not entry.key_points:
        missing.append("summary or key points")
    if missing:
        yield f"  to add     none found: {', '.join(missing)}"
    if entry.date and date_from == "text":
        yield "  to check   date: it was read in the text"


def _decisions(report: Report) -> Iterator[str]:
    """The lines that were left out or fixed: prose is quoted, everything else is counted by rule."""
    prose = [unit for unit in report.dropped if _is_prose(unit)]
    for unit in prose[:MOST_QUOTED]:
        yield f"  left out   {_short(unit.text, QUOTED)}  [{unit.rule}]"
    counts = Counter(unit.rule for unit in report.dropped if not _is_prose(unit))
    counted = [f"{count} {rule}" for rule, count in counts.most_common()]
    if len(prose) > MOST_QUOTED:
        counted.insert(0, f"{len(prose) - MOST_QUOTED} more of prose")
    if counted:
        yield f"  left out   also {', '.join(counted)}; --json lists every line"
    for repair in report.repairs[:MOST_REPAIRS]:
        yield f"  fixed      {repair.unit}: {_short(repair.before)} → {_short(repair.after)}  [{repair.rule}]"
    if len(report.repairs) > MOST_REPAIRS:
        yield f"  fixed      {len(report.repairs) - MOST_REPAIRS} more"


def _is_prose(unit: Dropped) -> bool:
    """Whether a unit that was left out reads as a sentence, so that an editor may miss it."""
    text = " ".join(unit.text.split())
    long_enough = len(text) >= PROSE or any(mark in text for mark in "。！？")
    return unit.rule not in _COUNTED and long_enough and _END_OF_SENTENCE.search(text) is not None


def _short(text: str, length: int = SHOWN) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"
