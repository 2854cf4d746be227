"""The classifier that our learned topics are measured beside: TF-IDF and a linear SVM, of scikit-learn.

`python topic_peers.py ARTICLES.jsonl FOLDS`, run in an environment that has scikit-learn. Each article is
{text, label}; each of FOLDS parts is judged by what the others have taught. Prints the predicted labels as JSON, in the
articles' order.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Print the predictions."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found]  # peers' place only
    from sklearn.pipeline import make_pipeline  # type: ignore[import-not-found]  # likewise
    from sklearn.svm import LinearSVC  # type: ignore[import-not-found]  # likewise

    articles = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    folds = int(sys.argv[2])
    found = [""] * len(articles)
    for fold in range(folds):
        taught = [article for place, article in enumerate(articles) if place % folds != fold]
        pipeline = make_pipeline(TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)), LinearSVC())
        pipeline.fit([article["text"] for article in taught], [article["label"] for article in taught])
        found[fold::folds] = map(
            str, pipeline.predict([article["text"] for article in articles[fold::folds]])
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
