"""The quick reader of front matter sees what YAML's own parser sees, or leaves it to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pouch.content.entry import Entry
from pouch.content.frontmatter import FrontMatterError, compose, compose_yaml
from pouch.content.nodes import Items, Node, Scalar, Table
from pouch.content.plain_yaml import compose_plain
from pouch.content.render import render_front_matter
from tests.content.samples import FEWER, entries

PIECES = st.sampled_from(
    [
        "id", ":", ": ", " ", "  ", "\n", "\n  ", "\n- ", "\n  - ", "- ", "#", " #", "[", "]", "[a, b]", "{",
        "}", "{a: b}", ",", ", ", '"', "'", '"a b"', "'it''s'", '"\\""', "\\", "a", "b c", "NO", "1", "2025-03-05", "?",
        "? ", "!", "&", "*", "|", ">", "%", "@", "`", "-", "--", "é", "’", "\u00a0", "\u3000", "_", "x:y", "(", "/",
        "https://a.b/c", "\ufeff", "\t", "a:\n  b: c\n  d: e\n", "a: b\n", "a: [b]\n", "a:\n  - b\n  - c\n",
        ".", "//", "a: 'b'\n", "a: {b: c, d: 'e'}\n", "# c\n", "\n\n", "://",
    ]
)  # fmt: skip


def shape(node: Node) -> object:
    """A node with all that it says."""
    place = (node.line, node.column, node.end)
    if isinstance(node, Scalar):
        return ("scalar", node.text, node.plain, *place)
    if isinstance(node, Items):
        return ("items", [shape(item) for item in node.nodes], node.flow, *place)
    assert isinstance(node, Table)
    return ("table", [(shape(key), shape(value)) for key, value in node.pairs], node.flow, *place)


@given(st.lists(PIECES, max_size=16).map("".join))
@example("a: b\n  c\n")
@example("a:\n  b\n")
@example("a: [b, c\n")
@example("a: [b c, 'd', \"e\"] # f\n")
@example("a: b #c\n")
@example("a: b # c\n")
@example("a: b#c: d\n")
@example("a: b:\n")
@example("a: 'b' c\n")
@example("a:\n- b\nc:\n  - d\n - e\n")
@example("a:\n  b: c\n   d: e\n")
@example("a: b\n\n  c: d\n")
@example("a: [x y:z]\n")
@example("a: ---\n")
def test_the_quick_reader_never_differs(block: str) -> None:
    """Where the quick reader gives an answer, it is the one of libyaml, to the column."""
    block += "\n"
    quick = compose_plain(block)
    if quick is not None:
        assert shape(quick) == shape(compose_yaml(block))


@FEWER
@given(entries())
def test_what_pouch_writes_is_read_alike(entry: Entry) -> None:
    """Files that Pouch writes are read to the same nodes by both."""
    block = render_front_matter(entry)
    quick = compose_plain(block)
    if quick is not None:
        assert shape(quick) == shape(compose_yaml(block))


@pytest.mark.parametrize(
    "block",
    [
        'id: "7f3k9q2mzx"\ntitle: Talks in Jeddah\ndate: 2025-03-05\ncountries: [GB, UA]\nsource: {name: A}\n',
        "title: 'It''s'\n# ours\n\nkey_points:\n  - One, two\n  - \"Three: four\"\n",
        "source:\n  name: A (desk)\n  url: https://b.c/d?e=f#g\n",
        "countries: []\nslug:\npublish_at: 2025-03-05T09:00:00+01:00\nstatus: draft # for now\n",
    ],
)
def test_what_editors_write_takes_the_quick_way(block: str) -> None:
    """Ordinary front matter does not need the YAML parser, which takes ten times as long."""
    quick = compose_plain(block)
    assert quick is not None
    assert shape(quick) == shape(compose_yaml(block))


def test_what_the_quick_reader_leaves_is_read_all_the_same() -> None:
    """Anything else of YAML goes to YAML's own parser, faults included."""
    assert compose_plain("a: |\n  b\n") is None
    assert compose("a: |\n  b\n").pairs[0][1].text == "b\n"  # type: ignore[union-attr]  # a scalar
    with pytest.raises(FrontMatterError):
        compose("a: *b\n")
