"""Shards: the parts in which the index is made.

An edit joins the texts of one shard again, and then what the shards hold of each word, which is quick. Readers see
nothing of it: a file of words has what all shards say of them. A briefing's shard follows from the hash of its
original's id alone, so its versions are in the same shard.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

ONE_SHARD_UP_TO = 2000
"""Briefings. Joining the texts of so many takes about a second."""
SHARDS = 8
"""An edit indexes about an eighth again."""


class Packing(NamedTuple):
    """The number of briefings to a file of the index. Fewer files are larger, and a search fetches whole files."""

    bundle: int  # briefings in a file of what results show; a search fetches one for each result
    chunk: int  # texts for which there is about one file of words; a search fetches one for each word


FEW = Packing(bundle=3, chunk=1)
MANY = Packing(bundle=10, chunk=12)
"""With these, ten thousand entries have at most two thousand files."""


class Leaf(NamedTuple):
    """A shard: its name, one character, and the ids of its briefings' originals in order."""

    name: str
    ids: tuple[str, ...]


def leaves(ids: Iterable[str]) -> list[Leaf]:
    """The shards of an archive, in order of their names. They depend on the set of ids alone."""
    ordered = sorted(ids)
    if len(ordered) <= ONE_SHARD_UP_TO:
        return [Leaf("0", tuple(ordered))] if ordered else []
    shards: dict[str, list[str]] = {}
    for entry_id in ordered:
        shards.setdefault(_name(entry_id), []).append(entry_id)
    return [Leaf(name, tuple(shards[name])) for name in sorted(shards)]


def packing_of(shards: int) -> Packing:
    """The packing of an index of so many shards."""
    return FEW if shards == 1 else MANY


def _name(entry_id: str) -> str:
    digest = hashlib.blake2b(entry_id.encode(), digest_size=8).digest()
    return str(int.from_bytes(digest, "big") % SHARDS)
