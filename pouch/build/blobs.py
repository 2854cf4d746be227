"""Blobs: the HTML of bodies and the items of feeds, as the state stores them; and how stored data is sealed."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path


class CorruptStateError(Exception):
    """A row is not what was stored. The build discards the state and begins anew."""


def sealed(data: bytes) -> bytes:
    """Data behind its checksum: SQLite notices a torn page, but not a flipped bit inside a row."""
    return zlib.crc32(data).to_bytes(4, "big") + data


def unsealed(row: bytes) -> bytes:
    """The data of a row. Raises CorruptStateError where its checksum does not fit."""
    data = row[4:]
    if zlib.crc32(data).to_bytes(4, "big") != row[:4]:
        raise CorruptStateError("a row has been damaged")
    return data


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
        return unsealed(row[0])

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()
