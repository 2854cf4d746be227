"""The evidence by which a page's article is chosen: a row of numbers for each segment of the page."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pouch.convert.page.segments import Segment, plain
from pouch.convert.page.trees import Array
from pouch.convert.text.boilerplate import boilerplate_rule
from pouch.tables import table

_NAMES = table("pouch.convert.page", "evidence")
_PATTERNS = [re.compile(pattern) for pattern in _NAMES.values()]
_ANCESTORS = (
    "article", "main", "section", "nav", "footer", "header", "aside", "form", "table", "li", "blockquote",
    "figure", "button", "dl",
)  # fmt: skip
_TAGS = ("p", "h1", "h2", "h3", "li", "td", "div", "blockquote", "figcaption", "pre", "span", "dd")
_STOPS = ".!?…。！？"
_COMMAS = ",;:、，；"
_ENDS = frozenset(_STOPS + ":;")
_CLOSERS = "\"'”»)]"
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden")
_HIDDEN = list(_NAMES).index("hidden")
_ANCESTOR_COLUMNS = {tag: len(_PATTERNS) + number for number, tag in enumerate(_ANCESTORS)}
_MARKS = len(_PATTERNS) + len(_ANCESTORS) + 1  # the last: an article's body in microdata
_DEEPEST = 12
"""Ancestors looked at, from the segment outward."""


def evidence(segments: Sequence[Segment], title: str, ballots: Sequence[Sequence[float]]) -> Array:
    """One row of numbers for each segment. `ballots` are the votes of trafilatura, readability and JSON-LD."""
    if not segments:
        return np.zeros((0, 0), np.float32)
    own = _own(segments, title)
    poll = np.array(ballots, np.float32).T
    chars = np.array([len(segment.text) for segment in segments], np.float32)
    links = np.array([segment.link_chars for segment in segments], np.float32)
    around = _around(own[:, :5], poll)
    return np.hstack(
        [
            own,
            poll,
            _names(segments),
            _containers(segments, chars, links, poll),
            _positions(chars, poll),
            around,
        ]
    )


def _own(segments: Sequence[Segment], title: str) -> Array:
    """The signs in each segment itself: its length, links, punctuation, images, likeness to the title, and its tag."""
    texts = [segment.text for segment in segments]
    counts = Counter(texts)
    title_letters = plain(title)
    lengths = np.array([len(text) for text in texts], np.intp)
    links = np.array([segment.link_chars for segment in segments], np.intp)
    stops, commas, spaces, digits, capitals, letters = _signs(texts, lengths)
    columns = [
        np.log1p(lengths),
        links / np.maximum(lengths, 1),
        stops,
        commas,
        [text.rstrip(_CLOSERS)[-1:] in _ENDS for text in texts],
        np.log1p(lengths - links),
        spaces + 1,
        digits / np.clip(lengths, 1, OPENING),
        capitals / np.maximum(letters, 1),
        [text[:1].isupper() for text in texts],
        [min(counts[text], 5) for text in texts],
        [len(segment.images) for segment in segments],
        [segment.after_break for segment in segments],
        [bool(title_letters) and segment.letters == title_letters for segment in segments],
        [bool(title_letters) and _shares_title(segment.letters, title_letters) for segment in segments],
        [len(text) <= 160 and boilerplate_rule(text, edge=True) is not None for text in texts],
        ["|" in text or "»" in text[-2:] or "©" in text for text in texts],
    ]
    tags = [segment.parent.tag for segment in segments]
    columns += [[tag == name for tag in tags] for name in _TAGS]
    return np.array(columns, np.float32).T


def _shares_title(letters: str, title: str) -> bool:
    return len(letters) > 10 and (letters in title or title in letters)


OPENING = 200
"""Characters of a segment among which digits, letters and capitals are counted."""


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """The kinds of each character of the Basic Multilingual Plane, as bits: a stop, a comma, a space, a digit, …"""
    signs = [chr(code) for code in range(0x10000)]
    tests: list[Callable[[str], bool]] = [
        _STOPS.__contains__, _COMMAS.__contains__, " ".__eq__, str.isdigit, str.isupper, str.isalpha,
    ]  # fmt: skip
    table = np.zeros(len(signs), np.uint8)
    for bit, test in enumerate(tests):
        table |= np.array([test(sign) for sign in signs], np.uint8) << bit
    return table


def _signs(texts: Sequence[str], lengths: npt.NDArray[np.intp]) -> list[Any]:
    """The number of signs of each kind in each text; of digits, capitals and letters, in its opening."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds().take(codes, mode="clip")
    ends = np.cumsum(lengths)
    starts = ends - lengths
    opened = starts + np.minimum(lengths, OPENING)
    counted = []
    for bit, until in enumerate((ends, ends, ends, opened, opened, opened)):
        running = np.zeros(len(kinds) + 1, np.intp)
        np.cumsum(kinds >> bit & 1, out=running[1:])
        counted.append(running[until] - running[starts])
    return counted


def _names(segments: Sequence[Segment]) -> Array:
    """For each kind of part, how near its closest ancestor is, by names and tags: 1 the nearest, 0 none."""
    steps = _steps([segment.parent for segment in segments])
    near: Array = np.where(steps < _DEEPEST, 1 / (1 + steps), 0).astype(np.float32)
    near[:, -1] = np.minimum(steps[:, -1], _DEEPEST)
    return near


def _steps(elements: Sequence[Any]) -> Array:
    """The number of ancestors to each mark, from the element outward; last, the number of ancestors."""
    row_of: dict[Any, int] = {}  # the rows of elements; row 0 is the page's
    above = [0]
    levels: list[list[int]] = []  # the rows of elements that stand equally deep
    depth = [0]
    marked: list[tuple[list[int], list[int]]] = []  # rows and columns of the marks at each level
    rows = []
    for element in elements:
        chain = []
        while element is not None and element.tag not in ("body", "html") and element not in row_of:
            chain.append(element)
            element = element.getparent()
        row = row_of.get(element, 0)
        for inner in reversed(chain):
            level = depth[row]
            if level == len(levels):
                levels.append([])
                marked.append(([], []))
            above.append(row)
            row = row_of[inner] = len(depth)
            depth.append(level + 1)
            levels[level].append(row)
            marks = _marks(inner)
            marked[level][0].extend([row] * len(marks))
            marked[level][1].extend(marks)
        rows.append(row)
    steps = np.full((len(depth), _MARKS + 1), np.inf, np.float32)
    steps[0, -1] = 0
    outer = np.array(above)
    for at, marks_at in zip(levels, marked, strict=True):
        steps[at] = steps[outer[at]] + 1
        steps[marks_at] = 0
    nearest: Array = steps[rows]
    return nearest


def _marks(element: Any) -> list[int]:
    """Columns of the names, of the tag, and of an article's body in microdata that an element answers to."""
    columns: list[int] = []
    for attribute in ("class", "id", "role"):
        for name in (element.get(attribute) or "").split():
            columns += _kinds_of(name)
    if element.tag in _ANCESTOR_COLUMNS:
        columns.append(_ANCESTOR_COLUMNS[element.tag])
    if "articlebody" in (element.get("itemprop") or "").lower():
        columns.append(_MARKS - 1)
    if element.get("hidden") is not None or _UNSEEN.search(element.get("style") or ""):
        columns.append(_HIDDEN)
    return columns


@lru_cache(maxsize=8192)
def _kinds_of(name: str) -> tuple[int, ...]:
    """The kinds of part that a class, an id or a role names."""
    name = name.lower()  # a search that disregards case takes several times as long
    return tuple(number for number, pattern in enumerate(_PATTERNS) if pattern.search(name))


def _containers(segments: Sequence[Segment], chars: Array, links: Array, poll: Array) -> Array:
    """The other text in the elements around a segment, and in those that look like its own."""
    columns = []
    elements: list[Any] = [segment.parent for segment in segments]
    for _ in range(4):
        columns.append(_shares(elements, chars, links, poll))
        above = [element.getparent() for element in elements]
        elements = [one if one is not None else own for one, own in zip(above, elements, strict=True)]
    looks = [(segment.parent.tag, segment.parent.get("class")) for segment in segments]
    columns.append(_shares(looks, chars, links, poll))
    above = [segment.parent.getparent() for segment in segments]
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
    """The place of a segment on the page, and its distance from what the extractors took for the article."""
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
