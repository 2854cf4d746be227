"""One build at a time for each output folder. The kernel frees a dead builder's lock by itself."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pouch.errors import EnvironmentFault


@contextmanager
def locked(folder: Path, other: str = "another build of this site") -> Iterator[None]:
    """Hold the lock of the state in `folder` while the block runs.

    Raises EnvironmentFault, naming the process that holds it, where another is under way; `other` says what.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise EnvironmentFault(f"cannot lock {folder}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.pread(descriptor, 64, 0).decode("ascii", "replace").strip() or "unknown"
            raise EnvironmentFault(f"{other} is under way (process {owner})") from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
