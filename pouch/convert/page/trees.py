"""Gradient-boosted trees as numbers, evaluated with NumPy alone.

The method is J. H. Friedman's ("Greedy function approximation: a gradient boosting machine", 2001). A model is the mean
of a few sets of trees, whose leaves hold log-odds; benchmarks/fit_extraction.py fits one.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


class Model(msgspec.Struct, frozen=True):
    """The file of a model: one row a tree, one column a node, the root first; a leaf's feature is -1."""

    about: str
    evidence: int  # columns that it was fitted on
    models: int  # sets of trees, of which it is the mean
    depth: int  # steps from a root to the deepest leaf
    feature: list[list[int]]
    threshold: list[list[float]]  # at most this goes left
    left: list[list[int]]
    right: list[list[int]]
    value: list[list[float]]  # of a leaf, in log-odds


class Trees:
    """A model, prepared for evaluation."""

    def __init__(self, model: Model) -> None:
        trees, nodes = len(model.feature), len(model.feature[0])
        # Nodes of all trees in one array, so that one lookup serves all trees; a leaf points to itself.
        offset = (np.arange(trees) * nodes)[:, None]
        self._roots = offset[:, 0]
        self._feature = np.maximum(np.array(model.feature, np.intp), 0).ravel()
        self._threshold = np.array(model.threshold, np.float64).ravel()
        # A node's right and left child are adjacent: the result of a comparison is the index.
        sides = (np.array(model.right, np.intp) + offset, np.array(model.left, np.intp) + offset)
        self._next = np.stack(sides, axis=-1).ravel()
        self._value = np.array(model.value, np.float64).ravel()
        self.columns = model.evidence
        self._depth = model.depth
        self._models = model.models

    @classmethod
    def decode(cls, data: bytes) -> Trees:
        """The trees of a model's file. Raises msgspec.ValidationError where it is none."""
        return cls(msgspec.json.decode(data, type=Model))

    def probabilities(self, rows: Array) -> Array:
        """For each row of evidence the probability that it is one of those the model was taught to find."""
        flat: Any = np.ascontiguousarray(rows, np.float64).ravel()
        start = (np.arange(len(rows)) * rows.shape[1])[:, None]
        at = np.repeat(self._roots[None, :], len(rows), axis=0)
        for _ in range(self._depth):
            goes_left = flat.take(start + self._feature.take(at)) <= self._threshold.take(at)
            at = self._next.take(2 * at + goes_left)
        total = self._value.take(at).sum(axis=1) / self._models
        result: Array = (1 / (1 + np.exp(-total))).astype(np.float32)
        return result
