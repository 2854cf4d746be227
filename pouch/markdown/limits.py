"""Keeps Python-Markdown from running away on text that is markup only in name.

A few of its searches start anew from every sign and go to the end of the block: 20,000 opening brackets take it over
a minute. The cost of a block can be told beforehand from a few counts; what would cost too much is taken as plain
text, sign by sign, by putting noncharacters (which no entry may hold) in the place of its signs until it is HTML.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Steps of about 50 ns: a second at most for a body of any length.
_BUDGET = 20_000_000
# What one sign costs for each character of its block, in such steps.
_UNCLOSED = 2.0  # `[` or `<` without its end: Python code looks at each character
_HEADING = 0.5  # a heading inside a block: several patterns search what follows
_INLINE = 0.02  # any other sign: what follows is copied

_SIGNS = "[]<*_`&\\!#=-+|:"
_STAND_INS = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_HIDE = str.maketrans(_STAND_INS)
_SHOW = str.maketrans(
    {code: {"<": "&lt;", "&": "&amp;"}.get(sign, sign) for sign, code in _STAND_INS.items()}
)

_BLOCKS = re.compile(r"(\n[ \t]*\n)")
# Items of lists and rows of tables are looked at one by one.
_UNITS = re.compile(r"\n(?=[ ]*(?:[*+-]|[0-9]+\.)[ ]|[ ]*\|)")
_LINK = re.compile(r"\[[^\[\]]*\](?:\([^()]*\)|(?!\())")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HEADINGS = re.compile(r"^(?:#|=+[ ]*$|-+[ ]*$)", re.MULTILINE)


class Excess(NamedTuple):
    """What was too much."""

    line: int  # counted from 1 within the body
    message: str
    hint: str


def bounded(markdown: str) -> tuple[str, Excess | None]:
    """The text that may be rendered, and the first place that was taken as plain text; see `shown`."""
    length = len(markdown)
    if length * (
        _UNCLOSED * (markdown.count("[") + markdown.count("<")) + _INLINE * _signs(markdown)
    ) < _BUDGET and (length < 4096 or length * _HEADING * len(_HEADINGS.findall(markdown)) < _BUDGET):
        return markdown, None
    spent = 0.0
    line = 1
    first: Excess | None = None
    parts: list[str] = []
    # `<` is looked for across blocks.
    html = _UNCLOSED * length * _unclosed_tags(markdown)
    if html > _BUDGET:
        markdown = markdown.replace("<", _STAND_INS["<"])
        first = Excess(
            1, "too many `<` that open no tag; they are shown as they are", "write &lt; for the sign itself"
        )
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
    return sum(text.count(sign) for sign in ("*", "_", "`", "&", "\\", "  \n"))


def _unclosed_tags(text: str) -> int:
    return text.count("<") - len(_TAG.findall(text)) - min(text.count("<!--"), text.count("-->"))


def _cost(block: str) -> float:
    headings = _HEADING * len(block) * len(_HEADINGS.findall(block)) if len(block) > 4096 else 0
    return headings + sum(_unit_cost(unit) for unit in _UNITS.split(block))


def _unit_cost(unit: str) -> float:
    brackets = unit.count("[")
    unclosed = brackets - len(_LINK.findall(unit)) if brackets else 0
    return len(unit) * (_UNCLOSED * unclosed + _INLINE * (_signs(unit) + brackets + unit.count("<")))
