"""The term that a person means on the command line: by every name that front matter takes."""

from __future__ import annotations

from typing import Literal, overload

from pouch.errors import EnvironmentFault
from pouch.vocabulary.terms import Country, Topic
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.wording import closest

TermKind = Literal["country", "topic"]


@overload
def find_term(kind: Literal["topic"], name: str, vocabulary: Vocabulary) -> Topic: ...
@overload
def find_term(kind: Literal["country"], name: str, vocabulary: Vocabulary) -> Country: ...
@overload
def find_term(kind: TermKind, name: str, vocabulary: Vocabulary) -> Country | Topic: ...
def find_term(kind: TermKind, name: str, vocabulary: Vocabulary) -> Country | Topic:
    """The term that `name` means: its code or key, its slug, else a former one, else any of its names.

    Raises EnvironmentFault where there is none, with the one that was probably meant.
    """
    terms = vocabulary.countries if kind == "country" else vocabulary.topics
    if name in terms:
        return terms[name]
    for term in terms.values():
        if term.slug == name:
            return term
    for term in terms.values():
        if name in term.formerly or (kind == "country" and term.key == name.upper()):
            return term
    if kind == "country" and (several := vocabulary.countries_named(name)):
        raise EnvironmentFault(f"{name!r} is a name of several countries; write {' or '.join(several)}")
    key = vocabulary.find_country(name) if kind == "country" else vocabulary.find_topic(name)
    if key is not None:
        return terms[key]
    what = "country has the code" if kind == "country" else "topic has the key"
    raise EnvironmentFault(f"no {what}, the slug or the name {name!r}{_suggestion(kind, name, vocabulary)}")


def _suggestion(kind: TermKind, name: str, vocabulary: Vocabulary) -> str:
    if kind == "country":
        close = vocabulary.suggest_country(name)
    elif key := vocabulary.suggest_topic(name):
        close = repr(key)
    else:
        close = repr(key) if (key := closest(name, vocabulary.topics, 0.5)) else None
    return f"; did you mean {close}?" if close else ""
