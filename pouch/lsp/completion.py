"""Completion in front matter: keys, and countries, topics, languages and ids by any name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pouch.content.entry import Entry
from pouch.content.schema import ENTRY_FIELDS, STATUSES, comments
from pouch.lsp.cursor import Cursor
from pouch.vocabulary.names import country_names, fold
from pouch.vocabulary.vocabulary import Vocabulary

MOST = 200
"""The most suggestions for one word."""
TERM_KEYS: dict[str, Literal["country", "topic"]] = {
    "countries": "country",
    "mentions": "country",
    "topics": "topic",
}
"""Keys of front matter that hold terms."""
ID_KEYS = ("translation_of", "pinned")
"""Keys that hold ids of entries."""


_WHOLE, _LABEL, _NAME, _WORD = range(4)
"""What was typed is a whole name; the label that is shown begins so; another name does; one of its words does."""


class KnownEntry(NamedTuple):
    """An entry that others may name."""

    id: str
    title: str
    path: str
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class Suggestion(NamedTuple):
    """Something that can be typed."""

    text: str  # what is inserted
    label: str
    detail: str = ""


def suggestions(
    cursor: Cursor, vocabulary: Vocabulary, entries: Iterable[KnownEntry], languages: Sequence[str]
) -> list[Suggestion]:
    """The suggestions for the word at the cursor, the best first, at most MOST. `languages` are the interface's."""
    if not cursor.key:
        return [each for each in _keys() if each.text.startswith(cursor.word)]
    if kind := TERM_KEYS.get(cursor.key):
        return term_suggestions(cursor.word, kind, vocabulary, languages)
    word = fold(cursor.word)
    if cursor.key in ID_KEYS:
        fitting = (each for each in entries if word in fold(each.title) or each.id.startswith(cursor.word))
        return [Suggestion(f'"{each.id}"', each.title, each.path) for each in fitting][:MOST]
    if cursor.key == "status":
        return [Suggestion(status, status) for status in STATUSES if status.startswith(cursor.word)]
    if cursor.key == "lang":
        return [Suggestion(tag, tag) for tag in languages if tag.startswith(cursor.word)]
    return []


@lru_cache(maxsize=1)
def _keys() -> tuple[Suggestion, ...]:
    meanings = comments(Entry)
    return tuple(Suggestion(f"{name}: ", name, meanings[name]) for name in ENTRY_FIELDS)


def term_suggestions(
    word: str, kind: Literal["country", "topic"], vocabulary: Vocabulary, languages: Sequence[str]
) -> list[Suggestion]:
    """The terms one of whose names begins so, or has a word that does; labels in the first of `languages`."""
    typed = fold(word)
    lang = languages[0]
    ranked: dict[str, tuple[int, str]] = {}
    for name, key in _names(kind, vocabulary, tuple(languages)):
        folded = fold(name)
        if folded == typed:
            rank = _WHOLE
        elif folded.startswith(typed):
            rank = _LABEL if name == vocabulary.label(kind, key, lang) else _NAME
        elif f" {typed}" in folded:
            rank = _WORD
        else:
            continue
        if key not in ranked or rank < ranked[key][0]:
            ranked[key] = rank, name
    order = sorted(ranked, key=lambda key: (ranked[key][0], fold(vocabulary.label(kind, key, lang))))
    return [
        Suggestion(key, label, "" if ranked[key][1] == label else ranked[key][1])
        for key in order[:MOST]
        if (label := vocabulary.label(kind, key, lang))
    ]


def _names(
    kind: Literal["country", "topic"], vocabulary: Vocabulary, languages: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """(name, key) for every name of every term: keys, labels and aliases, in the interface's languages first."""
    terms = vocabulary.countries if kind == "country" else vocabulary.topics
    for key, term in terms.items():
        yield key, key
        for lang in languages:
            yield vocabulary.label(kind, key, lang), key
        for label in term.labels.values():
            yield label, key
        for aliases in term.aliases.values():
            yield from ((alias, key) for alias in aliases)
    if kind == "country":
        for lang in dict.fromkeys((*languages, "en", "fr", "de", "es")):
            yield from ((name, code) for name, code in country_names(lang) if code in terms)
