"""The shortcuts change no byte: with POUCH_PLAIN=1 the library's own ways give the same."""

from __future__ import annotations

import tokenize
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Rendered, Renderer
from tests.markdown.test_gfm import ALIKE, DIFFERENT


def image(path: str) -> ImageFile:
    """Of an image: one exists."""
    return ImageFile(3, 4) if path == "images/a.png" else ImageFile(fault="there is no such file")


QUICK = Renderer("/archive", image)
with pytest.MonkeyPatch.context() as patch:
    patch.setenv("POUCH_PLAIN", "1")
    PLAIN = Renderer("/archive", image)

INLINE = (
    "word", "Word ", "and more words", " ", "  \n", "\n", "*", "**", "***", "_", "__", "`", "``", "\\", "\\*",
    "\\\\", "[", "]", "(", ")", "](", "[a](b)", "![a](b)", "[a][b]", "[a] [b]", "[b]", "[b][]", "![a][b]",
    "[^1]", "[^2]", "<", ">", "<b>", "</b>", "<!-- x -->", "<a@b.cd>", "<http://a.b>", "&", "&amp;", "&#38;",
    "&copy", "&lt;b&gt;", "*a*", "**a**", "*a b*", "_a_", "__a__", "***a***", "*a\nb*", "**a\nb**", "a*b*c",
    "* a*", "*a *", "`a*b`", "*[a](b)*", "[*a*](b)", "[a](<b c>)", "[a](b 'c')", '[a](b "c")',
    "[a](https://b.cd/e_f_g?h=i&j)", "[a](b(c)d)", "[a]()", "[a\nb](c)", "[](d)", "![a](images/a.png 'b')",
    "[a](javascript:b)", "[a](&amp;b)", "[a](\\*b)", "x_y_z", "|", ":", "“", "«", "é", "你", "שלום", "مرحبا",
    "\u200f", "\u202e", "1", ".", "http://a.b", "!", "'", '"', "{", "~", "\x02", "\x03", "\u00a0", "\u2003",
    "~~", "~~a~~", "~a~", "a\\\nb", "<redacted>", "<iframe src='/a'>", "</iframe>", "<name withheld>",
    "<b title='*c*'>", "https://a.bc/d_e", "www.a.bc", "w@a.bc", "://", "@", "[https://a.bc](d) *w@a.bc*",
    "<a href='/b'>",
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
            "- [x] ",
            "| ",
            "“",
            "3,000 ",
            "<div>",
        ]
    ),
    st.lists(st.sampled_from(INLINE), max_size=5).map("".join),
    st.sampled_from(["\n", "\n", "\n\n", "  \n", "\n---\n", " | b |\n", "\n|-|-|\n"]),
)


def both(text: str) -> tuple[Rendered, Rendered]:
    """What the two make of a text: HTML, links, problems, words."""
    return PLAIN.render(text, entry_id="abcd"), QUICK.render(text, entry_id="abcd")


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
    plain, quick = both(text)
    assert quick == plain


@given(st.lists(LINES, max_size=12).map("".join))
def test_shortcuts_change_no_byte_of_nested_blocks(text: str) -> None:
    """Nor does it differ where lists, quotations, tables, notes and code stand inside one another."""
    plain, quick = both(text)
    assert quick == plain


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "a", "a & b", "a < b", "*a*", "a\\*b", "a  \nb", "x_y_z", "a&copy b"]
)
def test_short_texts(text: str) -> None:
    """Texts at the edge of each shortcut."""
    plain, quick = both(text)
    assert quick == plain


@pytest.mark.parametrize("text", [*ALIKE, *(text for texts in DIFFERENT.values() for text in texts)])
def test_shortcuts_change_no_byte_of_any_small_text(text: str) -> None:
    """Nor of any text that is compared with GitHub's preview."""
    plain, quick = both(text)
    assert quick == plain


def test_shortcuts_change_no_byte_of_the_samples() -> None:
    """Nor of the sample entries."""
    files = sorted((Path(__file__).parents[3] / "content" / "entries").rglob("*.md"))
    assert len(files) > 100
    for file in files:
        plain, quick = both(file.read_text(encoding="utf-8").split("---\n", 2)[2])
        assert quick == plain, file.name


def test_the_switch_turns_the_shortcuts_off() -> None:
    """With POUCH_PLAIN nothing of pouch.markdown.fast takes part, so that a comparison with it means something."""
    modules = {
        type(part).__module__
        for renderer in (PLAIN,)
        for part in (*renderer._markdown.treeprocessors, renderer._markdown.serializer)
    }
    assert not any(module.startswith("pouch.markdown.fast") for module in modules)
    assert type(QUICK._markdown.treeprocessors["inline"]).__module__ == "pouch.markdown.fast.inline"


def test_the_shortcuts_stand_behind_one_door() -> None:
    """Private parts of Python-Markdown are used in one room, which one module imports."""
    root = Path(__file__).parents[3]
    files = [file for folder in ("pouch", "plugins") for file in sorted((root / folder).rglob("*.py"))]
    outside = [file for file in files if not file.is_relative_to(root / "pouch" / "markdown" / "fast")]
    importers = [file.stem for file in outside if "pouch.markdown.fast" in _code_of(file)]
    assert importers == ["renderer"]
    for file in outside:
        assert "_InlineProcessor__" not in _code_of(file), file


def _code_of(file: Path) -> str:
    """The imports and names of a module, without its docstrings and comments."""
    return "\n".join(
        token.string
        for token in tokenize.generate_tokens(file.open().readline)
        if token.type == tokenize.NAME
    ).replace("\n", ".")


def test_one_text_leaves_nothing_to_the_next() -> None:
    """Footnotes and link targets of one entry are not those of the next, though one converter serves both."""
    assert "footnote" in QUICK.render("A[^1] [b]\n\n[^1]: c\n\n[b]: /d", entry_id="a").html
    assert QUICK.render("A[^1] [b]", entry_id="a").html == "<p>A[^1] [b]</p>"
