"""Hard-wrapped text: which line breaks are the author's, and which come from wrapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import pairwise

import msgspec

from pouch.tables import table

NARROWEST, WIDEST = 40, 120
"""A column narrower than this is verse or a table; one wider is a paragraph of its own."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LAST_WORD = re.compile(r"(?:[^\W\d_]+-)*(?P<word>[^\W\d_]+)[-\u2010]$")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_ENDS = '.!?…:;»”"’)*'


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


class Column(msgspec.Struct, frozen=True):
    """The column at which a text was wrapped."""

    width: int  # in characters, or in bytes where the tool that wrapped it counted these
    in_bytes: bool
    parted: bool  # paragraphs are separated by blank lines, so that no other line end is the author's

    def continues(self, line: str, following: str) -> bool:
        """Whether the end of `line` is the column's, so that `following` goes on with its paragraph."""
        measure: Callable[[str], int] = _bytes if self.in_bytes else len
        if _is_full(line, following, self.width, measure):
            return True
        # A line far from the column's edge was ended by its author: a subhead, the end of a paragraph.
        near = measure(line) * 5 >= self.width * 3
        return near and (self.parted or line.rstrip()[-1:] not in _ENDS)


def column(stanzas: Sequence[Sequence[str]]) -> Column | None:
    """The column at which the lines of a text were wrapped, or None where each line is a paragraph of its own.

    `stanzas` are the runs of lines between blank lines. A text is wrapped where most line ends inside its
    stanzas come just where the next word would not have fitted, and often in the middle of a sentence.
    """
    pairs = [(one.rstrip(), two.strip()) for lines in stanzas for one, two in pairwise(lines)]
    if not pairs or sum(one[-1:] not in _ENDS for one, _ in pairs) * 2 < len(pairs):
        return None
    parted = sum(len(lines) > 1 for lines in stanzas) > 1
    for in_bytes, measure in ((False, len), (True, _bytes)):
        lengths = sorted(measure(one) for one, _ in pairs)
        width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 20 else lengths[-1]
        full = sum(_is_full(one, two, width, measure) for one, two in pairs)
        if NARROWEST <= width <= WIDEST and full * 4 >= len(pairs) * 3:
            return Column(width, in_bytes, parted)
    return None


def _is_full(line: str, following: str, width: int, measure: Callable[[str], int]) -> bool:
    """Whether the first word of `following` would not have fitted on `line`."""
    words = following.split(maxsplit=1)
    return measure(line.rstrip()) + 1 + (measure(words[0]) if words else 0) > width


class Hyphens:
    """The words of a text, by which a hyphen at the end of a line is judged.

    They are looked for when the first such line is met: few texts have one.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._lines).casefold()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the text, in small letters."""
        return frozenset(_WORD.findall(self._text))

    @cached_property
    def compounds(self) -> frozenset[str]:
        """The words with a hyphen inside."""
        return frozenset(_COMPOUND.findall(self._text))

    def divides(self, one: str, two: str) -> bool:
        """Whether the hyphen at the end of line `one` only divides a word, which goes on in line `two`."""
        first, second = _LAST_WORD.search(one), _WORD.match(two)
        if first is None or second is None or not second.group()[0].islower():
            return False
        left, right = first["word"].casefold(), second.group().casefold()
        if f"{left}-{right}" in self.compounds:
            return False
        return left + right in self.words or (left not in _openers() and "-" not in first.group()[:-1])


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for words in table("pouch.convert.text", "hyphens").values() for word in words)


def join(one: str, two: str, hyphens: Hyphens | None = None) -> str:
    """Two lines of one paragraph as one; a word that is parted at its own hyphen closes again, hyphen kept.

    A hyphen that only divides a word, by what `hyphens` knows, goes.
    """
    one, two = one.rstrip(), two.strip()
    if one[-1:] == "\u00ad" and two[:1].isalpha():
        return one[:-1] + two
    if one[-1:] in ("-", "\u2010") and one[-2:-1].isalpha() and two[:1].isalpha():
        return one[:-1] + two if hyphens is not None and hyphens.divides(one, two) else one + two
    return f"{one} {two}"
