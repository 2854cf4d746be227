"""Words as the index holds them, and as a query is taken apart: theme/static/js/search_words.js does the same.

A key is a word without accents, in lower case, in the letters of every keyboard: "Łódź" is `lodz`, "œuvre" `oeuvre`,
"CO₂" `co2`. An abbreviation in capitals has a key of its own, in capitals, so that "UN" is not French "un".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

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
_UNSPACED_SIGN = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(r"[^\W_]+")
_ANY_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
# After a word or a comma, and not in an ASCII small letter, which is most of them.
_INSIDE = re.compile(r"(?<=[\w,] )(?![a-z\d_])\w+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# "l’Allemagne" is a word with an article, "Modi’s" one with an ending.
_ARTICLE = re.compile(r"\b[^\W\d_]{1,2}['’](?=[^\W\d_])")
_GENITIVE = re.compile(r"['’][sS]\b")
_LONGEST_ABBREVIATION = 6


@cache
def _marks() -> dict[int, None]:
    """Every combining mark that takes no place of its own (Unicode's category Mn), to be left out."""
    planes = (*range(0x20000), *range(0xE0100, 0xE01F0))
    return {code: None for code in planes if unicodedata.category(chr(code)) == "Mn"}


def plain(text: str) -> str:
    """The text without accents, ligatures and other compatible forms; its case stays."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).translate(_marks()))


def prepared(text: str) -> str:
    """The text that words are taken from: plain, abbreviations without dots, words without articles and genitives."""
    text = _DOTTED.sub(lambda m: m[0].replace(".", "") if m[0].isupper() else m[0], plain(text))
    if "'" in text or "’" in text:
        text = _GENITIVE.sub(" ", _ARTICLE.sub(" ", text))
    return text


def key_of(word: str) -> str:
    """The key of a word without accents, whatever its case."""
    lower = word.lower()
    return lower if lower.isascii() else lower.translate(_TABLE)


def is_abbreviation(word: str) -> bool:
    """Whether a word without accents stands in capitals as "UN" and "COP30" do. One letter and a number say nothing."""
    return 1 < len(word) <= _LONGEST_ABBREVIATION and word.isupper()


@lru_cache(maxsize=1 << 17)
def index_key(word: str) -> str:
    """The key of a word as it stands, without accents; of an abbreviation in capitals, in capitals."""
    return key_of(word).upper() if is_abbreviation(word) else key_of(word)


def words_in(ready: str) -> list[str]:
    """The words of a prepared text, as they stand in it."""
    return (_ANY_WORD if _UNSPACED_SIGN.search(ready) else _WORD).findall(ready)


def keys_of(text: str) -> list[str]:
    """The keys of a text's words, in order. A text all in capitals has no abbreviations."""
    ready = prepared(text)
    if is_shouted(ready):
        return [key_of(word) for word in words_in(ready)]
    return list(map(index_key, words_in(ready)))


def is_shouted(ready: str) -> bool:
    """Whether a prepared text of several words is all in capitals."""
    return ready.isupper() and " " in ready.strip()


def capital_words(ready: str) -> Iterator[str]:
    """The words of a prepared text that stand in a capital within a sentence, where only names do (but in German)."""
    return (word for word in _INSIDE.findall(ready) if word[0].isupper())


def unspaced(sign: str) -> bool:
    """Whether a sign is of a script that sets no blanks between words."""
    return _UNSPACED_SIGN.match(sign) is not None
