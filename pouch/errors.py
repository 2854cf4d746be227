"""The exceptions that Pouch raises on purpose.

PouchError              shown as one message, never as a traceback
├── ContentError        the content has faults; carries every Problem        (exit code 1)
└── EnvironmentFault    wrong settings, missing folder, locked, disk full    (exit code 2)
"""

from __future__ import annotations

from collections.abc import Iterable

from pouch.problems import Problem


class PouchError(Exception):
    """A fault whose message is for the person at the keyboard."""

    exitcode = 1


class ContentError(PouchError):
    """The content has faults; `problems` lists all of them, in order of path and line."""

    exitcode = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__(f"{len(self.problems)} problem(s) in the content")

    def __reduce__(self) -> tuple[type[ContentError], tuple[list[Problem]]]:
        """Problems cross from a worker process whole; an exception would pickle its message alone."""
        return type(self), (self.problems,)


class EnvironmentFault(PouchError):  # noqa: N818  # EnvironmentError is a builtin, and another thing
    """Something around the content is wrong: settings, folders, permissions, another build."""

    exitcode = 2
