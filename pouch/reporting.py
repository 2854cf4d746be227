"""The one place that prints: problems, messages, progress. Stdout is for results, stderr for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Protocol

from pouch.characters import printable
from pouch.problems import Problem, Severity
from pouch.wording import counted


class Progress(Protocol):
    """The progress of a long task."""

    def advance(self, count: int = 1) -> None:
        """`count` more units are done."""


Follower = Callable[[str, int, int | None], object]
"""Is called with a task's label, the number of units that are done, and of all."""


class _Quiet:
    def advance(self, count: int = 1) -> None:
        """Nothing is shown in a pipe."""


class _Followed:
    """Progress that somebody follows beside the terminal."""

    def __init__(self, shown: Progress, follower: Follower, label: str, total: int | None) -> None:
        self._shown, self._follower, self._label, self._total = shown, follower, label, total
        self._done = 0
        follower(label, 0, total)

    def advance(self, count: int = 1) -> None:
        """`count` more units are done."""
        self._done += count
        self._shown.advance(count)
        self._follower(self._label, self._done, self._total)


_followers: list[Follower] = []


@contextmanager
def followed(follower: Follower) -> Iterator[None]:
    """Call `follower` with the progress of every task that begins while the block runs."""
    _followers.append(follower)
    try:
        yield
    finally:
        _followers.remove(follower)


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Progress]:
    """The progress of a task while the block runs: a bar on a terminal, and what `followed` is called with."""
    with _bar(label, total) as shown:
        for follower in _followers:
            shown = _Followed(shown, follower, label, total)
        yield shown


@contextmanager
def _bar(label: str, total: int | None) -> Iterator[Progress]:
    """A progress bar on stderr while the block runs, if stderr is a terminal; else nothing.

    `total` is the number of units, None if it is unknown.
    """
    if not sys.stderr.isatty():
        yield _Quiet()
        return
    # Imported here: it costs a fifth of a second, and a build in a pipe never needs it.
    from rich.console import Console
    from rich.progress import Progress as Bar

    # If stdout is a file, Rich would redirect prints during the block to the terminal.
    printed = sys.stdout.isatty()
    with Bar(console=Console(stderr=True), transient=True, redirect_stdout=printed) as bar:
        task = bar.add_task(label, total=total)

        class Shown:
            def advance(self, count: int = 1) -> None:
                bar.advance(task, count)

        yield Shown()


def open_closed_streams() -> None:
    """Give the program a stdout and a stderr where its caller closed them (`pouch build 2>&-`)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for the whole run


def empty_stdout() -> None:
    """Write what waits for stdout. What it cannot take is dropped, or the interpreter would try again when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def escape_unencodable() -> None:
    r"""Make stdout and stderr escape characters that their encoding lacks (`\u0416`) instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="backslashreplace")


def say(message: str) -> None:
    """Print a line for people, to stderr. What a terminal would obey is escaped."""
    # Where both go to one place, a result that was shown before stands before.
    sys.stdout.flush()
    print(printable(message), file=sys.stderr)


def show(text: str, *, end: str = "\n") -> None:
    """Print a result, to stdout. What a terminal would obey is escaped; in JSON the escapes mean the same."""
    print(printable(text), end=end)


def show_json(line: bytes) -> None:
    """Print a line of JSON in UTF-8, whatever the encoding of stdout, escaped likewise."""
    sys.stdout.buffer.write(line if line.isascii() else printable(line.decode()).encode())


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem on its own line, then the number of errors and warnings, to stderr."""
    problems = sorted(problems)
    for problem in problems:
        say(str(problem))
    if any(problem.severity is not Severity.NOTE for problem in problems):
        say(summary(problems))


def summary(problems: Iterable[Problem]) -> str:
    """The numbers of errors and warnings, in words."""
    severities = [problem.severity for problem in problems]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
