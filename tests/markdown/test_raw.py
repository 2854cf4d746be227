# ruff: noqa: E501  # tables of small texts
"""HTML in a text: what is published, what is text, what is left out, and what a warning says of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element
from lxml.html import fromstring

from pouch.markdown.images import ImageFile
from pouch.markdown.raw import _ELEMENTS
from pouch.markdown.renderer import Rendered, Renderer
from pouch.markdown.sanitise import TAGS

RENDERER = Renderer("", lambda _path: ImageFile(3, 4))


def render(text: str) -> Rendered:
    """A body."""
    return RENDERER.render(text, entry_id="abcd")


def content(element: _Element) -> str:
    """The text of an element."""
    return "".join(map(str, element.itertext()))


def words(text: str) -> str:
    """The visible text of a body."""
    return " ".join(content(fromstring(f"<div>{render(text).html}</div>")).split())


@pytest.mark.parametrize(
    "text",
    [
        "<redacted>", "<name withheld>", "<min>", "<text cut>", "<line missing>", "<set of 3>", "<path lost>", "<a@b", "<x-y>",
        "</redacted>", "<redacted/>", "<time unknown>", "<data removed>", "<map missing>", "<address withheld>", "<title cut>",
        "<table 3>", "<?xml version='1.0'?>", "<?php echo 1; ?>", "<!DOCTYPE html>", "<![CDATA[a]]>", "<!-- a", "<![CDATA[ a",
        "<? a", "<", "<<b", "a < b", "<3", "<é>", "<b", '<b title="', "<b title='a\">",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "{} b", "a {} b", "> {}\n\nb", "- {}\n- b", "## a {}", "| a {} |\n|-|\n| b |", "a[^1]\n\n[^1]: {}"])  # fmt: skip
def test_text_in_angle_brackets_stays(text: str, frame: str) -> None:
    """Whatever a writer puts in angle brackets, wherever, readers see it, unless it is HTML."""
    assert text in words(frame.format(text))
    assert not [problem for problem in render(frame.format(text)).problems if problem.code == "html-left-out"]


@pytest.mark.parametrize("name", sorted(_ELEMENTS - TAGS - {"img", "image"}))
@pytest.mark.parametrize(
    "frame",
    ["First <{0}> second.\n\nThird.", "<{0}>\n\nFirst second.\n\nThird.", "First second.\n<{0}> \n\nThird."],
)
def test_nothing_after_an_element_that_is_left_out_is_lost(name: str, frame: str) -> None:
    """A tag that pages cannot hold goes alone, and a warning names it and its line."""
    text = f"Before.\n\n{frame.format(name)}"
    assert words(text) == "Before. First second. Third."
    (problem,) = render(text).problems
    assert problem.code == "html-left-out"
    assert f"<{name}>" in problem.message
    assert problem.line == 1 + text[: text.index("<")].count("\n")


@pytest.mark.parametrize("name", sorted(TAGS - {"br", "hr", "wbr", "col"}))
def test_nothing_after_an_element_without_end_is_lost(name: str) -> None:
    """The same holds for elements that pages may hold."""
    assert words(f"Before <{name}> first.\n\nSecond.").replace(" ", "") == "Beforefirst.Second."
    assert words(f"Before </{name}> first.\n\nSecond.").replace(" ", "") == "Beforefirst.Second."


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <script>alert(1)</script> b", "<p>a  b</p>"),
        ("<script>\n\nalert(1)\n\n</script>\n\nb", "<p>b</p>"),
        ("<style>\np { color: red }\n\n</style>\nb", "<p>b</p>"),
        ("<svg><path d='M0 0'/></svg> a", "<p>a</p>"),
        ("<center>**a**</center>", "<p>**a**</p>"),
        ("a <font color=red>**b**</font>", "<p>a <strong>b</strong></p>"),
        ("<details>\n<summary>a</summary>\n\n*b*\n\n</details>", "<p>a</p>\n<p><em>b</em></p>"),
        ("<DIV>a</DIV>", "<div>a</div>"),
        ("a<!-- b --> c<!---->d<!-->e", "<p>a cde</p>"),
        ("<!-- a\n\nb -->\n\nc", "<p>c</p>"),
        ("CO<sub>2</sub> a<br/>b", "<p>CO<sub>2</sub> a<br>b</p>"),
        ("<pre>\nif a < b\n\n# c\n</pre>", "<pre>if a &lt; b\n\n# c\n</pre>"),
        ("<ul><li>a</li></ul>\nb", "<ul><li>a</li></ul>\nb"),
    ],
)
def test_html(text: str, html: str) -> None:
    """Code goes whole, other elements go and leave what they hold, and those of the allow-list stay."""
    assert render(text).html.replace("<pre>\n", "<pre>") == html


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ('<iframe src="https://a.bc/d?e=1&amp;f=2"></iframe>', [("https://a.bc/d?e=1&f=2", "https://a.bc/d?e=1&f=2")]),
        ('<iframe title="The harbour" src="//a.bc/">no</iframe>', [("https://a.bc/", "The harbour")]),
        ('<IFRAME SRC=https://a.bc/></IFRAME>', [("https://a.bc/", "https://a.bc/")]),
        ('<video controls src="/files/a b.mp4"></video>', [("/files/a%20b.mp4", "/files/a b.mp4")]),
        ('<video>\n<source src="https://a.bc/d.mp4">\n<source src="https://a.bc/d.webm">\n</video>',
         [("https://a.bc/d.mp4", "https://a.bc/d.mp4")]),
        ('<audio src="https://a.bc/d.mp3" controls></audio>', [("https://a.bc/d.mp3", "https://a.bc/d.mp3")]),
        ('<object data="https://a.bc/d.pdf"><embed src="https://a.bc/d.pdf"></object>',
         [("https://a.bc/d.pdf", "https://a.bc/d.pdf")]),
        ('<iframe src="javascript:alert(1)"></iframe>', []),
        ('<iframe srcdoc="<b>a</b>"></iframe>', []),
        ('<embed src="data:text/html,a">', []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "Text {} text", "- {}", "<div>\n{}\n</div>"])
def test_what_is_embedded_leaves_a_link(html: str, links: list[tuple[str, str]], frame: str) -> None:
    """Readers get to a film, a sound, a document or another page where it is; nothing of it is loaded."""
    page = render(frame.format(html))
    tree = fromstring(f"<div>{page.html}</div>")
    assert [(link.get("href"), content(link)) for link in tree.iter("a")] == links
    assert "html-left-out" in {problem.code for problem in page.problems}
    assert not list(tree.iter("iframe", "video", "audio", "source", "object", "embed"))


def test_each_embedded_sound_leaves_its_link() -> None:
    """Two of them on a page are two links, one within a line and one in a block of its own too."""
    sound = '<audio><source src="https://a.bc/{0}.ogg"><source src="https://a.bc/{0}.mp3"></audio>'
    text = f"Text {sound.format(1)} and {sound.format(2)}\n\n<div>\n{sound.format(3)}\n</div>"
    tree = fromstring(f"<div>{render(text).html}</div>")
    assert [link.get("href") for link in tree.iter("a")] == [f"https://a.bc/{n}.ogg" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a\n\n`<script>`\n\n```\n<script>\n```\n\n\\<script>\n\nb <script>",
            [(11, "html-left-out", "<script>")],
        ),
        (
            "<font>a</font>\n\n<font>b</font>",
            [(1, "html-left-out", "<font>"), (3, "html-left-out", "<font>")],
        ),
        ("a\n\n- b\n- <center>c", [(4, "html-left-out", "<center>")]),
        ('a\n\n<div style="x"\nclass="y">\nb\n</div>', [(3, "html-left-out", "style, class of <div>")]),
        ("a\n\nb <td id=c>", [(3, "html-left-out", "id of <td>")]),
        ("a\n\nb <b>c", [(3, "unclosed-html", "<b>")]),
        ("a\n\nb <mark>c\n\nd</mark>", [(3, "unclosed-html", "<mark>")]),
        ("- a <q>b\n- c</q>", [(1, "unclosed-html", "<q>")]),
        ("<span lang=fr>\n\na\n\n</span>", [(1, "unclosed-html", "<span lang=fr>")]),
        ("a <del>b\n\nc</del>", [(1, "unclosed-html", "<del>")]),
        ("<del>\n\na\n\n</del>", []),
        ("<div>\n<b>a\n</b>\n</div> <b>*c* d</b>", []),
        ("a\n\nb </b> c", [(3, "unclosed-html", "</b>")]),
        ("a\n\nb\n<!-- c", [(4, "unclosed-html", "comment")]),
        ("a\n\nb <!-- c", []),
        ("<p>a\n\n<ul><li>b</ul>", []),
        ("a <b>b</b> <i lang=fr>c</i> <br> <img src=images/a.png alt=d>", []),
        ("a</script>", [(1, "html-left-out", "</script>")]),
    ],
)
def test_warnings_say_what_is_left_out_and_where(text: str, expected: list[tuple[int, str, str]]) -> None:
    """Nothing that a person wrote goes without a word, and no word is said of what is right, or is code."""
    problems = render(text).problems
    assert [(problem.line, problem.code) for problem in problems] == [
        (line, code) for line, code, _ in expected
    ]
    for problem, (_, _, name) in zip(problems, expected, strict=True):
        assert name in problem.message
        assert problem.hint


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a[^1]\n\n[^2]: b", [1]),
        ("`[^1]` \\[^1]\n\n    [^1]\n\n[^1]", [5]),
        ("a\n\n- b[^c d]\n- e[^C D]\n", [3, 4]),
        ("[a][b]\n\n[b][c]\n\n[b]: /d", [3]),
        ("a\n![b][c]", [2]),
        ("a [b][]", [1]),
        ("[1][2] [sic] [a] [b](/c) \\[a][b] `[a][b]`", []),
        ("[^a]: b[^c]", [1]),
    ],
)
def test_undefined_references_are_told(text: str, lines: list[int]) -> None:
    """A footnote or link that is referred to and not defined is named with its line."""
    problems = render(text).problems
    assert [(problem.line, problem.code) for problem in problems] == [
        (line, "undefined-reference") for line in lines
    ]


TAGS_AND_SIGNS = [
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<script>",
    "</script>",
    "<svg>",
    "</svg>",
    "<title>",
    "<textarea>",
    "</textarea>",
    "<iframe>",
    "<table>",
    "<td>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<select>",
    "<plaintext>",
    "<xmp>",
    "<noscript>",
    "<template>",
    "<math>",
    "<style>",
    "<frameset>",
    "<pre>",
    "<a>",
    "<li>",
    "<h2>",
    "<col>",
    "<caption>",
    "-",
    ">",
    "`",
    "#",
    "|",
    "*",
]


@given(st.lists(st.sampled_from([*TAGS_AND_SIGNS, "\n", "\n\n"]), max_size=12))
def test_no_words_are_lost(pieces: list[str]) -> None:
    """Whatever tags stand between them, open or closed, words stay, but for those inside a whole script and the like."""
    text = " ".join(f"{piece} w{at}" for at, piece in enumerate(pieces))
    inside = re.sub(r"(?s)<(script|svg|iframe|style|template|math)>.*?</\1>|<!--.*?-->", " ", text)
    shown = words(text)
    for word in re.findall(r"w\d+", inside):
        assert word in shown
