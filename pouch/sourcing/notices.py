"""Notices that pages show in place of a document: it is gone, a person must sign in or prove to be one, the site
pauses. The phrases are those of common web servers and publishing systems.

A page whose document is known to be lost is read loosely: one word is enough. Without a copy a headline may be about
sailors who were not found, so that a phrase counts only where it is about the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from lxml import html

from pouch.sourcing.phrases import (
    AMENDED,
    CONSENT,
    ERROR,
    FAULT,
    GONE,
    NEWSLETTER,
    PAGE,
    PAUSE,
    SIGN_IN,
    STUB,
    VACANT,
    WALL,
)

Notice = Literal["gone", "wall", "pause"]
_MARKED = """//*[contains(@class, 'error') or contains(@class, 'not-found') or contains(@class, '404')
             or contains(@id, 'error') or contains(@id, 'not-found')]"""
_STUB_NAMES = ("paywall", "regwall", "subscriber", "subscribe-wall", "members-only", "metered", "piano-offer")
_STUB_MARKS = " | ".join(
    (
        *(f"//*[contains(@class, '{name}') or contains(@id, '{name}')]" for name in _STUB_NAMES),
        """//script[contains(@type, 'ld+json')]
           [contains(translate(., 'FALSE "', 'false'), 'isaccessibleforfree:false')]""",
    )
)
_SHORT = 60
"""Words of a line that is a notice, at most."""
_BARE = 3
"""Words of a line that says no more than that something is not found."""
_CONSENTS = 3
"""Different words of consent that make a page one that asks for it."""


def notice_of(page: html.HtmlElement, text: Sequence[str], *, is_lost: bool) -> tuple[Notice, str] | None:
    """The notice that a page shows in place of a document, and its words; None if it shows none.

    The title, the first headings and what is marked as an error are read, then the sentences of `text`, if the page has
    few. `is_lost`: a copy shows that the document was another one.
    """
    lines = headings_of(page)
    body = " ".join(text)
    if is_lost and len(set(map(str.lower, CONSENT.findall(body)))) >= _CONSENTS:
        return "wall", body[:80]
    if len(body.split()) >= _SHORT:
        return next((("gone", line[:80]) for line in lines if _says_gone(line, is_lost)), None)
    everything = [*lines, *text] if text else [*lines, *map(str, page.xpath("//noscript//text()"))]
    for kind, says in _KINDS:
        for line in everything:
            if says(line, is_lost):
                return kind, line[:80]
    if page.xpath("//input[@type='password']"):
        return "wall", "a form to sign in"
    if is_lost and any(ERROR.search(line) for line in everything):
        return "pause", everything[0][:80]
    own_lines = [line for line in everything if not NEWSLETTER.search(line)]
    if is_lost and (match := SIGN_IN.search(" ".join(own_lines))):
        return "wall", match[0]
    return None


def headings_of(page: html.HtmlElement) -> list[str]:
    """The title, the first headings, and what is marked as an error, each on one line, the long ones left out."""
    title = str(page.xpath("string(//title)"))
    parts = [*page.xpath("(//h1 | //h2)[position() < 4]"), *page.xpath(_MARKED)]
    texts = [*re.split(r"\s[|–—·»-]\s", title), *(str(part.text_content()) for part in parts)]
    return [line for text in texts if 0 < len((line := " ".join(text.split())).split()) < _SHORT]


def is_stub(page: html.HtmlElement) -> bool:
    """Whether a page shows the beginning of a document, and the rest to those who pay."""
    return bool(page.xpath(_STUB_MARKS)) or bool(STUB.search(str(page.text_content())))


def amendment_of(lines: Sequence[str]) -> str:
    """The first of a document's new lines that says it was corrected or withdrawn, cut at 80 characters; else empty."""
    return next((line[:80] for line in lines if AMENDED.search(line)), "")


def notice_in(text: str) -> Notice | None:
    """The notice that a text without markup is."""
    return next((kind for kind, says in _KINDS if says(text, True)), None)


def _says_gone(line: str, is_lost: bool) -> bool:
    if not GONE.search(line):
        return False
    words = re.findall(r"[^\W\d_]+", line)
    return is_lost or len(words) < _BARE or bool(PAGE.search(line))


def _says_wall(line: str, is_lost: bool) -> bool:
    if not WALL.search(line):
        return False
    return is_lost or len(line.split()) <= _BARE + 2 or bool(re.search(r"\byou", line, re.IGNORECASE))


def _says_pause(line: str, is_lost: bool) -> bool:
    return _is_about_page(PAUSE.search(line), line, is_lost)


def _says_fault(line: str, is_lost: bool) -> bool:
    return _is_about_page(FAULT.search(line), line, is_lost)


def _is_about_page(match: re.Match[str] | None, line: str, is_lost: bool) -> bool:
    if match is None or is_lost:
        return match is not None
    return match.start() < 2 or len(line.split()) <= _BARE or bool(PAGE.search(line))


def _is_vacant(line: str, _: bool) -> bool:
    return VACANT.search(line) is not None


_KINDS: tuple[tuple[Notice, Callable[[str, bool], bool]], ...] = (
    ("gone", _is_vacant),
    ("wall", _says_wall),
    ("pause", _says_pause),
    ("gone", _says_gone),
    ("pause", _says_fault),
)
"""The more specific come first: a page that shuts out a country's readers also says that something is not available."""
