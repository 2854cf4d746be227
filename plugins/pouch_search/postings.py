"""The inverted index of a text, and of a shard: which briefings have a word, and where. Pure.

A text is one row of words: title, key points and summary, body. So one number says of a word both where it stands, for
exact phrases, and in which part, for its weight. The original and its versions are texts of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from pouch_search.words import (
    capital_words,
    index_key,
    is_shouted,
    key_of,
    plain,
    prepared,
    unspaced,
    words_in,
)

GAP = 4
"""Places between title, key points, summary and body, so that no phrase runs from one into the next."""
MOST_SPELLINGS = 12_000
"""Words of a shard that spellings are compared with, the most frequent: about 50 kB."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Shorter words are too much like one another.
_LETTERS = re.compile(r"[^\W\d_]{4,}")


class Text(msgspec.Struct, frozen=True):
    """The parts of one version of a briefing."""

    lang: str  # primary subtag
    title: str
    lead: tuple[str, ...]
    body: str


class Lengths(msgspec.Struct, frozen=True, array_like=True):
    """The place where the lead begins, where the body begins, and where the text ends."""

    lead: int
    body: int
    end: int


class TextPostings(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The index of one text."""

    places: dict[str, str]  # key → places of the word, each as the distance from the one before, in base 36
    lengths: Lengths
    capitals: tuple[str, ...]  # keys of words that stand in capitals within sentences
    large: tuple[str, ...]  # keys of words that never stand in small letters where that says something
    spellings: tuple[str, ...]  # words as they are written, one for each key


class Postings(msgspec.Struct):
    """The index of a shard."""

    places: dict[str, list[tuple[int, str]]]  # by key: (number of the text, places of the word), in order
    lengths: list[Lengths]  # of each text
    names: frozenset[str]  # keys of words that stand in capitals within sentences
    spellings: list[str]  # words as they are written, in order of their keys


def postings_of_text(text: Text) -> TextPostings:
    """The index of one text."""
    places: dict[str, list[int]] = defaultdict(list)
    capitals: set[str] = set()
    small: set[str] = set()
    place = 0
    begins = []
    for part in ((text.title,), text.lead, (text.body,)):
        begins.append(place)
        for piece in part:
            ready = prepared(piece)
            words = words_in(ready)
            keys = map(key_of if is_shouted(ready) else index_key, words)
            for key_place, key in enumerate(keys, place):
                places[key].append(key_place)
            place += len(words) + GAP
            if text.lang != "de":  # it writes all nouns in capitals
                capitals.update(map(index_key, capital_words(ready)))
                small.update([index_key(word) for word in words if not word[0].isupper()])
    written: dict[str, str] = {}
    whole = unicodedata.normalize("NFC", "\n".join((text.title, *text.lead, text.body)))
    _note_spellings(sorted(set(_LETTERS.findall(whole))), written)
    return TextPostings(
        places={key: _steps(own_places) for key, own_places in places.items()},
        lengths=Lengths(begins[1], begins[2], place),
        capitals=tuple(sorted(capitals)),
        large=tuple(sorted(places.keys() - small)),
        spellings=tuple(written.values()),
    )


def postings_of(texts: Iterable[TextPostings]) -> Postings:
    """The index of these texts."""
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    lengths: list[Lengths] = []
    capitals: set[str] = set()
    small: set[str] = set()
    written: dict[str, str] = {}
    for number, text in enumerate(texts):
        for key, own_places in text.places.items():
            places[key].append((number, own_places))
        lengths.append(text.lengths)
        capitals.update(text.capitals)
        small |= text.places.keys() - set(text.large)
        _note_spellings(text.spellings, written)
    frequent = sorted((key for key in written if key in places), key=lambda key: (-len(places[key]), key))
    return Postings(
        places=dict(places),
        lengths=lengths,
        names=frozenset(key for key in capitals - small if not key.isupper()),
        spellings=[written[key] for key in sorted(frequent[:MOST_SPELLINGS])],
    )


def _note_spellings(words: Iterable[str], written: dict[str, str]) -> None:
    """Add words as they are written, accents and all, by key: in small letters if they stand so anywhere."""
    for word in words:
        key = _spelt_key(word)
        if not key:
            continue
        other = written.get(key)
        if other is None or (other[0].isupper() and word[0].islower()):
            written[key] = word


def _steps(places: Sequence[int]) -> str:
    return ",".join([base36(place - before) for before, place in zip((0, *places), places, strict=False)])


@lru_cache(maxsize=1 << 14)
def base36(number: int) -> str:
    """A number in base 36."""
    if number < 36:
        return DIGITS[number]
    return base36(number // 36) + DIGITS[number % 36]


@lru_cache(maxsize=1 << 17)
def _spelt_key(word: str) -> str:
    """The key of a word as it is written; empty for one of a script without blanks."""
    return "" if unspaced(word[0]) else key_of(plain(word))
