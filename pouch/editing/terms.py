"""The term that a person means on the command line: by every name that front matter takes."""

from __future__ import annotations

import difflib
from typing import Literal, overload

from pouch.errors import EnvironmentFault
from pouch.vocabulary.terms import Country, Topic
from pouch.vocabulary.vocabulary import Vocabulary

TermKind = Literal["country", "topic"]


@overload
def find_term(kind: Literal["topic"], given: str, vocabulary: Vocabulary) -> Topic: ...
@overload
def find_term(kind: Literal["country"], given: str, vocabulary: Vocabulary) -> Country: ...
@overload
def find_term(kind: TermKind, given: str, vocabulary: Vocabulary) -> Country | Topic: ...
def find_term(kind: TermKind, given: str, vocabulary: Vocabulary) -> Country | Topic:
    """The term that `given` means: its code or key, its slug, else a former one, else any of its names.

    Raises EnvironmentFault where there is none, with the one that was probably meant.
    """
    terms = vocabulary.countries if kind == "country" else vocabulary.topics
    if given in terms:
        return terms[given]
    for term in terms.values():
        if term.slug == given:
            return term
    for term in terms.values():
        if given in term.formerly or (kind == "country" and term.key == given.upper()):
            return term
    if kind == "country" and (several := vocabulary.countries_named(given)):
        raise EnvironmentFault(f"{given!r} is a name of several countries; write {' or '.join(several)}")
    found = vocabulary.find_country(given) if kind == "country" else vocabulary.find_topic(given)
    if found is not None:
        return terms[found]
    what = "country has the code" if kind == "country" else "topic has the key"
    raise EnvironmentFault(f"no {what}, the slug or the name {given!r}{_suggestion(kind, given, vocabulary)}")


def _suggestion(kind: TermKind, given: str, vocabulary: Vocabulary) -> str:
    if kind == "country":
        close = vocabulary.suggest_country(given)
    elif key := vocabulary.suggest_topic(given):
        close = repr(key)
    else:
        close = next(iter(difflib.get_close_matches(given, vocabulary.topics, 1, 0.5)), None)
        close = repr(close) if close else None
    return f"; did you mean {close}?" if close else ""
