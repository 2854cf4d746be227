"""What a source's address leads to: a document, or only the front door of who published it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pouch.markdown.links import is_plain_address

URL_PATTERN = r"https?://[^\s<>\"{}|\\^`]+"
_url = re.compile(URL_PATTERN, re.IGNORECASE)
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


def is_web_address(text: str) -> bool:
    """Whether `text` is an http or https address with a host."""
    if is_plain_address(text):
        return True
    if not _url.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
