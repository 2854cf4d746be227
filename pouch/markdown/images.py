"""Local images: the size of each, read from its head, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_HEAD = 1024
"""Bytes that are enough to tell what a file is."""


LARGE = 3000
"""Pixels on a side beyond which an image is larger than any screen shows it beside a text."""


class ImageFile(NamedTuple):
    """An image under content/, as pages need it."""

    width: int = 0  # in pixels; 0 where its size cannot be told
    height: int = 0
    fault: str = ""  # why no page can show it, in words; empty for an image


def image_files(content: Path) -> Callable[[str], ImageFile]:
    """A function from a path under `content`, such as `images/map.png`, to what is there. Each file is read once."""
    cache: dict[str, ImageFile] = {}

    def image(path: str) -> ImageFile:
        if path not in cache:
            cache[path] = _read(content / path, content)
        return cache[path]

    return image


def too_large(image: ImageFile) -> bool:
    """Whether readers on a phone would wait for pixels that no page shows."""
    return max(image.width, image.height) > LARGE


def large_image(path: str, image: ImageFile) -> tuple[str, str]:
    """Message and hint for an image that is too large; it is published as it is."""
    message = (
        f"the image {path!r} has {image.width} × {image.height} pixels, which readers on a phone wait for"
    )
    return message, "store it with at most 2000 pixels on its longer side"


def _read(file: Path, content: Path) -> ImageFile:
    # A pipe would never end.
    if not file.is_file():
        return ImageFile(fault="there is no such file")
    if not file.resolve().is_relative_to(content.resolve()):
        return ImageFile(fault=f"it is a link out of content/, to {file.resolve()}")
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
        # Imported here: it brings an HTTP client, and most texts have no picture.
        import imagesize

        width, height = imagesize.get(file)
    except OSError as error:
        return ImageFile(fault=f"it cannot be read: {error.strerror or error}")
    except ValueError:
        width, height = -1, -1
    if width > 0 and height > 0:
        return ImageFile(round(width), round(height))
    return ImageFile(fault=_fault(head))


def _fault(head: bytes) -> str:
    """The nature of a file whose size cannot be told; empty for an image of a form without size, or of another form."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        return "the file is empty"
    if start.startswith(b"version https://git-lfs"):
        return "it is a pointer of Git LFS, not the image; run `git lfs pull`"
    if b"<svg" in start:
        return ""
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start:
        return "the file is an HTML page, not an image; download the image itself"
    if b"\0" not in head and head.isascii():
        return "the file is text, not an image"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")) and len(head) < 64:
        return "the image is cut short; copy it again"
    if head.startswith(b"%PDF"):
        return "the file is a PDF, not an image; link to it instead"
    return ""
