"""Which texts are web addresses, what is said of the others, and what has only one spelling."""

from __future__ import annotations

import re

import pytest

from pouch.content.addresses import (
    URL_PATTERN,
    address_fault,
    encoded_address,
    is_web_address,
    web_address,
)
from pouch.content.identity import canonical_address
from pouch.markdown.links import resolve_link

FINE = [
    "https://example.org",
    "http://example.org:8080/a?b=c#d",
    "https://[2001:db8::1]:8080/paper",
    "https://example.org/@desk/1",
    "https://bücher.example/été",
    "https://example.org/می\u200cخواهم",
]


@pytest.mark.parametrize("text", FINE)
def test_addresses(text: str) -> None:
    """An address of the web is one in any script, with a port, an IPv6 host, or an @ in its path."""
    assert is_web_address(text)
    assert re.fullmatch(URL_PATTERN, text)
    assert address_fault(text) is None
    assert web_address(text) == encoded_address(text) == text


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("https://desk@example.org/a", "the name of a user", "write https://example.org/a"),
        ("https://a:b@c@example.org", "the name of a user", "write https://example.org"),
        ("https://www.bank.example@example.org/@x", "the name of a user", "write https://example.org/@x"),
        ("https://user@[a", "the name of a user", "what stands before the @"),
        ("https://example.org/\u202efdp.exe", "U+202E (right-to-left override)", "copy"),
        ("https://example.org\u2066/x", "U+2066 (left-to-right isolate)", "copy"),
        ("https://exam\u200bple.org/", "U+200B (zero width space)", "copy"),
        ("https://example.org/\ufeff", "U+FEFF (zero width no-break space)", "copy"),
        ("https://exam\u200cple.org/", "U+200C (zero width non-joiner)", "copy"),
        ("https://[a", "", "https://"),
        ("https://exa[mple].org/", "", "https://"),
        ("https://example.org]/", "", "https://"),
        ("https://example.org:99999/", "", "https://"),
        ("https://example.org/a\u0085b", "U+0085", "copy"),
        ("https://example.org/a b", "", "write https://example.org/a%20b"),
    ],
)
def test_what_is_no_address(text: str, reason: str, hint: str) -> None:
    """An address that names a user, holds signs that nobody sees, or stray brackets is refused with a cure."""
    fault = address_fault(text)
    assert fault is not None
    assert reason in fault.reason
    assert hint in fault.hint
    assert fault.encoded is None
    assert not is_web_address(text)


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("https://example.org/a?b[]=1", "https://example.org/a?b%5B%5D=1"),
        ("https://example.org/[a](b)", "https://example.org/%5Ba%5D(b)"),
        ("https://[::1]/[a]", "https://[::1]/%5Ba%5D"),
        ("HTTPS://example.org#[a]", "HTTPS://example.org#%5Ba%5D"),
    ],
)
def test_brackets_are_encoded(text: str, encoded: str) -> None:
    """Brackets behind the host have one spelling: `--fix` writes it, and `convert` does."""
    fault = address_fault(text)
    assert fault is not None
    assert fault.encoded == encoded
    assert encoded in fault.hint
    assert web_address(text) == encoded
    assert canonical_address(text) == canonical_address(encoded)


def test_an_article_keeps_its_address() -> None:
    """Of an article's address, invisible signs are encoded; one with the name of a user is none."""
    assert web_address("https://example.org/\u202ea") == "https://example.org/%E2%80%AEa"
    assert web_address("https://user@example.org/") is None
    assert web_address("https://\u202eexample.org/") is None
    assert web_address(None) is None


def test_links_of_a_text_hold_no_signs_that_turn_its_order() -> None:
    """A link in a text is published with such signs encoded."""
    assert (
        resolve_link("https://example.org/\u202ea\u2066", "").address
        == "https://example.org/%E2%80%AEa%E2%81%A6"
    )
