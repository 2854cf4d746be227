"""Which segments of a page are its article's, as labelled pages tell: the examples that a model is fitted on.

Two kinds of label are understood: the whole text of the article (`gold_text`), and strings that must and must not be
in it (`with`, `without`). Of the second kind most segments stay unlabelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any
from urllib.parse import urlsplit

import msgspec
import numpy as np
import numpy.typing as npt

from pouch.convert.page.choosing import page_evidence
from pouch.convert.page.metadata import metadata
from pouch.convert.page.segments import Segment, parse, plain, segments
from pouch.convert.page.trees import Array
from pouch.convert.page.votes import SURE, json_ld, votes

Labels = npt.NDArray[np.float64]

STRING_WEIGHT = 0.2
"""Weight of a segment that holds one of the strings; that of all of a page's article is 1."""

MOST_WEIGHT = 3.0
"""Weight of all segments of one page: a short article on a page full of lists must not outweigh the others."""

FOLDS = 5


class Example(msgspec.Struct):
    """One page as a table: a row of evidence, a label (NaN: unknown) and a weight for each of its segments."""

    name: str  # the set that it is from
    id: str
    group: str  # the site; pages of one site are in one fold
    rows: Array
    labels: Labels
    weights: Labels


def example(name: str, page: dict[str, Any]) -> Example | None:
    """The example that a labelled page makes; None where it has no segments."""
    tree = parse(page["html"])
    if tree is None or not (found := segments(tree)):
        return None
    items = json_ld(tree)
    headline = metadata(tree, items, found, page.get("url")).title or ""
    rows = page_evidence(found, tree, headline, items)
    labels = _by_text(found, page["gold_text"]) if "gold_text" in page else _by_strings(found, page)
    # The headline is taken from the page whatever the model says of it.
    labels[[segment.letters == plain(headline) for segment in found]] = np.nan
    weights = (
        _by_length(found, labels) if "gold_text" in page else np.full(len(found), STRING_WEIGHT, np.float64)
    )
    return Example(name, page["id"], site(page), rows, labels, weights)


def site(page: dict[str, Any]) -> str:
    """The site of a page: the last two parts of its host, which an archive's address holds in its path."""
    address = page.get("url") or ""
    if "web.archive.org/web/" in address:
        address = "//" + address.split("://")[-1]
    host = urlsplit(address).hostname or page["id"]
    return ".".join(host.split(".")[-2:])


def folds(groups: Sequence[str]) -> npt.NDArray[np.intp]:
    """The fold, from 0, of each page by its group: the largest groups first, each into the emptiest fold."""
    sizes = {group: groups.count(group) for group in sorted(set(groups))}
    filled = [0] * FOLDS
    fold_of = {}
    for group in sorted(sizes, key=lambda one: (-sizes[one], one)):
        fold_of[group] = filled.index(min(filled))
        filled[fold_of[group]] += sizes[group]
    return np.array([fold_of[group] for group in groups], np.intp)


def _by_text(found: Sequence[Segment], gold: str) -> Labels:
    """Labels from the article's whole text. A short segment that is no line of it goes with those around it."""
    shares = votes(found, gold)
    long = [len(segment.letters) >= SURE for segment in found]
    before = list(accumulate(_known(shares, long), _last))
    after = list(accumulate(reversed(list(_known(shares, long))), _last))[::-1]
    labels = []
    for share, is_long, one, two in zip(shares, long, before, after, strict=True):
        if is_long or share in (0.0, 1.0):
            labels.append(float(share >= 0.5))
        else:
            labels.append(float(one is True and two is True))
    return np.array(labels)


def _known(shares: Sequence[float], long: Sequence[bool]) -> Iterator[bool | None]:
    for share, is_long in zip(shares, long, strict=True):
        yield share >= 0.5 if is_long else None


def _last(known: bool | None, new: bool | None) -> bool | None:
    return known if new is None else new


def _by_strings(found: Sequence[Segment], page: dict[str, Any]) -> Labels:
    labels = np.full(len(found), np.nan)
    for number, segment in enumerate(found):
        text = " ".join(segment.text.split())
        wanted = any(" ".join(one.split()) in text for one in page["with"])
        unwanted = any(" ".join(one.split()) in text for one in page["without"])
        if wanted != unwanted:
            labels[number] = float(wanted)
    return labels


def _by_length(found: Sequence[Segment], labels: Labels) -> Labels:
    """Weights by what a segment adds to the text, as shares of the article."""
    sizes = np.array([len(segment.text) + 15 for segment in found], np.float64)
    weights: Labels = sizes / max(float(sizes[labels == 1].sum()), 400.0)
    return weights * min(1.0, MOST_WEIGHT / float(weights.sum()))
