"""Words as the index holds them, and as a query is taken apart: theme/static/search-engine.js does the same.

A key is a word without accents, in lower case, in the letters of every keyboard: "Łódź" is `lodz`, "œuvre" `oeuvre`,
"CO₂" `co2`. An abbreviation in capitals has a key of its own, in capitals, so that "UN" is not French "un".
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache

# Letters without a decomposition, as library catalogues and passports write them (ICAO Doc 9303, part 3, table A).
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ə": "e", "ĸ": "q", "ς": "σ",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)
# Scripts without blanks between words: South-East Asian ones, kana, Han. Each of their signs is a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# "l’Allemagne" is a word with an article, "Modi’s" one with an ending.
_ARTICLE = re.compile(r"\b[^\W\d_]{1,2}['’](?=[^\W\d_])")
_GENITIVE = re.compile(r"['’][sS]\b")
_LONGEST_ABBREVIATION = 6
_ENDS_SENTENCE = '.!?:;…\n«“"„-–—•('


@cache
def _marks() -> dict[int, None]:
    """Every combining mark that takes no place of its own (Unicode's category Mn), to be left out."""
    return {sign: None for sign in range(sys.maxunicode + 1) if unicodedata.category(chr(sign)) == "Mn"}


def plain(text: str) -> str:
    """The text without accents, ligatures and other compatible forms; its case stays."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).translate(_marks()))


def prepared(text: str) -> str:
    """The text that words are taken from: plain, abbreviations without dots, words without articles and genitives."""
    text = _DOTTED.sub(lambda m: m[0].replace(".", "") if m[0].isupper() else m[0], plain(text))
    return _GENITIVE.sub(" ", _ARTICLE.sub(" ", text))


def key_of(word: str) -> str:
    """The key of a word without accents, whatever its case."""
    lower = word.lower()
    return lower if lower.isascii() else lower.translate(_TABLE)


def is_abbreviation(word: str) -> bool:
    """Whether a word without accents stands in capitals as "UN" and "COP30" do. One letter and a number say nothing."""
    return 1 < len(word) <= _LONGEST_ABBREVIATION and word.isupper()


def words_of(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each word of a text: its key, the word without accents, and whether it begins a sentence.

    A text all in capitals has no abbreviations.
    """
    ready = prepared(text)
    shouted = ready.isupper() and " " in ready.strip()
    for match in _WORD.finditer(ready):
        word = match[0]
        if not shouted and is_abbreviation(word):
            yield key_of(word).upper(), word, False
        else:
            begins = word[0].isupper() and _begins_sentence(ready, match.start())
            yield key_of(word), word, begins


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip()
    return start < 2 or not before or before[-1] in _ENDS_SENTENCE


def unspaced(sign: str) -> bool:
    """Whether a sign is of a script that sets no blanks between words."""
    return re.match(f"[{_UNSPACED}]", sign) is not None
