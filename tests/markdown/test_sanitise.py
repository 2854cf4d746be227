"""The allow-list, and the one place where the addresses of sanitised HTML are made absolute."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from pouch.markdown.sanitise import absolute_html
from tests.plugins.pouch_feeds.documents import addresses_in

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
def test_every_address_is_resolved_against_its_page(address: str, expected: str) -> None:
    """A subscriber who clicks a link, or whose reader loads a picture, arrives where the page would have led."""
    for tag, attribute in (("a", "href"), ("img", "src")):
        html = f'<p>x &lt;<{tag} {attribute}="{address.replace("&", "&amp;")}" title="a > b">'
        (element,) = fromstring(absolute_html(html, ENTRY)).iter(tag)
        assert dict(element.items()) == {attribute: expected, "title": "a > b"}


def test_without_a_site_address_links_start_at_the_root() -> None:
    """A site that has not been told its address still has links that mean something on one host."""
    html = absolute_html('<a href="../b/">x</a><a href="/c/">y</a>', "/briefings/a/")
    assert addresses_in(html) == ["/briefings/b/", "/c/"]


@pytest.mark.parametrize(
    "html",
    [
        '<p>write href="/x" and &lt;a href="/y"&gt;</p>',
        '<p title=" src=&quot;/z&quot;">src="/w"</p>',
        '<img alt="quay src=x onerror=alert(1) x" src="https://example.org/x.png">',
        "<p title=\"' href='/z'\">x</p>",
    ],
)
def test_words_that_look_like_an_attribute_stay_as_they_are(html: str) -> None:
    """A briefing about HTML keeps its examples: only attributes hold addresses."""
    assert absolute_html(html, ENTRY) == html
