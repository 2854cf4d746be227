"""The published form of the index: few files, named by their bytes. Pure.

- `*.words`: a run of the alphabet of keys. For each key: the length of its bytes, twice, and one more if it is a name;
  the key; the length of its postings; and these: of each shard that has the key the distance from the one before, the
  length of what it says, and that, as in `postings`. All numbers are varints.
- `*.texts`: what results show of some briefings of a shard that were dated one after another.
- `*.spelling`: words as they are written, to find the nearest spelling: the most frequent ones, and others.
- `entry.index`: where each run begins, how long it is, the names of the files, words of most texts, and of each shard
  its briefings with what they can be narrowed by. Columns of numbers are texts of signs (`signs`), which compress to
  three quarters of what JSON's numbers do.

theme/static/js/search_index.js reads them. All are gzip, so that no host has to compress them.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from pouch.digests import digest
from pouch_search.models import ENTRY, Index, IndexedBriefing, Shard
from pouch_search.postings import Postings, note_spellings, varint

CHUNK_BYTES = 9_000
"""Runs of words are this long, uncompressed, and longer where there would be too many."""
LENGTH_STEP = 16
"""Lengths of texts are said in so many words: ranking asks how long a text is beside others."""
FILLER = 16_000, 4
"""A word that takes more bytes, and more for each text, says nothing beside others: a search fetches it only alone."""
MOST_SPELLINGS = 12_000, 36_000
"""Words that spellings are compared with: the most frequent, about 50 kB, and the others."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# The entry names all files, so names are short. One time in sixty million a file gets the name of an older one that a
# reader's browser has stored.
_NAME = 5
# Printable signs without quotation mark and backslash: those that end a number, and those that more follows.
_SIGNS = [chr(code) for code in range(0x23, 0x7F) if chr(code) != "\\"]
_ENDS = 75
_MORE = len(_SIGNS) - _ENDS


class PackedShard(msgspec.Struct, frozen=True, array_like=True):
    """The part of the index that a shard adds."""

    postings: Postings
    columns: dict[str, Any]  # its part of the entry
    bundles: tuple[
        tuple[bytes, bytes], ...
    ]  # its files of texts, compressed, each behind the digest of its bytes


def packed_shard(shard: Shard, postings: Postings, texts: Sequence[Sequence[msgspec.Raw]]) -> PackedShard:
    """Pack a shard for the index. `texts`: what results show of each briefing's versions."""
    bundles = [
        msgspec.json.encode(texts[start : start + shard.bundle])
        for start in range(0, len(texts), shard.bundle)
    ]
    return PackedShard(
        postings,
        _columns(shard.briefings, postings),
        tuple([(digest(bundle), _compressed(bundle)) for bundle in bundles]),
    )


def packed(index: Index, shards: Sequence[PackedShard]) -> dict[str, bytes]:
    """The files of the index by name, the entry last."""
    files: dict[str, bytes] = {}
    bundles = [[_add(files, data, name_of, ".texts") for name_of, data in shard.bundles] for shard in shards]
    starts, runs, sizes = [], [], []
    all_postings = [shard.postings for shard in shards]
    texts = sum(len(postings.lengths) for postings in all_postings)
    records = list(_records(all_postings))
    long = max(FILLER[0], FILLER[1] * texts)
    for first, run in _runs(records, texts // index.chunk + 1):
        starts.append(first)
        # Of varints, higher levels save a hundredth more.
        data = gzip.compress(run, 1, mtime=0)
        runs.append(_add(files, data, digest(run), ".words"))
        sizes.append(len(data))
    entry = {
        "starts": starts,
        "runs": runs,
        "sizes": signs(sizes),
        "common": [key for key, record in records if len(record) > long],
        "bundle": index.bundle,
        "spelling": [
            _add(files, _compressed(data), digest(data), ".spelling")
            for words in _spellings(all_postings)
            if (data := "\n".join(words).encode())
        ],
        "shards": [{"bundles": names, **shard.columns} for names, shard in zip(bundles, shards, strict=True)],
    }
    files[ENTRY] = _compressed(msgspec.json.encode(entry))
    return files


def _spellings(shards: Sequence[Postings]) -> Iterator[list[str]]:
    """Words as they are written, the most frequent first."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for shard in shards:
        counts.update(shard.counts)
        note_spellings(shard.spellings.values(), written)
    frequent = sorted(written.keys() & counts.keys(), key=lambda key: (-counts[key], key))
    start = 0
    for most in MOST_SPELLINGS:
        yield [written[key] for key in frequent[start : start + most]]
        start += most


def _columns(briefings: Sequence[IndexedBriefing], postings: Postings) -> dict[str, Any]:
    """The facts that briefings are narrowed by, and lengths of texts, as columns: they compress better than rows."""
    countries = sorted({code for briefing in briefings for code in (*briefing.countries, *briefing.mentions)})
    topics = sorted({key for briefing in briefings for key in briefing.topics})
    place_of_country = {code: place for place, code in enumerate(countries)}
    place_of_topic = {key: place for place, key in enumerate(topics)}
    days = [date.fromisoformat(briefing.day).toordinal() for briefing in briefings]
    return {
        "countries": countries,
        "topics": topics,
        "days": signs(day - before for before, day in zip([0, *days], days, strict=False)),
        "primary": _rows([place_of_country[code] for code in briefing.countries] for briefing in briefings),
        "mentions": _rows([place_of_country[code] for code in briefing.mentions] for briefing in briefings),
        "about": _rows([place_of_topic[key] for key in briefing.topics] for briefing in briefings),
        "versions": [" ".join(briefing.languages) for briefing in briefings],
        "lengths": [
            signs(each.lead for each in postings.lengths),
            signs(each.body - each.lead for each in postings.lengths),
            signs(-((each.body - each.end) // LENGTH_STEP) for each in postings.lengths),
        ],
    }


def signs(numbers: Iterable[int]) -> str:
    """Numbers from 0 on as signs: one for a number below 75; before it, for a larger one, its sixteens of 75.

    The sign of the lowest sixteen comes first. A browser reads them in `numbersIn`.
    """
    written = []
    for number in numbers:
        more, end = divmod(number, _ENDS)
        while more:
            more, digit = divmod(more, _MORE)
            written.append(_SIGNS[_ENDS + digit])
        written.append(_SIGNS[end])
    return "".join(written)


def _rows(rows: Iterable[Iterable[int]]) -> str:
    return " ".join(map(signs, rows))


def _records(shards: Sequence[Postings]) -> Iterator[tuple[str, bytes]]:
    """(key, what is written of it) in the order of the files; an abbreviation stands beside the word of its letters."""
    keys = sorted({key for shard in shards for key in shard.texts}, key=lambda key: (key.lower(), key))
    for key in keys:
        having = [(number, shard) for number, shard in enumerate(shards) if key in shard.texts]
        is_name = (
            not key.isupper()
            and any(key in shard.capitals for _, shard in having)
            and all(key in shard.large for _, shard in having)
        )
        pieces: list[bytes] = []
        last_shard = 0
        for number, shard in having:
            texts = shard.texts[key]
            pieces += (varint(number - last_shard), varint(len(texts)), texts)
            last_shard = number
        written, postings = key.encode(), b"".join(pieces)
        yield key, b"".join((varint(2 * len(written) + is_name), written, varint(len(postings)), postings))


def _runs(records: Sequence[tuple[str, bytes]], most: int) -> Iterator[tuple[str, bytes]]:
    """The beginning of each run of words, and its bytes.

    It begins with the shortest text that parts its first key from the key before: who looks for "corri" is sent to the
    run of "corridor" at once, and not by way of the one that ends with "cook".
    """
    limit = max(CHUNK_BYTES, sum(len(record) for _, record in records) // most)
    run: list[bytes] = []
    first = previous = ""
    size = 0
    for key, record in records:
        if run and size + len(record) > limit and key.lower() != previous:
            yield first, b"".join(run)
            run, size = [], 0
        if not run:
            first = _parting(previous, key.lower())
        run.append(record)
        size += len(record)
        previous = key.lower()
    if run:
        yield first, b"".join(run)


def _parting(before: str, key: str) -> str:
    """The shortest beginning of `key` that comes after `before`, which `key` comes after."""
    return next(key[:end] for end in range(1, len(key) + 1) if key[:end] > before)


def _add(files: dict[str, bytes], data: bytes, name_of: bytes, ending: str) -> str:
    """Add a file; returns its name without `ending`: signs of a digest, which goes on until the name is free."""
    number = int.from_bytes(name_of, "big")
    while True:
        digits = ""
        for _ in range(_NAME):
            number, digit = divmod(number, 36)
            digits += DIGITS[digit]
        if digits + ending not in files:
            files[digits + ending] = data
            return digits


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)  # the highest level takes three times as long for a hundredth less
