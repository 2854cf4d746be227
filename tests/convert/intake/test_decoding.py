"""Bytes of any origin become text, or are refused with a reason."""

from __future__ import annotations

import codecs

import pytest

from pouch.convert.intake.decoding import LOST, NotText, decode, lost_characters

FRENCH = "Le Conseil a signé l’accord à Genève, où les négociations avaient été achevées après l’été."
CZECH = "Premiér řekl, že žádné změny nebudou. Později přijel do Plzně a Ústí."
RUSSIAN = "Стороны договорились о прекращении огня, сообщила Организация Объединённых Наций."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (CZECH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("英国与法国领导人在伦敦会面，讨论停火问题。", "gb18030"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    """An article saved in an old encoding reads as it did for its author."""
    assert decode(text.encode(encoding)) == text


def test_html_says_its_encoding() -> None:
    """A page is read in the encoding that it declares; Latin-1 means Windows-1252, as in browsers."""
    page = '<html><meta charset="iso-8859-1"><p>l’été</p></html>'
    assert decode(page.encode("cp1252")) == page


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (codecs.BOM_UTF8 + b"\n", "empty"),
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14", "zip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"abc\x00def\x00", "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x01\x02\x03\x04 a", "binary"),
    ],
)
def test_refusals(data: bytes, reason: str) -> None:
    """What is no text is refused in words that say what it is."""
    with pytest.raises(NotText, match=reason):
        decode(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        # UTF-8 that a stray byte of another encoding broke.
        (FRENCH.encode() + b" \xa9", f"{FRENCH} \ufffd"),
        (CZECH.encode()[:-3] + CZECH[-2:].encode()[1:], None),
        (RUSSIAN.encode()[:41] + RUSSIAN.encode()[42:], None),
        (
            b'<meta charset="iso-8859-1">' + CZECH.encode() + b"\xfc",
            f'<meta charset="iso-8859-1">{CZECH}\ufffd',
        ),
        # Other encodings that a page declares.
        (
            b"<meta charset=windows-1251>" + RUSSIAN.encode("cp1251") + b"\x98",
            f"<meta charset=windows-1251>{RUSSIAN}\ufffd",
        ),
        (b'<meta charset="utf-8"><p>All rights \xa9', '<meta charset="utf-8"><p>All rights \ufffd'),
    ],
)
def test_a_stray_byte_costs_one_character(data: bytes, text: str | None) -> None:
    """A byte that does not fit the encoding of all others becomes U+FFFD and spoils nothing else."""
    read = decode(data)
    assert text is None or read == text
    assert read.count("\ufffd") == 1
    assert lost_characters(read) == (1, 1)


def test_a_false_declaration_is_seen() -> None:
    """A page that declares UTF-8 and holds none is read in the encoding that fits."""
    assert RUSSIAN in decode(b'<meta charset="utf-8">' + RUSSIAN.encode("cp1251"))


def test_the_line_of_the_first_lost_character() -> None:
    """The place of the first lost character is its line, and a text without one has no place."""
    assert lost_characters("a\nb\ufffd\n\ufffd") == (2, 2)
    assert lost_characters("clean") is None


def test_a_page_with_a_few_zero_bytes_is_a_page() -> None:
    """Browsers show it, so it is read; each zero byte stands as U+FFFD, and many of them are no page."""
    page = b"<!doctype html><p>" + b"The ferry sails again. " * 200
    assert decode(page + b"\x00\x00</p>") == (page + b"??</p>").decode().replace("??", LOST * 2)
    for binary in (page + b"\x00" * 200, page[1:] + b"\x00"):
        with pytest.raises(NotText, match="binary"):
            decode(binary)
