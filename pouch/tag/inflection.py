"""Inflected names of countries in languages that decline them: stems from CLDR's nominative.

A stem is written "word~"; the endings that may follow it are in `endings` of data/LANG.toml. The rules cut the
nominative's ending as the language's declension does; they need not be complete, only never cut too much.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pouch.vocabulary.names import country_names

# The endings of the nominative, longest first: what is left is the stem.
_CUT = {
    "ru": ("ия", "ья", "ы", "а", "я", "и", "ь", "й", "о"),
    "uk": ("ія", "я", "и", "а", "і", "ь", "й", "о"),
    "bg": (),
    "pl": ("ia", "ja", "a", "y", "e", "o"),
    "cs": ("ie", "sko", "cko", "a", "o", "y", "e", "ě"),
    "sl": ("ija", "ska", "ška", "a", "o", "e", "i"),
}
_KEEP = {"ru": "и", "uk": "і", "pl": "i", "sl": "ij"}
_SHORTEST = 4
# Declined, these are a man's name (Доминик) or an everyday word (sl. samo); other codes are CLDR's for groups.
_NAMESAKES = frozenset({"DM", "WS", "EU", "EZ", "QO", "UN", "ZZ", "XA", "XB"})


@cache
def inflected_names(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Code → stems of its one-word names in `lang`; empty for languages that do not decline names."""
    if lang not in _CUT:
        return {}
    found: dict[str, dict[str, None]] = {}
    for name, code in country_names(lang):
        words = name.split()
        if len(words) != 1 or name.isupper() or code in _NAMESAKES:
            continue
        stem = _stem(lang, name)
        if len(stem) >= _SHORTEST:
            found.setdefault(code, {})[f"{stem}~"] = None
    return {code: tuple(stems) for code, stems in found.items()}


def _stem(lang: str, name: str) -> str:
    for ending in _CUT[lang]:
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST - 1:
            stem = name.removesuffix(ending)
            if lang == "cs" and ending in ("sko", "cko"):
                return stem + ending[:2]
            if lang == "cs" and ending == "ie":
                return stem + "i"
            if lang == "sl" and ending in ("ska", "ška"):
                return stem + ending[:2]
            if len(ending) == 2 and lang in _KEEP:
                return stem + ending[: -1 if lang != "sl" else 2]
            return stem
    return name


def genitives(lang: str, name: str) -> tuple[str, ...]:
    """The genitive of a name where the language adds an s to it: "Frankreichs"."""
    if lang not in ("de", "nl") or len(name) < 4 or name.endswith(("s", "x", "z", "ß")):
        return ()
    return (f"{name}s",)
