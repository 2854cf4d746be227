"""The countries that an article is about, and those that it only mentions.

The decision weighs where a country is named (title, dateline, lead, further on), by what, and how often beside the
others. A text is seldom about more than three.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

import msgspec

from pouch.tag.countries import Hit
from pouch.tag.document import Document

# The weight of each kind of evidence.
WEIGHT = {
    "name": 1.0,
    "alias": 1.0,
    "demonym": 0.9,
    "capital": 0.7,
    "institution": 0.6,
    "city": 0.7,
    "subdivision": 0.6,
    "leader": 0.5,
    "dateline": 0.6,
    "learned": 0.5,
}
TITLE, DATELINE, LEAD, OPENING, FIRST, SHARE = 2.2, 1.8, 1.0, 0.5, 0.3, 2.0
"""Points for being in the title, the dateline, the lead, its first 150 characters, for being named first of all,
and for having all the mentions."""
ABSOLUTE = 1.8
"""Points from which a country is a primary one …"""
RELATIVE = 0.25
"""… if it has this part of the best one's points."""
MOST = 4
"""Primary countries at most."""


class Rated(msgspec.Struct, frozen=True):
    """A country with its role and the evidence."""

    code: str
    role: Literal["primary", "mention"]
    score: float
    hits: tuple[Hit, ...]


def rate(document: Document, hits: Iterable[Hit], home_country: str | None = None) -> list[Rated]:
    """The countries of a text, primaries first, each group best first.

    There is no primary one where each is only named in passing: none is better than a wrong one.
    """
    by_code: dict[str, list[Hit]] = {}
    for hit in hits:
        by_code.setdefault(hit.code, []).append(hit)
    points = _points(document, by_code)
    best = max(points.values(), default=0.0)
    order = sorted(points, key=lambda code: (-points[code], by_code[code][0].start, code))
    likely = [code for code in order if not _in_passing(document, by_code[code])]
    primary = [code for code in likely if points[code] >= ABSOLUTE and points[code] >= RELATIVE * best][:MOST]
    if not primary:
        primary = likely[:1]
    rated = [
        Rated(
            code,
            "primary" if code in primary else "mention",
            1 - math.exp(-points[code] / 3),
            tuple(by_code[code]),
        )
        for code in order
    ]
    if home_country and not primary:
        mine = tuple(by_code.get(home_country, ()))
        rated = [Rated(home_country, "primary", 0.5, mine), *(r for r in rated if r.code != home_country)]
    return sorted(rated, key=lambda r: r.role != "primary")


def _in_passing(document: Document, hits: list[Hit]) -> bool:
    """Whether a country is named once only, and neither in the title nor in the dateline or the lead."""
    return (
        len(hits) == 1 and hits[0].start >= document.lead[1] and hits[0].kind not in ("dateline", "learned")
    )


def _points(document: Document, by_code: dict[str, list[Hit]]) -> dict[str, float]:
    total = sum(WEIGHT[hit.kind] for hits in by_code.values() for hit in hits if not hit.listed) or 1.0
    lead_start, lead_end = document.lead
    first = min((hit.start for hits in by_code.values() for hit in hits if not hit.listed), default=0)
    points: dict[str, float] = {}
    for code, hits in by_code.items():
        counted_hits = [hit for hit in hits if not hit.listed]
        weights = [(WEIGHT[hit.kind], hit) for hit in counted_hits]

        def best(inside: Iterable[float]) -> float:
            return max(inside, default=0.0)

        points[code] = (
            TITLE * best(w for w, hit in weights if hit.start < document.title_end)
            + DATELINE * best(1.0 for _, hit in weights if hit.kind == "dateline")
            + LEAD
            * best(w for w, hit in weights if lead_start <= hit.start < lead_end and hit.kind != "dateline")
            + OPENING
            * best(w for w, hit in weights if lead_start <= hit.start < min(lead_start + 150, lead_end))
            + FIRST * any(hit.start == first for hit in counted_hits)
            + SHARE * sum(w for w, _ in weights) / total
        )
    return points
