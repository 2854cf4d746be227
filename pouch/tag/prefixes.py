"""One-letter words that Arabic and Hebrew join to a name: "and", "in", "to", "for", "the"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_ARABIC = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
_HEBREW = ("", "ו", "ב", "ל", "מ", "ה", "ש", "כ", "וב", "ול", "ומ", "וה", "שב", "של", "מה", "בה")
_ARTICLE = "ال"
# Forms of one letter that are often written alike.
_ALEFS = str.maketrans("أإآ", "ااا")
_ADJECTIVES = ("ي", "ية", "يون", "يين", "يات")
_CUT = ("يا", "ية", "ا", "ة", "ه")
"""Endings of a name that its adjective has not: سوريا, سوري."""
SHORTEST = 3
"""Letters of a stem from which an adjective is made."""


def prefixed(lang: str, name: str) -> Iterator[str]:
    """The forms of a name of one or more words with the prefixes of its language; none in other languages."""
    if lang == "he":
        yield from (prefix + name for prefix in _HEBREW)
    elif lang == "ar":
        plain = "".join(
            char for char in unicodedata.normalize("NFC", name) if not unicodedata.combining(char)
        )
        for form in dict.fromkeys((plain, plain.translate(_ALEFS))):
            yield from _arabic(form)


def adjectives(lang: str, name: str) -> Iterator[str]:
    """The adjectives of a one-word Arabic name, by the rule of the nisba; none in other languages."""
    if lang != "ar" or " " in name:
        return
    plain = "".join(char for char in unicodedata.normalize("NFC", name) if not unicodedata.combining(char))
    stem = plain.removeprefix(_ARTICLE)
    stem = next((stem.removesuffix(ending) for ending in _CUT if stem.endswith(ending)), stem)
    if len(stem) < SHORTEST:
        return
    for form in dict.fromkeys((stem, stem.translate(_ALEFS))):
        for ending in _ADJECTIVES:
            yield from _arabic(f"{form}{ending}")
            yield from _arabic(f"{_ARTICLE}{form}{ending}")


def _arabic(word: str) -> Iterator[str]:
    for prefix in _ARABIC:
        if prefix.endswith("ل") and word.startswith(_ARTICLE):
            # The article's alef falls after "for": الأردن, للأردن.
            yield f"{prefix}{word[1:]}"
        else:
            yield f"{prefix}{word}"
