"""Problems in the forms that people and programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from pouch import __version__
from pouch.problems import Problem, Severity

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_text(problems: Iterable[Problem]) -> str:
    """One problem a line."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON array of objects with the fields of Problem, one a line."""
    lines = [json.dumps(msgspec.to_builtins(problem), ensure_ascii=False) for problem in problems]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def as_github(problems: Iterable[Problem]) -> str:
    """GitHub's workflow commands, which show a problem beside its line in a pull request."""
    return "".join(_command(problem) for problem in problems)


def _command(problem: Problem) -> str:
    properties = {"file": problem.path, "title": problem.code}
    if problem.line:
        properties["line"] = str(problem.line)
        if problem.column:
            properties["col"] = str(problem.column)
    parameters = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    cure = f"; {problem.hint}" if problem.hint else ""
    return f"::{_GITHUB[problem.severity]} {parameters}::{_escaped(problem.message + cure)}\n"


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_sarif(problems: Iterable[Problem]) -> str:
    """SARIF 2.1.0, which code hosts and editors take in."""
    problems = list(problems)
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "pouch",
        "version": __version__,
        "rules": [{"id": code, "shortDescription": {"text": code.replace("-", " ")}} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes) for problem in problems],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(problem: Problem, codes: list[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": problem.path, "uriBaseId": "%SRCROOT%"}}
    if problem.line:
        place["region"] = {"startLine": problem.line}
        if problem.column:
            place["region"]["startColumn"] = problem.column
    cure = f"; {problem.hint}" if problem.hint else ""
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.severity.value,
        "message": {"text": problem.message + cure},
        "locations": [{"physicalLocation": place}],
    }


FORMATS = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}
_OF_REPOSITORY = ("github", "sarif")
"""Formats for a code host, which knows a file by its path in the repository."""


def written(problems: Iterable[Problem], form: str, root: Path) -> str:
    """Problems of the site in `root` in one of FORMATS."""
    if form in _OF_REPOSITORY:
        root = root.resolve()
        top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
        below = root.relative_to(top)
        problems = [
            msgspec.structs.replace(problem, path=(below / problem.path).as_posix()) for problem in problems
        ]
    return FORMATS[form](problems)


_F = TypeVar("_F", bound=Callable[..., Any])


def format_option(function: _F) -> _F:
    """Adds `--format` to a click command, which then gets `form`, a key of FORMATS."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(list(FORMATS)),
        default="text",
        show_default=True,
        help="How problems are written.",
    )(function)
