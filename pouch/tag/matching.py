"""One pass over a text with an Aho–Corasick automaton: every surface form that stands as a word of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

LONGEST_ENDING = 6


class Form(Protocol):
    """The value of a surface form."""

    @property
    def stem(self) -> bool:
        """Whether one of the language's endings must follow."""


F = TypeVar("F", bound=Form)

# Scripts that put no blanks between words; katakana is one word as long as it lasts.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309f\u3400-\u9fff]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")


def _joined(text: str, at: int) -> bool:
    """Whether the characters before and after a position belong to one word."""
    before, after = text[at - 1], text[at]
    if not (before.isalnum() and after.isalnum()):
        return False
    if before.isascii() and after.isascii():
        return True
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    return (_KATAKANA.match(before) is None) == (_KATAKANA.match(after) is None)


class Matcher(Generic[F]):
    """Finds the longest surface form at each place (leftmost-longest), case-sensitively."""

    def __init__(self, forms: Mapping[str, F], endings: Collection[str] = ("",)) -> None:
        self._forms = forms
        self._surfaces = list(forms)
        self._spaced = [" " in surface for surface in forms]
        self._values = list(forms.values())
        self._endings = frozenset(endings)
        self._automaton = AhoCorasick(self._surfaces, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[F, int, int]]:
        """(what the form maps to, start, end) in order; `end` includes the ending of a stem."""
        last_end = 0
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if start and not self._spaced[index] and _joined(text, start):
                continue  # most matches: within a word, and nothing in them stands by itself
            for match in self._standing(text, index, start, end):
                if match[1] >= last_end:
                    yield match
                    last_end = match[2]

    def _standing(self, text: str, index: int, start: int, end: int) -> Iterator[tuple[F, int, int]]:
        """The match if it is a whole word or phrase, else a shorter form at its place, or later ones within it."""
        if not (start and _joined(text, start)):
            form = self._values[index]
            if stop := self._end(text, form, end):
                yield form, start, stop
                return
            if shorter := self._shorter(text, start, end):
                yield shorter
                return
        space = text.find(" ", start, end)
        if space >= 0:
            # "in German" is not in "in Germany", yet "Germany" is.
            offset = space + 1
            for inner, begin, finish in self._automaton.find_matches_as_indexes(text[offset : end + 40]):
                if offset + begin >= end:
                    return
                yield from self._standing(text, inner, offset + begin, offset + finish)

    def _end(self, text: str, form: F, end: int) -> int:
        """The end of the word, or 0 where the form is only a part of another word."""
        if end >= len(text) or text[end - 1] == "-" or not _joined(text, end) or _HANGUL.match(text[end - 1]):
            return end if not form.stem or "" in self._endings else 0
        if not form.stem:
            return 0
        stop = end + 1
        while stop < len(text) and text[stop].isalnum():
            stop += 1
            if stop - end > LONGEST_ENDING:
                return 0
        return stop if text[end:stop].lower() in self._endings else 0

    def _shorter(self, text: str, start: int, end: int) -> tuple[F, int, int] | None:
        """The longest shorter form at a place whose longest one was only the beginning of other words."""
        for stop in range(end - 1, start + 1, -1):
            form = self._forms.get(text[start:stop])
            if form is not None and (form_end := self._end(text, form, stop)):
                return form, start, form_end
        return None
