"""Sizes of local images, read from the head of each file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import imagesize


def image_sizes(content: Path) -> Callable[[str], tuple[int, int] | None]:
    """A function from a path under `content`, such as `images/map.png`, to width and height in pixels.

    It gives None where there is no such file, and (0, 0) where its size cannot be told. Each file is read once.
    """
    known: dict[str, tuple[int, int] | None] = {}

    def size(path: str) -> tuple[int, int] | None:
        if path not in known:
            known[path] = _read(content / path, content)
        return known[path]

    return size


def _read(file: Path, content: Path) -> tuple[int, int] | None:
    # A link that leads out of content/ would publish what nobody meant to publish; a pipe would never end.
    if not file.is_file() or not file.resolve().is_relative_to(content.resolve()):
        return None
    try:
        width, height = imagesize.get(file)
    except (OSError, ValueError):
        return (0, 0)
    return (round(width), round(height)) if width > 0 and height > 0 else (0, 0)
