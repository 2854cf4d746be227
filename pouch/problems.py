"""Problems: one value for every fault in the content.

Checkers yield problems. They never stop at the first one and never print; `pouch.reporting` prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """An error fails `check` and `build` with exit code 1; warnings and notes alone leave exit code 0.

    A note is no fault: it says what a person still has to do.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault in one file, addressed to the person who can fix it."""

    path: str  # relative to the site's folder, with forward slashes
    line: int  # counted from 1; 0: the file as a whole
    column: int  # counted from 1 in characters; 0: the line as a whole
    code: str  # stable, kebab-case, such as "unknown-topic"
    message: str  # what is wrong, in one sentence without a full stop
    hint: str = ""  # the likely cure; may be empty
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """`path:line:column: severity: message; hint [code]`, positions left out where unknown."""
        position = self.path
        if self.line:
            position += f":{self.line}"
            if self.column:
                position += f":{self.column}"
        cure = f"; {self.hint}" if self.hint else ""
        return f"{position}: {self.severity.value}: {self.message}{cure} [{self.code}]"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any problem is more than a warning."""
    return any(problem.severity is Severity.ERROR for problem in problems)
