"""The inverted index of a text, and of a shard: which texts have a word, and where. Pure.

A text is one row of words: title, key points and summary, body. So one number says of a word both where it stands, for
exact phrases, and in which part, for its weight. The original and its versions are texts of their own.

Numbers are written as varints: seven bits a byte, the lowest first, the eighth bit set where more follow.
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

    places: dict[
        str, bytes
    ]  # key → number of the word's places, and each as the distance from the one before
    lengths: Lengths
    capitals: tuple[str, ...]  # keys of words that stand in capitals within sentences
    large: tuple[str, ...]  # keys of words that never stand in small letters where that says something
    spellings: tuple[str, ...]  # words as they are written, one for each key


class Postings(msgspec.Struct, frozen=True, array_like=True):
    """The index of a shard."""

    texts: dict[
        str, bytes
    ]  # by key: of each text the distance from the one before, and the word's places in it
    counts: dict[str, int]  # by key: how many texts have it
    lengths: tuple[Lengths, ...]  # of each text
    capitals: frozenset[str]  # keys of words that stand in capitals within sentences of some text
    large: frozenset[str]  # keys of words that stand in small letters in none
    spellings: dict[str, str]  # words as they are written, by key


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
    note_spellings(sorted(set(_LETTERS.findall(whole))), written)
    return TextPostings(
        places={key: _steps(own_places) for key, own_places in places.items()},
        lengths=Lengths(begins[1], begins[2], place),
        capitals=tuple(sorted(capitals)),
        large=tuple(sorted(places.keys() - small)),
        spellings=tuple(written.values()),
    )


def postings_of(texts: Iterable[TextPostings]) -> Postings:
    """The index of these texts."""
    rows: dict[str, list[bytes]] = defaultdict(list)
    last_text: dict[str, int] = defaultdict(int)
    lengths: list[Lengths] = []
    capitals: set[str] = set()
    small: set[str] = set()
    written: dict[str, str] = {}
    for number, text in enumerate(texts):
        for key, places in text.places.items():
            rows[key] += (varint(number - last_text[key]), places)
            last_text[key] = number
        lengths.append(text.lengths)
        capitals.update(text.capitals)
        small |= text.places.keys() - set(text.large)
        note_spellings(text.spellings, written)
    return Postings(
        texts={key: b"".join(pieces) for key, pieces in rows.items()},
        counts={key: len(pieces) // 2 for key, pieces in rows.items()},
        lengths=tuple(lengths),
        capitals=frozenset(capitals),
        large=frozenset(rows.keys() - small),
        spellings=written,
    )


def note_spellings(words: Iterable[str], written: dict[str, str]) -> None:
    """Add words as they are written, accents and all, by key: in small letters if they stand so anywhere."""
    for word in words:
        key = _spelt_key(word)
        if not key:
            continue
        other = written.get(key)
        if other is None or (other[0].isupper() and word[0].islower()):
            written[key] = word


def _steps(places: Sequence[int]) -> bytes:
    steps = [place - before for before, place in zip((0, *places), places, strict=False)]
    return varint(len(places)) + (bytes(steps) if max(steps) < 0x80 else b"".join(map(varint, steps)))


@lru_cache(maxsize=1 << 14)
def varint(number: int) -> bytes:
    """A number from 0 on, in seven bits a byte."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


@lru_cache(maxsize=1 << 17)
def _spelt_key(word: str) -> str:
    """The key of a word as it is written; empty for one of a script without blanks."""
    return "" if unspaced(word[0]) else key_of(plain(word))
