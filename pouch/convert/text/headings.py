"""Lines with a meaning of their own: key-points headings, bylines. The words are data: data/headings.toml."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pouch.tables import any_of
from pouch.tables import words as table_words

_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " "})
# Signs that messengers, letters and pages put before the points of a list where they have no better means.
POINT_SIGN = (
    r"(?:(?:[\u2190-\u21ff\u2600-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f1e6-\U0001faff]"
    r"[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*){1,3}|\d\ufe0f?\u20e3)"
)
# A name: capitalised words, with the small words that stand inside names.
_NAME = (
    r"(?:(?:[^\W\d_a-zß-ÿ][\w.'’-]+|[A-Z]\.)(?:\s+(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|della|di|da|dos|du|la|le|von|van|der"
    r"|den|zu|bin|ibn|al|el|and|et|und|y|e|en|i))*\s+[^\W\d_a-zß-ÿ][\w.'’-]+)"
)


def words(kind: str) -> tuple[str, ...]:
    """The entries of one table of headings.toml, all languages, in order."""
    return table_words("pouch.convert.text", "headings", kind)


def plain(text: str) -> str:
    """`text` for comparing: NFC, small letters, plain apostrophes and spaces, no colon at the end."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    text = " ".join(text.casefold().split())
    return text.rstrip(" :")


@cache
def _key_points() -> frozenset[str]:
    return frozenset(plain(word) for word in words("key_points"))


def is_key_points(text: str) -> bool:
    """Whether a line is the heading of an article's key points."""
    return len(text) < 80 and plain(text) in _key_points()


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(rf"(?i:{any_of(words('byline'))})\s*:?\s+(?P<name>{_NAME})(?P<rest>[\s,/|(–—-].*)?")


@cache
def _aside() -> re.Pattern[str]:
    """The words after a name: the agency whose material was used, or what the person is."""
    used, offices = any_of(words("with")), any_of(words("office"))
    return re.compile(
        rf"\s*(?:,\s*|\s)(?:{used})\s.*|\s*(?:/\s*|\()[A-Z]{{2,6}}\)?"
        rf"|(?:\s*[,(/|]\s*|\s+[–—-]\s+)(?:[\w'’.&-]+\s+)*(?:{offices})\b[^.]*",
        re.IGNORECASE,
    )


def byline(text: str) -> str | None:
    """The names in a line that is nothing but a byline, as it spells them; None where it is none.

    Agencies whose material was used and what the person is may follow: "By Jane Doe, Cairo correspondent".
    """
    text = " ".join(text.split())
    match = _byline().fullmatch(text) if len(text) <= 100 else None
    if match is None or (match["rest"] and not _aside().fullmatch(match["rest"])):
        return None
    return match["name"]


def without_aside(name: str) -> str:
    """Names without the agency or the office that follows them."""
    for at, sign in enumerate(name):
        if at and not sign.isalnum() and _aside().fullmatch(name, at):
            return name[:at].rstrip(" ,(/|–—-")
    return name


@cache
def _one_of(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(words(kind))})\b", re.IGNORECASE)


def is_label(text: str) -> bool:
    """Whether a text beside a name is a label or a link's invitation, and no name."""
    return _one_of("no_name").search(text) is not None


def is_office(text: str) -> bool:
    """Whether a text says what a person is: "Editor", "Southern Africa correspondent"."""
    return _one_of("office").search(text) is not None
