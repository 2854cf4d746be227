"""Reads rows back into entries. A row is read as front matter is, so the same faults have the same messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pouch.content.entry import Entry
from pouch.content.fields import Context
from pouch.content.parse import read_text
from pouch.content.render import in_json, render_entry
from pouch.content.schema import ENTRY_FIELDS
from pouch.errors import ContentError
from pouch.exporting.rows import KEYS
from pouch.problems import Problem, has_errors
from pouch.site import Site
from pouch.vocabulary.slugs import is_slug


class Imported(NamedTuple):
    """An entry of a row, and where its file belongs, relative to the site's folder."""

    path: str
    entry: Entry

    @property
    def text(self) -> str:
        """The text of its file."""
        return render_entry(self.entry)


def read_rows(file: Path, context: Context) -> list[Imported]:
    """The entries of a file of JSON Lines. Raises ContentError with every fault, each at its line."""
    imported: list[Imported] = []
    problems: list[Problem] = []
    lines_of: dict[str, int] = {}
    for number, line in enumerate(file.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = read_row(line, context)
        except ContentError as error:
            problems += [_at(problem, file, number) for problem in error.problems]
            continue
        if other := lines_of.get(row.path):
            message = f"{row.path} stands in line {other} already"
            problems.append(_at(_problem(row.path, message, "remove one of the two lines"), file, number))
        lines_of.setdefault(row.path, number)
        imported.append(row)
    if problems:
        raise ContentError(problems)
    return imported


def read_row(line: str, context: Context) -> Imported:
    """The entry of one line. Raises ContentError."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ContentError(
            [_problem("", f"the line is not JSON: {error}", "write one object a line")]
        ) from error
    if not isinstance(row, dict):
        raise ContentError([_problem("", "the line holds no JSON object", "write one object a line")])
    if unknown := sorted(row.keys() - set(KEYS)):
        message = f"unknown key {unknown[0]!r}"
        raise ContentError(
            [_problem("", message, f"a row has {', '.join(KEYS)}; keys of your own go under `extra`")]
        )
    if not isinstance(row.get("body", ""), str | None):
        raise ContentError([_problem("", f"`body` must be text, not {row['body']!r}", "write Markdown")])
    path = _path_of(row, context.site)
    reading = read_text(_file_of(row, path, context), path, context)
    if reading.entry is None or has_errors(reading.problems):
        raise ContentError([problem for problem in reading.problems if has_errors([problem])])
    return Imported(path, reading.entry)


def _path_of(row: dict[str, Any], site: Site) -> str:
    """The path of the entry's file: the row's own, else by its date and slug."""
    entries = site.entries_path.relative_to(site.root).as_posix()
    path = row.get("path")
    if path is None:
        slug, date = row.get("slug") or row.get("id"), str(row.get("date") or "")
        folder = f"{date[:4]}/{date[5:7]}" if date else "drafts"
        path = f"{entries}/{folder}/{slug}.md"
    parts = PurePosixPath(str(path)).parts
    inside = str(path).startswith(f"{entries}/") and ".." not in parts and "\\" not in str(path)
    if (
        not isinstance(path, str)
        or not inside
        or not path.endswith(".md")
        or not is_slug(PurePosixPath(path).stem)
    ):
        raise ContentError(
            [_problem("", f"{path!r} is no file of an entry", f"write {entries}/2025/03/slug.md")]
        )
    return path


def _file_of(row: dict[str, Any], path: str, context: Context) -> str:
    """The entry as the text of a file: each value in JSON, which YAML 1.2 reads as JSON does (section 1.2)."""
    differing = {
        "slug": row.get("slug") if row.get("slug") != PurePosixPath(path).stem else None,
        "lang": row.get("lang") if row.get("lang") != context.site.lang else None,
        "publish_at": row.get("publish_at") if row.get("publish_at") != row.get("date") else None,
    }
    values = {name: differing.get(name, row.get(name)) for name in ENTRY_FIELDS}
    lines = [
        f"{name}: {in_json(value)}\n" for name, value in values.items() if value not in (None, "", [], {})
    ]
    return f"---\n{''.join(lines)}---\n\n{row.get('body') or ''}\n"


def _problem(path: str, message: str, hint: str) -> Problem:
    return Problem(path, 0, 0, "bad-row", message, hint)


def _at(problem: Problem, file: Path, number: int) -> Problem:
    """The problem at its line of the imported file; what it is about stands in front."""
    return Problem(str(file), number, 0, problem.code, problem.message, problem.hint, problem.severity)


def changes(imported: list[Imported], root: Path) -> Iterator[tuple[Imported, str]]:
    """Each entry, and whether its file is "new", says the "same" or something "other"."""
    for each in imported:
        file = root / each.path
        if not file.exists():
            yield each, "new"
        else:
            yield each, "same" if file.read_bytes() == each.text.encode() else "other"


def conflicts(changes_of_files: Iterable[tuple[Imported, str]], file: Path) -> Iterator[Problem]:
    """The files that are there and say something else."""
    for each, what in changes_of_files:
        if what == "other":
            message = f"{each.path} is there and says something else"
            yield Problem(str(file), 0, 0, "bad-row", message, "--force replaces it")
