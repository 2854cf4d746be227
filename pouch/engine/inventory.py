"""Inventory: do the files of the output lie as the last build left them?

A stat for each, and nothing else, so that a process of its own can take it while the build looks at its sources.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pouch.engine.fingerprint import ALTERED, MISSING

Strays = dict[str, str]
"""Files that do not lie as they were left: path below the output folder → MISSING or ALTERED."""


def take_inventory(store: str, output: str) -> Strays:
    """Compare the folder `output` with what the state in the file `store` knows of it. Raises sqlite3.Error."""
    strays = {}
    # As a URI, so that "#", "?" and "%" in a folder's name are no part of its syntax.
    with closing(sqlite3.connect(f"{Path(store).as_uri()}?mode=ro", uri=True, timeout=30)) as db:
        rows = db.execute("SELECT path, size, mtime_ns FROM outputs")
        try:
            # Names are looked up from there: a third faster than from the root for each.
            folder = os.open(output, os.O_RDONLY)
        except (FileNotFoundError, NotADirectoryError):
            return dict.fromkeys((path for path, _, _ in rows), MISSING)
        try:
            for path, size, mtime_ns in rows:
                try:
                    stat = os.stat(path, dir_fd=folder)  # for every output: a Path costs more
                except (OSError, TypeError, ValueError):
                    # A damaged row may hold what is no path at all.
                    strays[path] = MISSING
                    continue
                if stat.st_mtime_ns != mtime_ns or stat.st_size != size:
                    strays[path] = ALTERED
        finally:
            os.close(folder)
    return strays
