"""The lists of a vocabulary, cached if they have no fault.

Parsing and checking some hundred topics takes longer than all other steps of a build with one edit before planning. The
cache is in the site's .pouch/ and is used only for identical texts, so it only saves time.
"""

from __future__ import annotations

import msgspec

from pouch.caching import build_cache
from pouch.code import engine_digest
from pouch.digests import encode
from pouch.site import Site
from pouch.vocabulary.terms import Country, Region, Topic

WORTHWHILE = 20_000
"""Bytes of both files together from which their lists are stored."""
_NAME = "vocabulary"


class Lists(msgspec.Struct, frozen=True, array_like=True):
    """All terms by their keys, in their files' order."""

    countries: dict[str, Country]
    topics: dict[str, Topic]
    regions: dict[str, Region]


def texts(site: Site) -> bytes | None:
    """All inputs of the lists: our own code, both files, the reserved slugs; None if a file is unreadable."""
    files = []
    for name in ("countries.toml", "topics.toml"):
        try:
            files.append((site.vocabulary_path / name).read_bytes())
        except FileNotFoundError:
            files.append(b"")
        except OSError:
            return None
    return encode([engine_digest(), site.languages, *files])


def stored_lists(site: Site, made_of: bytes) -> Lists | None:
    """The lists of these texts, if they are cached."""
    data = build_cache(site.root).get(_NAME, made_of)
    return None if data is None else msgspec.msgpack.decode(data, type=Lists)


def store_lists(lists: Lists, site: Site, made_of: bytes) -> None:
    """Store lists in the cache."""
    build_cache(site.root).put(_NAME, msgspec.msgpack.encode(lists), made_of)
