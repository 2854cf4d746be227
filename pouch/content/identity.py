"""Creates ids. An id is assigned once and never changes: every GUID follows from it."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pouch.content.addresses import encoded_address

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o or u, which are misread."""

LENGTH = 10
_BITS = 5
_DIGEST_BITS = 256


def _spell(number: int) -> str:
    return "".join(ALPHABET[number >> _BITS * place & 31] for place in reversed(range(LENGTH)))


def mint_random() -> str:
    """A fresh id for a new entry: 10 characters, 50 random bits."""
    return _spell(secrets.randbits(LENGTH * _BITS))


def candidates(seed: str) -> Iterator[str]:
    """The ids of an article, the first that is free being its own.

    The first 50 bits of the SHA-256 of `seed` (UTF-8, NFC), then the next 50: five ids in all.
    """
    digest = hashlib.sha256(unicodedata.normalize("NFC", seed).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest, "big")
    width = LENGTH * _BITS
    for bits in range(width, _DIGEST_BITS + 1, width):
        yield _spell(number >> (_DIGEST_BITS - bits) & (1 << width) - 1)


def mint(seed: str) -> str:
    """The id of an article whose seed is `seed`, as long as no other article has it."""
    return next(candidates(seed))


def article_seed(*, url: str | None, title: str | None, text: str) -> str:
    """The seed of an article's id: its canonical address, else its title, a newline and its text.

    A text without a title of its own has it in its first line. Line ends count as one newline each.
    """
    if url:
        return canonical_address(url)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"{title}\n{text}" if title else text


def canonical_address(url: str) -> str:
    """One spelling of a web address: scheme and host in lower case, no fragment, no `utm_*` parameter.

    Brackets behind the host are percent-encoded.
    """
    parts = urlsplit(encoded_address(url.strip()))
    query = parts.query
    parameters = [
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _tracks(name)
    ]
    # A query without a tracker keeps its spelling: writing it again could change its escapes.
    if any(_tracks(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        query = urlencode(parameters)
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme.lower(), user + at + host.lower(), parts.path, query, ""))


def _tracks(name: str) -> bool:
    return name.lower().startswith("utm_")
