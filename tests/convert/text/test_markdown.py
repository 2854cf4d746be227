"""Text as Markdown: readers see what the author wrote."""

from __future__ import annotations

import html
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.convert.text.blocks import IN_BODY, Block, Role
from pouch.convert.text.markdown import escape, render
from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer

RENDERER = Renderer("", lambda _path: ImageFile())
TAGS = {"paragraph": "p", "subhead": "h2", "item": "li", "numbered item": "li", "quotation": "blockquote"}


def shown(blocks: list[Block]) -> str:
    """The page's HTML."""
    return RENDERER.render(render(blocks), entry_id="abcd").html


signs = st.text(alphabet="ab 1.2-+*_`[]()<>#!&;:\\|~=^{}\"'/h\té\u00a0«", min_size=1, max_size=25)
addressed = st.lists(
    st.one_of(signs, st.sampled_from(["https://a.bc/", "www.a.bc", "w@a.bc", " "])), min_size=1, max_size=5
).map("".join)
texts = st.one_of(signs, addressed).map(lambda text: " ".join(text.split())).filter(bool)


@given(texts, st.sampled_from(sorted(TAGS)))
def test_every_sign_is_shown(text: str, role: Role) -> None:
    """Whatever signs a text holds, the page shows them, in the one block that holds them."""
    page = shown(
        [Block("paragraph", "Before.", (1,)), Block(role, text, (2,)), Block("paragraph", "After.", (3,))]
    )
    inner = re.search(rf"<{TAGS[role]}[ >].*?</{TAGS[role]}>", page.split("Before.</p>", 1)[1], re.DOTALL)
    assert inner is not None
    assert " ".join(html.unescape(re.sub(r"<[^>]*>", "", inner.group())).split()) == text
    assert page.endswith("<p>After.</p>")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("It cost 3 * 4 [sic] & more", "It cost 3 \\* 4 [sic] & more"),
        ("snake_case and _stress_", "snake_case and \\_stress\\_"),
        ("1986. A year", "1986\\. A year"),
        ("- he said", "\\- he said"),
        ("-5 degrees", "-5 degrees"),
        ("a < b, <b>", "a < b, &lt;b>"),
        ("[…] (see)", "[…] (see)"),
        ("1) A step", "1\\) A step"),
        ("2025. ", "2025\\."),
        ("1234567890. No list has such a number", "1234567890. No list has such a number"),
        ("#tag and ## two", "#tag and ## two"),
        ("# one", "\\# one"),
        ("~100 and ~200 ships", "\\~100 and ~200 ships"),
        ("10~20 or ~~30~~", "10\\~20 or ~\\~30\\~\\~"),
        ("~~~", "\\~\\~\\~"),
        ("a \\< b", "a \\\\< b"),
        ("see https://a.bc/_d_/*e*?f&copy=g. _h_", "see https://a.bc/_d_/*e*?f&copy=g. \\_h\\_"),
    ],
)
def test_escaped_only_where_needed(text: str, markdown: str) -> None:
    """An editor meets no backslash that does nothing."""
    assert render([Block("paragraph", text, (1,))]) == markdown + "\n"


def test_lists_stay_apart() -> None:
    """A bulleted list and a numbered one after it are two lists on the page."""
    page = shown([Block("item", "a", (1,)), Block("item", "b", (2,)), Block("numbered item", "c", (3,))])
    assert re.sub(r"\s|<!-- -->", "", page) == "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"


def numbered(number: int, level: int = 0, text: str = "x") -> Block:
    """An item that says its number."""
    return Block("numbered item", text, (1,), level=level, number=number)


def test_numbers_are_published_as_the_article_has_them() -> None:
    """Demands 3, 4, 7 and then 1 are 3, 4, 7 and 1 on the page, whatever stands between them and whatever is nested."""
    blocks = [
        numbered(3),
        numbered(0),
        numbered(7),
        Block("paragraph", "y", (1,), level=1),
        numbered(1),
        numbered(2),
    ]
    page = re.sub(r"\s|</?p>", "", shown(blocks))
    assert page == (
        '<olstart="3"><li>x</li><li>x</li></ol><olstart="7"><li>xy</li></ol><ol><li>x</li><li>x</li></ol>'
    )
    nested = [numbered(1), numbered(5, 1), numbered(6, 1), numbered(1, 1), numbered(2)]
    page = re.sub(r"\s|</?p>", "", shown(nested))
    assert page == ('<ol><li>x<olstart="5"><li>x</li><li>x</li></ol><ol><li>x</li></ol></li><li>x</li></ol>')


@pytest.mark.parametrize("number", [1, 9, 10, 100, 99_999])
def test_what_belongs_to_an_item_stands_in_it(number: int) -> None:
    """However long its number is, an item holds its second paragraph, its picture's place and its nested lists."""
    blocks = [
        numbered(number), Block("paragraph", "y", (1,), level=1), Block("item", "z", (1,), level=1),
        numbered(number, 2), Block("item", "deep", (1,), level=9), Block("item", "z", (1,), level=1), numbered(0),
    ]  # fmt: skip
    start = f'start="{number}"' if number > 1 else ""
    page = re.sub(r"\s|</?p>", "", shown(blocks))
    assert page == (
        f"<ol{start}><li>xy<ul><li>z<ol{start}><li>x<ul><li>deep</li></ul></li></ol></li><li>z</li></ul></li>"
        "<li>x</li></ol>"
    )


def test_a_list_ends_where_one_of_the_other_kind_begins() -> None:
    """Steps after nested bullets are a list of their own, without a comment between them."""
    text = render([Block("item", "a", (1,)), Block("item", "b", (1,), level=1), numbered(1)])
    assert text == "- a\n    - b\n\n1. x\n"
    assert re.sub(
        r"\s", "", shown([Block("item", "a", (1,)), Block("item", "b", (1,), level=1), numbered(1)])
    ) == ("<ul><li>a<ul><li>b</li></ul></li></ul><ol><li>x</li></ol>")


@given(
    st.lists(st.sampled_from("= == --- -b - 1. |-|-| |d| ~~~ ``` >e #".split()), max_size=5)  # noqa: SIM905
)
def test_lines_of_a_quotation_start_nothing(lines: list[str]) -> None:
    """The lines of a quotation are its text, whatever they look like."""
    page = shown([Block("quotation", "x", (1,), markdown="\n".join(map(escape, ["| a |", *lines])))])
    assert " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split()) == " ".join(["| a |", *lines])
    assert set(re.findall(r"<(\w+)", page)) == {"blockquote", "p"}


def test_roles_of_the_body_are_roles() -> None:
    """No part of the body has a name that nothing renders."""
    assert set(IN_BODY) <= set(get_args(Role))
