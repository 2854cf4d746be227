"""Caches in a site's .pouch/: files that save time and decide nothing.

Each begins with a seal: a digest of what it was made of and of its content. A cache is used only if both match;
otherwise it is made again. Since a seal can be computed by anyone, and compiled templates are code, a file is used only
if it is the user's own and nobody else can write it (CWE-379).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path

MOST = 1000
"""The most files in a folder. A fuller folder is cleared, since no file shows whether it is outdated."""
_SUFFIX = ".kept"
_SEAL = 32  # bytes of a BLAKE2b digest
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Cache:
    """The caches in one folder. Any number of processes may read and write them at once."""

    def __init__(self, folder: Path, *, private: bool = False) -> None:
        """`private`: only this user writes into the folder; one that others can write is not read."""
        self._folder = folder
        self._private = private

    def get(self, name: str, made_of: bytes) -> bytes | None:
        """The bytes cached under a name; None if there are none, or if they are damaged or outdated."""
        try:
            if self._private and not _is_own(self._folder.stat()):
                return None
            whole = _read_own(self._file(name))
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
            self._keep_others_out()
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

    def _keep_others_out(self) -> None:
        """Take the permission to write from others, as some umasks give it. Raises OSError for another's folder."""
        if not self._private:
            return
        status = self._folder.stat()
        if not _is_own(status):
            self._folder.chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS_WRITE)
            self.clear()

    def _file(self, name: str) -> Path:
        return self._folder / (name + _SUFFIX)


def build_cache(root: str) -> Cache:
    """The cache of builds of the site in `root`, apart from their state. `pouch build --clean` clears it."""
    return Cache(Path(root) / ".pouch" / "cache", private=True)


def _is_own(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user, and nobody else can write it."""
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _read_own(file: Path) -> bytes:
    """The bytes of a file of this user's own. Raises OSError for any other, and for a symbolic link."""
    with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as opened:  # noqa: PTH123
        if not _is_own(os.fstat(opened.fileno())):
            raise PermissionError(file)
        return opened.read()


def _seal(data: bytes, made_of: bytes) -> bytes:
    whole = hashlib.blake2b(len(made_of).to_bytes(8, "big") + made_of, digest_size=_SEAL)
    whole.update(data)
    return whole.digest()
