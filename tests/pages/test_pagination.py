"""Numbered pages: the arithmetic of DESIGN.md, "Addresses"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.pages.pagination import landing, numbered_pages, page_of


def pages(items: list[int], per_page: int) -> dict[int, list[int]]:
    """Every numbered page, by its number."""
    last = numbered_pages(len(items), per_page)
    return {number: page_of(items, per_page, number) for number in range(1, last + 1)}


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 0), (20, 0), (39, 0), (40, 1), (59, 1), (60, 2), (100, 4), (119, 4)]
)
def test_how_many_numbered_pages(count: int, expected: int) -> None:
    """max(0, floor(N / P) - 1) with P = 20."""
    assert numbered_pages(count, 20) == expected


@given(st.integers(0, 300), st.integers(1, 25))
def test_every_item_stands_once_newest_first(count: int, per_page: int) -> None:
    """A reader who walks from the landing page to page 1 meets every briefing once, newest first."""
    items = list(range(count))
    walked = landing(items, per_page)
    for chunk in reversed(pages(items, per_page).values()):
        walked += chunk
    assert walked == items[::-1]


@given(st.integers(0, 300), st.integers(1, 25))
def test_a_new_item_changes_no_full_page(count: int, per_page: int) -> None:
    """Numbered pages never change once they are full."""
    before = pages(list(range(count)), per_page)
    after = pages(list(range(count + 1)), per_page)
    assert before.items() <= after.items()


@given(st.integers(1, 300), st.integers(1, 25))
def test_the_landing_page_is_neither_empty_nor_long(count: int, per_page: int) -> None:
    """P to 2P - 1 items once there are that many."""
    shown = len(landing(list(range(count)), per_page))
    assert shown == count if count < per_page else per_page <= shown < 2 * per_page
