"""Pages that stand in an article's place: error pages, checks of the visitor, requests for consent, paywalls.

The phrases are data: data/walls.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pouch.convert.text.blocks import Structure
from pouch.convert.text.headings import plain
from pouch.tables import words

ERROR_PAGE = 700
"""An error page has fewer characters of text; an article with the same title has more."""

CONSENT_PAGE = 4000
"""A consent page has fewer characters of text."""

_HTML_TITLE = re.compile(r"<title[^>]*>(.{1,300}?)</title>", re.IGNORECASE | re.DOTALL)
_PARTED = re.compile(r"\s+[|·•–—:-]+\s+|\s*\|\s*|:\s+")
_CODE = re.compile(
    r"\s*+(?:(?:http )?(?:error|erreur|fehler|errore|erro|fout)?\s*+(?:code)?\s*+[1-5]\d\d)\s*+[:.–-]?\s*+"
)


def wall(parts: Structure, html: str) -> str | None:
    """The thing that a page is instead of an article, in words; None where it can be an article."""
    texts = [unit.text for unit in parts.report.kept if unit.role != "title"]
    length = sum(map(len, texts))
    if length < ERROR_PAGE:
        titles = [
            parts.title or "",
            *(unit.text for unit in parts.report.kept if unit.role in ("title", "subhead")),
        ]
        if (page_title := _HTML_TITLE.search(html)) is not None:
            titles.append(page_title.group(1))
        if any(_is_error_title(title) for title in titles):
            return "it is an error page or a check of the visitor"
        if any(_finds("machine", text) for text in texts):
            return "it is a server's message to the visitor"
    prose = [text for text in texts if len(text) >= 40]
    asking = sum(len(text) for text in prose if _asks_consent(text))
    if length < CONSENT_PAGE and asking and asking * 2 >= sum(map(len, prose)):
        return "it is a page that asks for consent to cookies"
    return None


def paywall(parts: Structure) -> str | None:
    """The line that says that the rest of an article is for subscribers; None where there is none below its text."""
    units = [unit for unit in parts.report.kept if unit.role in ("paragraph", "quotation", "item")]
    if not units:
        return None
    # A sentence of the article never says so at its end: only a line after the last paragraph counts.
    last = units[-1].unit
    lines: Iterable[str] = (
        *(unit.text for unit in parts.report.dropped if unit.unit > last),
        *(unit.text for unit in units[-2:] if len(unit.text) < 160),
    )
    return next(
        (" ".join(line.split()) for line in lines if len(line) < 250 and _finds("paywall", line)), None
    )


def _is_error_title(title: str) -> bool:
    pieces = [title, *_PARTED.split(title)]
    return any(_bare(piece) in _titles() for piece in pieces)


def _bare(title: str) -> str:
    """A title as data/walls.toml lists it: small letters, without a status code and closing marks."""
    title = plain(title)
    if re.fullmatch(r"(?:http )?(?:error )?(?:40[0-9]|41[0-9]|429|451|50[0-9]|52[0-9])", title):
        return "error"
    return _CODE.sub("", title).strip(" .…!?:-–—。")


def _asks_consent(text: str) -> bool:
    return _finds("consent_speaker", text) and _finds("consent_data", text)


def _finds(kind: str, text: str) -> bool:
    return _pattern(kind).search(plain(text)) is not None


@cache
def _titles() -> frozenset[str]:
    titles = words("pouch.convert.drafts", "walls", "titles")
    return frozenset(plain(title).strip(" .…!?:-–—。") for title in titles)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    patterns = words("pouch.convert.drafts", "walls", kind)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
