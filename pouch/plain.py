"""POUCH_PLAIN: a switch that turns off all code that goes around private parts of a library.

Each such part has the same output as the library's own code, only faster. The switch shows whether a fault is ours or
the library's, and lets Pouch run on a version of a library whose private parts have changed.
"""

from __future__ import annotations

import os


def is_plain() -> bool:
    """Whether libraries are used only through their public interfaces: POUCH_PLAIN is set, and not to 0."""
    return os.environ.get("POUCH_PLAIN", "") not in ("", "0")
