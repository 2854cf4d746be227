"""A text as a sparse vector of its words: what the learned topics are learned from.

Words, pairs of neighbouring words and the beginnings of words (which are alike where endings are not), lower case;
weights are (1 + log tf) · idf, the vector's length 1
(Salton and Buckley, 1988).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
TITLE_TIMES = 2
"""How often the title's words are counted."""
BEGINNING = 5
"""Letters of a word's beginning."""
ENOUGH = 3000
"""Characters of a text that are read: news says what it is about at its start."""


class Words(msgspec.Struct, frozen=True):
    """The words that are known, with their place in a vector and their weight."""

    places: dict[str, int]
    weights: list[float]

    def vector(self, title: str, text: str) -> tuple[list[int], list[float]]:
        """Places, and weights of unit length; both empty where nothing is known."""
        counts: Counter[int] = Counter()
        for word in tokens(title, text):
            place = self.places.get(word)
            if place is not None:
                counts[place] += 1
        places = sorted(counts)
        values = [(1 + math.log(counts[place])) * self.weights[place] for place in places]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return places, [value / length for value in values]


def tokens(title: str, text: str) -> Iterator[str]:
    """The words of a text and its pairs of neighbours, the title's more than once."""
    for part, times in ((title, TITLE_TIMES), (text[:ENOUGH], 1)):
        words = _WORD.findall(unicodedata.normalize("NFC", part).lower().replace("’", "'"))
        for _ in range(times):
            yield from words
            yield from map(" ".join, pairwise(words))
            yield from (f"{word[:BEGINNING]}-" for word in words if len(word) > BEGINNING)


def learn_words(texts: Iterable[tuple[str, str]], most: int) -> Words:
    """The words of (title, text) pairs, at most the `most` commonest, with their inverse document frequency."""
    seen: Counter[str] = Counter()
    number = 0
    for title, text in texts:
        seen.update(set(tokens(title, text)))
        number += 1
    kept = sorted((-count, word) for word, count in seen.items())[:most]
    return Words(
        {word: place for place, (_, word) in enumerate(kept)},
        [1 + math.log((1 + number) / (1 - count)) for count, _ in kept],
    )
