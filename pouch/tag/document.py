"""The text to be analysed: normalised for matching, with the way back to the original's characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

# One character for one, so that offsets stay: apostrophes, blanks, hyphens of every kind.
_SAME_LENGTH = (
    dict.fromkeys("’ʼ‘`´ʹ′", "'")
    | dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\t\r\n\u2028\u2029\x0b\x0c", " ")
    | dict.fromkeys("\u2010\u2011\u00ad", "-")
)
# Such as KYIV, Ukraine (AP) — or CLEVELAND, Feb 26 - or Paris (AFP) –
_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_][\w .,'/’-]{1,60}?)"
    r"(?:,? (?:\d{1,2}(?:er)? )?[^\W\d_]{3,9}\.?(?: \d{1,2})?(?:,? \d{4})?)?"
    r"(?: ?[(/][^)/\n]{2,40}[)/])?"
    r" ?(?:--|[-–—])\s"
)
LEAD_LENGTH = 400
"""Characters at most that count as the lead."""
SHORT_LEAD = 50
"""Characters at least: a first paragraph that is shorter is a byline or a dateline."""


class Document:
    """A title and a text as one: positions count characters in title + "\\n" + text."""

    def __init__(
        self, title: str, text: str, boilerplate: Iterable[str] = (), credit_phrases: Iterable[str] = ()
    ) -> None:
        self.original = f"{title}\n{text}"
        self._back: list[int] | None = None
        plain = self.original
        if not unicodedata.is_normalized("NFC", plain):
            plain, self._back = _composed(plain)
        self.title_end = (
            len(plain) - len(text) - 1 if self._back is None else plain.index("\n", _length(title))
        )
        self.lines = plain
        # `str.translate` looks up each character; a character that a text has not is missed at once.
        for sign, usual in _SAME_LENGTH.items():
            plain = plain.replace(sign, usual)
        # No match may extend from the title into the text.
        self.text = f"{plain[: self.title_end]}\n{plain[self.title_end + 1 :]}"
        self._boilerplate = tuple(boilerplate)
        self._credits = tuple(credit_phrases)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in title + "\\n" + text as they were given."""
        if self._back is None:
            return start, end
        return self._back[start], self._back[end]

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, one character for one."""
        return lower(self.text)

    @cached_property
    def body_start(self) -> int:
        """The position of the text's first character that is not a blank."""
        start = self.title_end + 1
        while start < len(self.text) and self.text[start].isspace():
            start += 1
        return start

    @cached_property
    def dateline(self) -> tuple[int, int]:
        """The span of the text's opening place ("KYIV, Ukraine"); an empty span if there is none."""
        match = _DATELINE.match(self.text, self.body_start, self.body_start + 120)
        if match is None or not _is_place(match["place"]):
            return self.body_start, self.body_start
        return match.span("place")

    @cached_property
    def lead(self) -> tuple[int, int]:
        """The first paragraph, or its first LEAD_LENGTH characters."""
        start = self.body_start
        end = self.lines.find("\n\n", start)
        end = min(end if end >= 0 else len(self.text), start + LEAD_LENGTH)
        return start, max(end, min(start + SHORT_LEAD, len(self.text)))

    @cached_property
    def masked(self) -> tuple[tuple[int, int], ...]:
        """Lines that link elsewhere ("Read more: …") or credit reporters: places in them are not evidence."""
        spans: list[tuple[int, int]] = []
        if not (self._boilerplate or self._credits):
            return ()
        cues = tuple(cue.casefold() for cue in self._boilerplate)
        start = self.title_end + 1
        for line in self.lines[start:].splitlines(keepends=True):
            folded = line.lstrip(" \t•*-–>»:(_\u00a0").casefold()
            credit = len(line) < 200 and any(phrase in folded for phrase in self._credits)
            if (credit or folded.startswith(cues)) and len(line) < 300:
                spans.append((start, start + len(line)))
            start += len(line)
        return tuple(spans)

    def is_masked(self, position: int) -> bool:
        """Whether a position is in one of the masked lines."""
        return any(start <= position < end for start, end in self.masked)


def lower(text: str) -> str:
    """Lower case, one character for one."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_place(text: str) -> bool:
    """A dateline's place is in capitals, or short and without lower-case words."""
    words = text.replace(",", " ").split()
    if not words or len(words) > 6:
        return False
    return words[0].isupper() or (len(words) <= 4 and all(word[:1].isupper() for word in words))


def _length(text: str) -> int:
    return len(unicodedata.normalize("NFC", text))


def _composed(text: str) -> tuple[str, list[int]]:
    """The NFC form, and for each of its characters (and its end) the place in `text`."""
    parts: list[str] = []
    back: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (unicodedata.combining(text[end]) or "\u1160" <= text[end] <= "\u11ff"):
            end += 1
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        back.extend([start] * len(part))
        start = end
    back.append(len(text))
    return "".join(parts), back
