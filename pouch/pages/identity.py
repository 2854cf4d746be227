"""Identity: the UUIDv5 in the site's namespace by which feeds and pages call an entry, a feed or the site for ever."""

from __future__ import annotations

import hashlib
import uuid
from functools import cache

_VARIANT = "89ab"


def guid(site_id: str, name: str) -> str:
    """The UUIDv5 (RFC 9562, section 5.5) of `name` in the namespace `site_id`, a UUID, as a URN.

    The name of an entry is its id. Spelt out rather than left to `uuid.uuid5`, which takes three times as long: a
    build asks for every entry's.
    """
    digest = hashlib.sha1(_namespace(site_id) + name.encode(), usedforsecurity=False).hexdigest()
    variant = _VARIANT[int(digest[16], 16) & 3]
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


@cache
def _namespace(site_id: str) -> bytes:
    return uuid.UUID(site_id).bytes
