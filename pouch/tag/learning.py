"""Topics learned from an archive's own entries: a linear model for each topic.

A support vector machine, trained by dual coordinate descent (Hsieh et al., "A Dual Coordinate Descent Method for
Large-scale Linear SVM", ICML 2008; L2 loss), and a share of complement naive Bayes (Rennie et al., "Tackling the Poor
Assumptions of Naive Bayes Text Classifiers", ICML 2003), which is the better of the two while entries are few. Both
are linear and end in one table of weights: a row for each word or piece of one, for each field of news
(`pouch.tag.fields`), and for the bias. Same entries, same model, whatever the machine's hash seed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from pouch.tables import table
from pouch.tag.features import Words, learn_words, words_of

COST = 1.0
"""The price of an error, C of the paper."""
ROUNDS = 6
"""Passes over the entries."""
BAYES, SMOOTHING = 0.2, 0.05
"""The share of naive Bayes, and what it adds to each count."""
FIELD = 1.0
"""What a field of news counts, beside the whole vector of words as 1."""
LEAST_DISTINCTIVE = 1 + math.log(3)
"""Inverse document frequency above which a word counts as a reason."""
FEWEST = 3
"""Entries that a topic must have to be learned."""
LARGEST = 8_000_000
"""Weights in the table at most: 32 megabytes."""


@cache
def _function_words() -> frozenset[str]:
    """Words of every text, of all languages: in an archive of several, those of one look rare, and explain nothing."""
    kinds = table("pouch.tag", "function_words").values()
    return frozenset(word for languages in kinds for words in languages.values() for word in words.split())


class Example(msgspec.Struct, frozen=True):
    """A curated text."""

    title: str
    text: str
    topics: tuple[str, ...]
    fields: tuple[float, ...] = ()  # of `pouch.tag.fields`: as many for every text


class Model:
    """Learned topics: margins above 0 speak for a topic, below 0 against it."""

    def __init__(self, words: Words, keys: tuple[str, ...], numbers: tuple[int, ...], weights: Any) -> None:
        self.words = words
        self.keys = keys
        self.numbers = numbers  # entries that taught each topic
        self.weights = weights  # float32, a column for each topic; rows: words, fields, bias

    def read(self, title: str, text: str, fields: Sequence[float] = ()) -> Reading:
        """The evaluation of a text."""
        import numpy as np

        counted = words_of(title, text)
        places, values = _vector(self.words, counted, fields, len(self.weights))
        weights = np.asarray(values, dtype=np.float32)
        return Reading(self, counted, places, weights)


class Reading:
    """A text, evaluated by a model."""

    def __init__(self, model: Model, words: Mapping[str, int], places: list[int], values: Any) -> None:
        self._model = model
        self._words = words
        self._places = places
        self._values = values
        self._average: Any = None  # of the weights of all topics, row by row

    def margins(self) -> dict[str, float]:
        """The margin of each topic; empty if the model has no word of the text."""
        model = self._model
        if self._places[0] >= len(model.words.places):
            return {}
        values = self._values @ model.weights[self._places]
        return {key: float(margin) for key, margin in zip(model.keys, values, strict=True)}

    def reasons(self, key: str, most: int = 5) -> list[str]:
        """The words of the text that speak most for a topic rather than for others, most first.

        A figure, an ordinal and an amount ("17", "17th", "10m") are none: they say nothing to the person who decides.
        """
        model_words = self._model.words
        if self._average is None:
            self._average = self._model.weights[self._places].mean(axis=1)
        column = self._model.weights[self._places, self._model.keys.index(key)] - self._average
        gains = dict(zip(self._places, (self._values * column).tolist(), strict=True))
        words = {
            word: sum(gains[place] for place in model_words.places_of(word))
            for word in self._words
            if word in model_words.places and " " not in word and not word[0].isdigit()
        }
        good = [word for word, gain in words.items() if gain > 0]
        # A function word, and a word that stands in every third entry, explain nothing, unless nothing else is there.
        telling = [word for word in good if word not in _function_words()] or good
        distinctive = [
            word for word in telling if model_words.weights[model_words.places[word]] > LEAST_DISTINCTIVE
        ] or telling
        return sorted(distinctive, key=lambda word: (-words[word], word))[:most]


def _vector(
    words: Words, counted: Mapping[str, int], fields: Sequence[float], rows: int
) -> tuple[list[int], list[float]]:
    """Places and values of a text in a table of `rows`: its words, its fields, and 1 for the bias."""
    places, values = words.vector(counted)
    first = rows - 1 - len(fields)
    present = [(first + number, FIELD * field) for number, field in enumerate(fields) if field]
    return (
        [*places, *(place for place, _ in present), rows - 1],
        [*values, *(value for _, value in present), 1.0],
    )


def train(examples: Sequence[Example]) -> Model | None:
    """The model of curated texts; None where no topic has enough, or all texts have the same."""
    import numpy as np

    numbers: dict[str, int] = {}
    for example in examples:
        for key in example.topics:
            numbers[key] = numbers.get(key, 0) + 1
    keys = tuple(sorted(key for key, number in numbers.items() if FEWEST <= number < len(examples)))
    if not keys:
        return None
    words = learn_words(((example.title, example.text) for example in examples), LARGEST // len(keys))
    rows = len(words.weights) + len(examples[0].fields) + 1
    vectors = []
    for example in examples:
        places, values = _vector(words, words_of(example.title, example.text), example.fields, rows)
        vectors.append((np.asarray(places), np.asarray(values, dtype=np.float32)))
    signs = np.full((len(examples), len(keys)), -1.0, dtype=np.float32)
    for row, example in enumerate(examples):
        for column, key in enumerate(keys):
            if key in example.topics:
                signs[row, column] = 1.0
    weights = np.zeros((rows, len(keys)), dtype=np.float32)
    duals = np.zeros_like(signs)
    slack = 1 / (2 * COST)
    order = np.random.default_rng(0)
    norms = [float(values @ values) + slack for _, values in vectors]
    for _ in range(ROUNDS):
        for row in order.permutation(len(vectors)):
            at, values = vectors[row]
            sign, dual = signs[row], duals[row]
            gradient = sign * (values @ weights[at]) - 1 + slack * dual
            change = np.maximum(dual - gradient / norms[row], 0) - dual
            if np.any(change):
                duals[row] += change
                weights[at] += np.outer(values, change * sign)
    weights += BAYES * _bayes(vectors, signs, rows, len(words.weights))
    return Model(words, keys, tuple(numbers[key] for key in keys), weights)


def _bayes(vectors: Sequence[tuple[Any, Any]], signs: Any, rows: int, word_rows: int) -> Any:
    """The weights of naive Bayes: log-odds of the first `word_rows` rows, 0 for fields and bias."""
    import numpy as np

    counts = np.zeros((rows, signs.shape[1]), dtype=np.float32)
    everything = np.zeros((rows, 1), dtype=np.float32)
    for (at, values), sign in zip(vectors, signs, strict=True):
        counts[at] += np.outer(values, sign > 0)
        everything[at, 0] += values
    inside, outside = counts[:word_rows] + SMOOTHING, (everything - counts)[:word_rows] + SMOOTHING
    bayes = np.zeros_like(counts)
    bayes[:word_rows] = np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0))
    # Centre the weights: the average word of all entries must not count for or against a topic.
    bayes[:word_rows] -= (everything[:word_rows, 0] / everything[:word_rows].sum()) @ bayes[:word_rows]
    return bayes
