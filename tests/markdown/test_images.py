"""Sizes of local images."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

from pouch.markdown.images import image_sizes


def png(width: int, height: int) -> bytes:
    """The head of a PNG of that size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def test_sizes(tmp_path: Path) -> None:
    """An image has its size in pixels; one of an unknown kind is there without a size; others are not there."""
    images = tmp_path / "content" / "images"
    images.mkdir(parents=True)
    (images / "map.png").write_bytes(png(640, 480))
    (images / "odd.bin").write_bytes(b"no image")
    (images / "empty.png").write_bytes(b"")
    (tmp_path / "secret.png").write_bytes(png(1, 1))
    (images / "leak.png").symlink_to(tmp_path / "secret.png")
    os.mkfifo(images / "pipe.png")
    size = image_sizes(tmp_path / "content")
    assert size("images/map.png") == (640, 480)
    assert size("images/odd.bin") == (0, 0)
    assert size("images/empty.png") == (0, 0)
    for path in (
        "images/none.png",
        "images/leak.png",
        "images/pipe.png",
        "images",
        "images/../../secret.png",
    ):
        assert size(path) is None, path
