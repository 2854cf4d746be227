"""Topics, measured: `python -m benchmarks.topics DATA [--site DIR] [--half] [--folds K] [--peers PYTHON] [--only SET]`.

DATA is a folder with labelled news. Cold: the site's own vocabulary, the best suggestion whose root is among the set's
IPTC classes. Learned: a vocabulary of the set's classes, taught by K-1 of K parts of the set and tried on the last;
beside it the classifier that the data folder's figures name, TF-IDF with a linear SVM, where --peers has it. The last
four columns are of the topics that a draft would name, three at most: how many, how many of them are right, and of how
many articles the first is right. There a topic counts as wrong if its root is not the article's one label, also where
the set has no such class: nobody has said whether war is right beside "politics". So a column leaves those topics out.
With --half, only the articles count that fit_topics has not read.
The site's own entries are judged by all their topics, each learned from all the others.
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
from typing import Any, NamedTuple

from benchmarks.drafts import entries_of
from pouch.content.entry import Entry
from pouch.convert.drafts.drafting import likely_topics
from pouch.site import Site, load_site
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


def half(articles: Sequence[Article], number: int) -> list[Article]:
    """The first (0) or second (1) half, of the articles with a class and of the others."""
    return [each for known in (True, False) for each in _with_class(articles, known)[number::2]]


def _with_class(articles: Sequence[Article], known: bool) -> list[Article]:
    return [article for article in articles if bool(classes_of(article)) == known]


class Result(NamedTuple):
    """One article, judged."""

    right: bool  # whether the best suggestion is
    label: str
    best: str
    written: tuple[bool, ...]  # whether each topic is that a draft would name, the first first
    foreign: int = 0  # those of them whose root the set has no class for


def cold(articles: Sequence[Article], vocabulary: Vocabulary) -> list[Result]:
    """Results by the vocabulary's words. A topic is right if its root is, whatever the set's other classes."""
    tagger = Tagger(vocabulary)
    offered = set().union(*map(classes_of, articles))
    results = []
    for article in articles:
        if gold := classes_of(article):
            topics = tagger.analyse(
                article["title"] or "", article["body"] or "", lang=article["lang"]
            ).topics
            best = next((topic.root for topic in topics if topic.root in offered), None)
            roots = {topic.key: topic.root for topic in topics}
            keys = likely_topics(topics, vocabulary)
            written = tuple(roots[key] in gold for key in keys)
            foreign = sum(roots[key] not in offered for key in keys)
            results.append(Result(best in gold, article["label"], str(best), written, foreign))
    return results


def learned(articles: list[Article], folds: int) -> list[Result]:
    """Likewise, each part judged by what the others have taught."""
    results = []
    vocabulary = classes_vocabulary(articles)
    for fold in range(folds):
        taught = [a for place, a in enumerate(articles) if place % folds != fold]
        tagger = Tagger(vocabulary, train([example_of(article) for article in taught]))
        for article in articles[fold::folds]:
            topics = tagger.analyse(
                article["title"] or "", article["body"] or "", lang=article["lang"]
            ).topics
            best = topics[0].key if topics else ""
            written = tuple(key == article["label"] for key in likely_topics(topics, vocabulary))
            results.append(Result(best == article["label"], article["label"], best, written))
    return results


def curated(site: Site, vocabulary: Vocabulary, folds: int) -> list[Result]:
    """The entries of a site, each part judged by what the others have taught; `folds` 0: by words alone."""
    entries = list(entries_of(site, vocabulary))
    examples = [entry_example(entry, vocabulary) for entry in entries]
    results = []
    for fold in range(folds or 1):
        taught = [each for place, each in enumerate(examples) if place % folds != fold] if folds else []
        tagger = Tagger(vocabulary, train(taught))
        for entry in entries[fold :: folds or 1]:
            topics = tagger.analyse(entry.title, text_of(entry), lang=entry.lang or vocabulary.lang).topics
            best = topics[0].key if topics else ""
            written = tuple(key in entry.topics for key in likely_topics(topics, vocabulary))
            results.append(Result(best in entry.topics, "", best, written))
    return results


def reference(articles: list[Article], folds: int, python: str) -> list[Result]:
    """The same by scikit-learn's TF-IDF and linear SVM, in the environment of `python`, in the order of the folds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        rows = [json.dumps({"text": _whole(article), "label": article["label"]}) for article in articles]
        file.write_text("\n".join(rows), encoding="utf-8")
        command = [python, str(Path(__file__).parent / "topic_peers.py"), str(file), str(folds)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        Result(best == article["label"], article["label"], best, ())
        for article, best in zip(articles, json.loads(done.stdout), strict=True)
    ]


def example_of(article: Article) -> Example:
    """An article as one that teaches its label."""
    title, body = article["title"] or "", article["body"] or ""
    return Example(title, body, (article["label"],), fields_of(Document(title, body), article["lang"]))


def text_of(entry: Entry) -> str:
    """An entry's text as the archive teaches it."""
    return "\n".join(part for part in (entry.summary, *entry.key_points, entry.body) if part)


def entry_example(entry: Entry, vocabulary: Vocabulary) -> Example:
    """An entry as one that teaches its topics."""
    lang, text = (entry.lang or vocabulary.lang).partition("-")[0], text_of(entry)
    return Example(entry.title, text, entry.topics, fields_of(Document(entry.title, text), lang))


def _whole(article: Article) -> str:
    return f"{article['title'] or ''}\n{article['body'] or ''}"


def classes_vocabulary(articles: Sequence[Article]) -> Vocabulary:
    """A vocabulary of the articles' labels, without one alias."""
    topics = {label: Topic(key=label, slug=label) for label in sorted({a["label"] for a in articles})}
    return Vocabulary(registry_countries(), topics, registry_regions())


def interval(results: Sequence[Result]) -> tuple[float, float]:
    """The middle 95 % of the accuracy over 1000 drawings of articles."""
    import numpy as np

    right = np.array([result.right for result in results], dtype=float)
    draws = np.random.default_rng(7).choice(right, size=(1000, len(right))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def show(label: str, results: Sequence[Result], errors: int) -> None:
    """Print one row, and the commonest confusions."""
    low, high = interval(results)
    accuracy = sum(result.right for result in results) / len(results)
    row = f"| {label} | {len(results)} | **{accuracy:.3f}** | {low:.3f}–{high:.3f} |"
    if number := sum(len(result.written) for result in results):
        precision = sum(sum(result.written) for result in results) / number
        first = sum(result.written[:1] == (True,) for result in results) / len(results)
        judged = number - sum(each.foreign for each in results)
        own = sum(sum(result.written) for result in results) / judged
        row += f" {number / len(results):.2f} | **{precision:.3f}** | {own:.3f} | {first:.3f} |"
    print(row, flush=True)
    if errors:
        confused = Counter((each.label, each.best) for each in results if not each.right).most_common(errors)
        print("<!-- " + "; ".join(f"{gold} as {best}: {n}" for (gold, best), n in confused) + " -->")


def articles_of(options: argparse.Namespace, name: str) -> list[Article]:
    """One of the sets, as far as the options ask for it."""
    articles = read(options.data, name)
    return half(articles, 1) if options.half else articles


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--site", type=Path, default=Path(), help="whose vocabulary is tried cold")
    parser.add_argument("--half", action="store_true", help="only articles that fit_topics has not read")
    parser.add_argument("--folds", type=int, default=5, help="parts of a set; 0: nothing is learned")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter whose environment has scikit-learn")
    parser.add_argument("--errors", type=int, default=0, help="commonest confusions shown")
    parser.add_argument("--only", choices=list(SETS), action="append", help="these sets only")
    options = parser.parse_args(arguments)
    names = options.only or list(SETS)
    site = load_site(options.site)
    vocabulary, _ = load_vocabulary(site)
    head = (
        "| | n | top-1 | 95 % | written a draft | precision | in the set's classes | first right |\n"
        + 8 * "|---"
        + "|"
    )
    print(f"### Topics, cold\n\n{head}")
    for name in names:
        show(name, cold(articles_of(options, name), vocabulary), options.errors)
    if not options.only:
        show("entries of the site", curated(site, vocabulary, 0), 0)
    if options.folds < 2:
        return
    print(f"\n### Topics, learned ({options.folds}-fold; entries: leave one out)\n\n{head}")
    for name in names:
        articles = articles_of(options, name)
        random.Random(3).shuffle(articles)  # a fixed order
        show(name, learned(articles, options.folds), options.errors)
        if options.peers:
            show(f"{name}: TF-IDF and linear SVM", reference(articles, options.folds, options.peers), 0)
    if not options.only:
        show("entries of the site", curated(site, vocabulary, len(list(entries_of(site, vocabulary)))), 0)


if __name__ == "__main__":
    main()
