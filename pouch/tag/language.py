"""Which language a text is in, and whether that is sure."""

from __future__ import annotations

from functools import cache
from typing import Any

# Characters that suffice; more cost time and change nothing.
ENOUGH = 800
SURE = 0.9
"""Probability from which the answer counts as sure."""
SHORTEST = 40
"""Letters below which no answer counts as sure."""


@cache
def _identifier() -> Any:
    # Imported here: the model takes half a second, and a text whose language is known needs none.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> tuple[str, bool]:
    """(ISO 639-1 code, whether it is sure) of a text in one language; ("und", False) where it has no letters."""
    sample = text[:ENOUGH]
    letters = sum(char.isalpha() for char in sample)
    if not letters:
        return "und", False
    lang, probability = _identifier().classify(sample if not sample.isupper() else sample.lower())
    return str(lang), bool(probability >= SURE and letters >= SHORTEST)
