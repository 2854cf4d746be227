"""The confidence in a suggested topic: the probability that an editor gives it to the text.

A score tells what speaks for a topic; it does not tell whether as much speaks against it. The signs do: how many
different words the topic's field has beside those of other fields, over how much of the text they lie, how soon the
first comes, and, if the archive's entries were learned, how far the topic stands above the others there. Two logistic
regressions weigh them, one for what is suggested by words alone; benchmarks/fit_topics.py fits their coefficients.
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from pouch.tables import table
from pouch.tag.aliases import Span
from pouch.tag.document import Document

# One set of signs opens all of it: the search passes over every other character at once.
_SENTENCE_END = re.compile(r"[.!?…\n。！？](?:(?<=[.!?…])[.!?…]*[\s»”\"]|(?<=\n)\n*|(?<=[。！？]))")
COLD = (
    "bias",
    "strength",
    "words",
    "share of words",
    "share of places",
    "sentences",
    "coverage",
    "lead",
    "first",
)
"""The signs in a text's own words."""
LEARNED = (*COLD, "margin", "lead over others", "trust")
"""Those and the signs in what the archive's entries teach."""


class Candidate(msgspec.Struct, frozen=True):
    """A suggested topic before it is rated."""

    root: str  # the key of the topic at the top of its branch
    score: float  # 0 to 1
    spans: tuple[Span, ...]
    margin: float | None = None  # learned; None if the archive has too few entries on it
    trust: float = 0.0  # 0 to 1: grows with the number of these entries


class _Field(msgspec.Struct):
    """The evidence for all topics of a branch together."""

    places: set[tuple[int, int]]
    words: set[str]
    sentences: set[int]


def confidences(document: Document, candidates: Sequence[Candidate], *, learned: bool) -> list[float]:
    """A probability for each candidate of a text, in their order."""
    names = LEARNED if learned else COLD
    weights = [_coefficients()["learned" if learned else "cold"][name] for name in names]
    return [
        1 / (1 + math.exp(-sum(w * sign for w, sign in zip(weights, row, strict=True))))
        for row in signs(document, candidates, learned=learned)
    ]


def signs(document: Document, candidates: Sequence[Candidate], *, learned: bool) -> list[tuple[float, ...]]:
    """The signs of each candidate, in the order of `COLD` or `LEARNED`."""
    text = document.lowered
    starts = [match.end() for match in _SENTENCE_END.finditer(text)]
    lead_start, lead_end = document.lead
    fields: dict[str, _Field] = {}
    for candidate in candidates:
        field = fields.setdefault(candidate.root, _Field(set(), set(), set()))
        for start, end, _ in candidate.spans:
            field.places.add((start, end))
            field.words.add(text[start:end])
            field.sentences.add(bisect(starts, start))
    all_words = sum(len(field.words) for field in fields.values())
    all_places = sum(len(field.places) for field in fields.values())
    rows = []
    for candidate in candidates:
        field = fields[candidate.root]
        in_lead = {text[start:end] for start, end, _ in candidate.spans if lead_start <= start < lead_end}
        row: tuple[float, ...] = (
            1.0,
            math.log1p(-12 * math.log1p(-min(candidate.score, 0.999))),
            math.log1p(len(field.words)),
            len(field.words) / max(1, all_words),
            len(field.places) / max(1, all_places),
            math.log1p(len(starts) + 1),
            len(field.sentences) / (len(starts) + 1),
            min(3, len(in_lead)),
            min((start for start, _, _ in candidate.spans), default=len(text)) / max(1, len(text)),
        )
        if learned:
            margin = -1.0 if candidate.margin is None else candidate.margin
            others = [
                -1.0 if each.margin is None else each.margin for each in candidates if each is not candidate
            ]
            lead = margin - max(others, default=-1.0)
            row += (candidate.trust * margin, candidate.trust * max(-2.0, min(2.0, lead)), candidate.trust)
        rows.append(row)
    return rows


@cache
def _coefficients() -> Mapping[str, Mapping[str, float]]:
    return table("pouch.tag", "confidence")
