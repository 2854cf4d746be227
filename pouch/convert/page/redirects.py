"""Links through a tracking redirect: the link contains the target address, which is the one to write.

Google Docs, mail programs and networks put their own address before each link. Only forms that hold the whole address
are taken apart; nothing is fetched.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

MOST_HOPS = 3
"""Counters behind each other that are taken apart."""

# A host, the path behind it, and the parameters that may hold the address.
_COUNTERS: tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(host), re.compile(path), names)
    for host, path, names in (
        (r"(?:www\.)?google\.[a-z.]{2,6}", r"/url", ("q", "url")),
        (r"[\w-]+\.safelinks\.protection\.outlook\.com", r".*", ("url",)),
        (r"(?:l|lm)\.(?:facebook|instagram)\.com", r"/.*", ("u",)),
        (r"(?:www\.)?youtube\.com", r"/redirect", ("q",)),
        (r"(?:www\.)?linkedin\.com", r"/(?:safety/go|redir/redirect)", ("url",)),
        (r"t\.umblr\.com", r"/redirect", ("z",)),
        (r"out\.reddit\.com", r"/.*", ("url",)),
        (r"(?:slack-redir\.net)", r"/link", ("url",)),
        (r"(?:www\.)?vk\.com", r"/away\.php", ("to",)),
        (r"exit\.sc|away\.vk\.com|deref-[\w.-]+", r".*", ("url", "redirectUrl")),
        (r"urldefense\.(?:com|proofpoint\.com)", r"/v[12]/url", ("u",)),
    )
)
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
    for host, path, names in _COUNTERS:
        if host.fullmatch(parts.netloc.lower()) and path.fullmatch(parts.path):
            query = parse_qs(parts.query)
            for name in names:
                for value in query.get(name, []):
                    if "/v2/" in parts.path:  # of Proofpoint: its own signs for % and /
                        value = unquote(value.replace("-", "%").replace("_", "/"))
                    if value.startswith(("http://", "https://")):
                        return value
    return None
