"""Which entry lies in which shard, so that an edit makes little of the index again.

A shard is a leaf of a binary tree over the hashes of ids: a leaf with more than its share is split by the next bit. So
no shard holds more than a tenth of the entries, an edit touches one shard, and a new entry one shard too, unless a leaf
splits. Hashes mix old and new, all countries and topics; a word is about as frequent in one shard as in another, and
the browser may compare their scores (Pagefind reckons BM25 shard by shard).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pouch.pages import addresses

SHARE = 10
"""No shard holds more than one entry in SHARE."""
LEAST = 4
"""What a shard may hold in any case: a dozen entries in a dozen shards would only cost requests."""


class Leaf(NamedTuple):
    """A shard: the bits that its entries' hashes begin with, and their ids in order."""

    bits: str  # empty for the only leaf of a small archive
    ids: tuple[str, ...]


def leaves(ids: Iterable[str]) -> list[Leaf]:
    """The shards of an archive, by their bits. They depend on the set of ids alone."""
    hashed = sorted((_bits(entry_id), entry_id) for entry_id in ids)
    # One less, so that a leaf which a new entry splits was a tenth at most before and after.
    most = max(LEAST, len(hashed) // SHARE - 1)
    return list(_split("", hashed, most))


def folder_of(bits: str, *, first: bool) -> str:
    """The address of a shard's folder: the first one's is that of the index itself."""
    return addresses.SEARCH_INDEX if first else f"{addresses.SEARCH_INDEX}{bits}/"


def archive_folders(ids: Iterable[str]) -> list[str]:
    """The addresses of all shards' folders."""
    return [folder_of(leaf.bits, first=number == 0) for number, leaf in enumerate(leaves(ids))]


def _split(prefix: str, hashed: list[tuple[str, str]], most: int) -> Iterator[Leaf]:
    if not hashed:
        return
    depth = len(prefix)
    if len(hashed) <= most or depth == len(hashed[0][0]):
        yield Leaf(prefix, tuple(sorted(entry_id for _, entry_id in hashed)))
        return
    for bit in "01":
        yield from _split(prefix + bit, [pair for pair in hashed if pair[0][depth] == bit], most)


def _bits(entry_id: str) -> str:
    digest = hashlib.blake2b(entry_id.encode(), digest_size=4).digest()
    return f"{int.from_bytes(digest, 'big'):032b}"
