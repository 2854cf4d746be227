"""A page's headline, and where on the page it stands."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence
from typing import Any

from lxml.html import HtmlElement

from pouch.convert.page.segments import Segment, is_unseen, plain
from pouch.convert.text.repairs import clean_characters

_SEPARATORS = re.compile(r"\s+(?:[|–—•·»›:/~]|-|::|<|>)\s+|\s*[｜│┃]\s*")
LONGEST = 300
"""Characters: a longer h1 is no headline."""

LOOSEST = 1.6
"""How many times as long as the headline a segment may be that still stands for it, with a kicker before it."""


def clean(text: Any) -> str | None:
    """Text of a page's head on one line, entities that were written twice as their signs; None where there is none."""
    if not isinstance(text, str):
        return None
    return " ".join(clean_characters(entities.unescape(text)).split()) or None


def headline(tree: HtmlElement, metas: dict[str, str], articles: Sequence[dict[str, Any]]) -> str | None:
    """The headline: what most of heading, head, Open Graph and JSON-LD agree on, without the site's name."""
    head = clean(tree.findtext(".//title"))
    site = clean(metas.get("og:site_name"))
    first = [clean(heading.text_content()) for heading in tree.iter("h1") if not is_unseen(heading)]
    headings = [heading for heading in first if heading and len(heading) < LONGEST]
    second = [clean(heading.text_content()) for heading in tree.iter("h2")][:8]
    others = [clean(item.get("headline")) for item in articles]
    others += [clean(metas.get("og:title")), clean(metas.get("twitter:title"))]
    known = [text for text in (*others, head) if text]
    candidates: list[tuple[float, str]] = []
    for heading in headings:
        candidates.append((1.0 + _support(heading, known) + (0.5 if len(headings) == 1 else 0), heading))
    for number, text in enumerate(others):
        if text:
            text = _without_site(text, site)
            candidates.append((0.9 - number * 0.01 + 0.6 * _support(text, [*headings, *second, head]), text))
    candidates += [
        (0.4 + support, heading) for heading in second if heading and (support := _support(heading, known))
    ]
    if head:
        text = _without_site(head, site)
        candidates.append((0.5 + 0.5 * _support(text, [*headings, *second]), text))
    if site:
        candidates = [(score - (2 if plain(text) == plain(site) else 0), text) for score, text in candidates]
    return max(candidates, key=lambda item: item[0])[1] if candidates else None


def _support(text: str, known: Sequence[str | None]) -> float:
    """In how many of the other places the same words stand."""
    bare = plain(text)
    if len(bare) < 3:
        return -1.0
    found = [plain(other) for other in known if other]
    # A section's name is a small part of many titles.
    return sum(min(1.0, 0.25 + len(bare) / len(other)) for other in found if bare in other)


def _without_site(text: str, site: str | None) -> str:
    parts = _SEPARATORS.split(text)
    if len(parts) == 1:
        return text
    if site:
        kept = [part for part in parts if plain(part) != plain(site)]
        if kept and len(kept) < len(parts):
            start = text.index(kept[0])
            return text[start : text.index(kept[-1], start) + len(kept[-1])]
    longest = max(parts, key=len)
    return longest if len(longest) > len(text) / 2 else text


def stands_at(found: Sequence[Segment], title: str) -> int | None:
    """The number of the segment that shows the headline, the best heading first; None where none does."""
    wanted = plain(title)
    if len(wanted) < 3:
        return None
    best: tuple[int, int] | None = None
    for number, segment in enumerate(found):
        bare = segment.letters
        same = bare == wanted
        near = min(len(bare), len(wanted)) > 12 and (bare in wanted or wanted in bare)
        if same or (near and len(bare) < len(wanted) * LOOSEST):
            rank = {"h1": 3, "h2": 2, "h3": 2}.get(segment.parent.tag, 0) + same
            if best is None or rank > best[0]:
                best = (rank, number)
    return None if best is None else best[1]
