"""What is known of each segment of a page, as numbers: the evidence by which the article is chosen."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from pouch.convert.residue import residue
from pouch.convert.segments import Segment, plain
from pouch.convert.trees import Array

# What authors of pages call the parts of them: in classes, ids, roles.
_NAMES = {
    "text": r"article|story|entry|content|text|body|post(?!ed)|main|prose|copy",
    "comment": r"comment|disqus|reply|replies|respond|discussion|kommentar|coment",
    "share": r"share|sharing|social|follow|facebook|twitter|whatsapp|addthis|teilen",
    "related": r"relat|recommend|similar|more-|-more|also|read-?next|most-|popular|trending|latest"
    r"|teaser|promo|verwandt|link",
    "navigation": r"nav|menu|breadcrumb|crumb|pagin|pager|skip|sitemap|toc\b",
    "side": r"side|aside|widget|rail|right|left|col-|secondary",
    "foot": r"foot|copyright|legal|impressum|bottom",
    "head": r"head|banner|masthead|logo|top",
    "advertisement": r"\bads?\b|advert|sponsor|outbrain|taboola|anzeige|werbung|dfp|google",
    "author": r"author|byline|autor|writer|contributor|bio",
    "caption": r"caption|credit|figure|image|photo|gallery|media|video|slide|bild",
    "facts": r"meta|date|time|tag|categor|info|published|datum|topic|label|kicker|section",
    "subscription": r"newsletter|subscri|paywall|signup|sign-up|login|register|abo\b|premium|donat",
    "consent": r"cookie|consent|gdpr|privacy|modal|popup|overlay|alert|notice",
    "tools": r"tool|print|button|btn|action|rating|vote|like|download|search|form|input",
    "lead": r"lead|intro|summary|standfirst|abstract|excerpt|dek|teasertext|subtitle|description|perex",
    "title": r"title|headline|heading|titel|h1",
    "hidden": r"hidden|hide|sr-only|screen-reader|visually|print-only|noscript|invisible",
}
_PATTERNS = [re.compile(pattern, re.IGNORECASE) for pattern in _NAMES.values()]
_ANCESTORS = (
    "article",
    "main",
    "section",
    "nav",
    "footer",
    "header",
    "aside",
    "form",
    "table",
    "li",
    "blockquote",
    "figure",
    "button",
    "dl",
)
_TAGS = ("p", "h1", "h2", "h3", "li", "td", "div", "blockquote", "figcaption", "pre", "span", "dd")
_STOPS = re.compile(r"[.!?…。！？]")
_COMMAS = re.compile(r"[,;:、，；]")
_ENDS = re.compile(r"[.!?…。！？:;][\"'”»)\]]*$")
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden")
_HIDDEN = list(_NAMES).index("hidden")
_MARKS = len(_PATTERNS) + len(_ANCESTORS) + 1  # the last: an article's body in microdata
_DEEPEST = 12
"""Ancestors looked at, from the segment outward."""


def evidence(found: Sequence[Segment], title: str, ballots: Sequence[Sequence[float]]) -> Array:
    """One row of numbers for each segment. `ballots` are the votes of trafilatura, readability and JSON-LD."""
    if not found:
        return np.zeros((0, 0), np.float32)
    own = _own(found, title)
    poll = np.array(ballots, np.float32).T
    chars = np.array([len(segment.text) for segment in found], np.float32)
    links = np.array([segment.link_chars for segment in found], np.float32)
    around = _around(own[:, :5], poll)
    return np.hstack(
        [own, poll, _names(found), _containers(found, chars, links, poll), _positions(chars, poll), around]
    )


def _own(found: Sequence[Segment], title: str) -> Array:
    counts = Counter(segment.text for segment in found)
    known = plain(title)
    rows = []
    for segment in found:
        text = segment.text
        length = len(text) or 1
        bare = segment.letters
        letters = sum(map(str.isalpha, text[:200])) or 1
        tag = segment.parent.tag
        rows.append(
            [
                math.log1p(len(text)),
                segment.link_chars / length,
                len(_STOPS.findall(text)),
                len(_COMMAS.findall(text)),
                1.0 if _ENDS.search(text) else 0.0,
                math.log1p(len(text) - segment.link_chars),
                text.count(" ") + 1,
                sum(map(str.isdigit, text[:200])) / min(length, 200),
                sum(map(str.isupper, text[:200])) / letters,
                1.0 if text[:1].isupper() else 0.0,
                min(counts[text], 5),
                len(segment.images),
                1.0 if segment.after_break else 0.0,
                1.0 if known and bare == known else 0.0,
                1.0 if known and len(bare) > 10 and (bare in known or known in bare) else 0.0,
                1.0 if len(text) <= 160 and residue(text, edge=True) else 0.0,
                1.0 if "|" in text or "»" in text[-2:] or "©" in text else 0.0,
                *(1.0 if tag == name else 0.0 for name in _TAGS),
            ]
        )
    return np.array(rows, np.float32)


def _names(found: Sequence[Segment]) -> Array:
    """How near the ancestors are whose names or tags say what stands in them: 1 the nearest, 0 none."""
    steps_of: dict[Any, Array] = {}
    steps = np.stack([_steps(segment.parent, steps_of) for segment in found])
    near: Array = np.where(steps < _DEEPEST, 1 / (1 + steps), 0).astype(np.float32)
    near[:, -1] = np.minimum(steps[:, -1], _DEEPEST)
    return near


def _steps(element: Any, steps_of: dict[Any, Array]) -> Array:
    """How many ancestors away each mark is, from the element outward; last, how many ancestors there are."""
    chain = []
    while element is not None and element.tag not in ("body", "html") and element not in steps_of:
        chain.append(element)
        element = element.getparent()
    steps = steps_of.get(element)
    if steps is None:
        steps = np.full(_MARKS + 1, np.inf, np.float32)
        steps[-1] = 0
    for inner in reversed(chain):
        steps = steps + 1
        steps[_marks(inner)] = 0
        steps_of[inner] = steps
    return steps


def _marks(element: Any) -> list[int]:
    """Columns of the names, of the tag, and of an article's body in microdata that an element answers to."""
    found: list[int] = []
    for attribute in ("class", "id", "role"):
        for name in (element.get(attribute) or "").split():
            found += _named(name)
    if element.tag in _ANCESTORS:
        found.append(len(_PATTERNS) + _ANCESTORS.index(element.tag))
    if "articlebody" in (element.get("itemprop") or "").lower():
        found.append(_MARKS - 1)
    if element.get("hidden") is not None or _UNSEEN.search(element.get("style") or ""):
        found.append(_HIDDEN)
    return found


@lru_cache(maxsize=8192)
def _named(name: str) -> tuple[int, ...]:
    """The kinds of part that a class, an id or a role speaks of."""
    return tuple(number for number, pattern in enumerate(_PATTERNS) if pattern.search(name))


def _containers(found: Sequence[Segment], chars: Array, links: Array, poll: Array) -> Array:
    """What else stands in the elements around a segment, and in those that look like its own."""
    columns = []
    elements: list[Any] = [segment.parent for segment in found]
    for _ in range(4):
        columns.append(_shares(elements, chars, links, poll))
        above = [element.getparent() for element in elements]
        elements = [one if one is not None else own for one, own in zip(above, elements, strict=True)]
    looks = [(segment.parent.tag, segment.parent.get("class")) for segment in found]
    columns.append(_shares(looks, chars, links, poll))
    above = [segment.parent.getparent() for segment in found]
    nested = [
        (look, None if element is None else (element.tag, element.get("class")))
        for look, element in zip(looks, above, strict=True)
    ]
    columns.append(_shares(nested, chars, links, poll))
    return np.hstack(columns)


def _shares(groups: Sequence[Any], chars: Array, links: Array, poll: Array) -> Array:
    """For each segment of its group: text in it, part in links, number of segments, parts voted for."""
    numbers: dict[Any, int] = {}
    group = np.array([numbers.setdefault(one, len(numbers)) for one in groups])
    total = np.bincount(group, chars)
    whole = np.where(total > 0, total, 1)
    columns = [np.log1p(whole), np.bincount(group, links) / whole, np.log1p(np.bincount(group))]
    columns += [np.bincount(group, votes * chars) / whole for votes in poll.T]
    shares: Array = np.stack(columns, axis=1)[group].astype(np.float32)
    return shares


def _positions(chars: Array, poll: Array) -> Array:
    """Where a segment stands on the page, and from what the extractors took for the article."""
    count = len(chars)
    total = float(chars.sum()) or 1.0
    before = np.cumsum(chars) - chars
    columns = [
        np.arange(count) / count,
        before / total,
        np.full(count, math.log1p(total)),
        np.full(count, math.log1p(count)),
    ]
    for column in range(poll.shape[1]):
        voted = np.nonzero((poll[:, column] > 0.5) & (chars > 60))[0]
        share = float((poll[:, column] * chars).sum()) / total
        columns.append(np.full(count, share))
        if len(voted) == 0:
            columns += [np.zeros(count), np.full(count, 9.0), np.zeros(count)]
            continue
        first, last = voted[0], voted[-1]
        numbers = np.arange(count)
        columns.append(np.where(numbers < first, -1.0, np.where(numbers > last, 1.0, 0.0)))
        outside = np.maximum(np.maximum(first - numbers, numbers - last), 0)
        columns.append(np.log1p(outside))
        columns.append(np.clip((numbers - first) / max(1, last - first), -2, 3))
    both = (poll[:, 0] > 0.5) & (poll[:, 1] > 0.5)
    either = (poll[:, 0] > 0.5) | (poll[:, 1] > 0.5)
    agreement = float(chars[both].sum()) / (float(chars[either].sum()) or 1.0)
    columns.append(np.full(count, agreement))
    return np.stack(columns, axis=1).astype(np.float32)


def _around(own: Array, poll: Array) -> Array:
    """The neighbours: their length, links, stops and votes, two on either side, and a window of five."""
    base = np.hstack([own, poll])
    columns = []
    for shift in (-2, -1, 1, 2):
        moved = np.zeros_like(base)
        if shift < 0:
            moved[-shift:] = base[:shift]
        else:
            moved[:-shift] = base[shift:]
        columns.append(moved)
    kernel = np.ones(11, np.float32) / 11
    window = [
        np.convolve(np.pad(base[:, c], 5), kernel, "valid")
        for c in (0, 1, *range(own.shape[1], base.shape[1]))
    ]
    columns.append(np.stack(window, axis=1).astype(np.float32))
    return np.hstack(columns)
