"""Invented prose for the bench: news-like sentences from the fixed lists of prose.toml, in the shape of briefings."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from random import Random

_FILE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_SLOT = re.compile(r"\{(\w+?)2?\}")

HEADINGS: list[str] = _FILE["pieces"]["headings"]
OUTLETS: list[str] = _FILE["pieces"]["outlets"]
UNITS: list[str] = _FILE["slots"]["unit"]


def _words(slot: str) -> list[str]:
    """What may stand in a slot; a capital in its name makes one in the words."""
    words: list[str] = _FILE["slots"].get(slot.lower(), [])
    return [word[0].upper() + word[1:] for word in words] if slot[:1].isupper() else words


class Pattern:
    """A sentence with slots, taken apart once so that filling it a million times is cheap."""

    def __init__(self, text: str) -> None:
        parts = _SLOT.split(text)
        self._parts: list[tuple[str, list[str] | None]] = [
            (literal, None if slot == "place" else _words(slot))
            for literal, slot in zip(parts[::2], [*parts[1::2], ""], strict=True)
        ]

    def fill(self, rng: Random, places: list[str]) -> str:
        """The sentence with a word for each slot; `places` stand where it names one."""
        out = []
        draw = rng.random
        for literal, words in self._parts:
            out.append(literal)
            chosen = places if words is None else words
            if chosen:
                out.append(chosen[int(draw() * len(chosen))])
        return "".join(out)


def patterns(name: str) -> list[Pattern]:
    """The pieces of that name: sentences, titles, points or quotations."""
    return [Pattern(text) for text in _FILE["pieces"][name]]
