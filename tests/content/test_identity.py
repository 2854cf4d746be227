"""Ids: the same article gives the same one, whoever converts it and whenever."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.content.identity import ALPHABET, article_seed, candidates, canonical_address, mint, mint_random


def test_first_fifty_bits_in_crockfords_base32() -> None:
    """An id can be computed by anyone from the rule that DESIGN.md gives."""
    bits = bin(int(hashlib.sha256(b"https://example.org/story").hexdigest(), 16))[2:].zfill(256)
    expected = [
        "".join(ALPHABET[int(bits[start + 5 * place :][:5], 2)] for place in range(10))
        for start in (0, 50, 100, 150, 200)
    ]
    assert list(candidates("https://example.org/story")) == expected
    assert mint("https://example.org/story") == expected[0]


@given(st.text())
def test_every_text_has_an_id(text: str) -> None:
    """Whatever the article holds, its id has ten characters that cannot be misread, and is the same in NFD."""
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{10}", mint(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://Example.ORG/a", "https://example.org/a"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a"),
        ("https://example.org/a?id=7&utm_source=x", "https://example.org/a?id=7"),
        ("https://example.org/a?q=%C3%A9", "https://example.org/a?q=%C3%A9"),
    ],
)
def test_spellings_of_one_address(one: str, other: str) -> None:
    """An article shared with trackers or a fragment in its address is still the same article."""
    assert canonical_address(one) == other
    assert article_seed(url=one, title="A", text="B") == article_seed(url=other, title=None, text="C")


@pytest.mark.parametrize(
    "url", ["https://example.org/A", "https://example.org/a/", "https://example.org/a?id=8"]
)
def test_other_addresses_are_other_articles(url: str) -> None:
    """Path and query tell articles apart, capitals included."""
    assert mint(canonical_address(url)) != mint("https://example.org/a")


def test_seed_without_an_address() -> None:
    """Title and text make the id; line ends and the way accents are composed do not."""
    assert article_seed(url=None, title="T", text="a\r\nb") == "T\na\nb"
    assert mint(article_seed(url=None, title=None, text="T\na\nb")) == mint("T\na\nb")
    assert mint("e\u0301t\u00e9") == mint("\u00e9te\u0301")


def test_random_ids_differ() -> None:
    """Two new entries never share an id."""
    assert len({mint_random() for _ in range(200)}) == 200
