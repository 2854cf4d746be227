"""Likeness of two texts, from a few hundred bytes about each: the same text, or the same story in other words.

A text's runs of three words ("shingles") are a set, and the resemblance of two texts is what the sets share of what
either has (Broder, "On the resemblance and containment of documents", 1997). MinHash estimates that share from a
sketch of fixed size, and its bands find the few texts worth comparing (Leskovec et al., "Mining of Massive Datasets",
3.3 and 3.4). SimHash, the other usual way, is as good on pages of thousands of words and poor on the few hundred that
an article has. Words alone would take every report of a series for the same story, so figures count apart: where each
text has figures that the other has not (the toll, the day, the price), they are two stories.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import cache, cached_property, lru_cache
from typing import Any

import msgspec

from pouch.digests import digest

ALIKE = 0.7
"""The share of shingles from which two texts are the same story."""

ROWS = 5
BANDS = 25
"""With 25 bands of 5 values each, a pair at the threshold is compared in 99 of 100 cases, one at .3 in 6."""

SHORTEST = 50
"""Words below which only the very same text is the same story: there, two words make another one."""

MOST_FIGURES = 200
_BLOCK = 4096

# Chinese, Japanese and Korean put no space between words: there each character counts.
_UNSPACED = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_ANY_UNSPACED = re.compile(_UNSPACED)
_WORD = re.compile(rf"{_UNSPACED}|[^\W_]+")
_SPACED_WORD = re.compile(r"[^\W_]+")
_TARGET = re.compile(r"\]\([^()\s]*\)")


class TextSignature(msgspec.Struct, frozen=True, dict=True):
    """The numbers that are stored of a text to recognise it."""

    words: bytes  # digest of its words in their order; of its title too where the text is short
    sketch: bytes  # ROWS * BANDS values of 4 bytes; empty where the text is short
    figures: tuple[str, ...]  # the numbers in title and text, sorted

    @cached_property
    def bands(self) -> list[int]:
        """Keys of 64 bits; two texts that share one are worth comparing."""
        width = 4 * ROWS
        return [
            int.from_bytes(
                hashlib.blake2b(
                    self.sketch[at : at + width], digest_size=8, salt=bytes([at // width])
                ).digest(),
                "big",
                signed=True,
            )
            for at in range(0, len(self.sketch), width)
        ]

    def share(self, other: TextSignature) -> float:
        """The estimated share of shingles that both texts have, 0 to 1."""
        import numpy as np

        if not self.sketch or not other.sketch:
            return float(self.words == other.words)
        same = np.frombuffer(self.sketch, "<u4") == np.frombuffer(other.sketch, "<u4")
        return float(same.mean())

    def disagrees(self, other: TextSignature) -> bool:
        """Whether each of the two has figures that the other has not."""
        mine, theirs = set(self.figures), set(other.figures)
        return bool(mine - theirs) and bool(theirs - mine)


def text_signature(title: str, text: str) -> TextSignature:
    """The signature of an entry: its title, and its body as Markdown or plain text."""
    words = _words(_TARGET.sub("]", text))
    short = len(words) < SHORTEST
    signed_words = ([*_words(title), ""] if short else []) + words
    words_digest = digest(" ".join(signed_words).encode("utf-8", "replace"))
    figures = {word for word in {*_WORD.findall(title), *words} if word[0].isdigit()}
    return TextSignature(
        words_digest, b"" if short else _sketch(words), tuple(sorted(figures)[:MOST_FIGURES])
    )


def _words(text: str) -> list[str]:
    text = text.casefold()
    # One pattern instead of two to try at each word.
    return (_WORD if _ANY_UNSPACED.search(text) else _SPACED_WORD).findall(text)


@lru_cache(maxsize=1 << 14)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace"))


def _sketch(words: list[str]) -> bytes:
    import numpy as np

    hashes = np.fromiter(map(_hash, words), np.uint64, len(words))
    runs = hashes[:-2] * np.uint64(0x9E3779B97F4A7C15)
    runs = (runs ^ hashes[1:-1]) * np.uint64(0xC2B2AE3D27D4EB4F)
    runs = (runs ^ hashes[2:]) * np.uint64(0x165667B19E3779F9)
    mixed = np.unique(runs >> np.uint64(32)).astype(np.uint32)
    factors, terms = _permutations()
    smallest = np.full(ROWS * BANDS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(mixed), _BLOCK):
        # Linear in 32 bits: measured against true shares, the estimate errs as the theory of MinHash says.
        values = factors * mixed[start : start + _BLOCK] + terms
        smallest = np.minimum(smallest, values.min(axis=1))
    return smallest.astype("<u4").tobytes()


@cache
def _permutations() -> tuple[Any, Any]:
    """The factors (odd numbers) and terms of the hash functions: any will do, as long as they are always the same."""
    import numpy as np

    # Any seed will do, but it must not change: stored sketches could no longer be compared.
    drawn = np.frombuffer(hashlib.shake_128(b"pouch.convert.likeness").digest(8 * ROWS * BANDS), "<u4")
    return (drawn[::2] | np.uint32(1))[:, None], drawn[1::2, None]
