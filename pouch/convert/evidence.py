"""What is known of each segment of a page, as numbers: the evidence by which the article is chosen."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pouch.convert.residue import residue
from pouch.convert.segments import Segment
from pouch.convert.votes import plain

Array = npt.NDArray[np.float32]

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
        bare = plain(text)
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
    matches: dict[Any, tuple[int, ...]] = {}
    rows_of: dict[Any, list[float]] = {}
    rows = []
    for segment in found:
        parent = segment.parent
        if parent not in rows_of:
            row = [0.0] * (len(_PATTERNS) + len(_ANCESTORS) + 2)
            element: Any = parent
            for depth in range(_DEEPEST):
                if element is None or element.tag in ("body", "html"):
                    break
                if element not in matches:
                    matches[element] = _matches(element)
                for column in matches[element]:
                    row[column] = row[column] or 1.0 / (1 + depth)
                element = element.getparent()
                row[-1] = depth + 1
            rows_of[parent] = row
        rows.append(rows_of[parent])
    return np.array(rows, np.float32)


def _matches(element: Any) -> tuple[int, ...]:
    name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    found = (
        [number for number, pattern in enumerate(_PATTERNS) if pattern.search(name)] if len(name) > 2 else []
    )
    if element.tag in _ANCESTORS:
        found.append(len(_PATTERNS) + _ANCESTORS.index(element.tag))
    style = element.get("style") or ""
    if "articlebody" in (element.get("itemprop") or "").lower():
        found.append(len(_PATTERNS) + len(_ANCESTORS))
    if element.get("hidden") is not None or re.search(r"display:\s*none|visibility:\s*hidden", style):
        found.append(len(_PATTERNS) - 1)
    return tuple(found)


def _containers(found: Sequence[Segment], chars: Array, links: Array, poll: Array) -> Array:
    """What else stands in the elements around a segment, and in those that look like its own."""
    columns = []
    elements: list[Any] = [segment.parent for segment in found]
    for _ in range(4):
        columns.append(_shares(elements, chars, links, poll))
        elements = [
            element.getparent() if element.getparent() is not None else element for element in elements
        ]
    looks = [f"{segment.parent.tag}.{segment.parent.get('class') or ''}" for segment in found]
    columns.append(_shares(looks, chars, links, poll))
    above = [
        f"{looks[i]}<{getattr(segment.parent.getparent(), 'tag', '')}.{_class(segment.parent.getparent())}"
        for i, segment in enumerate(found)
    ]
    columns.append(_shares(above, chars, links, poll))
    return np.hstack(columns)


def _class(element: Any) -> str:
    return "" if element is None else element.get("class") or ""


def _shares(groups: Sequence[Any], chars: Array, links: Array, poll: Array) -> Array:
    """For each segment of its group: text in it, part in links, number of segments, parts voted for."""
    members: dict[Any, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        members[group].append(number)
    rows = np.zeros((len(groups), 3 + poll.shape[1]), np.float32)
    for numbers in members.values():
        inside = chars[numbers]
        total = float(inside.sum()) or 1.0
        row = [math.log1p(total), float(links[numbers].sum()) / total, math.log1p(len(numbers))]
        row += [float((poll[numbers, column] * inside).sum()) / total for column in range(poll.shape[1])]
        rows[numbers] = row
    return rows


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
