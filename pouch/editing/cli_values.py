"""Values given on the command line, read as front matter reads them."""

from __future__ import annotations

import click

from pouch.content.dates import MomentError, parse_moment
from pouch.content.entry import Moment
from pouch.content.languages import LanguageTagError, language_tag
from pouch.editing.terms import TermKind, find_term
from pouch.errors import EnvironmentFault
from pouch.vocabulary.vocabulary import Vocabulary


def country_of(text: str, vocabulary: Vocabulary, option: str = "--country") -> str:
    """A country's code. Raises BadParameter."""
    return _term("country", text, vocabulary, option)


def topic_of(text: str, vocabulary: Vocabulary, option: str = "--topic") -> str:
    """A topic's key. Raises BadParameter."""
    return _term("topic", text, vocabulary, option)


def _term(kind: TermKind, text: str, vocabulary: Vocabulary, option: str) -> str:
    try:
        return find_term(kind, text, vocabulary).key
    except EnvironmentFault as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def language_of(text: str) -> str:
    """A language tag. Raises BadParameter."""
    try:
        return language_tag(text)
    except LanguageTagError as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint="--lang") from error


def date_of(text: str, option: str = "--date") -> Moment:
    """A date, or a date-time with its offset. Raises BadParameter."""
    try:
        return parse_moment(text)
    except MomentError as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint=option) from error
