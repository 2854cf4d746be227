"""Typing errors that are corrected and reported. Everything else stays as the author wrote it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import msgspec

from pouch.characters import find_forbidden
from pouch.convert.text.report import Repair
from pouch.tables import table

# Inside an address nothing is a slip.
_ADDRESS = re.compile(r"://|@|\bwww\.")


# Khmer, Thai, Lao and Burmese mark by zero-width spaces where words part; there they are spelling.
_UNPARTED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
_INVISIBLE = re.compile(rf"[\u00ad\u2060\ufeff\u180e]|(?<!{_UNPARTED})\u200b|\u200b(?!{_UNPARTED})")
# Latin ligatures, and the forms of Arabic letters by their place in a word, that PDFs hold in the letters' stead.
_LIGATURES = re.compile(r"[\ufb00-\ufb06\ufb50-\ufbb1\ufbd3-\ufbff\ufe70-\ufefc]")
_SIGNS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("invisible-character", _INVISIBLE, lambda _: ""),
    ("ligature", _LIGATURES, lambda sign: unicodedata.normalize("NFKC", sign.group())),
)


class RepairRule(msgspec.Struct, frozen=True):
    """One kind of typing error and its correction. Data: pouch/convert/text/data/repairs.toml."""

    name: str
    find: str  # a regular expression
    put: str  # its replacement, with \\g<…> references
    sign: str  # a regular expression that starts with a literal, and is in every text in which `find` is


def clean_characters(text: str) -> str:
    """`text` without invisible characters, its ligatures as letters."""
    for _, pattern, replace in () if text.isascii() else _SIGNS:
        text = pattern.sub(replace, text)
    return text


@cache
def _repair_rules() -> tuple[tuple[RepairRule, re.Pattern[str], re.Pattern[str]], ...]:
    rules = [RepairRule(name, **rule) for name, rule in table("pouch.convert.text", "repairs").items()]
    return tuple((rule, re.compile(rule.find), re.compile(rule.sign)) for rule in rules)


def repair(text: str, unit: int) -> tuple[str, list[Repair]]:
    """`text`, one unit of the input, with its typing errors corrected, and the corrections.

    `before` and `after` are the word with the error and its correction, without the spaces around them.
    """
    repairs: list[Repair] = []
    for name, pattern, replace in () if text.isascii() else _SIGNS:
        while sign := pattern.search(text):
            start, end = _word_around(text, sign.start(), sign.end())
            put = pattern.sub(replace, text[start:end])
            repairs.append(Repair(unit, text[start:end], put, name))
            text = text[:start] + put + text[end:]
    while forbidden := find_forbidden(text):
        start, end = _word_around(text, forbidden.start(), forbidden.end())
        put = "".join(c for c in text[start:end] if not find_forbidden(c))
        repairs.append(Repair(unit, text[start:end], put, "control-character"))
        text = text[:start] + put + text[end:]
    for rule, pattern, rule_sign in _repair_rules():
        if rule_sign.search(text) is None:
            continue
        position = 0
        while match := pattern.search(text, position):
            start, end = _word_around(text, match.start(), match.end())
            if _ADDRESS.search(text, start, end):
                position = end
                continue
            put = match.expand(rule.put)
            repaired = text[: match.start()] + put + text[match.end() :]
            repairs.append(
                Repair(unit, text[start:end], repaired[start : end + len(repaired) - len(text)], rule.name)
            )
            text = repaired
            position = match.start() + max(len(put), 1)
    return text, repairs


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
