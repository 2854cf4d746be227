"""Limits what a text may cost where Python-Markdown's inline patterns are quadratic.

They search from every sign to the end of its block: 20,000 opening brackets take over a minute. What a block costs is
told from a few counts. A block that costs too much is shown as it is written: its signs are replaced by noncharacters
(which no entry may hold) until it is HTML.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Steps of about 50 ns: a second at most for a body of any length.
_BUDGET = 20_000_000
# What one sign costs for each character of its block, in such steps.
_UNCLOSED = 2.0  # `[` without its end: Python code looks at each character
_INLINE = 0.02  # any other sign: what follows is copied

_SIGNS = "[]<*_~`&\\!#=-+|:@."
_STAND_INS = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_HIDE = str.maketrans(_STAND_INS)
_SHOW = str.maketrans(
    {code: {"<": "&lt;", "&": "&amp;"}.get(sign, sign) for sign, code in _STAND_INS.items()}
)

# What opens inline markup; "://", "www." and "@" are those of bare addresses.
_INLINE_SIGNS = ("*", "_", "`", "~", "&", "<", "\\", "  \n", "://", "www.", "@")

_BLOCKS = re.compile(r"(\n[ \t]*\n)")
# Items of lists and rows of tables are looked at one by one.
_UNITS = re.compile(r"\n(?=[ ]*(?:[*+-]|[0-9]+[.)])[ ]|[ ]*\|)")
_LINK = re.compile(r"\[[^\[\]]*\](?:\([^()]*\)|(?!\())")


class Excess(NamedTuple):
    """A limit that was exceeded."""

    line: int  # counted from 1 within the body
    message: str
    hint: str


def bounded(markdown: str) -> tuple[str, Excess | None]:
    """The text that may be rendered, and the first place that was taken as plain text; see `shown`."""
    length = len(markdown)
    brackets = _UNCLOSED * markdown.count("[")
    # Signs are counted only in a text so long that they could cost too much.
    if (
        length * (brackets + _INLINE * length * len(_INLINE_SIGNS)) < _BUDGET
        or length * (brackets + _INLINE * _signs(markdown)) < _BUDGET
    ):
        return markdown, None
    spent = 0.0
    line = 1
    first: Excess | None = None
    parts: list[str] = []
    for block in _BLOCKS.split(markdown):
        cost = _cost(block)
        if spent + cost > _BUDGET:
            first = first or Excess(
                line,
                "too much markup without an end; it is shown as it is written",
                "part it with empty lines",
            )
            block = block.replace("  \n", "\n").translate(_HIDE)
        else:
            spent += cost
        parts.append(block)
        line += block.count("\n")
    return "".join(parts), first


def hidden(markdown: str) -> str:
    """The text with every sign of markup hidden, for text that cannot be rendered at all."""
    return markdown.translate(_HIDE).replace(">", "&gt;")


def shown(html: str) -> str:
    """The HTML with every hidden sign in its place."""
    return html.translate(_SHOW)


def _signs(text: str) -> int:
    return sum(text.count(sign) for sign in _INLINE_SIGNS)


def _cost(block: str) -> float:
    return sum(_unit_cost(unit) for unit in _UNITS.split(block))


def _unit_cost(unit: str) -> float:
    brackets = unit.count("[")
    unclosed = brackets - len(_LINK.findall(unit)) if brackets else 0
    return len(unit) * (_UNCLOSED * unclosed + _INLINE * (_signs(unit) + brackets))
