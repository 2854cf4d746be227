"""The tags of sanitised HTML and their positions: for code that replaces or surrounds elements.

Sanitised HTML has neither comments nor raw text, its names are in lower case, and double quotation marks stand around
every value. So one regular expression finds its tags, in a tenth of the time that Python's own parser takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

Attributes = tuple[tuple[str, str | None], ...]
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*+)([^"<>]*+(?:"[^"]*+"[^"<>]*+)*+)>')
_ATTRIBUTE = re.compile(r'([^\s"=/]++)(?:="([^"]*+)")?')


class Tag(NamedTuple):
    """A tag, from `start` up to `end`."""

    name: str
    opens: bool
    start: int
    end: int
    attributes: Attributes = ()


def tags_of(html: str) -> list[Tag]:
    """The tags in the order of the text. A tag that is cut off before its ">" is left out."""
    return [
        Tag(tag[2], not tag[1], tag.start(), tag.end(), _attributes(tag[3]) if tag[3] else ())
        for tag in _TAG.finditer(html)
    ]


def _attributes(text: str) -> Attributes:
    return tuple([(name, unescape(value) if value else value) for name, value in _ATTRIBUTE.findall(text)])


def replace_tags(html: str, replacement: Callable[[Tag], str | None]) -> str:
    """The HTML with something else in the place of each tag for which `replacement` is not None."""
    pieces: list[str] = []
    end = 0
    for tag in tags_of(html):
        if (new := replacement(tag)) is not None:
            pieces += (html[end : tag.start], new)
            end = tag.end
    return "".join((*pieces, html[end:]))
