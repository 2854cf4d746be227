"""The published form of an index: the same entries give the same bytes, in few files.

Pagefind 1.5 writes the values of a filter, and the filters in its metadata, in the order of a hash table that is seeded
again in each process. File names are digests of the bytes, so they differ from run to run too. Here both are sorted.
Words and pages are in order already, because stubs are (`pouch_search.program`).

Then files are put together, since every file costs a request, and hosts limit their number:

- Neighbouring chunks of the index become one: see `Packing` for how many there may be.
- Fragments, one for each entry, become bundles of entries that were dated one after another. theme/static/search.js
  reads bundles. A result's id has all that the browser needs before it fetches one:

      shard, 1 character | bundle, 5 characters | day, 4 characters | a letter, if the bundle has that day already

  So results of several shards can be sorted by date, and a filter alone can list results, before any bundle is fetched.

Pagefind 1.6 has a third column in the list of pages: the bundle of a page, if Pagefind makes bundles. It is
not told so, and the column is empty.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import cbor2
import msgspec

from pouch_search.models import ENTRY
from pouch_search.shards import Packing
from pouch_search.stubs import unspaced

SCRIPTS = ("pagefind.js", "pagefind-worker.js")
"""What the browser loads once, whatever the number of shards, together with one stemmer (wasm)."""
CHUNK_BYTES = 15_000
"""Chunks are put together up to this unpacked size, and further where there are too many."""
# Metadata names all files of a shard, and a first search fetches it for all shards, so names are short. One time in
# sixty million a file gets the name of an older one that a reader's browser has stored.
NAME = 5
_SIGNATURE = b"pagefind_dcd"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ARRAY_OF_ONE = b"\x81"
_USER_INTERFACE = ("pagefind-ui", "pagefind-modular", "pagefind-component", "pagefind-highlight")


class UnknownFormError(Exception):
    """Pagefind wrote an index in a format that this module does not support."""


def canonical(
    files: Mapping[str, bytes], days: Mapping[str, str], name: str, *, first: bool, packing: Packing
) -> dict[str, bytes]:
    """The published files of one shard, by path below its folder; the file that names the others comes last.

    `files` are Pagefind's; `days` are ISO dates by the stubs' addresses; `name` is the shard's. Only the first shard
    has the files that the browser loads once. Raises UnknownFormError.
    """
    try:
        return _canonical(files, days, name, first, packing)
    except (
        *(KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError),
        *(msgspec.MsgspecError, cbor2.CBORDecodeError),
    ) as error:
        raise UnknownFormError(repr(error)) from error


def as_written(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pagefind's own files, without its own user interface; the file that names the others comes last."""
    published = {path: files[path] for path in sorted(files) if not path.startswith(_USER_INTERFACE)}
    if ENTRY in published:
        published[ENTRY] = published.pop(ENTRY)
    return published


def _canonical(
    files: Mapping[str, bytes], days: Mapping[str, str], name: str, first: bool, packing: Packing
) -> dict[str, bytes]:
    entry = msgspec.json.decode(files[ENTRY])
    ((lang, about),) = entry["languages"].items()
    version, pages, chunks, filters, sorts, fields = cbor2.loads(
        _unpacked(files[f"pagefind.{about['hash']}.pf_meta"])
    )
    published: dict[str, bytes] = {}
    if first:
        for path in (*SCRIPTS, f"wasm.{about['wasm'] or 'unknown'}.pagefind"):
            published[path] = files[path]
    named_filters = []
    for label, old in sorted(filters):
        own_label, values = cbor2.loads(_unpacked(files[f"filter/{old}.pf_filter"]))
        data = _packed(cbor2.dumps([own_label, sorted(values)]))
        new = _free_name("filter/", data, ".pf_filter", published)
        published[f"filter/{new}.pf_filter"] = data
        named_filters.append([label, new])
    named_chunks = []
    for opening, closing, plain in _joined_chunks(files, chunks, len(pages) // packing.chunk + 1):
        new = _free_name("index/", plain, ".pf_index", published)
        published[f"index/{new}.pf_index"] = _packed(plain)
        named_chunks.append([opening, closing, new])
    named_pages = _add_bundles(files, pages, days, name, packing.bundle, published)
    meta = _packed(cbor2.dumps([version, named_pages, named_chunks, named_filters, sorts, fields]))
    about["hash"] = hashlib.blake2b(meta, digest_size=5).hexdigest()
    published[f"pagefind.{about['hash']}.pf_meta"] = meta
    languages = {lang: {key: about[key] for key in sorted(about)}}
    published[ENTRY] = msgspec.json.encode({**entry, "languages": languages})
    return published


def _joined_chunks(
    files: Mapping[str, bytes], chunks: Sequence[tuple[str, str, str]], most: int
) -> Iterator[tuple[str, str, bytes]]:
    """Where each chunk begins and ends, and its content; neighbours are put together so that there are about `most`."""
    parts = [
        (opening, closing, *_array_of_words(_unpacked(files[f"index/{name}.pf_index"])))
        for opening, closing, name in chunks
    ]
    limit = max(CHUNK_BYTES, sum(len(words) for *_, words in parts) // most)
    joined: list[tuple[str, str, int, bytes]] = []
    size = 0
    for part in parts:
        if joined and size + len(part[3]) > limit:
            yield _joined(joined)
            joined, size = [], 0
        joined.append(part)
        size += len(part[3])
    if joined:
        yield _joined(joined)


def _joined(parts: Sequence[tuple[str, str, int, bytes]]) -> tuple[str, str, bytes]:
    count = sum(number for _, _, number, _ in parts)
    header = _ARRAY_OF_ONE + b"\x9a" + count.to_bytes(4, "big")
    return parts[0][0], parts[-1][1], header + b"".join(words for *_, words in parts)


def _array_of_words(plain: bytes) -> tuple[int, bytes]:
    """The number of words in a chunk, and their encoded items: a chunk is an array whose only item is their array.

    Only the headers are read (RFC 8949, section 3), since chunks are most of an index.
    """
    header = plain[1]
    if plain[:1] != _ARRAY_OF_ONE or header >> 5 != 4:
        raise ValueError("a chunk of the index that is no array of words")
    short = header & 0x1F
    if short < 24:
        return short, plain[2:]
    width = {24: 1, 25: 2, 26: 4}[short]
    return int.from_bytes(plain[2 : 2 + width], "big"), plain[2 + width :]


def _add_bundles(
    files: Mapping[str, bytes],
    pages: Sequence[Sequence[Any]],
    days: Mapping[str, str],
    name: str,
    bundle: int,
    published: dict[str, bytes],
) -> list[list[Any]]:
    """Add the bundles to `published`; returns the rows of `pages` with their new ids.

    Pages are newest first and bundles are counted from the oldest, so that a new entry leaves full bundles as they are.
    """
    rows: list[list[Any]] = []
    for start, end in _counted_from_last(len(pages), bundle):
        facts: dict[str, Any] = {}
        bundled_rows = []
        for old, word_count, *more in pages[start:end]:
            if more not in ([], [""]):
                raise ValueError("a column in the list of pages")
            fragment = msgspec.json.decode(_unpacked(files[f"fragment/{old}.pf_fragment"]))
            key = _free_key(day_code(days[fragment["url"]]), facts)
            facts[key] = _facts(fragment)
            bundled_rows.append((key, word_count, more))
        plain = msgspec.json.encode(facts)
        new = _free_name("fragment/", plain, ".pf_fragment", published)
        published[f"fragment/{new}.pf_fragment"] = gzip.compress(plain, mtime=0)
        rows += [[f"{name}{new}{key}", word_count, *more] for key, word_count, more in bundled_rows]
    return rows


def _counted_from_last(count: int, size: int) -> Iterator[tuple[int, int]]:
    """Runs of `size` that cover `count`, in order; a shorter run is the first."""
    start = 0
    while start < count:
        end = count - (count - start - 1) // size * size
        yield start, end
        start = end


def _facts(fragment: Mapping[str, Any]) -> dict[str, Any]:
    """What search.js shows of a result, and what it needs to tell a match from a false one."""
    meta = {"title": fragment["meta"]["title"]}
    if names := " ".join(unspaced(fragment["meta"].get("names", ""))):
        meta["names"] = names
    shown = ("country", "language", "tag")
    return {
        "url": fragment["url"],
        "content": fragment["content"],
        "meta": meta,
        "filters": {name: fragment["filters"][name] for name in shown if name in fragment["filters"]},
    }


def _free_key(day: str, names_in_use: Mapping[str, Any]) -> str:
    keys: Iterator[str] = (day + letter for letter in ("", *_DIGITS))
    return next(key for key in keys if key not in names_in_use)


def _free_name(before: str, data: bytes, after: str, names_in_use: Mapping[str, Any]) -> str:
    """A name made of the digest of `data`; the digest goes on until the name is free."""
    number = int.from_bytes(hashlib.blake2b(data, digest_size=16).digest(), "big")
    while True:
        digits = ""
        for _ in range(NAME):
            number, digit = divmod(number, 36)
            digits += _DIGITS[digit]
        if f"{before}{digits}{after}" not in names_in_use:
            return digits


def day_code(day: str) -> str:
    """Four characters for an ISO date that sort as dates do: days since the year 1, in base 36."""
    number = date.fromisoformat(day).toordinal()
    code = ""
    for _ in range(4):
        number, digit = divmod(number, 36)
        code = _DIGITS[digit] + code
    return code


def _unpacked(data: bytes) -> bytes:
    plain = gzip.decompress(data)
    if not plain.startswith(_SIGNATURE):
        raise ValueError("a file without Pagefind's signature")
    return plain[len(_SIGNATURE) :]


def _packed(data: bytes) -> bytes:
    return gzip.compress(_SIGNATURE + data, mtime=0)
