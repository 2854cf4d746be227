"""Detects the language of a text, and whether the answer is sure."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import islice
from typing import Any

from pouch.tables import table

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "bg", "cs", "pl", "ru", "sl", "uk")
"""Languages with a data file of their own; in others, countries are found by CLDR's names alone."""

PLAIN_LANGUAGES = (
    "ar", "ca", "da", "fa", "gl", "hi", "id", "ja", "ko", "nb", "nn", "no", "sv", "sw", "th", "tr", "ur", "vi", "zh",
)  # fmt: skip
"""Languages whose names of countries are found by CLDR's names, since they do not decline them."""

# Enough characters: more would cost time and change nothing.
ENOUGH = 600
SURE = 0.9
"""Probability from which the answer counts as sure."""
SHORTEST = 40
"""Letters below which no answer counts as sure."""


FEWEST_SIGNS = 12
"""Characters of a script from which the script alone decides the language."""

_TABLE = table("pouch.tag", "scripts")
_SCRIPTS = {lang: re.compile(signs) for lang, signs in _TABLE["own"].items()}
_SHARED_SCRIPTS = {tuple(langs.split()): re.compile(signs) for langs, signs in _TABLE["shared"].items()}
_SIGN = re.compile("|".join(signs.pattern for signs in _SCRIPTS.values()))
_LATIN = re.compile("[A-Za-z]")
LIKELY_ENOUGH = 0.02
"""Part of the likeliest language's probability that a preferred language needs to replace it."""


@cache
def _identifier() -> Any:
    # Imported here: the model takes half a second, and a text whose language is known needs none.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _by_script(sample: str) -> str | None:
    """The language of a script that only one language uses: names in Latin letters would mislead the model."""
    # Most texts have no such sign, and need not be counted script by script.
    if sample.isascii() or not _SIGN.search(sample):
        return None
    counts = {lang: len(signs.findall(sample)) for lang, signs in _SCRIPTS.items()}
    latin = len(_LATIN.findall(sample))
    if counts["ja"] * 10 > counts["zh"] and counts["ja"]:
        counts["ja"] += counts.pop("zh")
    lang, number = max(counts.items(), key=lambda item: item[1])
    # A sign of these scripts carries as much information as two or three Latin letters.
    return lang if number * 2 > latin and number >= FEWEST_SIGNS else None


def _languages_of_script(sample: str) -> tuple[str, ...]:
    """The languages whose script most letters of a sample are in, if several languages have it; else none."""
    if sample.isascii():
        return ()
    counts = {languages: len(signs.findall(sample)) for languages, signs in _SHARED_SCRIPTS.items()}
    languages = max(counts, key=lambda one: counts[one])
    return languages if counts[languages] > len(_LATIN.findall(sample)) else ()


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
    languages = _languages_of_script(sample)
    if not languages and letters >= SHORTEST:
        # As a rule the likeliest is sure; then the others need no order.
        lang, best = _identifier().classify(sample)
        if best >= SURE:
            return str(lang), True
    ranked = [(str(lang), float(probability)) for lang, probability in _identifier().rank(sample)]
    if languages:
        ranked = [(lang, probability) for lang, probability in ranked if lang in languages]
        total = sum(probability for _, probability in ranked) or 1.0
        ranked = [(lang, probability / total) for lang, probability in ranked]
    lang, best = ranked[0]
    if best >= SURE and letters >= SHORTEST:
        return lang, True
    if preferred and lang not in preferred:
        likely = (other for other, probability in ranked if probability >= LIKELY_ENOUGH * best)
        lang = next((other for other in likely if other in preferred), lang)
    return lang, False


def finds_inflected(lang: str) -> bool:
    """Whether a country is found in every form that its name takes in a language; "und" needs no warning."""
    base = lang.partition("-")[0].partition("_")[0].lower()
    return base in LANGUAGES or base in PLAIN_LANGUAGES or base == "und"
