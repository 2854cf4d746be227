"""Rules for names that do not mean the country: waters, ships, persons, seats of international bodies.

The words are in data/namesakes.toml, data/bodies.toml and data/persons.toml. A rule looks at the text around a name,
never at which country it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec

from pouch.tables import table

_PREPOSITION = (
    r"(?:(?:of|of the|de|de la|de l'|du|des|d'|del|della|dello|dell'|di|da|do|das|dos|von|vom|van|van de) ?)?"
)
_NAME_PART = r"(?:[A-ZÀ-ÞЀ-Я][\w'’-]*\s)"
_CAPITALISED = re.compile(r"(?<![\w'-])([^\W\d_a-zß-öø-ÿа-я][\w'-]*) $")
_CAPITALISED_AFTER = re.compile(r" ([^\W\d_a-zß-öø-ÿа-я][\w-]+)")
CONTEXT = 60
"""Characters before a name that are looked at."""


class Body(msgspec.Struct, frozen=True):
    """An international body: its seat, and the words by which a text names it."""

    seat: str
    cities: frozenset[str]  # in lower case
    words: re.Pattern[str]
    stands_for: bool = False


class Namesakes(msgspec.Struct, frozen=True):
    """The rules of one language, compiled."""

    water_before: re.Pattern[str] | None
    water_after: re.Pattern[str] | None
    canal_before: re.Pattern[str] | None
    ship_before: re.Pattern[str]
    ship_prefix: re.Pattern[str]
    inside: re.Pattern[str]
    area: re.Pattern[str]

    def is_water(self, text: str, start: int, end: int, code: str) -> bool:
        """Whether the name is part of a water's name: "Golf von Mexiko", "Irish Sea". The Panama Canal is in Panama."""
        before = text[max(0, start - CONTEXT) : start].lower()
        if self.water_before and self.water_before.search(before):
            return True
        if code != "PA" and self.canal_before and self.canal_before.search(before):
            return True
        return bool(self.water_after and self.water_after.match(text, end))

    def is_ship(self, text: str, start: int) -> bool:
        """Whether the name is part of a ship's name: "USS Georgia", "the ferry Estonia"."""
        before = text[max(0, start - CONTEXT) : start]
        return bool(self.ship_prefix.search(before) or self.ship_before.search(before))


@cache
def namesake_data() -> dict[str, Any]:
    """The tables of data/namesakes.toml."""
    return table("pouch.tag", "namesakes")


@cache
def namesakes(lang: str) -> Namesakes:
    """The rules of a language; of one without words of its own, what holds in every language."""
    data = namesake_data()
    waters = data["waters"].get(lang, {})
    before = waters.get("before", ())
    after = waters.get("after", ())
    canals = waters.get("canals", ())
    nouns = data["ships"].get(lang, ())
    prefixes = "|".join(re.escape(prefix) for prefix in data["ships"]["prefixes"])
    directions = "|".join(data["inside"]["directions"])
    areas = "|".join(data["inside"]["areas"])
    flags = re.IGNORECASE
    return Namesakes(
        water_before=re.compile(rf"(?<!\w){_any(before)} {_PREPOSITION}$", flags) if before else None,
        water_after=re.compile(rf"[ -]{_any(after)}(?!\w)") if after else None,
        canal_before=re.compile(rf"(?<!\w){_any(canals)} {_PREPOSITION}$", flags) if canals else None,
        # In German every noun has a capital, so that only the word right before the name counts.
        ship_before=re.compile(
            rf"(?<!\w)(?i:{_any(nouns or ('ferry',))}) [«„“\"']?{'' if lang == 'de' else _NAME_PART + '{0,2}'}$"
        ),
        ship_prefix=re.compile(rf"(?<!\w)(?:{prefixes}) [«„“\"']?(?:{_NAME_PART}|of |the ){{0,3}}$"),
        inside=re.compile(rf", [^,.;:]{{0,12}}?\b(?:{directions})\w*(?: [^\W\d_]{{1,4}}'?){{0,2}} ?$", flags),
        area=re.compile(rf" (?:{areas})\b", flags),
    )


@cache
def bodies() -> tuple[Body, ...]:
    """The international bodies of data/bodies.toml."""
    return tuple(
        Body(
            row["seat"],
            frozenset(city.lower() for city in row["cities"]),
            re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(word) for word in row['words'])})(?![\w])"),
            row.get("stands_for", False),
        )
        for row in table("pouch.tag", "bodies")["body"]
    )


@cache
def given_names() -> frozenset[str]:
    """Common given names; a country's name after one is a surname."""
    return frozenset(table("pouch.tag", "persons")["given"].split())


@cache
def names_of_both() -> frozenset[str]:
    """Names of countries that are given names too; a capitalised word after one is a surname."""
    return frozenset(table("pouch.tag", "persons")["places"].split())


def persons(text: str, names: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The one-word names among these spans that the text uses as a person's: "Jane Ireland", "Georgia Miller"."""
    person_names: set[str] = set()
    for start, end in names:
        word = text[start:end]
        if " " in word or word.isupper():
            continue
        before = _CAPITALISED.search(text, max(0, start - 30), start)
        if before and before[1] in given_names():
            person_names.add(word)
        elif word in names_of_both() and not before and not _is_title_case(text, end):
            after = _CAPITALISED_AFTER.match(text, end)
            if after and not after[1].isupper():
                person_names.add(word)
    return frozenset(person_names)


def _is_title_case(text: str, at: int) -> bool:
    """Whether all longer words of the line are capitalised, so that a capital says nothing."""
    begin = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    words = [word for word in text[begin : stop if stop >= 0 else len(text)].split() if len(word) > 3]
    return len(words) < 30 and sum(word[:1].islower() for word in words) <= len(words) // 4


def _any(words: Sequence[str]) -> str:
    patterns = (re.escape(word.removesuffix("~")) + (r"\w*" if word.endswith("~") else "") for word in words)
    return f"(?:{'|'.join(patterns)})"
