"""What a source's address leads to: a document, or only the front door of who published it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# A language or a country alone, and the names that servers give a first page.
_FRONT = re.compile(
    r"[a-z]{2}|[a-z]{2}[-_][a-z]{2,4}|(?:index|home|default|main)(?:\.[a-z]{2,5})?", re.IGNORECASE
)


def is_home_page(address: str) -> bool:
    """Whether a web address names no document: a host alone, or with a language or a first page behind it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    segments = [segment for segment in parts.path.split("/") if segment]
    return (
        not parts.query
        and not parts.fragment.strip("/!")
        and all(map(_FRONT.fullmatch, segments))
        and len(segments) < 3
    )
