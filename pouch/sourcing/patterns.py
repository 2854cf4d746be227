"""Patterns that tell what a line or a name says: `data/phrases.toml` and `data/names.toml` hold their words."""

from __future__ import annotations

import re

from pouch.tables import table

_ROOM = "pouch.sourcing"


def any_of(lines: str) -> str:
    """One pattern of the alternatives that some lines hold."""
    return "|".join(line for line in lines.split("\n") if line)


def _phrase(lines: str) -> re.Pattern[str]:
    pattern = any_of(lines)
    for name, words in table(_ROOM, "phrases")["words"].items():
        pattern = pattern.replace(name, words.replace("\n", ""))
    return re.compile(pattern, re.IGNORECASE)


_PHRASES = {kind: _phrase(lines) for kind, lines in table(_ROOM, "phrases")["phrases"].items()}
_NAMES = {
    kind: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for kind, pattern in table(_ROOM, "names").items()
}


def phrase_in(kind: str, text: str) -> re.Match[str] | None:
    """The first phrase of a kind in a text."""
    return _PHRASES[kind].search(text)


def phrases_in(kind: str, text: str) -> set[str]:
    """The different phrases of a kind in a text, in small letters."""
    return {match[0].lower() for match in _PHRASES[kind].finditer(text)}


def is_name(kind: str, name: str) -> bool:
    """Whether a name is of a kind as a whole."""
    return _NAMES[kind].fullmatch(name) is not None
