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
    hint: str = ""  # the cure of the fault


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
        return ImageFile(fault="there is no such file", hint=_elsewhere(file, content))
    if not file.resolve().is_relative_to(content.resolve()):
        hint = "put the file itself under content/images/"
        return ImageFile(fault=f"it is a link out of content/, to {file.resolve()}", hint=hint)
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
        # Imported here: it brings an HTTP client, and most texts have no picture.
        import imagesize

        width, height = imagesize.get(file)
    except OSError as error:
        hint = "give your user the right to read it"
        return ImageFile(fault=f"it cannot be read: {error.strerror or error}", hint=hint)
    except ValueError:
        width, height = -1, -1
    if width > 0 and height > 0:
        return ImageFile(round(width), round(height))
    fault, hint = _fault(head)
    return ImageFile(fault=fault, hint=hint)


def _elsewhere(file: Path, content: Path) -> str:
    """The cure for an image that is not there: a file of nearly that name, in capitals or with another ending."""
    try:
        names = [other.name for other in file.parent.iterdir()] if file.parent.is_relative_to(content) else []
    except OSError:
        names = []
    stems = {name.rpartition(".")[0].lower(): name for name in names}
    likely_name = next((name for name in names if name.lower() == file.name.lower()), "")
    if likely_name := likely_name or stems.get(file.stem.lower(), ""):
        return f"did you mean {(file.parent / likely_name).relative_to(content).as_posix()}?"
    return "store it there under content/, or correct the name"


def _fault(head: bytes) -> tuple[str, str]:
    """Why a file whose size cannot be told is no image, and the cure; empty for an image without or of unknown size."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        return "the file is empty", "store the picture there again"
    if start.startswith(b"version https://git-lfs"):
        return "it is a pointer of Git LFS, not the image", "run `git lfs pull`"
    if b"<svg" in start:
        return "", ""
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start:
        return "the file is an HTML page, not an image", "download the image itself"
    if b"\0" not in head and head.isascii():
        return "the file is text, not an image", "store the picture there"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")) and len(head) < 64:
        return "the image is cut short", "copy it again"
    if head.startswith(b"%PDF"):
        return "the file is a PDF, not an image", "link to it instead"
    return "", ""
