"""The text of a picture: which font has its signs, where its lines break, how large it can be.

Fonts are named files, never the machine's: the bundled ones (Latin, Greek, Cyrillic), then those of POUCH_CARD_FONTS.
Letters of right-to-left scripts and combining marks need shaping, which Pillow has where its Raqm finds FriBiDi;
elsewhere such a text is not drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from PIL import ImageFont, features

ELLIPSIS = "…"
_ABSENT = "\U0010ffff"  # no character, so every font draws for it what it draws for a missing one
_RTL = ("R", "AL")


class Lines(NamedTuple):
    """A text that fits: its lines, and the font they are drawn with."""

    texts: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    height: int  # from one line's top to the next one's


def cleaned(text: str) -> str:
    """The text without signs that draw nothing: soft hyphens, zero-width blanks; composed (NFC)."""
    text = unicodedata.normalize("NFC", text)
    return " ".join(
        "".join(c for c in text if c in "\u200c\u200d" or unicodedata.category(c) != "Cf").split()
    )


def needs_shaping(text: str) -> bool:
    """Whether its letters change with their neighbours or their order."""
    return any(unicodedata.bidirectional(c) in _RTL or unicodedata.category(c) in ("Mn", "Mc") for c in text)


def font_for(text: str, files: Sequence[str], size: int) -> ImageFont.FreeTypeFont | None:
    """The first font that has every sign of a text; None where none has, or where the text cannot be shaped."""
    shaped = needs_shaping(text)
    if shaped and not _can_shape():
        return None
    signs = sorted({c for c in text if not c.isspace() and unicodedata.category(c) != "Cf"})
    for file in files:
        if all(_has(file, sign) for sign in signs):
            return _font(file, size, ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC)
    return None


def fitted(
    text: str, files: Sequence[str], sizes: Sequence[int], width: int, height: int, leading: float
) -> Lines | None:
    """The text in the largest of `sizes` (the largest first) that fits; cut with an ellipsis in the smallest. None
    where no font has its signs.
    """
    for size in sizes:
        font = font_for(text, files, size)
        if font is None:
            return None
        step = round(size * leading)
        lines = tuple(_broken(text, font, width))
        if len(lines) * step <= height and all(font.getlength(line) <= width for line in lines):
            return Lines(lines, font, step)
    font, step = font_for(text, files, sizes[-1]), round(sizes[-1] * leading)
    assert font is not None
    most = max(1, height // step)
    lines = tuple(_broken(text, font, width, within=True))
    if len(lines) > most:
        last = lines[most - 1]
        while last and font.getlength(last + ELLIPSIS) > width:
            last = last[:-1]
        lines = (*lines[: most - 1], last.rstrip() + ELLIPSIS)
    return Lines(lines, font, step)


def _broken(text: str, font: ImageFont.FreeTypeFont, width: int, *, within: bool = False) -> Iterator[str]:
    """Lines of a text, as full as they can be. `within`: also within a word that is too long for a line."""
    line = ""
    for blank, word in _words(text):
        longer = f"{line}{blank if line else ''}{word}"
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        line = word
        while within and font.getlength(line) > width:
            end = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or font.getlength(line[:n]) <= width)
            yield line[:end]
            line = line[end:]
    if line:
        yield line


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Words, each with the blank before it. Lines also break before an ideograph, if no bracket opens before it."""
    for word in text.split():
        blank, run = " ", ""
        for sign in word:
            breaks = unicodedata.east_asian_width(sign) in "WF" and unicodedata.category(sign) in ("Lo", "Ps")
            if run and breaks and unicodedata.category(run[-1]) != "Ps":
                yield blank, run
                blank, run = "", ""
            run += sign
        yield blank, run


@lru_cache(maxsize=1)
def _can_shape() -> bool:
    return bool(features.check_feature("raqm") and features.check_feature("fribidi"))


@lru_cache(maxsize=64)
def _font(file: str, size: int, layout: ImageFont.Layout) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, layout_engine=layout)


@lru_cache(maxsize=8192)
def _has(file: str, sign: str) -> bool:
    """Whether a font draws something for a sign, and not what it draws for any that it lacks."""
    mask = _drawn(file, sign)
    return mask != _drawn(file, _ABSENT) and any(mask)


@lru_cache(maxsize=8192)
def _drawn(file: str, sign: str) -> bytes:
    return bytes(_font(file, 24, ImageFont.Layout.BASIC).getmask(sign))
