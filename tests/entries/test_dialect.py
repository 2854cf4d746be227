"""The quick Markdown gives what the stock one gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.tables import TableExtension

from pouch.entries.dialect import Footnotes, make_markdown

STOCK = Markdown(extensions=[TableExtension(), Footnotes()], output_format="html")
QUICK = make_markdown()

PIECES = st.sampled_from(
    [
        "word", "Word ", "and more words", " ", "  \n", "\n", "\n\n", "\n    ", "\t", "*", "**", "_", "__", "`", "``",
        "\\", "[", "]", "(", ")", "](", "[a](b)", "![a](b)", "[a][b]", "[b]: /c", "[^1]", "[^1]: note", "<", ">",
        "<b>", "</b>", "<div>", "</div>", "<!-- x -->", "<a@b.cd>", "<http://a.b>", "&", "&amp;", "&#38;", "&copy",
        "#", "# a", "## b #", "=", "===", "---", "- a", "- ", "1. a", "+ b", "> q", "|", "| a | b |", "|-|-|", ":",
        "“", "«", "é", "你", "1", ".", "http://a.b", "!", "'", '"', "{", "~", "\x02", "\u00a0",
    ]
)  # fmt: skip


def both(text: str) -> tuple[str, str]:
    """What the two make of a text."""
    STOCK.reset()
    QUICK.reset()
    return STOCK.convert(text), QUICK.convert(text)


@given(st.lists(PIECES, max_size=30).map("".join))
@example("a\n- b")
@example("a\n# b\nc")
@example("a\n===")
@example("a | b\n--|--\nc | d")
@example("“Yes”\n> no")
@example("word\n    word")
@example("*a*b_c_ [x](y) _d_")
def test_shortcuts_change_no_byte(text: str) -> None:
    """Whatever an editor writes, the page is the one that plain Python-Markdown would give."""
    stock, quick = both(text)
    assert quick == stock


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "a", "a & b", "a < b", "*a*", "a\\*b", "a  \nb", "x_y_z", "a&copy b"]
)
def test_short_texts(text: str) -> None:
    """Texts at the edge of each shortcut."""
    stock, quick = both(text)
    assert quick == stock


def test_one_text_leaves_nothing_to_the_next() -> None:
    """Footnotes and link targets of one entry are not those of the next, though one converter serves both."""
    QUICK.reset()
    assert "footnote" in QUICK.convert("A[^1] [b]\n\n[^1]: c\n\n[b]: /d")
    QUICK.reset()
    assert QUICK.convert("A[^1] [b]") == "<p>A[^1] [b]</p>"
