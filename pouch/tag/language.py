"""Which language a text is in, and whether that is sure."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import islice
from typing import Any

# Characters that suffice; more cost time and change nothing.
ENOUGH = 600
SURE = 0.9
"""Probability from which the answer counts as sure."""
SHORTEST = 40
"""Letters below which no answer counts as sure."""


FEWEST_SIGNS = 12
"""Signs of a script from which it tells the language surely."""

_SCRIPTS = {
    "zh": re.compile("[\u3400-\u9fff]"),
    "ja": re.compile("[\u3041-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "ka": re.compile("[\u10d0-\u10ff]"),
    "hy": re.compile("[\u0531-\u0587]"),
}
_SIGN = re.compile("|".join(signs.pattern for signs in _SCRIPTS.values()))
_LATIN = re.compile("[A-Za-z]")


@cache
def _identifier() -> Any:
    # Imported here: the model takes half a second, and a text whose language is known needs none.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _by_script(sample: str) -> str | None:
    """The language of a script that one language has: the model knows it, and is put off by names in Latin letters."""
    # Most texts have no such sign, and need not be counted script by script.
    if sample.isascii() or not _SIGN.search(sample):
        return None
    counts = {lang: len(signs.findall(sample)) for lang, signs in _SCRIPTS.items()}
    latin = len(_LATIN.findall(sample))
    if counts["ja"] * 10 > counts["zh"] and counts["ja"]:
        counts["ja"] += counts.pop("zh")
    lang, number = max(counts.items(), key=lambda item: item[1])
    # A sign of these scripts says as much as two or three Latin letters.
    return lang if number * 2 > latin and number >= FEWEST_SIGNS else None


def detect_language(text: str, preferred: Collection[str] = ()) -> tuple[str, bool]:
    """(ISO 639-1 code, whether it is sure) of a text in one language; ("und", False) where it has no letters.

    Where it is not sure, the likeliest of the `preferred` languages is given, if there are any.
    """
    sample = text[:ENOUGH]
    # Counted only as far as it matters.
    letters = sum(1 for _ in islice(filter(str.isalpha, sample), SHORTEST))
    if not letters:
        return "und", False
    if (lang := _by_script(sample)) is not None:
        return lang, letters >= FEWEST_SIGNS
    if sample.isupper():
        sample = sample.lower()
    lang, probability = _identifier().classify(sample)
    if probability >= SURE and letters >= SHORTEST:
        return str(lang), True
    if preferred and lang not in preferred:
        lang = next((other for other, _ in _identifier().rank(sample) if other in preferred), lang)
    return str(lang), False
