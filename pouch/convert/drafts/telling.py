"""A conversion told: as one JSON object, or as lines for the person at the keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from pouch.content.dates import write_moment
from pouch.content.entry import Entry
from pouch.convert.drafts.result import Result

_NOT_FRONT_MATTER = ("body", "lines")
AROUND = frozenset(("navigation", "header", "footer", "aside", "form", "outside-article"))
"""The rules that say where on a page a unit stands: of these an editor wants the numbers, not hundreds of lines."""

SHOWN = 60
"""Characters shown of a unit that was dropped."""


def front_matter(entry: Entry) -> dict[str, Any]:
    """The entry's front matter as plain values, in the order of its fields; what is empty is left out."""
    return {
        name: value
        for name, value in _plain(entry).items()
        if name not in _NOT_FRONT_MATTER and not (name == "slug" and not value)
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        found = ((field.name, _plain(getattr(value, field.name))) for field in fields(value))
        return {name: inner for name, inner in found if inner not in (None, [], {}, "")}
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
    """What an editor wants to know of one article; its problems are told elsewhere."""
    for line in _lines(result):
        # A lone surrogate of the input is no character that a terminal could show.
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
        yield f"  title      {entry.title}"
        if entry.countries or entry.mentions:
            named = f"; named {', '.join(entry.mentions)}" if entry.mentions else ""
            yield f"  countries  {', '.join(entry.countries) or '-'}{named}"
        if entry.topics:
            yield f"  topics     {', '.join(entry.topics)}"
        found = f"{write_moment(entry.date)} (from {result.date_from})" if entry.date else "none found"
        yield f"  date       {found}"
    if report is not None:
        around: dict[str, int] = {}
        for dropped in report.dropped:
            if dropped.rule in AROUND:
                around[dropped.rule] = around.get(dropped.rule, 0) + 1
            else:
                yield f"  dropped    {dropped.unit}: {_short(dropped.text)}  [{dropped.rule}]"
        if around:
            told = ", ".join(f"{count} {rule}" for rule, count in around.items())
            yield f"  left out   the page around the article: {told}; --json lists every part"
        for mended in report.mended:
            yield f"  mended     {mended.unit}: {_short(mended.before)} → {_short(mended.after)}  [{mended.rule}]"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
