"""Which segments of a page are its article: learned weights over the evidence.

The model is the mean of a few sets of gradient-boosted trees (J. H. Friedman, "Greedy function approximation",
2001), kept as numbers in data/article_model.json and evaluated here with NumPy alone; benchmarks/fit_extraction.py
fits it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np

from pouch.convert.completing import complete
from pouch.convert.evidence import Array, evidence
from pouch.convert.segments import Segment
from pouch.convert.votes import readability_text, structured_text, trafilatura_text, votes

REPEATED = 60
"""Characters from which a text that stands twice is the same thing shown twice: a gallery's caption."""


@cache
def _model() -> dict[str, Any]:
    raw = msgspec.json.decode(files("pouch.convert").joinpath("data/article_model.json").read_bytes())
    shape = np.array(raw["feature"]).shape
    # Nodes of all trees in one row, so that one look-up serves all trees at once; a leaf leads to itself.
    offset = (np.arange(shape[0]) * shape[1])[:, None]
    return {
        "first": offset[:, 0],
        "feature": np.maximum(np.array(raw["feature"], np.intp), 0).ravel(),
        "threshold": np.array(raw["threshold"], np.float64).ravel(),
        "left": (np.array(raw["left"], np.intp) + offset).ravel(),
        "right": (np.array(raw["right"], np.intp) + offset).ravel(),
        "value": np.array(raw["value"], np.float64).ravel(),
        "depth": raw["depth"],
        "models": raw["models"],
    }


def probabilities(rows: Array) -> Array:
    """For each row of evidence the probability that its segment is the article's."""
    model = _model()
    flat = np.ascontiguousarray(rows, np.float64).ravel()
    start = (np.arange(len(rows)) * rows.shape[1])[:, None]
    at = np.repeat(model["first"][None, :], len(rows), axis=0)
    for _ in range(model["depth"]):
        goes_left = flat.take(start + model["feature"].take(at)) <= model["threshold"].take(at)
        at = np.where(goes_left, model["left"].take(at), model["right"].take(at))
    total = model["value"].take(at).sum(axis=1) / model["models"]
    result: Array = (1 / (1 + np.exp(-total))).astype(np.float32)
    return result


def choose(found: Sequence[Segment], tree: Any, title: str, items: Sequence[dict[str, Any]]) -> list[bool]:
    """For each segment of the page `tree` whether it is the article's. `items` are its JSON-LD objects."""
    if not found:
        return []
    texts = (trafilatura_text(tree), readability_text(tree), structured_text(items))
    rows = evidence(found, title, [votes(found, text) for text in texts])
    chosen = complete(found, [float(probability) for probability in probabilities(rows)])
    seen: set[str] = set()
    for number, segment in enumerate(found):
        if chosen[number] and len(segment.text) > REPEATED:
            chosen[number] = segment.text[:REPEATED] not in seen
            seen.add(segment.text[:REPEATED])
    return chosen
