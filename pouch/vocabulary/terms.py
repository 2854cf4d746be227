"""A term: a country or a topic. Identity is the code or key, never the slug or the name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

TermKind = Literal["country", "topic"]


class Country(msgspec.Struct, frozen=True):
    """A country of the registry, with the archive's additions."""

    code: str  # ISO 3166-1 alpha-2, or XK
    slug: str
    region: str  # UN M49 code of its region, three digits (TW 030, XK 039)
    formerly: tuple[str, ...] = ()
    labels: dict[str, str] = {}  # house names by language; CLDR's name is used where one is missing
    aliases: dict[str, tuple[str, ...]] = {}  # further names by language
    description: dict[str, str] = {}
    capital: str | None = None  # in English
    iptc: str | None = None
    line: int = 0  # where its table starts in countries.toml, for messages; 0: the archive adds nothing

    @property
    def key(self) -> str:
        """The identity, under the name that topics use too."""
        return self.code


class Topic(msgspec.Struct, frozen=True):
    """A topic of content/vocabulary/topics.toml."""

    key: str
    slug: str
    labels: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}  # words that suggest it in a text, by language
    parent: str | None = None  # another topic's key
    iptc: str | None = None  # "medtop:20000073"
    formerly: tuple[str, ...] = ()
    description: dict[str, str] = {}
    line: int = 0  # where its table starts in topics.toml, for messages


class Region(msgspec.Struct, frozen=True):
    """A region of the UN's M49 list."""

    code: str  # three digits
    slug: str
    parent: str | None = None  # the code of the region around it; None for a continent


def above(key: str, terms: Mapping[str, Topic] | Mapping[str, Region]) -> tuple[str, ...]:
    """The keys of the topics or regions above one, nearest first, up to one that is missing or comes a second time."""
    line: dict[str, None] = {}
    parent = terms[key].parent
    while parent is not None and parent in terms and parent not in line:
        line[parent] = None
        parent = terms[parent].parent
    return tuple(line)
