"""Reads the fields of front matter that name countries and topics."""

from __future__ import annotations

from pouch.characters import holds_sign, without_lookalikes
from pouch.content.fields import Context, FieldReader, Replace
from pouch.content.hints import several
from pouch.content.nodes import Node
from pouch.vocabulary.vocabulary import MAX_SUGGESTIONS


class TermReader(FieldReader):
    """Reads values by any of a term's names; one that is no key or code can be fixed."""

    def __init__(self, path: str, context: Context) -> None:
        super().__init__(path, context)
        self._unknown: set[str] = set()  # names that the vocabulary does not have

    def country(self, node: Node, name: str) -> str | None:
        """A country's code, written so or by any of its names."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        text, vocabulary = scalar.text, self.context.vocabulary
        code = vocabulary.find_country(text.strip())
        if code is None and (namesakes := vocabulary.countries_named(text)):
            message = f"{text!r} is a name of several countries"
            self.fault(scalar, "ambiguous-country", message, f"write the code: {' or '.join(namesakes)}")
        elif code is None:
            usual = without_lookalikes(text)
            if vocabulary.is_region(usual):
                hint = "it is no country; name the countries that the entry is about"
            elif parts := several(text, lambda name: vocabulary.find_country(name) is not None):
                hint = f"write each on its own: [{parts}]"
            elif self._may_guess(text) and (close := vocabulary.suggest_country(usual)):
                hint = f"did you mean {close}?"
            else:
                hint = "a code of ISO 3166-1 such as UA, or a name such as Ukraine"
            if usual.upper() in vocabulary.countries:
                # A code in small letters, or with one of another script: no name of a country has two letters.
                self.fixes.append(Replace(scalar, usual.upper()))
            self.fault(scalar, "unknown-country", f"unknown country {text!r}{holds_sign(text)}", hint)
        elif code != text:
            self.fixes.append(Replace(scalar, code))
        return code

    def _may_guess(self, text: str) -> bool:
        """Whether an unknown name is among the first of its file: a file full of them holds no slips of the pen."""
        if len(self._unknown) < MAX_SUGGESTIONS:
            self._unknown.add(text)
        return text in self._unknown

    def topic(self, node: Node, name: str) -> str | None:
        """A topic's key, written so or by any of its names."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        text, vocabulary = scalar.text, self.context.vocabulary
        key = vocabulary.find_topic(text.strip())
        if key is None:
            usual = without_lookalikes(text)
            close = vocabulary.find_topic(usual)
            if close is None and self._may_guess(text):
                close = vocabulary.suggest_topic(usual)
            hint = (
                f"did you mean {close!r}? " * bool(close) + "(topics live in content/vocabulary/topics.toml)"
            )
            self.fault(scalar, "unknown-topic", f"unknown topic {text!r}{holds_sign(text)}", hint)
        elif key != text:
            self.fixes.append(Replace(scalar, key))
        return key
