"""The quick Markdown gives what the stock one gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.tables import TableExtension

from pouch.markdown.dialect import Footnotes, make_markdown
from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer


def stock_markdown(footnotes: Footnotes | None = None) -> Markdown:
    """Python-Markdown without a shortcut."""
    return Markdown(extensions=[TableExtension(), footnotes or Footnotes()], output_format="html")


def size(path: str) -> ImageFile:
    """Of an image: one exists."""
    return ImageFile(3, 4) if path == "images/a.png" else ImageFile(fault="there is no such file")


STOCK, QUICK = stock_markdown(), make_markdown()
QUICK_PAGES = Renderer("/archive", size)
with pytest.MonkeyPatch.context() as patch:
    patch.setattr("pouch.markdown.renderer.make_markdown", stock_markdown)
    STOCK_PAGES = Renderer("/archive", size)

INLINE = (
    "word", "Word ", "and more words", " ", "  \n", "\n", "*", "**", "***", "_", "__", "`", "``", "\\", "\\*",
    "\\\\", "[", "]", "(", ")", "](", "[a](b)", "![a](b)", "[a][b]", "[a] [b]", "[b]", "[b][]", "![a][b]",
    "[^1]", "[^2]", "<", ">", "<b>", "</b>", "<!-- x -->", "<a@b.cd>", "<http://a.b>", "&", "&amp;", "&#38;",
    "&copy", "&lt;b&gt;", "*a*", "**a**", "*a b*", "_a_", "__a__", "***a***", "*a\nb*", "**a\nb**", "a*b*c",
    "* a*", "*a *", "`a*b`", "*[a](b)*", "[*a*](b)", "[a](<b c>)", "[a](b 'c')", '[a](b "c")',
    "[a](https://b.cd/e_f_g?h=i&j)", "[a](b(c)d)", "[a]()", "[a\nb](c)", "[](d)", "![a](images/a.png 'b')",
    "[a](javascript:b)", "[a](&amp;b)", "[a](\\*b)", "x_y_z", "|", ":", "“", "«", "é", "你", "שלום", "مرحبا",
    "\u200f", "\u202e", "1", ".", "http://a.b", "!", "'", '"', "{", "~", "\x02", "\x03", "\u00a0", "\u2003",
    "\u2028", "\x85", "\x1c", "\x0c", "klzzwxh:0000", "wzxhzdk:0",
)  # fmt: skip
BLOCKS = (
    "\n\n", "\n    ", "\t", "[^1]: note", "[^2]: a\n\n    b", "[b]: /c", '[b]: <c> "d"', "<div>", "</div>",
    "<p>", "<br>", "<script>", "<hr>", "<pre>", "#", "# a", "## b #", "=", "===", "---", "- a", "- ", "1. a",
    "2. b", "+ b", "> q", "> > r", "| a | b |", "|-|-|", "|:-|-:|", "```", "~~~", "    code  ", "***\n",
    "///Footnotes Go Here///", "\r\n", "12 a", "²",
)  # fmt: skip
PIECES = st.sampled_from(INLINE + BLOCKS)
# Whole lines, so that constructs stand inside one another and not only beside.
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "    ", "        ", "  ", "> ", "> > ", "- ", "    - "]),
    st.sampled_from(
        [
            "",
            "",
            "- ",
            "* ",
            "1. ",
            "12. ",
            "> ",
            "# ",
            "### ",
            "[^1]: ",
            "[b]: ",
            "| ",
            "“",
            "3,000 ",
            "<div>",
        ]
    ),
    st.lists(st.sampled_from(INLINE), max_size=5).map("".join),
    st.sampled_from(["\n", "\n", "\n\n", "  \n", "\n---\n", " | b |\n", "\n|-|-|\n"]),
)


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
@example("<word[a](b)> c")
@example("[a](b) *c*\n> *a **a*<b>")
@example("*a* b")
@example("a**b**, *")
@example("*a* *b* **c*d**")
@example("*a*\n\n    *b*\n\n*c* _d_")
@example("- 1,000 a\n- “b”\n- 3 c")
@example("[a](b)[c](d) [e][f]\n\n[f]: g")
def test_shortcuts_change_no_byte(text: str) -> None:
    """Whatever an editor writes, the page is the one that plain Python-Markdown would give."""
    stock, quick = both(text)
    assert quick == stock


@given(st.lists(LINES, max_size=12).map("".join))
def test_shortcuts_change_no_byte_of_nested_blocks(text: str) -> None:
    """Nor does it differ where lists, quotations, tables, notes and code stand inside one another."""
    stock, quick = both(text)
    assert quick == stock


@given(st.lists(LINES, max_size=8).map("".join))
def test_shortcuts_change_nothing_that_pages_show(text: str) -> None:
    """Nor do links, problems, words and headings that are taken from the tree."""
    stock = STOCK_PAGES.render(text, entry_id="abcd")
    assert QUICK_PAGES.render(text, entry_id="abcd") == stock


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
