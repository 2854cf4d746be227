"""The published form of a shard: few files, compressed, named by their bytes. Pure.

- `*.words`: a run of the alphabet of keys. Each line is a key (with "^" behind it if it is a name) and its postings:
  `text,place,place;text,…` in base 36, where each text and each place is the distance from the one before.
- `*.texts`: what results show of some briefings that were dated one after another.
- `*.spelling`: words as they are written, to find the nearest spelling.
- `entry.index`: where each run begins, the names of the files, and of each briefing what it can be narrowed by. Its
  columns of numbers are texts of signs (`signs`), which compress to three quarters of what JSON's numbers do.

theme/static/search-engine.js reads them. All are gzip, so that no host has to compress them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from pouch.digests import digest
from pouch_search.models import ENTRY, IndexedBriefing, Shard
from pouch_search.postings import DIGITS, Postings, base36

CHUNK_BYTES = 16_000
"""Runs of words are this long, uncompressed, and longer where there would be too many."""
LENGTH_STEP = 16
"""Lengths of texts are said in so many words: ranking asks how long a text is beside others."""
# The entry names all files of a shard, so names are short. One time in sixty million a file gets the name of an older
# one that a reader's browser has stored.
_NAME = 5
# Printable signs without quotation mark and backslash: those that end a number, and those that more follows.
_SIGNS = [chr(code) for code in range(0x23, 0x7F) if chr(code) != "\\"]
_ENDS = 75
_MORE = len(_SIGNS) - _ENDS


def packed(shard: Shard, postings: Postings, texts: Sequence[Sequence[msgspec.Raw]]) -> dict[str, bytes]:
    """The files of a shard by name, the entry last. `texts`: what results show of each briefing's versions."""
    files: dict[str, bytes] = {}
    starts, runs = [], []
    for first, run in _runs(postings, len(postings.lengths) // shard.chunk + 1):
        starts.append(first)
        runs.append(_add(files, run.encode(), ".words"))
    bundles = [
        _add(files, msgspec.json.encode(texts[start : start + shard.bundle]), ".texts")
        for start in range(0, len(texts), shard.bundle)
    ]
    spelling = _add(files, "\n".join(postings.spellings).encode(), ".spelling")
    entry = {
        "starts": starts,
        "runs": runs,
        "bundle": shard.bundle,
        "bundles": bundles,
        "spelling": spelling,
        **_columns(shard.briefings, postings),
    }
    files[ENTRY] = _compressed(msgspec.json.encode(entry))
    return files


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


def _runs(postings: Postings, most: int) -> Iterator[tuple[str, str]]:
    """The beginning of each run of words, and its text; an abbreviation stands beside the word of the same letters.

    It begins with the shortest text that parts its first key from the key before: who looks for "corri" is sent to the
    run of "corridor" at once, and not by way of the one that ends with "cook".
    """
    lines = [
        (key, f"{key}{'^' if key in postings.names else ''} {_encoded(postings.places[key])}\n")
        for key in sorted(postings.places, key=lambda key: (key.lower(), key))
    ]
    limit = max(CHUNK_BYTES, sum(len(line) for _, line in lines) // most)
    run: list[str] = []
    first = previous = ""
    size = 0
    for key, line in lines:
        if run and size + len(line) > limit and key.lower() != previous:
            yield first, "".join(run)
            run, size = [], 0
        if not run:
            first = _parting(previous, key.lower())
        run.append(line)
        size += len(line)
        previous = key.lower()
    if run:
        yield first, "".join(run)


def _parting(before: str, key: str) -> str:
    """The shortest beginning of `key` that comes after `before`, which `key` comes after."""
    return next(key[:end] for end in range(1, len(key) + 1) if key[:end] > before)


def _encoded(rows: Iterable[tuple[int, str]]) -> str:
    texts = []
    last_text = 0
    for text, places in rows:
        texts.append(f"{base36(text - last_text)},{places}")
        last_text = text
    return ";".join(texts)


def _add(files: dict[str, bytes], data: bytes, ending: str) -> str:
    """Add a file, named by its bytes; returns its name without `ending`. The digest goes on until the name is free."""
    number = int.from_bytes(digest(data), "big")
    while True:
        digits = ""
        for _ in range(_NAME):
            number, digit = divmod(number, 36)
            digits += DIGITS[digit]
        if digits + ending not in files:
            files[digits + ending] = _compressed(data)
            return digits


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)  # the highest level takes three times as long for a hundredth less
