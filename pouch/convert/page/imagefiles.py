"""Bytes that are said to be an image → what they are, and the name under which they are kept.

Nothing is decoded: a format is known by its signature, its size by its header. What is refused is what a reader's
browser could run or would not show.
"""

from __future__ import annotations

import hashlib
import io
import re

import msgspec

from pouch.markdown.links import IMAGES

FOLDER = f"{IMAGES}articles/"
"""Under content/: images that came with articles."""

LARGEST = 15_000_000
"""Bytes of an image."""

MOST_PIXELS = 100_000_000
"""Width times height; some bytes can claim to be more than a browser has memory for."""

_SIGNATURES = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    # ISO 14496-12, 4.3: the brands of a file stand in its first box.
    ("avif", re.compile(rb"\0\0\0.ftyp(?:avi[fs]|.{8}(?:.{4})*?avif)", re.DOTALL)),
)
# What a file of that format has at its end, where that is certain: without it, it was cut off.
_LAST = {"png": b"IEND", "jpg": b"\xff\xd9"}
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)


class ImageError(Exception):
    """Why bytes are no image that we publish."""


class ImageFile(msgspec.Struct, frozen=True):
    """An image that browsers show."""

    data: bytes
    path: str  # under content/; it depends on the bytes alone, so that the same image is stored once
    width: int  # pixels
    height: int


def examine(data: bytes) -> ImageFile:
    """The image that some bytes are. Raises ImageError, with the reason in words."""
    if len(data) > LARGEST:
        raise ImageError(f"it has more than {LARGEST // 1_000_000} MB, no image on a page has")
    extension = next((name for name, signature in _SIGNATURES if signature.match(data[:1000])), None)
    if extension is None:
        raise ImageError(_otherwise(data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")))
    # Imported here: few articles hold their images, and it loads half of the library's network code.
    import imagesize

    try:
        width, height = imagesize.get(io.BytesIO(data))
    except Exception as error:  # anything can be raised by bytes that somebody has made up
        raise ImageError(f"it opens as {extension.upper()}, and is damaged") from error
    width, height = round(width), round(height)
    cut = _LAST.get(extension, b"") not in data
    if extension == "webp":
        cut = len(data) < 8 + int.from_bytes(data[4:8], "little")
    if width <= 0 or height <= 0 or cut:
        raise ImageError(f"it opens as {extension.upper()}, and is damaged")
    if width * height > MOST_PIXELS:
        raise ImageError(f"it claims {width} × {height} pixels, more than a browser should be asked to show")
    name = hashlib.sha256(data).hexdigest()[:32]
    return ImageFile(data, f"{FOLDER}{name[:2]}/{name}.{extension}", width, height)


def _otherwise(opening: bytes) -> str:
    if not opening:
        return "it is empty"
    if _HTML.match(opening):
        return "it is a web page, and no image"
    if opening.startswith(b"<") and _SVG.search(opening):
        return "it is SVG, which can hold scripts"
    return "it is no PNG, JPEG, GIF, WebP or AVIF"
