"""The tags of HTML and their positions, by Python's own parser: for code that replaces or surrounds elements."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from itertools import accumulate
from typing import NamedTuple

Attributes = tuple[tuple[str, str | None], ...]


class Tag(NamedTuple):
    """A tag, from `start` up to `end`."""

    name: str
    opens: bool
    start: int
    end: int
    attributes: Attributes = ()


def tags_of(html: str) -> list[Tag]:
    """The tags in the order of the text. A tag that is cut off before its ">" is left out."""
    parser = _Parser(html)
    parser.feed(html)
    return parser.tags


def replace_tags(html: str, replacement: Callable[[Tag], str | None]) -> str:
    """The HTML with something else in the place of each tag for which `replacement` is not None."""
    pieces: list[str] = []
    end = 0
    for tag in tags_of(html):
        if (new := replacement(tag)) is not None:
            pieces += (html[end : tag.start], new)
            end = tag.end
    return "".join((*pieces, html[end:]))


class _Parser(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._html = html
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._start()
        end = start + len(self.get_starttag_text() or "")
        self.tags.append(Tag(tag, True, start, end, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        start = self._start()
        self.tags.append(Tag(tag, False, start, self._html.find(">", start) + 1))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _start(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
