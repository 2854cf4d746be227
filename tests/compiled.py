"""Compiled templates and translations that the sites of one test process share."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path()
"""Set when the tests begin (`tests/conftest.py`)."""


def share(root: Path) -> None:
    """Commands that run on the site in `root` in a process of their own compile nothing again either."""
    (root / ".pouch").mkdir(parents=True, exist_ok=True)
    (root / ".pouch" / "cache").symlink_to(FOLDER)
