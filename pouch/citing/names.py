"""Names of authors, as bibliographies order them: parted where it is clear how, else whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pouch.tables import pattern, table

_LONGEST = 4
"""A name of more words, particles aside, is taken for that of an organisation."""
_COMMA = re.compile(r"\s*[,،，、]\s*")
# What is no person's name: BibTeX would take a bare "and" for the end of the name.
_JOINED = re.compile(r"(?<!\S)(?:and|et|und|y|e|of|for|the|pour|für|para|des)(?!\S)|&", re.IGNORECASE)
# AFP Factuel, UN Women: capitals before another word are letters of an office, or a family name in front.
_ACRONYM = re.compile(r"(?:[A-ZÀ-ÞА-Я]{3,}|E[UC]|U[KNS])\s")
# In Han and Hangul the family name stands first; Vietnamese names in their own letters are cited whole.
_FAMILY_FIRST = re.compile(
    r"([\u3400-\u9fff々]{1,3}|[\uac00-\ud7a3]{1,2})\s+([\u3040-\u30ff\u3400-\u9fff々]+|[\uac00-\ud7a3]+)"
)
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ƠơƯư]")
# Portuguese: "son", "grandson", "nephew" behind the family name that they belong to.
_GENERATIONS = frozenset(("Filho", "Júnior", "Neto", "Sobrinho"))
_DEGREES = re.compile(
    r"(?:(?:Ph|D|B|M)\.?\s?(?:D|Phil|Sc|A|B\.?A|Ed|Eng|P\.?H|P\.?A|S)|[JM]\.?D|LL\.?[BDM]|R\.?N|Esq|[CKMO]BE|[KQ]C|FRS|CFA|CPA)\.?"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr)\.?|I{2,3}|IV|VI{0,3}", re.IGNORECASE)


class Name(NamedTuple):
    """A person's family and given name; an organisation, or a name that is not split, has a family name alone."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """ "Family, Given, Suffix", or the whole name."""
        return ", ".join(filter(None, self))


@cache
def _organisation() -> re.Pattern[str]:
    # Compiled when it is first used: that takes four milliseconds, and few archives name authors.
    return pattern("pouch.citing", "names", "organisation")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table("pouch.citing", "names")[kind].split())


@lru_cache(maxsize=4096)
def split_name(name: str) -> Name:
    """A name in its parts. "Ludwig van Beethoven" is "van Beethoven, Ludwig"; a comma parts family and given name.

    A name stays whole if it has one word or many, or one of an organisation. Titles and degrees are left out.
    """
    whole = " ".join(name.split())
    parts = [part for part in _COMMA.split(whole) if part]
    if not parts or _JOINED.search(whole) or _organisation().search(whole) or _ACRONYM.match(whole):
        return Name(whole)
    suffix = ""
    while len(parts) > 1 and (_DEGREES.fullmatch(parts[-1]) or _SUFFIX.fullmatch(parts[-1])):
        last = parts.pop()
        suffix = last if _SUFFIX.fullmatch(last) else suffix
    if len(parts) > 2:
        return Name(whole)
    words = _without_titles(parts[-1].split())
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]) and not suffix:
        suffix = words.pop()
    if len(parts) == 2:
        return Name(parts[0], " ".join(words), suffix)
    family, given_name = _parted(words)
    return Name(family, given_name, suffix if given_name else "")


def _without_titles(words: Sequence[str]) -> list[str]:
    """The words of a name from the first that is no title; all of them if there is no other."""
    start = 0
    while start < len(words) - 1 and words[start].rstrip(".").lower() in _words("titles"):
        start += 1
    return list(words[start:])


def _parted(words: Sequence[str]) -> tuple[str, str]:
    """Family and given name, the latter empty if it is not clear which is which."""
    name = " ".join(words)
    if match := _FAMILY_FIRST.fullmatch(name):
        return match[1], match[2]
    particles = _words("particles")
    # Al Ray and Van Morrison begin with a name.
    names = [word for word in words if word not in particles or (word is words[0] and word[0].isupper())]
    if _VIETNAMESE.search(name) or not 2 <= len(names) <= _LONGEST:
        return name, ""
    # Particles belong to the family name.
    start = len(words) - 1 - (len(words) > 2 and words[-1] in _GENERATIONS)
    while start > 1 and words[start - 1] in particles:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def highwire_names(names: Sequence[str]) -> list[str]:
    """Authors as `citation_author` has them: "Family, Given", which Zotero and Google Scholar take for one person.

    Zotero parts a name without a comma at its last space (`cleanAuthor` of zotero/utilities), so "Crisis Group," has
    one. It keeps nothing behind a second comma: "Jr." follows the given name, an organisation's own commas go. A lone
    "de la Cruz, María José" is two authors to it (`processHighwireCreators` of zotero/translators), unless the spaces
    of the given names may not break.
    """
    parted = [split_name(name) for name in names]
    return [_highwire(name, "\u00a0" if len(parted) == 1 and " " in name.family else " ") for name in parted]


def _highwire(name: Name, space: str) -> str:
    if name.given:
        return f"{name.family}, {' '.join(filter(None, name[1:])).replace(' ', space)}"
    whole = _COMMA.sub(" ", name.family)
    return f"{whole}," if " " in whole else whole
