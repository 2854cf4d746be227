"""Fits the model that tells an article from the rest of its page: `python -m benchmarks.fit_extraction DATA [--write]`.

DATA is a folder with labelled pages, extract_*.jsonl.gz. The same folder gives the same bytes. Without `--write`,
says only whether pouch/convert/page/data/article_model.json is what comes out. Needs the dependency group `fit`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import msgspec
import numpy as np

from benchmarks.article_labels import Example, Labels, example
from benchmarks.labelled_pages import SETS, read
from pouch.convert.page.trees import Array, Model, Trees

MODEL = Path(__file__).parents[1] / "pouch" / "convert" / "page" / "data" / "article_model.json"
ABOUT = (
    "Gradient-boosted trees that tell an article's segments from the rest of their page; "
    "fitted by benchmarks/fit_extraction.py. One row a tree, one column a node; a leaf's feature is -1."
)
MODELS = 2
TREES = 110
SETTINGS = {
    "objective": "binary",
    "num_leaves": 8,
    "learning_rate": 0.1,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
# What the first fit is sure of among unlabelled segments teaches the second, at a part of the weight.
SURE, TAUGHT = 0.08, 0.2


def fit(examples: Sequence[Example]) -> Model:
    """The model of these pages."""
    rows = np.vstack([one.rows for one in examples])
    labels = np.concatenate([one.labels for one in examples])
    weights = np.concatenate([one.weights for one in examples])
    known = ~np.isnan(labels)
    first = Trees(_fit(rows[known], labels[known], weights[known], models=1))
    guessed = first.probabilities(rows)
    taught = ~known & ((guessed < SURE) | (guessed > 1 - SURE))
    labels[taught] = np.round(guessed[taught])
    weights[taught] *= TAUGHT
    used = known | taught
    return _fit(rows[used], labels[used], weights[used])


def _fit(rows: Array, labels: Labels, weights: Labels, models: int = MODELS) -> Model:
    data = lightgbm.Dataset(rows, labels, weight=weights * len(weights) / weights.sum(), free_raw_data=False)
    boosters = [
        lightgbm.train({**SETTINGS, "seed": seed}, data, num_boost_round=TREES) for seed in range(models)
    ]
    trees = [tree for booster in boosters for tree in booster.dump_model()["tree_info"]]
    return written(trees, rows.shape[1], models)


def written(trees: Sequence[dict[str, Any]], columns: int, models: int) -> Model:
    """Trees as LightGBM tells them, as our file holds them."""
    flat = [_flat(tree["tree_structure"]) for tree in trees]
    width = max(len(nodes) for nodes in flat)
    table = [nodes + [_Node(-1, 0.0, 0, 0, 0.0, 0)] * (width - len(nodes)) for nodes in flat]
    return Model(
        about=ABOUT,
        evidence=columns,
        models=models,
        depth=max(node.depth for nodes in table for node in nodes),
        feature=[[node.feature for node in nodes] for nodes in table],
        threshold=[[node.threshold for node in nodes] for nodes in table],
        left=[[node.left for node in nodes] for nodes in table],
        right=[[node.right for node in nodes] for nodes in table],
        value=[[node.value for node in nodes] for nodes in table],
    )


class _Node(msgspec.Struct, frozen=True):
    feature: int
    threshold: float
    left: int
    right: int
    value: float
    depth: int


def _flat(root: dict[str, Any]) -> list[_Node]:
    """The nodes of a tree, a parent before its children; a leaf leads to itself."""
    nodes: list[_Node] = []

    def add(node: dict[str, Any], depth: int) -> int:
        number = len(nodes)
        if "leaf_value" in node:
            nodes.append(_Node(-1, 0.0, number, number, round(node["leaf_value"], 5), depth))
            return number
        nodes.append(_Node(-1, 0.0, 0, 0, 0.0, depth))  # its children's numbers are not known yet
        left, right = add(node["left_child"], depth + 1), add(node["right_child"], depth + 1)
        # A threshold as float32 would have it: rows are float32.
        nodes[number] = _Node(
            node["split_feature"], float(f"{node['threshold']:.6g}"), left, right, 0.0, depth
        )
        return number

    add(root, 0)
    return nodes


def encode(model: Model) -> bytes:
    """The bytes of a model's file, one field a line."""
    fields = (
        f"{msgspec.json.encode(name).decode()}: {msgspec.json.encode(getattr(model, name)).decode()}"
        for name in model.__struct_fields__
    )
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def main(arguments: list[str] | None = None) -> None:
    """Fit, and write or compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the model of the package")
    options = parser.parse_args(arguments)
    pages = [(name, page) for name in SETS for page in read(options.data, name)]
    examples = [one for name, page in pages if (one := example(name, page)) is not None]
    new = encode(fit(examples))
    if options.write:
        MODEL.write_bytes(new)
        print(f"{MODEL.name}: {len(new):,} bytes, fitted on {len(examples)} pages")
    elif new == MODEL.read_bytes():
        print(f"{MODEL.name} is what these pages give")
    else:
        sys.exit(f"{MODEL.name} is not what these pages give; --write replaces it")


if __name__ == "__main__":
    main()
