"""Encodes values so that equal values give equal bytes, and digests them, to compare them between builds."""

from __future__ import annotations

import hashlib

import msgspec

encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(data: bytes) -> bytes:
    """16 bytes of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=16).digest()
