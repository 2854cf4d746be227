"""What feeds carry of an entry's words: clean, and plain where it must be."""

from __future__ import annotations

import pytest

from pouch_feeds.content import clean, plain, uri


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Peace talks", "Peace talks"),
        ("Growth < 2 % & falling", "Growth < 2 % & falling"),
        ("<b>Peace</b> talks", "‹b›Peace‹/b› talks"),
        ("What <script> does", "What ‹script› does"),
        ("An open <tag", "An open ‹tag"),
        ("AT&amp;T", "AT&T"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "‹script›alert(1)‹/script›"),
        ("no character: &#0;&#xFFFE;.", "no character: ."),
        ("one\n two\tthree ", "one two three"),
        ("bell\x07 and half \ud83d and none \ufffe", "bell and half and none"),
        ("👩‍🚀 مرحبا", "👩‍🚀 مرحبا"),
    ],
)
def test_a_title_is_the_same_plain_words_in_every_reader(title: str, expected: str) -> None:
    """RSS leaves open whether a title is HTML; ours reads alike under either reading."""
    assert plain(title) == expected


def test_forbidden_characters_go_and_all_others_stay() -> None:
    """One stray control character must not cost a thousand subscribers the feed."""
    assert (
        clean("a\x00b\x0bc\ud800d\ufffee\uffff\U0001fffe\n\tf\u200f\U0001f54a")
        == "abcde\n\tf\u200f\U0001f54a"
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x[1]?q[]=2#n[3]", "https://a.example/x%5B1%5D?q%5B%5D=2#n%5B3%5D"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://a.example/%5B1%5D", "https://a.example/%5B1%5D"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/é à.html", "https://example.org/%C3%A9%20%C3%A0.html"),
        ("https://exämple.org/x%20y", "https://xn--exmple-cua.org/x%20y"),
        ("https://example.org/<x>", "https://example.org/%3Cx%3E"),
    ],
)
def test_addresses_are_written_so_that_every_client_can_ask_for_them(address: str, expected: str) -> None:
    """A source whose address has accents can be opened from any reader."""
    assert uri(address) == expected
