"""The bytes of a response as they were before they were packed (RFC 9110, 8.4): gzip and deflate."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_AUTOMATIC = 32 + zlib.MAX_WBITS  # a gzip or zlib header says which
_BARE = -zlib.MAX_WBITS  # deflate without a header, as some servers send it
_MOST = 65_536


class PackingError(ValueError):
    """The response is packed in another way than was asked for, or damaged, or cut off."""


def unpack(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The unpacked bytes of a body, in pieces of bounded size. `encoding` is its Content-Encoding.

    Raises PackingError: a body that ends before its packing does is cut off, which no parser of pages notices.
    """
    stream: Iterable[bytes] = chunks
    names = [name.strip().lower() for name in encoding.split(",")]
    for name in reversed([name for name in names if name not in ("", "identity", "none")]):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise PackingError(f"it is packed as {name[:20]}, which was not asked for")
        stream = _inflate(stream, is_deflate=name == "deflate")
    yield from stream


def _inflate(chunks: Iterable[bytes], *, is_deflate: bool) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_AUTOMATIC)
    is_first = True
    try:
        for chunk in chunks:
            rest = chunk
            if is_first and is_deflate and rest and (rest[0] & 15 != 8 or int.from_bytes(rest[:2]) % 31):
                unpacker = zlib.decompressobj(_BARE)
            is_first = is_first and not rest
            while rest:
                if unpacker.eof:
                    if not rest.strip(b"\0"):
                        break
                    # A gzip file may have several members (RFC 1952, 2.2).
                    unpacker = zlib.decompressobj(_AUTOMATIC)
                yield unpacker.decompress(rest, _MOST)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as error:
        raise PackingError("its compression is damaged") from error
    if not is_first and not unpacker.eof:
        raise PackingError("it is cut off: its compression has no end")
