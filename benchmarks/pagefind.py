"""The search program that ours is compared with."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def find_pagefind() -> Path:
    """The program that the package pagefind-bin brings. Raises FileNotFoundError where there is none."""
    spec = find_spec("pagefind_bin")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    for name in ("pagefind_extended", "pagefind", "pagefind_extended.exe", "pagefind.exe"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError("pip install pagefind-bin")
