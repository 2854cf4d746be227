"""Caches in a site's .pouch/: files that save time and decide nothing.

Each begins with a seal, a digest of what it was made of and of what it holds. So a cache is believed only where it is
whole and was made of the very same; anything odd about it, and it is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

_SEAL = 32  # bytes of a BLAKE2b digest


def kept(file: Path, made_of: bytes) -> bytes | None:
    """What lies in a cache; None where there is nothing, or nothing that can be believed."""
    try:
        whole = file.read_bytes()
    except OSError:
        return None
    data = whole[_SEAL:]
    return data if whole[:_SEAL] == _seal(data, made_of) else None


def keep(data: bytes, file: Path, made_of: bytes) -> None:
    """Write a cache whole, or leave it as it was: a folder that cannot be written costs time, nothing else."""
    # Imported here: a build writes a cache once in a hundred times.
    import tempfile

    with contextlib.suppress(OSError):
        # Two levels at most, so that no cache makes the folder of a site that is not there.
        for folder in (file.parent.parent, file.parent):
            folder.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".pouch-", suffix=".tmp", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(_seal(data, made_of) + data)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _seal(data: bytes, made_of: bytes) -> bytes:
    whole = hashlib.blake2b(len(made_of).to_bytes(8, "big") + made_of, digest_size=_SEAL)
    whole.update(data)
    return whole.digest()
