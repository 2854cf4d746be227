"""A text as a sparse vector of its words: what the learned topics are learned from.

Words, and the pieces of four letters of longer words, which are alike where endings and compounds are not
(McNamee and Mayfield, "Character N-Gram Tokenization for European Language Text Retrieval", 2004); lower case.
Weights are (1 + log tf) · idf, the vector's length 1 (Salton and Buckley, 1988).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
TITLE_TIMES = 2
"""How often the title's words are counted."""
PIECE = 4
"""Letters of a piece; a word's beginning and end count as one."""
ENOUGH = 3000
"""Characters of a text that are read: news says what it is about at its start."""
KEPT = 100_000
"""Words whose places are kept at most."""


class Words(msgspec.Struct, frozen=True):
    """The features that are known, with their place in a vector and their weight."""

    places: dict[str, int]
    weights: list[float]
    known: dict[str, tuple[int, ...]] = {}  # the places of words met before

    def vector(self, words: Mapping[str, int]) -> tuple[list[int], list[float]]:
        """Places, and weights of unit length, of counted words; both empty where nothing is known."""
        counts: dict[int, int] = {}
        for word, times in words.items():
            for place in self.places_of(word):
                counts[place] = counts.get(place, 0) + times
        places = sorted(counts)
        values = [(1 + math.log(counts[place])) * self.weights[place] for place in places]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return places, [value / length for value in values]

    def places_of(self, word: str) -> tuple[int, ...]:
        """The places of a word and of its pieces, as far as they are known."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= KEPT:
                self.known.clear()
            places = (self.places.get(feature) for feature in features_of(word))
            found = self.known[word] = tuple(place for place in places if place is not None)
        return found


def words_of(title: str, text: str) -> Counter[str]:
    """How often each word stands in a text, the title's counted more than once."""
    words: Counter[str] = Counter()
    for part, times in ((title, TITLE_TIMES), (text[:ENOUGH], 1)):
        for word in _WORD.findall(unicodedata.normalize("NFC", part).lower().replace("’", "'")):
            words[word] += times
    return words


def features_of(word: str) -> tuple[str, ...]:
    """A word and its pieces, which are written with a number sign before them."""
    if len(word) < PIECE:
        return (word,)
    edged = f" {word} "
    return (word, *(f"#{edged[at : at + PIECE]}" for at in range(len(edged) - PIECE + 1)))


def learn_words(texts: Iterable[tuple[str, str]], most: int) -> Words:
    """The features of (title, text) pairs, at most the `most` commonest, with their inverse document frequency."""
    seen: Counter[str] = Counter()
    number = 0
    for title, text in texts:
        seen.update({feature for word in words_of(title, text) for feature in features_of(word)})
        number += 1
    kept = sorted((-count, feature) for feature, count in seen.items())[:most]
    return Words(
        {feature: place for place, (_, feature) in enumerate(kept)},
        [1 + math.log((1 + number) / (1 - count)) for count, _ in kept],
    )
