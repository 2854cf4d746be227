"""Shards: a small archive has one, an edit of a large one indexes an eighth again, and ids alone decide."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch_search import shards
from pouch_search.shards import ONE_SHARD_UP_TO, leaves

ids = st.sets(st.text("abcdefghij0123456789-", min_size=4, max_size=12), max_size=300)


@pytest.fixture
def split_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives of more than fifty entries have several shards."""
    monkeypatch.setattr(shards, "ONE_SHARD_UP_TO", 50)


@pytest.mark.usefixtures("split_early")
@given(ids)
def test_every_entry_is_in_one_shard(entries: set[str]) -> None:
    """In order of ids, whatever the size of the archive."""
    found = leaves(entries)
    assert sorted(entry for leaf in found for entry in leaf.ids) == sorted(entries)
    assert all(list(leaf.ids) == sorted(leaf.ids) for leaf in found)
    assert len(found) == len({leaf.name for leaf in found})


@pytest.mark.usefixtures("split_early")
@given(ids, st.randoms())
def test_the_order_of_entries_decides_nothing(entries: set[str], chance: random.Random) -> None:
    """A shard is a matter of ids: not of paths, dates or the order in which files are read."""
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert leaves(shuffled) == leaves(entries)


def some_ids(count: int) -> list[str]:
    """Ids of an archive of that size."""
    return [f"entry-{number}" for number in range(count)]


@pytest.mark.parametrize("count", [ONE_SHARD_UP_TO + 1, 10_000])
def test_an_edit_indexes_a_sixth_at_most(count: int) -> None:
    """No shard of a large archive holds more than a sixth of its entries."""
    assert max(len(leaf.ids) for leaf in leaves(some_ids(count))) <= count / 6


def test_a_new_entry_disturbs_one_shard() -> None:
    """The others have the entries that they had."""
    entries = some_ids(5000)
    before = leaves(entries)
    assert len(set(leaves([*entries, "new"])) - set(before)) == 1


def test_the_number_of_shards() -> None:
    """A small archive is joined at once."""
    sizes = (0, 3, ONE_SHARD_UP_TO, ONE_SHARD_UP_TO + 1, 10_000)
    assert [len(leaves(some_ids(count))) for count in sizes] == [0, 1, 1, 8, 8]
