"""The cookies of one fetch: servers that hand one out and redirect expect it back. None outlives the fetch."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

_MOST = 50
"""Cookies of a host, as browsers allow."""
_LONGEST = 4096


class Cookies:
    """Cookies by the origin that set them; no other host gets them, and nothing unencrypted what came encrypted."""

    def __init__(self) -> None:
        self._by_origin: dict[tuple[str, str], dict[str, str]] = {}

    def take(self, scheme: str, host: str, headers: list[str]) -> None:
        """Take the values of Set-Cookie of a host's answer."""
        cookies = self._by_origin.setdefault((scheme, host), {})
        for header in headers:
            try:
                parsed = SimpleCookie(header[:_LONGEST])
            except CookieError:
                continue
            for name, morsel in parsed.items():
                if len(cookies) < _MOST:
                    cookies[name] = morsel.coded_value

    def header(self, scheme: str, host: str) -> str:
        """The value of Cookie for a request to a host; empty without any."""
        cookies = dict(self._by_origin.get(("http", host), {}))
        if scheme == "https":
            cookies |= self._by_origin.get((scheme, host), {})
        return "; ".join(f"{name}={value}" for name, value in cookies.items())
