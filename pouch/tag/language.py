"""Which language a text is in, and whether that is sure."""

from __future__ import annotations

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


@cache
def _identifier() -> Any:
    # Imported here: the model takes half a second, and a text whose language is known needs none.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str, preferred: Collection[str] = ()) -> tuple[str, bool]:
    """(ISO 639-1 code, whether it is sure) of a text in one language; ("und", False) where it has no letters.

    Where it is not sure, the likeliest of the `preferred` languages is given, if there are any.
    """
    sample = text[:ENOUGH]
    # Counted only as far as it matters.
    letters = sum(1 for _ in islice(filter(str.isalpha, sample), SHORTEST))
    if not letters:
        return "und", False
    if sample.isupper():
        sample = sample.lower()
    lang, probability = _identifier().classify(sample)
    if probability >= SURE and letters >= SHORTEST:
        return str(lang), True
    if preferred and lang not in preferred:
        lang = next((other for other, _ in _identifier().rank(sample) if other in preferred), lang)
    return str(lang), False
