"""Addresses in the full texts of feeds, whatever the words around them look like."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import urljoin

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement, fromstring

from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer
from pouch.markdown.sanitise import ADDRESSES
from pouch_feeds.fragments import CONTENT, RSS_PREFIXES, build_fragment
from pouch_feeds.models import ItemModel

URL = "https://example.org/archive/briefings/grain/"
ITEM = ItemModel(
    path="content/entries/grain.md", id="urn:uuid:1", url=URL, title="Grain", lang="en", dir="ltr", key_points=(),
    summary="", body="key", authors=("Desk",), sources=(), categories=(),
    published="2025-03-05T09:30:00+00:00", updated="2025-03-05T09:30:00+00:00", corrections=(),
    correction_label="Correction", source_label="Source",
)  # fmt: skip
BREAKING_OUT = "quay src=x onerror=alert(1) x"

words = st.lists(
    st.sampled_from(
        (" src=", " href=", "src=x ", "href='y' ", ' SRC = "z"', "\nsrc=", "\thref=/", "onerror=", "/>", '"', "'",
         "&quot;", "&#34;", "&#x27;", "&lt;", "&amp;", "&", "<", ">", "<a href=/b>", "</a>", "<!--", "-->", "=", "`",
         "\\", "[", "]", "(", ")", "{", "}", "|", "\n", " ", "word", "é", "\u00a0", "مرحبا", "https://b.example/")
    ),
    max_size=10,
).map("".join)  # fmt: skip


def as_markdown(text: str) -> str:
    """Every place of Markdown that takes words beside an address."""
    line = " ".join(text.split())
    return (
        f'![{line}](images/x.png "{line}")\n\n'
        f"See ![{line}](../images/x.png '{line}') and ![{line}](https://b.example/c.png \"{line}\").\n\n"
        f'[{line}](/about/ "{line}") [{line}](#here) [x][1] <{line}> {line}[^n]\n\n'
        f'## {line} {{#here}}\n\n| {line} |\n|---|\n| [a](/b/ "{line}") |\n\n'
        f'[1]: /c/ "{line}"\n[^n]: {line} [d](/d/)\n'
    )


def as_html(text: str) -> str:
    """Every element of the allow-list that takes words in an attribute, with the words quoted in each way."""
    double, single = escape(text), escape(text, quote=False).replace("'", "&#39;")
    return (
        f'<b title="{double}">w</b> <img src="images/x.png" alt="{double}" title=\'{single}\'>\n\n'
        f"<a href='/about/' title='{single}'>{single}</a> <a title=\"{double}\" href=b.md hreflang='{single}'>x</a>\n\n"
        f"<figure title='{single}'><img alt='{single}' src=/images/x.png><figcaption>{double}</figcaption></figure>\n\n"
        f'<div title="{double}"><time datetime="{double}">t</time><ins datetime=\'{single}\'>i</ins></div>\n\n'
        f'{text} <b title="{text}">w</b>\n'
    )


def contents(body: str) -> Iterator[str]:
    """The full text in each of the three formats, as the program of a subscriber reads it."""
    rss = etree.fromstring(
        b"<rss %s>%s</rss>"
        % (
            " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in RSS_PREFIXES.items()).encode(),
            build_fragment("rss", ITEM, body),
        )
    )
    yield rss.findtext(f".//{{{CONTENT}}}encoded") or ""
    yield etree.fromstring(build_fragment("atom", ITEM, body)).findtext("content") or ""
    yield json.loads(build_fragment("json", ITEM, body))["content_html"]


Node = tuple[str, dict[str, str], str, str, list["Node"]]


def node(element: HtmlElement) -> Node:
    """An element with its addresses resolved, its texts and its children."""
    attributes = {
        name: urljoin(URL, value) if name in ADDRESSES else value for name, value in element.attrib.items()
    }
    return (
        str(element.tag),
        attributes,
        element.text or "",
        element.tail or "",
        [node(child) for child in element],
    )


def tree(html: str) -> HtmlElement:
    return fromstring(f"<div>{html}</div>")


RENDERER = Renderer("/archive", lambda _path: ImageFile(640, 480))


@given(words, st.sampled_from((as_markdown, as_html)))
@example(BREAKING_OUT, as_markdown)
@example(BREAKING_OUT, as_html)
@example("see href=y onmouseover=alert(2) x", as_markdown)
@example("a' href='y' \" src=\"z\" <img src=x>", as_html)
def test_a_feed_carries_the_tree_of_the_page(text: str, written_in: Callable[[str], str]) -> None:
    """No alternative text, title, caption or link text changes an element: only addresses differ, and are absolute."""
    body = RENDERER.render(written_in(text), entry_id="grain").html
    for content in contents(body):
        in_feed = tree(content)
        assert node(in_feed) == node(tree(body))
        for element in in_feed.iter():
            for name, value in element.attrib.items():
                assert not name.startswith("on")
                assert name not in ADDRESSES or urljoin(URL, value) == value


def test_tables_keep_their_alignment() -> None:
    """Feed readers know none of our classes and drop styles: the side of a column is an attribute of its cells."""
    body = RENDERER.render(
        '| a | b | c |\n|:-|:-:|-|\n| 1 | [2](/x) | 3 |\n\n<td class="align-none">', entry_id="grain"
    ).html
    for content in contents(body):
        cells = [(cell.tag, dict(cell.attrib)) for cell in tree(content).iter("th", "td")]
        sides = [{"align": "left"}, {"align": "center"}, {}]
        assert cells == [("th", side) for side in sides] + [("td", side) for side in sides]
        assert "class" not in content
    assert 'class="align-left"' in body
