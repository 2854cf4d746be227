"""What an archive's own entries teach about its topics: a linear model for each topic.

A support vector machine, trained by dual coordinate descent (Hsieh et al., "A Dual Coordinate Descent Method for
Large-scale Linear SVM", ICML 2008; L2 loss), and a share of complement naive Bayes (Rennie et al., "Tackling the Poor
Assumptions of Naive Bayes Text Classifiers", ICML 2003), which is the better of the two while entries are few. Both
are linear and end in one table of weights. Same entries, same model, whatever the machine's hash seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from pouch.tag.features import Words, learn_words

COST = 0.5
"""The price of an error, C of the paper."""
ROUNDS = 12
"""Passes over the entries."""
BAYES, SMOOTHING = 0.2, 0.05
"""The share of naive Bayes, and what it adds to each count."""
FEWEST = 3
"""Entries that a topic must have to be learned."""
LARGEST = 8_000_000
"""Weights in the table at most: 32 megabytes."""


class Example(msgspec.Struct, frozen=True):
    """A curated text."""

    title: str
    text: str
    topics: tuple[str, ...]


class Model:
    """Learned topics: margins above 0 speak for a topic, below 0 against it."""

    def __init__(self, words: Words, keys: tuple[str, ...], numbers: tuple[int, ...], weights: Any) -> None:
        self.words = words
        self.keys = keys
        self.numbers = numbers  # entries that taught each topic
        self.weights = (
            weights  # float32, one row for each word and one for the bias, one column for each topic
        )

    def margins(self, title: str, text: str) -> dict[str, float]:
        """The margin of each topic."""
        import numpy as np

        places, values = self.words.vector(title, text)
        if not places:
            return {}
        found = np.asarray(values, dtype=np.float32) @ self.weights[places] + self.weights[-1]
        return {key: float(margin) for key, margin in zip(self.keys, found, strict=True)}

    def reasons(self, title: str, text: str, key: str, most: int = 5) -> list[str]:
        """The words of a text that speak most for a topic, most first."""
        places, values = self.words.vector(title, text)
        column = self.weights[places, self.keys.index(key)]
        gains = {
            place: value * float(weight) for place, value, weight in zip(places, values, column, strict=True)
        }
        best = sorted(
            (place for place, gain in gains.items() if gain > 0), key=lambda place: (-gains[place], place)
        )
        spelt = list(self.words.places)
        return [spelt[place] for place in best[:most]]


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
    vectors = []
    for example in examples:
        places, values = words.vector(example.title, example.text)
        vectors.append(
            (np.asarray([*places, len(words.weights)]), np.asarray([*values, 1.0], dtype=np.float32))
        )
    signs = np.full((len(examples), len(keys)), -1.0, dtype=np.float32)
    for row, example in enumerate(examples):
        for column, key in enumerate(keys):
            if key in example.topics:
                signs[row, column] = 1.0
    weights = np.zeros((len(words.weights) + 1, len(keys)), dtype=np.float32)
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
    counts = np.zeros_like(weights)
    everything = np.zeros((len(weights), 1), dtype=np.float32)
    for (at, parts_of), sign in zip(vectors, signs, strict=True):
        counts[at] += np.outer(parts_of, sign > 0)
        everything[at, 0] += parts_of
    inside, outside = counts + SMOOTHING, everything - counts + SMOOTHING
    bayes = np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0))
    bayes[-1] = 0
    # Naive Bayes has no bias of its own: on the average of all entries it shall speak neither for nor against.
    bayes[-1] = -(everything[:-1, 0] / len(examples)) @ bayes[:-1]
    weights += BAYES * bayes
    return Model(words, keys, tuple(numbers[key] for key in keys), weights)
