"""Fits how sure a topic is: `python -m benchmarks.fit_topics DATA [--site DIR] [--write]`.

DATA is a folder with labelled news, of which each article has one label; a topic is right if its root is the label's.
Every second article is read here; `benchmarks.topics --half` measures on the others.
A site's own entries have all their topics; there a topic is right if it is one of them. What is learned from entries
is tried on others: each part of a set by a model of other parts, few of them and many. All sets weigh the same, the
site more. Without `--write`, says only whether pouch/tag/data/confidence.toml is what comes out.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.drafts import entries_of
from benchmarks.topics import (
    SETS,
    classes_of,
    classes_vocabulary,
    entry_example,
    example_of,
    half,
    read,
    text_of,
)
from pouch.content.entry import Entry
from pouch.site import load_site
from pouch.tag.confidence import COLD, LEARNED, signs
from pouch.tag.document import Document
from pouch.tag.learning import train
from pouch.tag.topics import SuggestedTopic, TopicMatcher
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary

FILE = Path(__file__).parents[1] / "pouch" / "tag" / "data" / "confidence.toml"
ABOUT = "# How sure a suggested topic is, weight by sign (pouch.tag.confidence); fitted by benchmarks/fit_topics.py.\n"
SITE_WEIGHTS = {"cold": 2.0, "learned": 8.0}
"""How much the site counts beside a set: only its entries have several topics, as those that an archive learns from."""
RIDGE = 1.0
FEW, MANY, TRIED = 60, 400, 200
"""Articles that teach, and articles that are tried, of each set."""
PARTS = 6
"""Parts of the site's entries."""


class Row(NamedTuple):
    """A suggested topic of one text."""

    source: str  # the set
    signs: tuple[float, ...]
    right: bool


def rows_of(
    source: str,
    matcher: TopicMatcher,
    document: Document,
    topics: list[SuggestedTopic],
    right: Collection[str],
) -> Iterator[Row]:
    """The rows of one text. `right` are keys or codes of roots."""
    leaves = [each for each in topics if not _is_above(each.key, topics, matcher.vocabulary)]
    rows = signs(document, matcher.candidates(topics), learned=matcher.model is not None)
    for topic, row in zip(topics, rows, strict=True):
        if topic in leaves:
            yield Row(source, row, topic.key in right or topic.root in right)


def _is_above(key: str, topics: list[SuggestedTopic], vocabulary: Vocabulary) -> bool:
    return any(key in vocabulary.ancestors(each.key) for each in topics if each.key != key)


def cold_rows(data: Path, entries: Sequence[Entry], vocabulary: Vocabulary) -> Iterator[Row]:
    """Rows of what the vocabulary's words suggest."""

    @cache
    def matcher_of(lang: str) -> TopicMatcher:
        return TopicMatcher(lang, vocabulary)

    for name in SETS:
        for article in half(read(data, name), 0):
            if right := classes_of(article):
                document = Document(article["title"] or "", article["body"] or "")
                matcher = matcher_of(article["lang"])
                yield from rows_of(name, matcher, document, matcher.suggest(document), right)
    for entry in entries:
        matcher = matcher_of((entry.lang or vocabulary.lang).partition("-")[0])
        document = Document(entry.title, text_of(entry))
        yield from rows_of("site", matcher, document, matcher.suggest(document), entry.topics)


def learned_rows(data: Path, entries: Sequence[Entry], vocabulary: Vocabulary) -> Iterator[Row]:
    """Rows of what entries teach beside the words."""
    for name, (_, lang) in SETS.items():
        articles = half(read(data, name), 0)
        random.Random(5).shuffle(articles)
        classes = classes_vocabulary(articles)
        tried, rest = articles[:TRIED], articles[TRIED:]
        if len(rest) < FEW:
            tried, rest = articles[::2], articles[1::2]
        for number in (FEW, MANY):
            matcher = TopicMatcher(lang, classes, train([example_of(each) for each in rest[:number]]))
            for article in tried:
                document = Document(article["title"] or "", article["body"] or "")
                yield from rows_of(name, matcher, document, matcher.suggest(document), {article["label"]})
    for entry, matcher in taught(entries, vocabulary, PARTS):
        document = Document(entry.title, text_of(entry))
        yield from rows_of("site", matcher, document, matcher.suggest(document), entry.topics)


def taught(
    entries: Sequence[Entry], vocabulary: Vocabulary, parts: int
) -> Iterator[tuple[Entry, TopicMatcher]]:
    """Each entry, with what the entries of the other parts have taught."""
    examples = [entry_example(entry, vocabulary) for entry in entries]
    for part in range(parts):
        model = train([each for place, each in enumerate(examples) if place % parts != part])
        for entry in entries[part::parts]:
            lang = (entry.lang or vocabulary.lang).partition("-")[0]
            yield entry, TopicMatcher(lang, vocabulary, model)


def fit(rows: Sequence[Row], site_weight: float) -> list[float]:
    """The weights of a logistic regression, by Newton's method with a ridge penalty.

    Each source weighs the same, the site `site_weight` times as much.
    """
    numbers: dict[str, int] = {}
    for row in rows:
        numbers[row.source] = numbers.get(row.source, 0) + 1
    table = np.array([row.signs for row in rows])
    right = np.array([row.right for row in rows], dtype=float)
    share = np.array([(site_weight if row.source == "site" else 1.0) / numbers[row.source] for row in rows])
    share *= len(rows) / share.sum()
    weights: Any = np.zeros(table.shape[1])
    penalty = RIDGE * np.eye(table.shape[1])
    penalty[0, 0] = 0.0
    for _ in range(25):
        sure = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share * (sure - right)) + penalty @ weights
        curve = (table * (share * sure * (1 - sure))[:, None]).T @ table + penalty
        weights -= np.linalg.solve(curve, slope)
    return [round(float(weight), 3) for weight in weights]


def main(arguments: list[str] | None = None) -> None:
    """Fit, and compare or write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--site", type=Path, default=Path())
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    site = load_site(options.site)
    vocabulary, _ = load_vocabulary(site)
    entries = list(entries_of(site, vocabulary))
    text = ABOUT
    for name, signs_of, rows in (
        ("cold", COLD, cold_rows(options.data, entries, vocabulary)),
        ("learned", LEARNED, learned_rows(options.data, entries, vocabulary)),
    ):
        weights = fit(list(rows), SITE_WEIGHTS[name])
        lines = [f'"{sign}" = {weight}' for sign, weight in zip(signs_of, weights, strict=True)]
        text += f"\n[{name}]\n" + "\n".join(lines) + "\n"
    if options.write:
        FILE.write_text(text, "utf-8")
    print(text, "is what is stored" if FILE.read_text("utf-8") == text else "differs from what is stored")


if __name__ == "__main__":
    main()
