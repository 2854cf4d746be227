"""The registry of checks: each problem code once, with what it finds, why it matters, an example and its cure.

Pouch's own checks are in data/checks.toml; a plugin declares its own as CHECKS. docs/checks.md and `pouch check
--explain CODE` are generated from both (the model is Ruff's registry of rules).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import msgspec

from pouch.problems import Problem, Severity
from pouch.tables import table


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of problem, and, in a plugin, the function that finds it."""

    code: str  # stable, kebab-case, such as "unknown-topic"
    what: str  # what it finds, in one sentence
    why: str  # why it matters
    example: str
    cure: str
    severity: Severity = Severity.ERROR
    run: Callable[[Any], Iterable[Problem]] | None = None  # of a View; None where a parser finds it
    untested: str = ""  # why no site in tests/sites_invalid shows it

    def problem(self, path: str, message: str, *, line: int = 0, column: int = 0, hint: str = "") -> Problem:
        """A problem of this kind; `hint` is the check's cure where none is given."""
        return Problem(path, line, column, self.code, message, hint or self.cure, self.severity)


@cache
def checks() -> dict[str, Check]:
    """Pouch's own checks, by code."""
    rows = table("pouch.checks", "checks").items()
    return {code: msgspec.convert({"code": code, **row}, Check) for code, row in rows}


def explanation(check: Check) -> str:
    """The text that `pouch check --explain` prints, which is also a section of docs/checks.md."""
    return (
        f"## {check.code}\n\n{check.what} ({check.severity.value.capitalize()}.)\n\n**Why it matters.** {check.why}"
        f"\n\n**Example.**\n\n```text\n{check.example}\n```\n\n**Cure.** {check.cure}\n"
    )


def reference() -> str:
    """docs/checks.md."""
    return "\n".join(_reference())


def _reference() -> Iterator[str]:
    yield (
        "# Checks\n\nWhat `pouch check` and `pouch build` find, and what `pouch convert`, `pouch import` and other"
        " commands say\nof what they are given. `pouch check --explain CODE` prints one of these sections. An error"
        " ends a command with\nexit code 1; a warning does not.\n\nThis page is generated:"
        " `python -m pouch.checks > docs/checks.md`.\n"
    )
    for _, check in sorted(checks().items()):
        yield explanation(check)
