"""What feeds carry of an entry's words: clean, plain where it must be, and with absolute addresses."""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.feeds.content import absolute, clean, plain, uri
from tests.feeds.documents import addresses_in

ENTRY = "https://example.org/archive/briefings/grain/"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/archive/briefings/other/", "https://example.org/archive/briefings/other/"),
        ("../other/", "https://example.org/archive/briefings/other/"),
        ("map.png", "https://example.org/archive/briefings/grain/map.png"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("#fn:1", "https://example.org/archive/briefings/grain/#fn:1"),
        ("?a=1&b=2", "https://example.org/archive/briefings/grain/?a=1&b=2"),
        ("/a/../b", "https://example.org/b"),
        ("", ENTRY),
        ("https://elsewhere.example/x?a=1&b=2", "https://elsewhere.example/x?a=1&b=2"),
        ("HTTP://elsewhere.example/", "HTTP://elsewhere.example/"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("//[bad", ENTRY),
    ],
)
def test_every_address_in_a_full_text_is_absolute(address: str, expected: str) -> None:
    """A subscriber who clicks a link, or whose reader loads a picture, arrives where the page would have led."""
    for tag, attribute in (("a", "href"), ("img", "src")):
        html = f'<p>x &lt;<{tag} {attribute}="{address.replace("&", "&amp;")}" title="a > b">'
        found = re.search(rf'{attribute}="([^"]*)"', absolute(html, ENTRY))
        assert found is not None
        assert found[1].replace("&amp;", "&") == expected


def test_without_a_site_address_links_start_at_the_root() -> None:
    """A site that has not been told its address still has links that mean something on one host."""
    assert addresses_in(absolute('<a href="../b/">x</a><a href="/c/">y</a>', "/briefings/a/")) == [
        "/briefings/b/",
        "/c/",
    ]


def test_words_that_look_like_an_attribute_stay_as_they_are() -> None:
    """A briefing about HTML keeps its examples: only tags hold addresses."""
    html = '<p>write href="/x" and &lt;a href="/y"&gt;</p><p title=\'src="/z"\'>src="/w"</p>'
    assert absolute(html, ENTRY) == html


def test_candidates_of_a_source_set_are_resolved_one_by_one() -> None:
    """A picture in several sizes comes in each of them."""
    html = '<img srcset="a.png 1x, /b.png 2x">'
    assert f'"{ENTRY}a.png 1x, https://example.org/b.png 2x"' in absolute(html, ENTRY)


@given(st.text(alphabet=st.sampled_from("<>\"'= /abhrefsc:?#&;"), max_size=60))
def test_whatever_the_sanitiser_lets_through_comes_out_with_absolute_addresses(text: str) -> None:
    """No run of quotes and brackets makes an address escape."""
    html = nh3.clean(text, link_rel=None)
    result = absolute(html, ENTRY)
    assert nh3.clean(result, link_rel=None) == result
    for address in re.findall(r'<[^>]*\s(?:href|src)="([^"]*)"', result):
        assert re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address), result


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
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/é à.html", "https://example.org/%C3%A9%20%C3%A0.html"),
        ("https://exämple.org/x%20y", "https://xn--exmple-cua.org/x%20y"),
        ("https://example.org/<x>", "https://example.org/%3Cx%3E"),
    ],
)
def test_addresses_are_written_so_that_every_client_can_ask_for_them(address: str, expected: str) -> None:
    """A source whose address has accents can be opened from any reader."""
    assert uri(address) == expected
