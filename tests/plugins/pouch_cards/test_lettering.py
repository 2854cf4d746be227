"""A title is drawn in a font that has its signs, as large as it fits, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

import pouch_cards
from pouch_cards.lettering import ELLIPSIS, cleaned, fitted, font_for, needs_shaping

SERIF = str(Path(pouch_cards.__file__).parent / "data" / "NotoSerif-Bold.ttf")
SIZES = (80, 60, 40)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Grain leaves Odesa", True),
        ("Łódź, Ærø, Đà Nẵng: «€20»", True),
        ("Київ приймає", True),
        ("Ελλάδα και Κύπρος", True),
        ("中国与欧盟", False),
        ("日本銀行、マイナス金利", False),
        ("한국", False),
        ("مصر", False),
        ("युद्धविराम", False),
        ("Talks 🕊 resume", False),
    ],
)
def test_only_a_font_with_every_sign_is_used(text: str, drawn: bool) -> None:
    """A box in place of a letter is worse than a picture without text."""
    assert (font_for(text, [SERIF], 40) is not None) is drawn


@pytest.mark.parametrize(
    ("text", "shaped"),
    [
        ("Đà Nẵng", False),
        ("中国", False),
        ("한국", False),
        ("שלום", True),
        ("مصر", True),
        ("भारत ने", True),
        ("ไทยกับ", True),
    ],
)
def test_scripts_that_must_be_shaped_are_told(text: str, shaped: bool) -> None:
    """Composed accents need no shaping; right-to-left letters and combining marks do."""
    assert needs_shaping(cleaned(text)) is shaped


def test_a_title_is_as_large_as_it_fits() -> None:
    """Short ones in the largest size, long ones in smaller sizes, all within the width and the height."""
    before = SIZES[0]
    for text in ("Egypt", "Armenia and Azerbaijan initial a peace treaty", "A long title of many words " * 5):
        lines = fitted(text.strip(), [SERIF], SIZES, 580, 400, 1.2)
        assert lines is not None
        assert lines.font.size <= before
        before = int(lines.font.size)
        assert len(lines.texts) * lines.height <= 400
        assert all(lines.font.getlength(line) <= 580 for line in lines.texts)
    assert before == SIZES[-1]


def test_what_is_too_long_in_every_size_is_cut() -> None:
    """With an ellipsis at its end; a word that is too long for a line breaks."""
    long = fitted("many words " * 100, [SERIF], SIZES, 580, 200, 1.2)
    assert long is not None
    assert long.texts[-1].endswith(ELLIPSIS)
    assert len(long.texts) * long.height <= 200
    word = fitted("Donaudampfschifffahrt" * 4, [SERIF], SIZES, 580, 400, 1.2)
    assert word is not None
    assert "".join(word.texts) == "Donaudampfschifffahrt" * 4
    assert all(word.font.getlength(line) <= 580 for line in word.texts)


def test_signs_that_draw_nothing_are_left_out() -> None:
    """Soft hyphens and zero-width blanks are no reason to draw no title."""
    assert cleaned("Do\u00adnau\u200b  Ufer\n") == "Donau Ufer"
