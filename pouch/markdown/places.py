"""The places in a body that a problem or a link is about: their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

_CODE_OR_ESCAPED = re.compile(r"\\.|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_MOST_TICKS = 2_000
"""Backticks of a body beyond which code within lines is not looked for: that would take seconds."""


class Places:
    """The lines of markup in one body, counted from 1. Asked for the same again, it gives the next occurrence."""

    def __init__(self, source: str, code: Callable[[], Sequence[tuple[int, int]]]) -> None:
        """`code` gives the first and last lines of blocks of code, from 0, once the body was parsed."""
        self._source = source
        self._code = code
        self._next_place: dict[str, int] = {}
        self._next_link: dict[str, int] = {}

    def line_of(self, markup: str) -> int:
        """The line of `markup`: outside of code if it stands there too."""
        at = self._prose.find(markup, self._next_place.get(markup, 0))
        if at < 0:
            at = self._prose.find(markup)
        if at < 0:
            at = self._source.find(markup)
        self._next_place[markup] = at + len(markup)
        return 1 + self._source.count("\n", 0, max(at, 0))

    def line_of_link(self, target: str) -> int:
        """The line of a link to `target`, not to a longer address that holds it."""
        whole = re.compile(rf"(?<![^\s(<\"'=]){re.escape(target)}(?![^\s)>\"'])")
        match = whole.search(self._prose, self._next_link.get(target, 0)) or whole.search(self._prose)
        if match is None:
            return self.line_of(target)
        self._next_link[target] = match.end()
        return 1 + self._source.count("\n", 0, match.start())

    @cached_property
    def _prose(self) -> str:
        """The body, in which spaces replace code and escaped signs: neither can hold what a problem is about."""
        lines = self._source.split("\n")
        for first, last in self._code():
            for at in range(first, min(last + 1, len(lines))):
                lines[at] = " " * len(lines[at])
        text = "\n".join(lines)
        if text.count("`") > _MOST_TICKS or not ("`" in text or "\\" in text):
            return text
        return _CODE_OR_ESCAPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
