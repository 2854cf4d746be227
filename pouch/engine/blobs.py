"""Blobs: the HTML of bodies and the items of feeds, as the state stores them; and how stored data is sealed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

KEYS_A_QUERY = 500
"""SQLite's own limit was 999 before 3.32."""


class CorruptStateError(Exception):
    """A row is not what was stored. The build deletes the state and starts again without it."""


def sealed(table: str, key: str, data: bytes) -> bytes:
    """Data behind a checksum of it and of its place.

    SQLite notices a torn page, but neither a flipped bit inside a row nor a page that belongs elsewhere.
    """
    return zlib.crc32(data, zlib.crc32(f"{table} {key}".encode())).to_bytes(4, "big") + data


def unsealed(table: str, key: str, row: object) -> bytes:
    """The data of a row, whatever it was taken to be. Raises CorruptStateError where its checksum does not fit."""
    if isinstance(row, bytes):
        data = row[4:]
        if zlib.crc32(data, zlib.crc32(f"{table} {key}".encode())).to_bytes(4, "big") == row[:4]:
            return data
    raise CorruptStateError("a row has been damaged")


class Blobs:
    """The stored pieces, read-only, for a worker process: a connection must not cross a fork."""

    def __init__(self, file: str) -> None:
        # As a URI, so that "#", "?" and "%" in a folder's name are no part of its syntax.
        self.db = sqlite3.connect(f"{Path(file).as_uri()}?mode=ro", uri=True, timeout=30)

    def get(self, key: str) -> bytes:
        """One piece. Raises CorruptStateError where it is damaged or gone."""
        row = self.db.execute("SELECT data FROM blobs WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise CorruptStateError(f"piece {key} is missing")
        return unsealed("blobs", key, row[0])

    def get_all(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Several pieces, by key: at once, since a query costs more than a row. Raises CorruptStateError, as above."""
        pieces = {}
        for start in range(0, len(keys), KEYS_A_QUERY):
            some = keys[start : start + KEYS_A_QUERY]
            query = f"SELECT key, data FROM blobs WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608  # placeholders
            for key, row in self.db.execute(query, some):
                pieces[key] = unsealed("blobs", key, row)
        for key in keys:
            if key not in pieces:
                raise CorruptStateError(f"piece {key} is missing")
        return pieces

    def close(self) -> None:
        """Close the file."""
        self.db.close()
