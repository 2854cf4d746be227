"""Numbered pages, counted from the oldest, so that a full page never changes (DESIGN.md, "Addresses").

With P a page and N items there are max(0, N // P - 1) numbered pages; page k holds the items (k - 1) P + 1 to k P
counted from the oldest; the landing page has the rest, P to 2 P - 1 once there are that many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def numbered_pages(count: int, per_page: int) -> int:
    """The number of numbered pages of `count` items."""
    return max(0, count // per_page - 1)


def landing(items: Sequence[T], per_page: int) -> list[T]:
    """The items of the landing page, newest first. `items` are oldest first."""
    start = numbered_pages(len(items), per_page) * per_page
    return list(reversed(items[start:]))


def page_of(items: Sequence[T], per_page: int, number: int) -> list[T]:
    """The items of the numbered page `number`, newest first. `items` are oldest first."""
    return list(reversed(items[(number - 1) * per_page : number * per_page]))
