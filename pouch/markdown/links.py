"""Resolves the links and images of a body. Pure: a target as it is written → the address in the page."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PELICAN = re.compile(r"\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|")
# A host of plain labels and a path: nearly every address, told without taking it apart.
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*+(?:/[\w./%?=&~#-]*+)?", re.ASCII)
# No address may hold these as they are (RFC 3986, section 2; RFC 3987 lets it hold letters of any script).
# Nor signs that turn the order of others around (RFC 3987, section 4.1).
_NOT_IN_ADDRESSES = re.compile('[\x00-\x20\x7f"<>\\\\^`{|}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})
IMAGES = "images/"
"""The folder under content/, and in the site, that holds local images."""


class Target(NamedTuple):
    """A resolved target."""

    address: str | None  # what the page gets; None where nothing safe or sensible can be given
    kind: str  # "remote", "mail", "fragment", "site" (from the root), "entry" (a .md file), "image", "bad"
    fault: str = ""  # why it is bad, in words
    hint: str = "give the whole address with https://, or start it with /"


def has_scheme(target: str) -> bool:
    """Whether it leads to another host or program."""
    return target.startswith("//") or _SCHEME.match(target) is not None


def resolve_link(target: str, prefix: str) -> Target:
    """The target of a link. `prefix` is the path of SITEURL, "" or "/archive"."""
    resolved = _resolve(target.strip(), prefix)
    if resolved.address and _NOT_IN_ADDRESSES.search(resolved.address):
        encoded = _NOT_IN_ADDRESSES.sub(lambda sign: quote(sign[0]), resolved.address)
        return resolved._replace(address=encoded)
    return resolved


def _resolve(target: str, prefix: str) -> Target:
    if target.startswith("//"):
        target = "https:" + target
    if match := _SCHEME.match(target):
        scheme = match[0][:-1].lower()
        if scheme not in ALLOWED_SCHEMES:
            hint = "write it as text; links start with https:, http:, mailto: or /"
            return Target(None, "bad", f"a link to {scheme}: is not allowed", hint)
        if scheme == "mailto" and not target[len(match[0]) :].strip():
            return Target(None, "bad", "the mail address is missing", "write mailto:name@example.org")
        if scheme == "mailto":
            return Target(target, "mail")
        if _names_user(target):
            # Readers would take what stands before the @ for the host, or learn a password.
            hint = "write it without what stands before the @"
            return Target(None, "bad", "the address holds the name of a user", hint)
        if not _has_host(target):
            return Target(None, "bad", "the address has no host")
        if not is_plain_address(target) and _NOT_IN_ADDRESSES.search(host_of(target)):
            return Target(None, "bad", "the name of its host holds a blank or a sign that no host has")
        return Target(target, "remote")
    if not target or target.startswith(("#", "?")):
        return Target(target or None, "fragment", "" if target else "the link is empty")
    plain = _PELICAN.sub("", target)
    if plain.startswith("/") and plain == target:
        return Target(prefix + target, "site")
    path, mark, fragment = plain.partition("#")
    if path.endswith(".md"):
        stem = quote(unquote(posixpath.basename(path)[:-3]))
        return Target(f"{prefix}/briefings/{stem}/{mark}{fragment}", "entry")
    if image := image_path(path):
        return Target(f"{prefix}/{quote(image)}{mark}{fragment}", "image")
    return Target(None, "bad", "a link within the site starts with / or names a .md file")


def own_address(target: str, url: str) -> str | None:
    """The path, query and fragment of a web address that lies within the site at `url`; None for any other.

    http and https are one site, as are host names in capitals.
    """
    try:
        parts, own = urlsplit(target), urlsplit(url)
        same = bool(own.hostname) and parts.hostname == own.hostname and parts.port == own.port
    except ValueError:
        return None
    path = parts.path or "/"
    if not same or not f"{path}/".startswith(f"{own.path}/"):
        return None
    query, fragment = f"?{parts.query}" * bool(parts.query), f"#{parts.fragment}" * bool(parts.fragment)
    return f"{path}{query}{fragment}"


def absolute_address(address: str, base: str) -> str:
    """An address of a page as a feed needs it: resolved against `base`, the page's own (RFC 3986, section 5).

    `base` itself where the address cannot be read.
    """
    if _SCHEME.match(address):
        return address
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return base


def image_path(target: str) -> str | None:
    """The path under content/ that an image's target means, such as `images/map.png`; None for any other."""
    path = unquote(_PELICAN.sub("", target.strip()).partition("?")[0].partition("#")[0])
    path = posixpath.normpath(path.replace("\\", "/")).lstrip("/") if path else ""
    while path.startswith("../"):
        path = path[3:]
    return path if path.startswith(IMAGES) and "\0" not in path else None


def is_plain_address(text: str) -> bool:
    """Whether `text` is so plainly a web address with a host that nothing about it can be wrong."""
    return _PLAIN_ADDRESS.fullmatch(text) is not None


def host_of(address: str) -> str:
    """The host of a web address, without `www.`; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _names_user(address: str) -> bool:
    """Whether there is an @ in the part of a web address that names the host (RFC 3986, section 3.2.1)."""
    return "@" in address and "@" in re.split(r"[/?#]", address.partition("//")[2], maxsplit=1)[0]


def _has_host(address: str) -> bool:
    return is_plain_address(address) or bool(host_of(address))
