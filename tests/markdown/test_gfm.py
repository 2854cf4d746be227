# ruff: noqa: E501  # tables of small texts
"""What GitHub's preview of a file shows is what is published; where it is not, this file says why."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.markdown.gfm import gfm_shape, our_shape

ALIKE = [
    "a\\\nb\n",
    "* a\n\n  ```\n  x\n  ```\n* b\n",
    "> a\n> - b\n>   - c\n> 1. d\n",
    "| a |\n|---|\n| `x \\| y` |\n",
    "![a](/images/x.png)\n![b](/images/y.png)\n",
    "http://a.example/b_c_d, and www.b.example.\n",
    "# a #\n\nb\n===\n",
    "a[^1] b[^2]\n\n[^2]: two\n[^1]: one\n    more\n",
    "> a\nb\n\n> c\n",
    "`` a ` b ``\n",
    "[a][b] [b][] [b]\n\n[b]: /about/ 'T'\n",
    # Lists
    "3. Shorter shifts.\n4. A doctor.", "1) one\n2) two", "7) one\n8) two", "0. nought\n1. one", "1. a\n1. b\n1. c",
    "- a\n- b\n\n1. c\n2. d", "- a\n1. b", "1. a\n2) b", "- a\n* b\n+ c", "- a\n  - b\n- c", "- a\n   - b", "- a\n    - b",
    "1. a\n  - b", "1. a\n   - b", "1. a\n    - b\n        - c", "- a\n    - b\n        - c\n- d", "10. a\n    - b",
    "They agreed on:\n- a truce\n- an exchange", "They agreed on:\n1. a truce", "They agreed on:\n2. a truce",
    "It ended in\n2024. A hard year.", "2024. A hard year.", "2024\\. A hard year.", "1234567890. a", "-5 degrees\n+1 more",
    "- a\n\n- b\n- c", "- a\n- b\n\n\n- c", "- a\n\n  b\n- c", "- a\nlazy\n- b", "- a\n\nb", "-\n\n  a", "- a\n-\n- b", "1.\n2.",
    "- > a\n  > b\n- c", "- # a\n- b", "- ```\n  a\n  ```\n- b", "-     a", "- a\n\n      b", "* * *\n* a", "- - a\n  - b", "1. - 2. a",
    "- a\n\n<!-- -->\n\n- b", "- [x] a\n  1. b",
    "- a\n- b\n<!-- x -->\n- c", "* a\n  b\n\n    c", "5) five\n6) six\n\n7. seven", "1. a\n   - b\n     1. c\n        - d", "-\ta\n\t- b",
    "1.\ta\n\n\tb", "1. ```\n   a\n   ```\n2. b", "> 1. a\n>    b\n> 2. c", "+++\na\n+++", "- a\n  =",
    # Quotations
    "> a\n> b\n\nc", "> a\nb", "> a\n\n> b", ">a\n>> b\n> c", "> - a\n> - b\nc", "> ```\n> a\n> ```\nb", "   > a", "    > a",
    # Headings and rules
    "# a\nb", "## a ##", "## a #b#", "#a", "####### a", "#", "a\n===", "a\nb\n---", "a\n\n---\n\nb", "***", "- a\n---\nb", "* a\n***", "_ _ _",
    # Code
    "```\na\n\n# b\n  c\n```", "~~~ python\na ``` b\n~~~", "```py title=x\na\n````\nb", "````\n```\n````", "```\na", "a\n```\nb\n```\nc",
    "  ```\n  a\n b\n  ```", "``` a`b", "    a\n\n      b\n\nc", "a\n    b", "`a``b`", "``a`b``", "`a\nb`", "`<b>`", "\\`a`",
    # Tables
    "| a | b |\n|:--|--:|\n| 1 | 2 |", "a | b\n-|-\n1 | 2\nend", "text\n| a |\n|---|\n| 1 |", "| a | b |\n|---|\n| 1 |", "|a|\n|:-:|\n|`b \\| c`|",
    "| a | b |\n|-|-|\n| 1 |\n| 1 | 2 | 3 |", "| a |\n|-|\n\nb", "| a |\n|-|\n> b", "| *a* |\n|-|", "- | a |\n  |-|\n  | b |", "a\n:-:", "| a |\n-", "|\n|-|",
    # Inline markup
    "~~300~~ 400", "~300~ 400", "~~~300~~~", "a~~b~~c", "~~ a ~~", "~100 and ~200", "\\~\\~a~~", "**~~a~~**", "*a* **b**", "a*b*c a_b_c", "2*3*4 and 2 * 3",
    "a\\\nb", "a  \nb", "a  ", "a\\", "\\*a\\* \\<b> \\| \\~ \\q", "&copy; &amp; &lt;b&gt; AT&T", "[a](/b \"c\")", "[a](</b c>)", "<https://a.bc/>", "<d@a.bc>",
    "[a](/b (c d))", "[a](</b c> (d))", "[a](/b(c) (d))", "[a](/b () )", "\\&copy; \\&#169; \\&x", "`\\&copy;`", "\\\\&lt;a \\\\\\&lt;b", "[a](/b?c=1\\&copy=2)",
    "[a][b]\n\n[b]: /c", "[A][]\n\n[a]: </c d> 'e'", "[a]\n\n[A]: /c", "[a][b]", "[a] (b)", "[a]: /b\nc [a]", "c\n[a]: /b", "[a]: /b\n\n[a]: /c\n\n[a]",
    # Bare addresses
    "https://a.bc", "http://a", "HTTPS://A.BC/d", "www.a.bc", "WWW.a.bc", "x www.a.bc/d.", "(www.a.bc)", "'www.a.bc'", "www.a_b.cd", "www.",
    "(https://a.bc/d)", "(see https://a.bc/d(e))", "https://a.bc/d))", "https://a.bc.", "https://a.bc/?q=1&b=2", "https://a.bc/?a=1&copy=2",
    "https://a.bc/d&amp;e", "https://a.bc/d&copy;", "https://a.bc/d;", "https://a.bc/d!?*", "https://a.bc/d: e", "\"https://a.bc/d\", e",
    "*https://a.bc/d*", "**https://a.bc/d** e", "_https://a.bc_", "~~https://a.bc~~", "https://a.bc/d_e_f", "https://a.bc/d*e*f *g*",
    "https://a_b.cd e", "https://a.b_c e", "https://a_b.cd.ef g", "xhttps://a.bc", "1https://a.bc", "éhttps://a.bc", "a:https://b.cd", "/https://b.cd",
    "[https://a.bc", "[https://a.bc]", "[a] https://b.cd [e]", "[a](b https://c.de", "[https://a.bc](/d)", "[x https://a.bc y](/d)", "[w@a.bc](/d)",
    "`https://a.bc`", "<https://a.bc>", "<a href='https://a.bc'>d</a>", "<b>https://a.bc</b>", "https://a.bc<b>d</b>", "\\https://a.bc", "https\\://a.bc",
    "a.bc/d", "https://localhost:80/a", "https://1.2.3.4/a", "https://münchen.de/ä", "https://-a.bc", "https://", "https:///a", "://a.bc",
    "http://a.bc/http://d.ef", "https://a.bc/d|e", "https://a.bc/{d}", "https://a.bc/d\"e", "https://a.bc/'d'", "https://a.bc/d—e", "https://a.bc，d",
    "| https://a.bc |\n|-|\n| https://d.ef/g |", "# https://a.bc", "https://a.bc\nhttps://d.ef", "https://a.bc  \nd", "- https://a.bc/d – e", "a[^1]\n\n[^1]: https://b.cd/e_f_.",
    "a@b.cd", "A.b+c-d_e@f-g.hi.", "mailto:a@b.cd", "a@b", "a@b.c_d", "a@b.cd_", "a@b.cd-", "a@b.cd1", "a@b@c.de", "@b.cd", ".a@b.cd", "(a@b.cd)",
    "a@b.cd/e", "*a@b.cd*", "`a@b.cd`", "[a@b.cd]", "é@b.cd", "a@é.cd", "http://a.bc/@d@e.fg", "<b>a@b.cd</b>",
    # Tasks
    "- [ ] a\n- [x] b\n- [X] c\n- [y] d", "- [ ]\n- [x]\n- [ ]b", "1. [ ] a\n2. [x] b", "1) [ ] a", "- a\n  - [x] b", "* [ ] a\n+ [x] b",
    "- [ ] a\n\n- [x] b", "- [ ] a\n\n  c", "-   [ ] a", "-      [ ] a", "- [ ] # a", "- [x] - b", "- [ ] ```\n  a", "- \n  [ ] a", "- [ ]  a",
    "[ ] a", "- [x][a]\n\n[a]: /b", "- [x] a\n\n[x]: /b", "- [ ] [a](/b)", "- a\n\n  [ ] b", "- **[ ] a**", "- [  ] a", "- [x]\ta", "- [ ] \n  a",
    "- [ ] *a* `b`\n  c\n  - d",
    # Footnotes
    "a[^1] b[^2]\n\n[^2]: c\n[^1]: d", "a[^n]\n\n[^n]: b\n\n    c\n\n    - d\n\ne", "a[^N]\n[^n]: b\nlazy", "a[^1]", "a[^1] b[^1]\n\n[^1]: c", "- a[^1]\n\n[^1]: b",
    "a[^1]\n\n[^1]: b[^2]\n[^2]: c", "a[^1]\n\n[^1]: b\n[^1]: c", "`[^1]` [^1]\n\n[^1]: a",
    # HTML
    "CO<sub>2</sub> <b>a</b>", "a<br>b", "<!-- a -->\n\nb", "a <!-- b\nc --> d", "<div>\n\n*a*\n\n</div>", "<div>*a*</div>\n*b*", "<b>*a*</b>", "a < b > c", "<3", "<a@b", "<p>a</p>\n\nb",
    "<del>\n\na\n\n- b\n\n</del>\n\nc", "<ins>\na\nb\n</ins>", "> <del>\n>\n> a\n>\n> </del>", "- <del>a</del>\n- <ins>b</ins>", "<del>a</del> b",
    "<table><tbody><tr><td>a</td></tr></tbody></table>", "<kbd title='a > b'>c</kbd>", "<pre>a\n\n*b*\n</pre>\n\nc",
]  # fmt: skip

# Where we differ, and why. Each of these differs: what no longer does goes.
DIFFERENT = {
    "an unknown tag is text, since editors mark so what a source withheld": ["<redacted> <name withheld>", "<min>\n\na"],
    "a tag that pages cannot hold is left out with a warning, and nothing after it is lost": [
        "a <script> b\n\nc", "<title>a\n\nb", "<iframe src='https://a.bc/'></iframe>", "<script>a</script> b",
    ],
    "what has no end is text": ["<!-- a\n\nb", "a <? b ?>", "<![CDATA[a]]>", "<!DOCTYPE a>"],
    "a tag whose attributes are no attributes' is text": ["a<b and c>d"],
    "an element goes as far as the block it stands in": ["- <div>\n- a", "# <b>a\n\nc"],
    "a link's address may hold blanks, which are encoded": ["[a](/b c.pdf)"],
    "an image is shown only from content/images/ or by a link": ["![a](/b)", "![a](b.png)", "![a](https://b.cd/e.png)"],
    "a link that leads nowhere is text": ["[a](b)", "[a](javascript:b)"],
    "a footnote that nothing refers to is shown all the same": ["[^1]: a"],
    "a footnote's label may hold blanks": ["a[^b c]\n\n[^b c]: d"],
    "emphasis ends at the sign, whatever stands beside it": ["**„a“**b", "*(a)*b", "**Note:**text"],
    "an empty line after a rule or a definition parts a list too, as in CommonMark 0.31": ["- ***\n\n  a", "- a\n\n  [b]: /c"],
    "strong emphasis stands around emphasis, not inside it": ["***a***"],
    "tildes go by two and by one, whatever stands around them": ["\\~~a~~"],
    "an address ends before other markup and before signs that no address holds": [
        "https://a.bc/`d`", "https://a.bc/[d](/e)", "https://a.bc/[^1]\n\n[^1]: d", "https://a.bc\\\nd", "“https://a.bc/d”", "https://a.bc\xa0d", "https://a.bc/d…",
    ],
    "a backslash means the same in an address as elsewhere": ["https://a.bc/\\_d", "a\\@b.cd"],
    "a page cannot link to other schemes": ["ftp://a.bc", "xmpp:a@b.cd"],
    "an address names no user, whom a reader would take for the host": ["https://a@b.cd/", "[a](//b:c@d.ef)"],
    "a link holds no link": ["<a>https://a.bc</a>", "<a href='/d'>x www.a.bc</a>"],
    "an item is a task wherever its list stands, and only the first brackets count": ["> - [ ] a", "- - [ ] a", "- [ ] [x] a"],
    "containers nest 50 deep": ["> " * 101 + "a"],
}  # fmt: skip


@pytest.mark.parametrize("text", ALIKE)
def test_published_as_previewed(text: str) -> None:
    """The blocks, their order, their text, their numbers and their links are those of GitHub's preview."""
    assert our_shape(text) == gfm_shape(text)


@pytest.mark.parametrize(
    ("text", "reason"), [(text, reason) for reason, texts in DIFFERENT.items() for text in texts]
)
def test_accepted_differences_are_differences(text: str, reason: str) -> None:
    """The list of differences holds nothing that is none."""
    assert reason
    assert our_shape(text) != gfm_shape(text)


_MARGINS = st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "      "])
_MARKERS = (
    st.lists(
        st.sampled_from(["- ", "* ", "+ ", "1. ", "2. ", "10. ", "1) ", "> ", "> - ", "# ", "[^1]: "]),
        max_size=2,
    )
    .map("".join)
    .filter(lambda markers: markers.count("[^1]: ") < 2)
)
_TEXTS = st.sampled_from(
    ["", "a", "b c", "*d*", "**e**", "`f`", "~~g~~", "[h](/i)", "https://h.ij/k_", "[x] i", "3 j", "2025. k", "l  ", "m\\", "n[^1]", "&amp; o", "<b>p</b>",
     "---", "===", "-", "```", "~~~", "| q | r |", "|-|-|", "|:-|-:|", "\\*s\\*", "\\- t", "1\\. u", "[v]"]
)  # fmt: skip
_LINES = st.builds("{}{}{}{}".format, _MARGINS, _MARKERS, _TEXTS, st.sampled_from(["\n", "\n", "\n\n"]))


@given(st.lists(_LINES, max_size=7).map("".join))
@example("- a\n\n\n      b\n")
@example("1. a\n\n   2. b\n3. c\n")
@example("> - a\n    b\n- c\n")
@example("- a\n  > b\nc\n- d\n")
@example("| q | r |\n|-|-|\n- a\n")
def test_any_blocks_are_published_as_previewed(text: str) -> None:
    """However lists, quotations, code, tables, headings and notes follow and hold one another."""
    text = f"{text}\n\nend[^1]\n\n[v]: /w\n"
    ours, theirs = our_shape(text), gfm_shape(text)
    assert _plain(ours) == _plain(theirs)


def _plain(shape: tuple[object, ...]) -> tuple[object, ...]:
    """A shape in which an item's paragraphs are its text: the rule for loose lists has an accepted difference."""
    parts: list[object] = []
    for part in shape:
        if isinstance(part, tuple) and shape[0] == "li" and part[0] == "p":
            parts += part[1:]
        else:
            parts.append(_plain(part) if isinstance(part, tuple) else part)
    return tuple(parts)
