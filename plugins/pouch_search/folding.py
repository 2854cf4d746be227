"""Words as typed on keyboards without some letters: "Lodz" for "Łódź", "oeuvre" for "œuvre", "CO2" for "CO₂".

Pagefind folds accents, which Unicode can take off a letter. It does not fold letters that Unicode counts as their own,
nor compatibility forms (ligatures, full width, sub- and superscripts), so the index gets these words in both forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters without a decomposition, as library catalogues and passports write them (ICAO Doc 9303, part 3, table A).
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ə": "e", "ĸ": "q",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)
_WORD = re.compile(r"\w+")
# Scripts that are segmented sign by sign are left alone: full width there is punctuation.
_LATIN = re.compile(r"[a-z0-9]+")


def folded_words(texts: Iterable[str]) -> list[str]:
    """The words of these texts that have another form without such letters, each once, folded, in order."""
    folded: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(text):
            if word.isascii():
                continue
            lower = word.lower()
            plain = _without_accents(lower)
            other = _without_accents(unicodedata.normalize("NFKC", lower).translate(_TABLE))
            if other != plain and _LATIN.fullmatch(other):
                folded[other] = None
    return list(folded)


def _without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
