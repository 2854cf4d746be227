"""Caches in a site's .pouch/: files that save time and decide nothing.

Whoever reads one checks that it is whole and of what it claims to be, and makes it anew where it is not.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def keep(data: bytes, file: Path) -> None:
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
                opened.write(data)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
