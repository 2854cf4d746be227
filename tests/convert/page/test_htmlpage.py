"""What conversion makes of a web page, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pouch.convert.page.htmlpage import structure
from pouch.convert.text.markdown import render

UNSHOWN = {"script", "style", "noscript", "template", "textarea", "select", "svg", "iframe", "object", "head"}
TAGS = [
    "p", "div", "span", "b", "i", "a", "ul", "ol", "li", "table", "tr", "td", "th", "h1", "h2", "h4", "blockquote",
    "figure", "figcaption", "br", "img", "section", "article", "nav", "footer", "dl", "dt", "dd", "pre", "script",
    "style", "noscript", "template", "textarea", "svg", "form", "button", "center", "font", "custom-tag", "main",
]  # fmt: skip
PROSE = "The river parts two states, and both of them say that its water is theirs to share. " * 2

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            PROSE,
            "Read also: the other shore",
            "Advertisement",
            "Key points",
            "• one",
            "5 March 2025",
            "By Ann Lee",
            "—",
        ]
    ),
    st.sampled_from(
        ["&amp;", "&nbsp;", "&#0;", "&#x1F600;", "&bogus;", "\x00", "\x0b", "\u202e", "<", ">", "]]>", "<!--"]
    ),
)
attributes = st.sampled_from(
    [
        "",
        ' class="comments"',
        ' href="/x"',
        ' href="javascript:alert(1)"',
        ' src="x.png"',
        " hidden",
        ' start="9"',
    ]
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Tags opened and closed in any order, with text between them."""
    parts = []
    for _ in range(draw(st.integers(0, 40))):
        tag = draw(st.sampled_from(TAGS))
        parts.append(
            draw(
                st.sampled_from([f"<{tag}{draw(attributes)}>", f"</{tag}>", f"<{tag}>{draw(texts)}</{tag}>"])
            )
        )
        parts.append(draw(texts))
    return "".join(parts)


def shown(page: str) -> str:
    """The visible characters of a page, as its parser reads it, without spaces."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = html.document_fromstring(page.encode(), parser=parser)
    body = tree.find("body")
    found: list[str] = []

    def look(element: html.HtmlElement) -> None:
        if element.tag not in UNSHOWN:
            found.append(element.text or "")
            for child in element:
                look(child)
                found.append(child.tail or "")

    look(tree if body is None else body)
    return "".join("".join(found).split())


@given(markup())
def test_nothing_is_lost(page: str) -> None:
    """From the report alone the page's visible text comes back, each of its characters once, in order."""
    page = f"<html><body>{page}<p>end</p></body></html>"
    report = structure(page).report
    units = [*(one.unit for one in report.kept), *(one.unit for one in report.dropped)]
    assert sorted(units) == list(range(1, len(units) + 1))
    assert "".join(report.rebuild().split()) == shown(page)


@given(markup())
@settings(max_examples=20)
def test_all_that_is_kept_is_in_the_draft(page: str) -> None:
    """Every unit of the body is one that the report calls kept, and stands there once."""
    parts = structure(f"<article><h1>Two shores</h1><p>{PROSE}</p>{page}<p>{PROSE}</p></article>")
    kept = {unit.unit for unit in parts.report.kept}
    used = [unit for block in parts.blocks for unit in block.units]
    assert len(used) == len(set(used))
    assert set(used) <= kept


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("", ""),
        ("   ", ""),
        ("<", "<"),
        ("<script>var a = 1</script>", ""),
        ("<frameset><frame src='a.html'></frameset>", ""),
        ("plain", "plain"),
        ("<!-- nothing -->", ""),
        ("<p>a\x0cb", "ab"),
        ("<?xml version='1.0' encoding='utf-16'?><html xmlns='http://www.w3.org/1999/xhtml'><p>é</p></html>", "é"),
        ("<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>after</p>", "deepafter"),
        ("<b>" * 3000 + "deep", "deep"),
        ("<table><tr>" * 300 + "cell", "cell"),
        ("<a href='http://[bad'>link</a><img src='http://[bad'>", "link"),
    ],
)  # fmt: skip
def test_malformed_pages(page: str, text: str) -> None:
    """A page without sense, without a body or of boundless depth is read as far as it has text."""
    assert "".join(structure(page).report.rebuild().split()) == text


@pytest.mark.slow
@pytest.mark.parametrize("wrapper", ["main", "article", "section", "header", "div", "custom-tag", "figure"])
@pytest.mark.parametrize(
    "opening", ["", "<html lang=en>", "<html><head>", "<!doctype html><head><meta charset=utf-8>"]
)
def test_a_body_begins_where_no_head_can_go_on(opening: str, wrapper: str) -> None:
    """HTML lets <html>, <head> and <body> go, and pages that were made small have none of them."""
    page = f"{opening}<title>A treaty</title><{wrapper}><p>First. {PROSE}</p></{wrapper}><p>Last. {PROSE}</p>"
    written = page.replace(f"<{wrapper}>", f"</head><body><{wrapper}>", 1)
    assert render(structure(page).body()) == render(structure(written).body()) != ""


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 300_000 + "deep",
        pytest.param("<div>" * 2_000_000 + "deep", marks=pytest.mark.long),
        pytest.param(("<div>" * 20 + "<p>word " + "</div>" * 20) * 30_000, marks=pytest.mark.long),
    ],
)
def test_megabytes_of_nesting(page: str) -> None:
    """A page that is a dump is read to its end, without its asking extractors that would take minutes."""
    assert structure(page).report.rebuild().split()[-1] in ("deep", "word")


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<p>in <em>your </em>area</p>", "in *your* area"),
        ("<p>in\u00a0<em>your\u00a0</em>area</p>", "in\u00a0*your*\u00a0area"),
        ("<p>they <em><strong>love</strong>.</em></p>", "they ***love**.*"),
        ("<p><strong>bold</strong> and <a href='/x'>a <b>link</b></a></p>", "**bold** and [a **link**](https://a.example/x)"),
        ("<p>water is H<sub>2</sub>O<sup><a href='#n'>1</a></sup></p>", "water is H<sub>2</sub>O<sup>1</sup>"),
        ("<p><a href='javascript:alert(1)'>run</a> <a href='#top'>top</a></p>", "run top"),
        (
            "<ol start='3'><li>three</li><li>four<ul><li>deeper</li></ul></li><li>five</li></ol>",
            "3. three\n4. four\n    - deeper\n5. five",
        ),
        ("<blockquote><p>one</p><p>two</p></blockquote>", "> one\n>\n> two"),
        ("<p>- one<br>- two</p>", "- one\n- two"),
        ("<p>1 * 2 * 3 = _six_</p>", "1 \\* 2 \\* 3 = \\_six\\_"),
    ],
)  # fmt: skip
def test_structure_as_markdown(page: str, markdown: str) -> None:
    """Marks stand against words, links are whole, lists keep their numbers, and signs of the text stay signs."""
    assert render(structure(page, url="https://a.example/", whole=True).body()).rstrip("\n") == markdown


def sentence(number: int) -> str:
    return f"Part {number} of the long list tells about the work that was done in the town in the year {1000 + number}."


LONG: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: "".join(f"<p>{sentence(i)}</p>" for i in range(n)),
    "items": lambda n: "<ol>" + "".join(f"<li>{sentence(i)}</li>" for i in range(n)) + "</ol>",
    "lists": lambda n: "".join(f"<ul><li>{sentence(i)}</li></ul>" for i in range(n)),
    "lines": lambda n: "<br>".join(sentence(i) for i in range(n)),
    "images": lambda n: "".join(f"<p><img src='/{i}.jpg' alt='a'></p><p>{sentence(i)}</p>" for i in range(n)),
    "figures": lambda n: "".join(
        f"<figure><img src='/{i}.jpg'><figcaption>View {i}</figcaption></figure><p>{sentence(i)}</p>"
        for i in range(n)
    ),
    "rows": lambda n: (
        "<table>" + "".join(f"<tr><td>{i}</td><td>place {i}</td></tr>" for i in range(n)) + "</table>"
    ),
    "notes": lambda n: "".join(
        f"<p id='r{i}'>{sentence(i)}<a href='#n{i}'>{i}</a></p><li id='n{i}'>{i}<a href='#r{i}'>^</a></li>"
        for i in range(n)
    ),
}


@pytest.mark.parametrize("kind", LONG)
def test_work_grows_as_the_page_does(kind: str) -> None:
    """A page of twice the length takes about twice the steps, whatever it is full of."""
    work = []
    structure(f"<article><p>{PROSE}</p></article>")  # what is loaded once does not count
    for number in (150, 300):
        page = f"<article><h1>A long list</h1><p>{PROSE}</p>{LONG[kind](number)}<p>{PROSE}</p></article>"
        with Profile() as profile:
            render(structure(page, url="https://a.example/").body())
        work.append(sum(entry.callcount for entry in profile.getstats()))
    assert work[1] < 2.4 * work[0]
