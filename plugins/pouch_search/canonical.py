"""The index in the one form that its entries give it: the same entries, the same bytes.

Pagefind 1.5 writes the values of a filter, and the filters in its metadata, in the order of a hash table that is seeded
anew in each process; their files are named by their bytes, so names differ from run to run, too. Here both are sorted.
Words and pages come in order already, since stubs do (`pouch_search.program`).

Fragments, of which there is one for each entry, get names that begin with the entry's day and end with the shard's
bits. All that the browser has of a result before it fetches the fragment is that name. So results of several shards can
be sorted by date, and listed by a filter alone, without fetching them all; and a shard in which a word does not occur,
where Pagefind takes a shorter word for it, can be told from one in which it does (theme/static/search.js).
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import cbor2
import msgspec

from pouch.errors import EnvironmentFault
from pouch_search.models import ENTRY

SCRIPTS = ("pagefind.js", "pagefind-worker.js")
"""What the browser loads once, whatever the number of shards, together with one stemmer (wasm)."""
# The metadata of a shard names all its files, and a first search fetches that of all shards, so names are short. A file
# gets the name of an older one, which a reader's browser may have kept, once in 1.7 and in 60 million times.
FRAGMENT_NAME, CHUNK_NAME = 4, 5
_SIGNATURE = b"pagefind_dcd"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def canonical(
    files: Mapping[str, bytes], days: Mapping[str, str], bits: str, *, first: bool
) -> dict[str, bytes]:
    """The files of one index of Pagefind's, renamed and ordered.

    `days` are ISO dates by the stubs' addresses, `bits` name the shard.

    The first shard has what is loaded once. Raises EnvironmentFault for a form that is not the one known.
    """
    try:
        return _canonical(files, days, bits, first)
    except (KeyError, ValueError, TypeError, IndexError, OSError, EOFError, msgspec.MsgspecError) as error:
        raise EnvironmentFault(f"Pagefind wrote an index of another form than 1.5's: {error!r}") from error


def _canonical(
    files: Mapping[str, bytes], days: Mapping[str, str], bits: str, first: bool
) -> dict[str, bytes]:
    entry = msgspec.json.decode(files[ENTRY])
    ((lang, about),) = entry["languages"].items()
    wasm = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
    found: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for path, data in files.items():
        folder, _, name = path.rpartition("/")
        if folder == "fragment":
            plain = _unpacked(data)
            names[name.partition(".")[0]] = new = _fragment_name(plain, days, bits, found)
            found[f"fragment/{new}.pf_fragment"] = data
        elif first and path in (*SCRIPTS, wasm):
            found[path] = data
    version, pages, chunks, filters, sorts, fields = cbor2.loads(
        _unpacked(files[f"pagefind.{about['hash']}.pf_meta"])
    )
    named = []
    for name, old in sorted(filters):
        label, values = cbor2.loads(_unpacked(files[f"filter/{old}.pf_filter"]))
        data = _packed(cbor2.dumps([label, sorted(values)]))
        new = hashlib.blake2b(data, digest_size=5).hexdigest()
        found[f"filter/{new}.pf_filter"] = data
        named.append([name, new])
    held = []
    for opening, closing, old in chunks:
        data = files[f"index/{old}.pf_index"]
        new = _free_name("index/", data, CHUNK_NAME, ".pf_index", found)
        found[f"index/{new}.pf_index"] = data
        held.append([opening, closing, new])
    pages = [[names[old], words] for old, words in pages]
    meta = _packed(cbor2.dumps([version, pages, held, named, sorts, fields]))
    about["hash"] = hashlib.blake2b(meta, digest_size=5).hexdigest()
    found[f"pagefind.{about['hash']}.pf_meta"] = meta
    languages = {lang: {key: about[key] for key in sorted(about)}}
    # In this order: what names the others comes last.
    found[ENTRY] = msgspec.json.encode({**entry, "languages": languages})
    return found


def _fragment_name(plain: bytes, days: Mapping[str, str], bits: str, taken: Mapping[str, Any]) -> str:
    day = day_code(days[msgspec.json.decode(plain)["url"]])
    name = _free_name(f"fragment/{day}", plain, FRAGMENT_NAME, f"-{bits}.pf_fragment", taken)
    return f"{day}{name}-{bits}"


def _free_name(before: str, data: bytes, length: int, after: str, taken: Mapping[str, Any]) -> str:
    """A name made of the digest of `data`, longer than `length` only where another has it."""
    number = int.from_bytes(hashlib.blake2b(data, digest_size=16).digest(), "big")
    name = ""
    while len(name) < length or f"{before}{name}{after}" in taken:
        number, digit = divmod(number, 36)
        name += _DIGITS[digit]
    return name


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
