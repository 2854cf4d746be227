"""Values given on the command line, read as front matter reads them."""

from __future__ import annotations

import click

from pouch.content.dates import MomentError, parse_moment
from pouch.content.entry import Moment
from pouch.content.languages import LanguageTagError, language_tag
from pouch.vocabulary.vocabulary import Vocabulary


def country_of(text: str, vocabulary: Vocabulary) -> str:
    """A country's code. Raises BadParameter."""
    if code := vocabulary.find_country(text) or vocabulary.find_country(text.upper()):
        return code
    close = vocabulary.suggest_country(text)
    hint = f"; did you mean {close}?" if close else ""
    raise click.BadParameter(f"unknown country {text!r}{hint}", param_hint="--country")


def topic_of(text: str, vocabulary: Vocabulary) -> str:
    """A topic's key. Raises BadParameter."""
    if key := vocabulary.find_topic(text):
        return key
    close = vocabulary.suggest_topic(text)
    hint = f"; did you mean {close!r}?" if close else ""
    raise click.BadParameter(f"unknown topic {text!r}{hint}", param_hint="--topic")


def language_of(text: str) -> str:
    """A language tag. Raises BadParameter."""
    try:
        return language_tag(text)
    except LanguageTagError as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint="--lang") from error


def date_of(text: str) -> Moment:
    """A date, or a date-time with its offset. Raises BadParameter."""
    try:
        return parse_moment(text)
    except MomentError as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint="--date") from error
