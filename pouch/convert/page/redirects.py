"""Links through a tracking redirect: the link contains the target address, which is the one to write.

Google Docs, mail programs and networks put their own address before each link. Only forms that hold the whole address
are taken apart; nothing is fetched.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from pouch.tables import table

MOST_HOPS = 3
"""Counters behind each other that are taken apart."""

_SERVICES = [
    (re.compile(service["host"]), re.compile(service["path"]), service["parameters"])
    for service in table("pouch.convert.page", "redirects")["services"]
]
_PROOFPOINT = re.compile(r"https://urldefense\.com/v3/__(?P<address>https?:/{1,2}.+?)__;.*")


def direct_address(address: str) -> str:
    """The target address of a link, as far as the link itself contains it."""
    for _ in range(MOST_HOPS):
        if (behind := _behind(address)) is None:
            return address
        address = behind
    return address


def _behind(address: str) -> str | None:
    if match := _PROOFPOINT.fullmatch(address):
        return re.sub(r"^(https?:)/(?!/)", r"\1//", unquote(match["address"]))
    parts = urlsplit(address)
    for host, path, names in _SERVICES:
        if host.fullmatch(parts.netloc.lower()) and path.fullmatch(parts.path):
            query = parse_qs(parts.query)
            for name in names:
                for value in query.get(name, []):
                    if "/v2/" in parts.path:  # of Proofpoint: its own signs for % and /
                        value = unquote(value.replace("-", "%").replace("_", "/"))
                    if value.startswith(("http://", "https://")):
                        return value
    return None
