"""Finds units of a text that are a web page's boilerplate. The rules are data: pouch/convert/text/data/boilerplate/."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

from pouch.tables import pattern

_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Rule(msgspec.Struct, frozen=True):
    """One rule of one language; the fields are explained in data/boilerplate/README.md."""

    name: str
    lang: str
    opening: re.Pattern[str] | None  # its patterns that open with ^: tried once instead of at every place
    within: re.Pattern[str] | None  # the others
    patterns: tuple[str, ...]  # all of them
    at: Literal["anywhere", "edge"]
    longest: int

    def finds(self, text: str) -> bool:
        """Whether one of its patterns is in `text`, which is in small letters."""
        return bool((self.opening and self.opening.match(text)) or (self.within and self.within.search(text)))


def _compiled(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile(_either(patterns)) if patterns else None


def _either(patterns: list[str]) -> str:
    """The patterns as one. The edge of a word that many open with is looked for once, which fails at most places."""
    at_word = _at_word(patterns)
    others = [one for one in patterns if not _is_at_word(one)]
    return "|".join([*([at_word] if at_word else []), *(f"(?:{one})" for one in others)])


def _at_word(patterns: list[str]) -> str:
    """The patterns that open with the edge of a word, as one pattern; empty where there are none."""
    words = "|".join(one[2:] for one in patterns if _is_at_word(one))
    return rf"\b(?:{words})" if words else ""


def _is_at_word(pattern: str) -> bool:
    return pattern.startswith(r"\b") and not _parted(pattern)


def _parted(pattern: str) -> bool:
    """Whether a pattern is several, separated by | outside of all groups."""
    flat = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
    while (inner := re.sub(r"\([^()]*\)", "", flat)) != flat:
        flat = inner
    return "|" in flat


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of every language, in the order of language and file.

    All are tried on every text: a page's boilerplate is often in another language than its article.
    """
    all_rules = []
    folder = files("pouch.convert.text").joinpath("data/boilerplate")
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml"):
            continue
        for name, table in tomllib.loads(file.read_text("utf-8")).items():
            opening = [one for one in table["patterns"] if one.startswith("^")]
            within = [one for one in table["patterns"] if not one.startswith("^")]
            place, longest = table.get("at", "anywhere"), table.get("longest", 200)
            all_rules.append(
                Rule(
                    name,
                    file.name[:-5],
                    _compiled(opening),
                    _compiled(within),
                    tuple(table["patterns"]),
                    place,
                    longest,
                )
            )
    return tuple(all_rules)


LONGEST = 400
"""No rule looks at a unit longer than this: it is prose."""


LENGTHS = (0, 60, 100, 160, 200)
"""Lengths that part the units: of a longer unit fewer rules look, which makes prose, the most of a page, cheap."""


@cache
def _any_rule(length: int) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The patterns that look at units longer than `length`: those that open them, those at a word, and the others.

    Most units match none. Apart they take half the time: where no word starts, few are tried.
    """
    patterns = [one for rule in rules() if rule.longest > length for one in rule.patterns]
    opening = "|".join(one for one in patterns if one.startswith("^"))
    within = [one for one in patterns if not one.startswith("^")]
    others = _either([one for one in within if not _is_at_word(one)])
    return (
        re.compile(opening or _NOTHING),
        re.compile(_at_word(within) or _NOTHING),
        re.compile(others or _NOTHING),
    )


_NOTHING = r"(?!)"


SHORTEST_ASIDE = 20
"""Characters of a unit in brackets from which the rules look inside of them."""


@lru_cache(maxsize=2048)
def _suspect(text: str) -> str | None:
    """The unit in plain characters where a rule may find something in it.

    In small letters, as patterns are: a search that disregards case takes five times as long, for it cannot pass over
    an alternative by its first letter.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_PLAIN)
    plain = " ".join(plain.split()).lower()
    if len(plain) >= SHORTEST_ASIDE and plain[0] in "([" and plain[-1] in ")]":
        plain = plain[1:-1].strip()
    if not plain:
        return None
    opening, at_word, others = _any_rule(max(length for length in LENGTHS if length < len(plain)))
    return plain if opening.match(plain) or at_word.search(plain) or others.search(plain) else None


_ALSO = pattern("pouch.convert.text", "lines", "also")
_SIGN = re.compile(r"[:：|>»›→►▶]|\s[–—-]\s")
_STOPS = tuple(".!…。！")
_TEASERS = frozenset(("read-also", "share", "more", "author-box", "comments"))
SENTENCE = 5
"""Words from which a line that ends with a full stop is a sentence."""


def _is_prose(text: str) -> bool:
    """Whether a line that opens like a teaser reads on as a sentence or a subhead of the article.

    A teaser has a sign that no sentence has: a colon or an arrow behind its first words, or the title that follows
    opens with a capital and ends without a full stop.
    """
    words = text.split()
    if _SIGN.search(" ".join(words[:4])):
        return False
    if text.rstrip("»”’\"')] ").endswith(_STOPS) and len(words) >= SENTENCE:
        return True
    also = _ALSO.match(text)
    return also is not None and also["next"].islower()


@lru_cache(maxsize=2048)
def boilerplate_rule(text: str, *, edge: bool, linked: bool = False) -> str | None:
    """The name of the rule by which a unit is boilerplate, or None.

    `edge`: whether it stands before the first or after the last full paragraph of its article; `linked`: whether it
    is a link as a whole.
    """
    if len(text) > LONGEST:
        return None
    if (plain := _suspect(text)) is None:
        return None
    for rule in rules():
        if len(plain) <= rule.longest and (edge or rule.at == "anywhere") and rule.finds(plain):
            if rule.name in _TEASERS and not linked and _is_prose(text):
                continue
            return rule.name
    return None
