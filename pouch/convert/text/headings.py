"""Lines with a meaning of their own: key-points headings, bylines. The words are data: data/headings.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " "})
# A name: capitalised words, with the small words that stand inside names.
_NAME = (
    r"(?:(?:[^\W\d_a-zß-ÿ][\w.'’-]+|[A-Z]\.)(?:\s+(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|della|di|da|dos|du|la|le|von|van|der"
    r"|den|zu|bin|ibn|al|el|and|et|und|y|e|en|i))*\s+[^\W\d_a-zß-ÿ][\w.'’-]+)"
)


@cache
def words(kind: str) -> tuple[str, ...]:
    """The entries of one table of headings.toml, all languages, in order."""
    table = tomllib.loads(files("pouch.convert.text").joinpath("data/headings.toml").read_text("utf-8"))
    return tuple(dict.fromkeys(word for language in table[kind].values() for word in language))


def plain(text: str) -> str:
    """`text` for comparing: NFC, small letters, plain apostrophes and spaces, no colon at the end."""
    text = " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).casefold().split())
    return text.rstrip(" :")


@cache
def _key_points() -> frozenset[str]:
    return frozenset(plain(word) for word in words("key_points"))


def is_key_points(text: str) -> bool:
    """Whether a line is the heading of an article's key points."""
    return len(text) < 80 and plain(text) in _key_points()


@cache
def _byline() -> re.Pattern[str]:
    openers = "|".join(re.escape(word) for word in sorted(words("byline"), key=len, reverse=True))
    return re.compile(rf"(?i:{openers})\s*:?\s+(?P<name>{_NAME})")


def byline(text: str) -> str | None:
    """The names in a line that is nothing but a byline, as it spells them; None where it is none."""
    text = " ".join(text.split())
    found = _byline().fullmatch(text) if len(text) <= 100 else None
    return found["name"] if found else None
