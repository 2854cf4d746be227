"""The standfirst: the sentence or two between a headline and its article, which the page's head repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from pouch.convert.page.headline import clean, stands_at
from pouch.convert.page.segments import Segment, plain

_DESCRIPTIONS = frozenset(("description", "og:description", "twitter:description", "dc.description"))
SHORTEST = 40
"""Characters: a shorter one is a kicker or a category."""

LONGEST = 600
"""Characters: a longer one is the article's first paragraph."""

CUT = 0.6
"""The share of the standfirst that a description has at least, which many pages cut off."""


def standfirst(
    found: Sequence[Segment],
    chosen: Sequence[bool],
    title: str,
    tree: HtmlElement,
    items: Sequence[dict[str, Any]],
) -> int | None:
    """The number of the segment that is the standfirst, and no part of the chosen text; None where there is none.

    It stands between the headline and the article, and the page's description says the same. `items`: its JSON-LD.
    """
    first = next((number for number, keep in enumerate(chosen) if keep and found[number].index), None)
    top = stands_at(found, title) if title else None
    if first is None or top is None:
        return None
    told = [plain(text) for text in _descriptions(tree, items)]
    for number in range(top + 1, first):
        segment = found[number]
        if chosen[number] or not SHORTEST <= len(segment.text) <= LONGEST:
            continue
        if any(_same(segment.letters, description) for description in told):
            return number
    return None


def _descriptions(tree: HtmlElement, items: Sequence[dict[str, Any]]) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name.strip().lower() in _DESCRIPTIONS and (text := clean(meta.get("content"))):
            yield text
    for item in items:
        if text := clean(item.get("description")):
            yield text


def _same(letters: str, description: str) -> bool:
    shorter, longer = sorted((letters, description), key=len)
    return bool(shorter) and longer.startswith(shorter) and len(shorter) >= CUT * len(longer)
