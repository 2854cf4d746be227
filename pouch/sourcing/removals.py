"""Sentences that say that the document of an address is not there, in the tables of `data/removals.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from pouch.sourcing.patterns import any_of
from pouch.sourcing.texts import count_words
from pouch.tables import table

Strength = Literal["whole", "begun", "told"]
"""A line that says nothing else; one that goes on after it says so; one that goes on for long, as an article does."""

_LONG = 8
"""Words after which a sentence that does not point to this very document tells more than that it is gone."""
_LONGEST = 400
"""Characters of a line that are read: a notice says it at once."""
_OPENING = r"[\s\d.,!…:;*•|–—><_\[\](){}¡¿'+=/#!-]{0,12}"
"""The characters that may stand before a sentence; no quotation marks, since those who quote it write about it."""
_CRY = r"[^\W\d_]{1,12}(?: [^\W\d_]{1,12})?(?:!|…|\.\.\.|！)"
"""An interjection, in any language."""
_ENDING = r"[\s\d.,!…:;*•|–—><_\[\](){}?。！？、।۔؟'\"”»)~-]*"
_GOES_ON = (
    r"(?!\s+(?:in (?!our|the archive|this|accordance|line with|compliance)|as an? |until |outside |while "
    r"|for sale|[\d,.]+ times|once |twice |often ))"
)
"""The words that follow in English where a document is missing in one form only, or for a while."""
_INSIDE = re.compile(r"(?<=[^\W\d_] )[^\W\d_]{3,}")
"""A word that stands behind another, as no first word of a sentence does."""
_GERMAN = re.compile(
    r"\b(der|die|das|nicht|ist|wurde|und|leider|den|diese[rs]?|auf|kein\w*|sie)\b", re.IGNORECASE
)
_APOSTROPHES = str.maketrans("’‘ʼ`´\u00a0\u202f\u3000", "'''''   ")


class _Grammar(NamedTuple):
    whole: re.Pattern[str]
    begun: re.Pattern[str]


class _Grammars(NamedTuple):
    each: tuple[_Grammar, ...]
    pointing: re.Pattern[str]
    noun: re.Pattern[str]
    loss: re.Pattern[str]
    days: re.Pattern[str]


def removal_in(line: str) -> Strength | None:
    """The strength with which a line says that the document is not there; None if it does not."""
    text = _plain(line)
    grammars, pointing = _grammars()[:2]
    if any(grammar.whole.match(text) for grammar in grammars):
        return "whole"
    match = next(filter(None, (grammar.begun.match(text) for grammar in grammars)), None)
    if match is None:
        return None
    rest = re.split(r"[.:;!?]", text[match.end() :])[0]
    is_told = (count_words(rest) > _LONG or is_specific(rest)) and not pointing.search(match[0])
    return "told" if is_told else "begun"


def may_be_removal(line: str) -> bool:
    """Whether a line has a word for a document and one of loss, in whatever sentence."""
    grammars = _grammars()
    text = _plain(line)
    return bool(grammars.noun.search(text) and grammars.loss.search(text))


def is_specific(text: str) -> bool:
    """Whether a text names a number, a day, or, in languages that write it small otherwise, somebody or something."""
    if re.search(r"\d|[\"“”„«»「」『』《》]", text) or _grammars().days.search(text):
        return True
    names = any(word[0].isupper() and word[1:].islower() for word in _INSIDE.findall(text))
    return names and not _GERMAN.search(text)


def patterns() -> list[re.Pattern[str]]:
    """Every pattern that is made of the tables."""
    grammars, *others = _grammars()
    return [*(each for grammar in grammars for each in grammar), *others]


def _plain(line: str) -> str:
    return " ".join(line.translate(_APOSTROPHES).split())[:_LONGEST]


@cache
def _grammars() -> _Grammars:
    languages = dict(table("pouch.sourcing", "removals"))
    common = languages.pop("all")
    lead = rf"{_OPENING}(?:{_CRY}\s*)?(?:(?:{any_of(common['lead'])})\b{_OPENING}){{0,3}}"
    lead += rf"(?:(?:{any_of(common['cause'])})[^.!?:;。]{{1,80}}?[,，、،]\s*)?"
    grammars = tuple(_grammar(words, lead, any_of(common["adverb"])) for words in languages.values())
    nouns = "|".join(any_of(words["noun"]) for words in languages.values())
    rest = (
        re.compile(each, re.IGNORECASE) for each in (nouns, any_of(common["loss"]), any_of(common["days"]))
    )
    return _Grammars(grammars, re.compile(any_of(common["pointing"]), re.IGNORECASE), *rest)


def _grammar(words: dict[str, str], lead: str, adverb: str) -> _Grammar:
    this, noun, which, verb = (any_of(words[key]) for key in ("this", "noun", "which", "verb"))
    # Scripts without blanks and without articles have no word boundaries to rely on.
    gap = r"\s*"
    subject = rf"(?:{noun})(?:{gap}(?:{which}))?{gap}(?:,\s*)?(?:(?:{adverb})\s+){{0,2}}"
    says = rf"(?:{this}){gap}{subject}(?:{verb})"
    bare = rf"(?:(?:{this}){gap})?{subject}(?:{verb})"
    whole = rf"{lead}(?:{bare}|(?:{any_of(words['whole'])})){_ENDING}$"
    begun = rf"{lead}(?:{bare if words.get('bare') else says}|(?:{any_of(words['whole'])})){_GOES_ON}"
    return _Grammar(re.compile(whole, re.IGNORECASE), re.compile(begun, re.IGNORECASE))
