"""A text as a sparse vector of its words: the input of learned topics.

Words; the pieces of four letters of longer words, which are alike where endings and compounds are not (McNamee and
Mayfield, "Character N-Gram Tokenization for European Language Text Retrieval", 2004); and of the title and the lead the
pairs of words that stand side by side, or with one between them: few texts are so short that their words alone do not
tell (Wang and Manning, "Baselines and Bigrams", ACL 2012). All in lower case. Weights are (1 + log tf) · idf (Salton
and Buckley, 1988); each of the four kinds has a length of its own, so that the many pieces do not drown the words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

import msgspec

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
LEAD = 50
"""Words of a text whose pairs count."""
SHARES = (1.0, 0.7, 0.5, 1.0)
"""The lengths of the kinds before the whole vector's is 1: words, neighbours, words with one between them, pieces."""
TITLE_TIMES = 2
"""How often the title's words are counted."""
PIECE = 4
"""Letters of a piece; a word's beginning and end count as one."""
ENOUGH = 3000
"""Characters of a text that are read: news says what it is about at its start."""
_LENGTH = math.sqrt(sum(share * share for share in SHARES))
CACHE_SIZE = 100_000
"""Words whose places are cached, at most."""


class Words(msgspec.Struct, frozen=True):
    """The features of a model, with their place in a vector and their weight."""

    places: dict[str, int]
    weights: list[float]
    places_cache: dict[str, tuple[int, ...]] = {}  # word → the places of its features
    kinds: bytes = b""  # of the features, in the order of SHARES

    def __post_init__(self) -> None:
        """Compute the kind of each feature once."""
        msgspec.structs.force_setattr(self, "kinds", bytes(map(_kind, self.places)))

    def vector(self, words: Mapping[str, int]) -> tuple[list[int], list[float]]:
        """Places, and weights of unit length at most, of counted words; both empty if the model has none of them."""
        counts: dict[int, int] = {}
        for word, times in words.items():
            for place in self.places_of(word):
                counts[place] = counts.get(place, 0) + times
        places = sorted(counts)
        values = [(1 + math.log(counts[place])) * self.weights[place] for place in places]
        squares = [0.0] * len(SHARES)
        for place, value in zip(places, values, strict=True):
            squares[self.kinds[place]] += value * value
        scales = [share / math.sqrt(one or 1.0) / _LENGTH for share, one in zip(SHARES, squares, strict=True)]
        return places, [
            value * scales[self.kinds[place]] for place, value in zip(places, values, strict=True)
        ]

    def places_of(self, word: str) -> tuple[int, ...]:
        """The places of a word and of its pieces, as far as the model has them."""
        word_places = self.places_cache.get(word)
        if word_places is None:
            if len(self.places_cache) >= CACHE_SIZE:
                self.places_cache.clear()
            places = (self.places.get(feature) for feature in features_of(word))
            word_places = self.places_cache[word] = tuple(place for place in places if place is not None)
        return word_places


def words_of(title: str, text: str) -> Counter[str]:
    """The frequency of each word in a text, and of each pair at its start; the title's are counted more than once.

    A pair is two words with a blank between them, and with two where another word stood there.
    """
    words: Counter[str] = Counter()
    for part, times in ((title, TITLE_TIMES), (text[:ENOUGH], 1)):
        tokens = _WORD.findall(unicodedata.normalize("NFC", part).lower().replace("’", "'"))
        lead = tokens[:LEAD]
        for word in tokens:
            words[word] += times
        for first, second in pairwise(lead):
            words[f"{first} {second}"] += times
        for first, second in zip(lead, lead[2:], strict=False):
            words[f"{first}  {second}"] += times
    return words


def features_of(word: str) -> tuple[str, ...]:
    """A word and its pieces, which are written with a number sign before them; a pair has none."""
    if len(word) < PIECE or " " in word:
        return (word,)
    edged = f" {word} "
    return (word, *(f"#{edged[at : at + PIECE]}" for at in range(len(edged) - PIECE + 1)))


def _kind(feature: str) -> int:
    if feature[0] == "#":
        return 3
    return 2 if "  " in feature else 1 if " " in feature else 0


def learn_words(texts: Iterable[tuple[str, str]], most: int) -> Words:
    """The features of (title, text) pairs, at most the `most` commonest, with their inverse document frequency."""
    feature_counts: Counter[str] = Counter()
    number = 0
    for title, text in texts:
        feature_counts.update({feature for word in words_of(title, text) for feature in features_of(word)})
        number += 1
    commonest = sorted((-count, feature) for feature, count in feature_counts.items())[:most]
    return Words(
        {feature: place for place, (_, feature) in enumerate(commonest)},
        [1 + math.log((1 + number) / (1 - count)) for count, _ in commonest],
    )
