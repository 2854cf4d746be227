"""Chooses the segments of a page that are its article: learned weights over the evidence, then structure made whole.

The weights are data/article_model.json; benchmarks/fit_extraction.py fits them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from lxml.html import HtmlElement

from pouch.convert.page.completing import HEADINGS, complete
from pouch.convert.page.evidence import evidence
from pouch.convert.page.segments import Segment
from pouch.convert.page.tables import data_tables
from pouch.convert.page.trees import Array, Trees
from pouch.convert.page.votes import ballots

REPEATED = 60
"""Characters from which a text that stands twice is the same thing shown twice: a gallery's caption."""

LONGEST_QUESTION = 200
"""Characters of a question that may stand twice, since several people are asked it."""


@cache
def article_trees() -> Trees:
    """The model that the package carries."""
    return Trees.decode(files("pouch.convert.page").joinpath("data/article_model.json").read_bytes())


def page_evidence(
    segments: Sequence[Segment], tree: HtmlElement, title: str, items: Sequence[dict[str, Any]]
) -> Array:
    """The evidence of a page's segments, one row each. `title` is its headline, `items` are its JSON-LD objects."""
    return evidence(segments, title, ballots(segments, tree, items))


def choose(
    segments: Sequence[Segment],
    tree: HtmlElement,
    title: str,
    items: Sequence[dict[str, Any]],
    trees: Trees | None = None,
) -> list[bool]:
    """For each segment of the page whether it is the article's. `trees`: another model than the package's."""
    if not segments:
        return []
    rows = page_evidence(segments, tree, title, items)
    probabilities = (trees or article_trees()).probabilities(rows).tolist()
    return once(segments, complete(segments, probabilities), probabilities)


def once(segments: Sequence[Segment], chosen: Sequence[bool], probabilities: Sequence[float]) -> list[bool]:
    """`chosen` without copies: of equal segments only the likeliest one stays, or the first.

    Cells of a table may be equal, a question may be put to each of several people, and an article may repeat
    a recipe or a refrain: copies beside the chosen one stay, unless they directly follow each other or break off with
    dots, as what a page shows of its article in a list does.
    """

    def breaks_off(number: int) -> bool:
        return segments[number].text.endswith(("...", "…"))

    copies: dict[str, list[int]] = {}
    cells = data_tables(segments)
    for number, (segment, keep) in enumerate(zip(segments, chosen, strict=True)):
        question = len(segment.text) <= LONGEST_QUESTION and segment.text.endswith(("?", "？", "؟"))
        may_repeat = question or segment.parent.tag in ("td", "th") or segment.index in cells
        if keep and len(segment.text) > REPEATED and not may_repeat:
            copies.setdefault(segment.letters[:REPEATED], []).append(number)
    deduplicated = list(chosen)
    for numbers in copies.values():
        best = max(
            numbers,
            key=lambda number: (
                not breaks_off(number),
                segments[number].parent.tag
                not in HEADINGS,  # a standfirst may say what the first paragraph does
                round(probabilities[number], 2),
                -number,
            ),
        )
        home = segments[best].parent.getparent()
        beside = {number for number in numbers if segments[number].parent.getparent() is home}
        for number in numbers:
            if number != best and (number not in beside or number - 1 in beside or breaks_off(number)):
                deduplicated[number] = False
    return deduplicated
