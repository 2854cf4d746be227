"""Local images: their sizes, and what is wrong with them."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

from pouch.markdown.images import ImageFile, image_files


def png(width: int, height: int) -> bytes:
    """The head of a PNG of that size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def test_sizes(tmp_path: Path) -> None:
    """An image has its size, or none where it tells none; anything else says why no page can show it."""
    images = tmp_path / "content" / "images"
    images.mkdir(parents=True)
    (images / "map.png").write_bytes(png(640, 480))
    (images / "empty.png").write_bytes(b"")
    (tmp_path / "secret.png").write_bytes(png(1, 1))
    (images / "leak.png").symlink_to(tmp_path / "secret.png")
    os.mkfifo(images / "pipe.png")
    (images / "chart.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    (images / "odd.bin").write_bytes(b"\x00\x01 another kind of image")
    (images / "lfs.png").write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4\n")
    (images / "page.jpg").write_bytes(b"\n<!DOCTYPE html><html><body>403 Forbidden</body></html>")
    (images / "note.gif").write_bytes(b"To be drawn.")
    image = image_files(tmp_path / "content")
    assert image("images/map.png") == ImageFile(640, 480)
    assert image("images/odd.bin") == ImageFile()
    assert image("images/chart.svg") == ImageFile()
    for path, fault in {
        "images/none.png": "no such file",
        "images/leak.png": "secret.png",
        "images/pipe.png": "no such file",
        "images": "no such file",
        "images/../../secret.png": "out of content/",
        "images/empty.png": "empty",
        "images/lfs.png": "Git LFS",
        "images/page.jpg": "HTML",
        "images/note.gif": "text",
    }.items():
        assert fault in image(path).fault, path
        assert image(path).hint, path
    assert image("images/MAP.png").hint == "did you mean images/map.png?"
    assert image("images/map.jpg").hint == "did you mean images/map.png?"
    assert image("images/lfs.png").hint == "run `git lfs pull`"
