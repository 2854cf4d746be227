"""Running heads and page numbers that stand in a text which was copied from the pages of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pouch.convert.text.headings import plain
from pouch.tables import pattern

LONGEST_HEAD = 90
"""Characters of a running head."""

_PAGE = pattern("pouch.convert.text", "lines", "page")
_DIGITS = re.compile(r"\d+")
_ENDS = tuple('.!?…:;»”"')


def page_breaks(lines: Sequence[str]) -> dict[int, str]:
    """The numbers of the lines, from 0, that stand on a page's edge, and the rule that says so."""
    stripped = [line.strip() for line in lines]
    heads = _running_heads(stripped)
    numbers = {
        index: int(match["number"]) for index, line in enumerate(stripped) if (match := _PAGE.fullmatch(line))
    }
    edges = dict.fromkeys(heads, "running-head")
    for index in numbers:
        beside = [_neighbour(stripped, index, step) for step in (-1, 1)]
        if any(one in heads for one in beside):
            edges[index] = "page-number"
    for index in _counting(numbers, stripped):
        edges.setdefault(index, "page-number")
    return edges


def _running_heads(lines: Sequence[str]) -> set[int]:
    """Short lines that come again, beside the number of a page each time but one or with their own number."""
    indices_of: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if (
            3 < len(line) <= LONGEST_HEAD
            and not line.endswith(_ENDS)
            and any(sign.isalpha() for sign in line)
        ):
            indices_of.setdefault(_DIGITS.sub("#", plain(line)), []).append(index)
    heads: set[int] = set()
    for at in indices_of.values():
        if len(at) < 2:
            continue
        numbered = sum(any(_is_page(lines, one, step) for step in (-1, 1)) for one in at)
        breaking = sum(_breaks_a_sentence(lines, one) for one in at)
        if numbered * 2 >= len(at) or (breaking and len(at) > 2):
            heads |= set(at)
    return heads


def _breaks_a_sentence(lines: Sequence[str], index: int) -> bool:
    above, below = _neighbour(lines, index, -1), _neighbour(lines, index, 1)
    return (
        above is not None
        and below is not None
        and not lines[above].endswith(_ENDS)
        and len(lines[above]) > len(lines[index]) // 2
        and lines[below][:1].islower()
    )


def _is_page(lines: Sequence[str], index: int, step: int) -> bool:
    beside = _neighbour(lines, index, step)
    return beside is not None and _PAGE.fullmatch(lines[beside]) is not None


def _neighbour(lines: Sequence[str], index: int, step: int) -> int | None:
    """The number of the next line with a text; None where there is none."""
    index += step
    while 0 <= index < len(lines):
        if lines[index]:
            return index
        index += step
    return None


def _counting(numbers: Mapping[int, int], lines: Sequence[str]) -> list[int]:
    """Lines that count pages one by one, of which one at least stands in the midst of a sentence."""
    at = sorted(numbers)
    counted = [index for before, index in pairwise(at) if numbers[index] == numbers[before] + 1]
    run = sorted({*counted, *(at[at.index(index) - 1] for index in counted)})
    counts = Counter(numbers[index] for index in run)
    if len(run) < 2 or max(counts.values()) > 1 or any(one + 2 > other for one, other in pairwise(run)):
        return []
    return run if any(_breaks_a_sentence(lines, index) for index in run) else []


def without_breaks(lines: Sequence[str], edges: Mapping[int, str]) -> set[int]:
    """The numbers of the blank lines around page breaks that part a sentence, and so part nothing."""
    stripped = [line.strip() for line in lines]
    blank: set[int] = set()
    index = 0
    while index < len(lines):
        if index not in edges:
            index += 1
            continue
        start = index
        while start > 0 and (not stripped[start - 1] or start - 1 in edges):
            start -= 1
        end = index
        while end + 1 < len(lines) and (not stripped[end + 1] or end + 1 in edges):
            end += 1
        if (
            start > 0
            and end + 1 < len(lines)
            and not stripped[start - 1].endswith(_ENDS)
            and (stripped[end + 1][:1].islower() or stripped[start - 1].endswith("-"))
        ):
            blank |= {one for one in range(start, end + 1) if one not in edges}
        index = end + 1
    return blank
