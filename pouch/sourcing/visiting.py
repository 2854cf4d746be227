"""Polite visits: one request a host a second, robots.txt respected, failures tried again."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from pouch.convert.intake.fetching import ANY, Fetched, FetchError, Limits, fetch

PAUSE = 1.0
"""Seconds between two requests to a host."""
TRIES = 3
LIMITS = Limits(connect=10, read=20, total=30, size=20_000_000)
_AGENT = "pelican-pouch"
_WORTH_TRYING = frozenset(("timeout", "unreachable"))
_TEMPORARY = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524))
_LONGEST_WAIT = 60.0
"""Seconds that a server may ask to be left alone for; who asks for more is visited at the next run."""


class Visitor:
    """Visits addresses for one run."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        limits: Limits = LIMITS,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`sleep` and `now` are the clock's."""
        self._allow_private = allow_private
        self._limits = limits
        self._pause = pause
        self._sleep = sleep
        self._now = now
        self._last: dict[str, float] = {}  # host → when it was last asked
        self._robots: dict[str, RobotFileParser] = {}

    def visit(self, url: str) -> Fetched:
        """The answer of an address. Raises FetchError; its code is "robots" where the host asks to stay away."""
        if not self._robots_of(url).can_fetch(_AGENT, url):
            raise FetchError("robots", "its host asks programs to stay away (robots.txt)")
        for number in range(1, TRIES + 1):
            try:
                return self._ask(url)
            except FetchError as error:
                is_temporary = error.code in _WORTH_TRYING or error.status in _TEMPORARY
                wait = max(self._pause * 2**number, _retry_after(error))
                if not is_temporary or number == TRIES or wait > _LONGEST_WAIT:
                    raise
                self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _ask(self, url: str) -> Fetched:
        host = urlsplit(url).netloc
        wait = self._last.get(host, float("-inf")) + self._pause - self._now()
        if wait > 0:
            self._sleep(wait)
        self._last[host] = self._now()
        return fetch(url, media=ANY, allow_private=self._allow_private, limits=self._limits)

    def _robots_of(self, url: str) -> RobotFileParser:
        """The rules of a host; none where it has no robots.txt, or nothing answers (RFC 9309, section 2.3.1).

        Raises FetchError where the file cannot be had because of an error of the server: programs then stay away.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._robots.get(origin)
        if rules is None:
            try:
                text = self._ask(f"{origin}/robots.txt").data.decode("utf-8", "replace")
            except FetchError as error:
                if error.status >= 500:
                    message = (
                        f"the robots.txt of its host answers {error.status}, so programs stay away for now"
                    )
                    raise FetchError("unreachable", message) from error
                text = ""
            rules = self._robots[origin] = RobotFileParser()
            rules.parse(text.splitlines())
        return rules


def _retry_after(error: FetchError) -> float:
    """The seconds that a server asks to wait for (RFC 9110, 10.2.3); 0 if it names none, or a date."""
    value = error.answer.headers.get("retry-after", "") if error.answer else ""
    return float(value) if value.isascii() and value.isdigit() else 0.0
