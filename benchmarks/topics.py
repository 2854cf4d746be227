"""Topics, measured: `python -m benchmarks.topics DATA [--site DIR] [--folds K] [--peers PYTHON] [--only SET]`.

DATA is a folder with labelled news. Cold: the site's own vocabulary, the best suggestion whose root is among the set's
IPTC classes. Learned: a vocabulary of the set's classes, taught by K-1 of K parts of the set and tried on the last;
beside it the classifier that the data folder's figures name, TF-IDF with a linear SVM, where --peers has it.
Intervals are 95 % bootstrap over articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pouch.site import load_site
from pouch.tag.analysis import Tagger
from pouch.tag.document import Document
from pouch.tag.fields import fields_of
from pouch.tag.learning import Example, train
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary

Article = dict[str, Any]
SETS = {
    "BBC5": ("topics_bbc5", "en"),
    "AG News": ("topics_agnews_test", "en"),
    "MasakhaNEWS en": ("topics_masakhanews", "en"),
    "MasakhaNEWS fr": ("topics_masakhanews", "fr"),
    "French headlines": ("topics_fr_headlines", "fr"),
}


def read(data: Path, name: str) -> list[Article]:
    """One of the sets, articles without a label left out."""
    file, lang = SETS[name]
    with gzip.open(data / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [a for a in map(json.loads, lines) if a["lang"] == lang and a.get("label")]


def classes_of(article: Article) -> set[str]:
    """The IPTC roots that are right for an article."""
    iptc = article.get("iptc")
    return set(iptc) if isinstance(iptc, list) else {iptc} if iptc else set()


def cold(articles: Sequence[Article], vocabulary: Vocabulary) -> list[tuple[bool, str, str]]:
    """(whether right, label, suggested root) for each article."""
    tagger = Tagger(vocabulary)
    offered = set().union(*map(classes_of, articles))
    results = []
    for article in articles:
        if gold := classes_of(article):
            topics = tagger.analyse(
                article["title"] or "", article["body"] or "", lang=article["lang"]
            ).topics
            best = next((topic.root for topic in topics if topic.root in offered), None)
            results.append((best in gold, article["label"], str(best)))
    return results


def learned(articles: list[Article], folds: int) -> list[tuple[bool, str, str]]:
    """Likewise, each part judged by what the others have taught."""
    results = []
    for fold in range(folds):
        taught = [a for place, a in enumerate(articles) if place % folds != fold]
        model = train([_example(article) for article in taught])
        tagger = Tagger(_classes(articles), model)
        for article in articles[fold::folds]:
            topics = tagger.analyse(
                article["title"] or "", article["body"] or "", lang=article["lang"]
            ).topics
            best = topics[0].key if topics else ""
            results.append((best == article["label"], article["label"], best))
    return results


def reference(articles: list[Article], folds: int, python: str) -> list[tuple[bool, str, str]]:
    """The same by scikit-learn's TF-IDF and linear SVM, in the environment of `python`, in the order of the folds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        rows = [json.dumps({"text": _whole(article), "label": article["label"]}) for article in articles]
        file.write_text("\n".join(rows), encoding="utf-8")
        command = [python, str(Path(__file__).parent / "topic_peers.py"), str(file), str(folds)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        (best == article["label"], article["label"], best)
        for article, best in zip(articles, json.loads(done.stdout), strict=True)
    ]


def _example(article: Article) -> Example:
    title, body = article["title"] or "", article["body"] or ""
    return Example(title, body, (article["label"],), fields_of(Document(title, body), article["lang"]))


def _whole(article: Article) -> str:
    return f"{article['title'] or ''}\n{article['body'] or ''}"


def _classes(articles: Sequence[Article]) -> Vocabulary:
    topics = {label: Topic(key=label, slug=label) for label in sorted({a["label"] for a in articles})}
    return Vocabulary(registry_countries(), topics, registry_regions())


def interval(results: Sequence[tuple[bool, str, str]]) -> tuple[float, float]:
    """The middle 95 % of the accuracy over 1000 drawings of articles."""
    import numpy as np

    right = np.array([result[0] for result in results], dtype=float)
    draws = np.random.default_rng(7).choice(right, size=(1000, len(right))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def show(label: str, results: Sequence[tuple[bool, str, str]], errors: int) -> None:
    """Print one row, and the commonest confusions."""
    low, high = interval(results)
    accuracy = sum(result[0] for result in results) / len(results)
    print(f"| {label} | {len(results)} | **{accuracy:.3f}** | {low:.3f}–{high:.3f} |", flush=True)
    if errors:
        confused = Counter(result[1:] for result in results if not result[0]).most_common(errors)
        print("<!-- " + "; ".join(f"{gold} as {best}: {n}" for (gold, best), n in confused) + " -->")


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--site", type=Path, default=Path(), help="whose vocabulary is tried cold")
    parser.add_argument("--folds", type=int, default=5, help="parts of a set; 0: nothing is learned")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter whose environment has scikit-learn")
    parser.add_argument("--errors", type=int, default=0, help="commonest confusions shown")
    parser.add_argument("--only", choices=list(SETS), action="append", help="these sets only")
    options = parser.parse_args(arguments)
    names = options.only or list(SETS)
    vocabulary, _ = load_vocabulary(load_site(options.site))
    print("### Topics, cold: top-1 accuracy\n\n| | n | top-1 | 95 % |\n|---|---|---|---|")
    for name in names:
        show(name, cold(read(options.data, name), vocabulary), options.errors)
    if options.folds < 2:
        return
    print(f"\n### Topics, learned ({options.folds}-fold)\n\n| | n | top-1 | 95 % |\n|---|---|---|---|")
    for name in names:
        articles = read(options.data, name)
        random.Random(3).shuffle(articles)  # a fixed order
        show(name, learned(articles, options.folds), options.errors)
        if options.peers:
            show(f"{name}: TF-IDF and linear SVM", reference(articles, options.folds, options.peers), 0)


if __name__ == "__main__":
    main()
