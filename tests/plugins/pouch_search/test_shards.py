"""Shards: an edit makes a tenth of the index again at most, and who is where follows from the ids alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch_search.shards import LEAST, SHARE, leaves

ids = st.sets(st.text("abcdefghij0123456789-", min_size=4, max_size=12), max_size=300)


@given(ids)
def test_no_shard_holds_more_than_a_tenth(entries: set[str]) -> None:
    """Every entry lies in exactly one shard, in order, and no shard has more than its share."""
    found = leaves(entries)
    assert sorted(entry for leaf in found for entry in leaf.ids) == sorted(entries)
    assert all(list(leaf.ids) == sorted(leaf.ids) for leaf in found)
    assert all(len(leaf.ids) <= max(LEAST, len(entries) // SHARE) for leaf in found)


@given(ids, st.randoms())
def test_the_order_of_entries_decides_nothing(entries: set[str], chance: random.Random) -> None:
    """A shard is a matter of ids: not of paths, dates or the order in which files are read."""
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert leaves(shuffled) == leaves(entries)


@pytest.mark.parametrize("count", [100, 1000, 10_000])
def test_a_new_entry_disturbs_few(count: int) -> None:
    """Of twenty entries that arrive one after another, each makes a tenth of the index again at most, or nearly so."""
    entries = [f"entry-{number}" for number in range(count)]
    disturbed = []
    before = leaves(entries)
    for number in range(20):
        entries.append(f"new-{number}")
        after = leaves(entries)
        disturbed.append(sum(len(leaf.ids) for leaf in set(after) - set(before)) / len(entries))
        before = after
    assert sorted(disturbed)[-3] <= 1 / SHARE


def test_a_large_archive_has_few_shards() -> None:
    """The browser fetches something of each: at ten thousand entries there are sixteen."""
    assert [len(leaves(f"entry-{n}" for n in range(count))) for count in (0, 3, 10_000)] == [0, 1, 16]
