"""Caches in a site's .pouch/: files that save time and decide nothing.

Each begins with a seal: a digest of what it was made of and of its content. A cache is used only if both match;
otherwise it is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

MOST = 1000
"""The most files in a folder. A fuller folder is cleared, since no file shows whether it is outdated."""
_SUFFIX = ".kept"
_SEAL = 32  # bytes of a BLAKE2b digest


class Cache:
    """The caches in one folder. Any number of processes may read and write them at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str, made_of: bytes) -> bytes | None:
        """What is cached under a name; None if there is nothing, or if it is damaged or outdated."""
        try:
            whole = self._file(name).read_bytes()
        except OSError:
            return None
        data = whole[_SEAL:]
        return data if whole[:_SEAL] == _seal(data, made_of) else None

    def put(self, name: str, data: bytes, made_of: bytes) -> None:
        """Store data whole, or leave the earlier file. A folder that cannot be written only costs time."""
        # Imported here: one build in a hundred stores something new.
        import tempfile

        with contextlib.suppress(OSError):
            # Two levels at most, so that no cache creates the folder of a site that does not exist.
            for folder in (self._folder.parent, self._folder):
                folder.mkdir(exist_ok=True)
            if sum(1 for _ in self._folder.iterdir()) >= MOST:
                self.clear()
            handle, temporary = tempfile.mkstemp(prefix=".pouch-", suffix=".tmp", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as opened:
                    opened.write(_seal(data, made_of) + data)
                Path(temporary).replace(self._file(name))
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise

    def clear(self) -> None:
        """Remove everything that was cached earlier."""
        with contextlib.suppress(OSError):
            for file in self._folder.iterdir():
                # Temporary files of killed builds too.
                if file.name.endswith((_SUFFIX, ".tmp")):
                    file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / (name + _SUFFIX)


def build_cache(root: str) -> Cache:
    """The cache of builds of the site in `root`, apart from their state. `pouch build --clean` clears it."""
    return Cache(Path(root) / ".pouch" / "cache")


def _seal(data: bytes, made_of: bytes) -> bytes:
    whole = hashlib.blake2b(len(made_of).to_bytes(8, "big") + made_of, digest_size=_SEAL)
    whole.update(data)
    return whole.digest()
