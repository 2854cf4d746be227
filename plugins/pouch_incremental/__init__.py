"""Pelican plugin: files that Pelican writes are replaced whole, only when their bytes differ, and pruned when they go.

On a Pouch site the engine does this for its own outputs, and skips rendering too; this writer holds what Pelican itself
still writes (template pages, other plugins' files) to the same promise. On any other Pelican site it does so for
everything that goes through Pelican's writer.
"""

from typing import Any

PAGES: list[Any] = []
"""It adds nothing. The empty list marks it as one of Pouch's own plugins."""


def register() -> None:
    """Called by Pelican."""
    # Imported here: `pouch build` reads the lists of every plugin, and runs without Pelican.
    from pelican import signals

    from pouch_incremental.writer import prune_unwritten

    signals.get_writer.connect(_writer)
    signals.finalized.connect(prune_unwritten)


def _writer(_: object) -> type[Any]:
    from pouch_incremental.writer import IncrementalWriter

    return IncrementalWriter
