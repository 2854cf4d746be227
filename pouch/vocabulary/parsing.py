"""TOML, parsed once: a vocabulary of some hundred topics takes tomllib a fifth of a second, its cached form none.

The cache lies in the site's .pouch/ and is believed only for the very same text, so that it changes nothing but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from pouch.caching import keep

WORTHWHILE = 20_000
"""Characters from which a text is cached."""


class _Parsed(msgspec.Struct, array_like=True):
    digest: str
    tables: dict[str, Any]


def parse_toml(text: str, cache: Path) -> dict[str, Any]:
    """The tables of a TOML text, from the file `cache` if that holds this text's. Raises tomllib.TOMLDecodeError."""
    if len(text) < WORTHWHILE:
        return tomllib.loads(text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        known = msgspec.msgpack.decode(cache.read_bytes(), type=_Parsed)
        if known.digest == digest:
            return known.tables
    tables = tomllib.loads(text)
    _store(_Parsed(digest, tables), cache)
    return tables


def _store(parsed: _Parsed, cache: Path) -> None:
    data = msgspec.msgpack.encode(parsed)
    if msgspec.msgpack.decode(data, type=_Parsed) != parsed:
        return  # dates come back as text: such a file has faults to be reported, each time
    keep(data, cache)
