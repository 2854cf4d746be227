"""Small images in every format that is stored."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode


def png(width: int = 120, height: int = 100, shade: int = 200) -> bytes:
    """A grey PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes([shade]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# 120 × 100 pixels each.
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    b"\xff\xc0\0\x0b\x08\0\x64\0\x78\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0\0\xff\xd9"
)
GIF = b"GIF89a\x78\0\x64\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x78\0\x64\0\0\2\2D\1\0;"
WEBP = b64decode(
    "UklGRmgAAABXRUJQVlA4IFwAAACQBgCdASp4AGQAP3G42GW0ryunIKgCkC4JaQDW7K+wE97iLwmZVRG9UOzLUVBVUPrxDMq14EMyrRMqohmA"
    "AP7fgD4MttoffjCaSPWtqJ6JXA6gQhEkvCzLWnEAAA=="
)
AVIF = b64decode(
    "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0"
    "bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAANQAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBy"
    "cAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAeAAAAGQAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1h"
    "AAAAAAAAAAEAAQQBAoMEAAAAPW1kYXQSAAoJGBm742iAhoNCMiYTseHhVnf///iwC4DPyinHler2mLZ5H2Fse/+Mg6VeJi9oaP0oQA=="
)
SCRIPTED = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
