"""Wording of messages: numbers of things, names that somebody may have meant, and how texts differ."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun, such as "1 entry" or "2,000 entries". `several` is by default `one` with an s."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def closest(name: str, names: Iterable[str], least: float = 0.6) -> str | None:
    """The one of `names` that is spelt most like `name`. `least`: the part of both that must agree, from 0 to 1."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(names), 1, least)), None)


def diff_lines(before: str, after: str, path: str = "") -> list[str]:
    """A unified diff of two texts; without a path, without its two lines of file names."""
    from difflib import unified_diff

    lines = unified_diff(before.splitlines(), after.splitlines(), path, path, n=2, lineterm="")
    return list(lines)[0 if path else 2 :]
