"""Text as Markdown: readers see what the author wrote."""

from __future__ import annotations

import html
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from pouch.convert.text.blocks import IN_BODY, Block, Role
from pouch.convert.text.markdown import render

DIALECT = Markdown(extensions=["tables", "footnotes", "toc"])
TAGS = {"paragraph": "p", "subhead": "h2", "item": "li", "numbered item": "li", "quotation": "blockquote"}


def shown(blocks: list[Block]) -> str:
    """The page's HTML."""
    DIALECT.reset()
    return DIALECT.convert(render(blocks))


signs = st.text(alphabet="ab 1.2-+*_`[]()<>#!&;:\\|~=^{}\"'/h\té\u00a0«", min_size=1, max_size=25)
texts = signs.map(lambda text: " ".join(text.split())).filter(bool)


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
    ],
)
def test_escaped_only_where_needed(text: str, markdown: str) -> None:
    """An editor meets no backslash that does nothing."""
    assert render([Block("paragraph", text, (1,))]) == markdown + "\n"


def test_lists_stay_apart() -> None:
    """A bulleted list and a numbered one after it are two lists on the page."""
    page = shown([Block("item", "a", (1,)), Block("item", "b", (2,)), Block("numbered item", "c", (3,))])
    assert re.sub(r"\s|<!-- -->", "", page) == "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"


def test_roles_of_the_body_are_roles() -> None:
    """No part of the body has a name that nothing renders."""
    assert set(IN_BODY) <= set(get_args(Role))
