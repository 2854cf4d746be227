"""Addresses of sources: whether one leads to a document, or only to the home page of who published it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from pouch.characters import shown_name, unusual
from pouch.markdown.links import is_plain_address

# RFC 3987, section 4.1: no address holds signs that turn the order of others around. Invisible signs make two
# addresses look alike. The joiners U+200C and U+200D are letters' own in Persian and Hindi, but not in a host.
_INVISIBLE = r"\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_NEVER = rf'\s<>"{{}}|\\^`\x00-\x1f\x7f-\x9f{_INVISIBLE}'
# RFC 3986, section 3.2.2: brackets stand around an IPv6 address and nowhere else.
_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|[^{_NEVER}\u200c\u200d\[\]@/?#:]+)(?::[0-9]*)?"
URL_PATTERN = rf"https?://{_HOST}(?:[/?#][^{_NEVER}\[\]]*)?"
_url = re.compile(URL_PATTERN, re.IGNORECASE)
_encodable = re.compile(rf"[\[\]{_INVISIBLE}]")
_authority = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_doi = re.compile(r"(?:doi:?\s*)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_scheme = re.compile(r"(https?)[:;/]{1,3}", re.IGNORECASE)
_host_first = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
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


class AddressFault(NamedTuple):
    """Why a text is no web address that pages and feeds can hold."""

    reason: str  # continues "… is not a web address"; may be empty
    hint: str
    encoded: str | None  # the same address as it can be written, where there is only one way to


def is_web_address(text: str) -> bool:
    """Whether `text` is an http or https address with a host, and can stand in a page and a feed as it is."""
    if is_plain_address(text):
        return True
    if not _url.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def web_address(text: str | None) -> str | None:
    """`text` as a web address, with what may not stand in one encoded; None where it is none."""
    if not text:
        return None
    encoded = encoded_address(text)
    return encoded if is_web_address(encoded) else None


def encoded_address(text: str) -> str:
    """An address with brackets and invisible signs behind its host percent-encoded (RFC 3986, section 2.1)."""
    if text.isascii() and "[" not in text and "]" not in text:
        return text
    match = _authority.match(text)
    if match is None:
        return text
    return match[0] + _encodable.sub(lambda sign: quote(sign[0]), text[match.end() :])


def address_fault(text: str) -> AddressFault | None:
    """The reason why `text` is no web address; None where it is one."""
    if is_web_address(text):
        return None
    match = _authority.match(text)
    if match and "@" in match[1]:
        without = text.replace(match[1], match[1].rpartition("@")[2], 1)
        hint = "write it without what stands before the @"
        if is_web_address(without):
            hint = f"write {without}"
        return AddressFault(": it holds the name of a user", hint, None)
    if sign := unusual(text):
        return AddressFault(f": it holds {shown_name(sign)}", "copy the address again, without it", None)
    if encoded := web_address(text):
        hint = f"write {encoded}; `pouch check --fix` does"
        return AddressFault(": brackets must be percent-encoded", hint, encoded)
    if likely := _likely_address(text.strip()):
        return AddressFault("", f"write {likely}", None)
    return AddressFault("", "an address starts with https:// or http:// and has no spaces", None)


def _likely_address(text: str) -> str:
    """The address that a text most likely stands for; empty where there is none."""
    if doi := _doi.fullmatch(text):
        return f"https://doi.org/{doi[1]}"
    if scheme := _scheme.match(text):
        text = f"{scheme[1].lower()}://{text[scheme.end() :]}"
    elif _host_first.match(text):
        text = f"https://{text}"
    first, *others = text.split(" ")
    if not first.endswith((",", ";")) and not any(other.startswith(("http", "www.")) for other in others):
        text = text.replace(" ", "%20")
    return text if is_web_address(text) else ""
