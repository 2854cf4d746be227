"""Definitions of the addresses that links refer to by a label (CommonMark spec 0.31, "Link reference definitions")."""

from __future__ import annotations

import re
import string
from typing import NamedTuple

_DEFINITION = re.compile(
    r"\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ ]*\n?[ ]*(?:<((?:[^<>\\\n]|\\.)*)>|((?!<)[^ \n]+))"
    r"""(?:(?:[ ]*\n[ ]*|[ ]+)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ ]*(?:\n|$)""",
    re.DOTALL,
)
_ESCAPED = re.compile(rf"\\([{re.escape(string.punctuation)}])")


class Definition(NamedTuple):
    """The address and title that a label stands for."""

    label: str
    address: str
    title: str  # empty without one
    line: int  # where it stands, counted from the paragraph's first line


def definitions_of(paragraph: str) -> tuple[list[Definition], str]:
    """The definitions that a paragraph starts with, and the text that is left of it."""
    definitions = []
    at = line = 0
    while paragraph.startswith("[", at) and (match := _DEFINITION.match(paragraph, at)):
        address = match[2] if match[3] is None else match[3]
        title = (match[4] or "")[1:-1]
        definitions.append(
            Definition(match[1], _ESCAPED.sub(r"\1", address), _ESCAPED.sub(r"\1", title), line)
        )
        line += match[0].count("\n")
        at = match.end()
    return definitions, paragraph[at:].rstrip()
