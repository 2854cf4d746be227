# ruff: noqa: E501  # markup on one line
"""Tables of data are in the draft whole, and tables that lay out a page are none."""

from __future__ import annotations

import pytest

from pouch.convert.page.htmlpage import structure
from pouch.convert.text.markdown import render
from tests.convert.page.articles import page

CANALS = "<tr><th>Canal</th><th>Length</th><th>Opened</th></tr>"
SUEZ = "<tr><td>Suez</td><td>193 km</td><td>1869</td></tr>"
PANAMA = "<tr><td>Panama</td><td>82 km</td><td>1914</td></tr>"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        # Cells as office programs write them.
        (
            "<table><tr><td><p class=MsoNormal>Canal</p></td><td><p class=MsoNormal>Opened</p></td></tr>"
            "<tr><td><div><span>Kiel</span></div></td><td><div><span>1895</span></div></td></tr></table>",
            ["| Canal | Opened |", "| Kiel | 1895 |"],
        ),
        # Words in cells that outside of a table would be a page's buttons and teasers.
        (
            "<table><tr><th>Read also</th><th>Share</th><th>Comments</th></tr>"
            "<tr><td>Lire aussi</td><td>14 %</td><td>Advertisement</td></tr><tr><td>Mehr lesen</td><td>9 %</td><td>Home</td></tr></table>",
            ["| Read also | Share | Comments |", "| Lire aussi | 14 % | Advertisement |", "| Mehr lesen | 9 % | Home |"],
        ),
        # Spans across and down.
        (
            f"<table>{CANALS}<tr><td rowspan=2>Suez</td><td>164 km</td><td>1869</td></tr><tr><td>193 km</td><td>2015</td></tr>"
            "<tr><td>Kiel</td><td colspan=2>not known</td></tr><tr><td colspan=3>Source: authorities</td></tr></table>",
            ["| Suez | 164 km | 1869 |", "| Suez | 193 km | 2015 |", "| Kiel | not known | not known |", "| Source: authorities |  |  |"],
        ),
        # Paragraphs and lists in cells.
        (
            f"<table>{CANALS}<tr><td><p>Suez</p><p>Egypt</p></td><td><ul><li>164 km</li><li>193 km</li></ul></td><td>1869</td></tr>{PANAMA}</table>",
            ["| Suez<br>Egypt | 164 km<br>193 km | 1869 |", "| Panama | 82 km | 1914 |"],
        ),
        # Links in most cells.
        (
            '<table><tr><th>Canal</th><th>Authority</th></tr><tr><td><a href="https://a.example/s">Suez</a></td><td>'
            '<a href="https://a.example/sca">Suez Canal Authority</a></td></tr><tr><td><a href="https://a.example/p">Panama</a></td>'
            '<td><a href="https://a.example/acp">Autoridad del Canal de Panamá</a></td></tr></table>',
            ["| [Suez](https://a.example/s) | [Suez Canal Authority](https://a.example/sca) |"],
        ),
        # A number that is no number, and a span over more rows than there are.
        (
            f'<table>{CANALS}<tr><td colspan="x" rowspan=9>Suez</td><td>193 km</td><td>1869</td></tr></table>',
            ["| Suez | 193 km | 1869 |"],
        ),
    ],
)  # fmt: skip
def test_a_table_is_whole(table: str, rows: list[str]) -> None:
    """Every row of a table in the midst of an article is in the draft, with each figure in its own column."""
    lines = render(structure(page(table)).body()).splitlines()
    assert [row for row in rows if row not in lines] == []


@pytest.mark.parametrize(
    "markup",
    [
        f"<table><caption>Canals of the world</caption>{CANALS}{SUEZ}{PANAMA}</table>",
        f"<figure><table>{CANALS}{SUEZ}{PANAMA}</table><figcaption>Canals of the world</figcaption></figure>",
        f"<figure><figcaption><span>Canals of the world</span></figcaption><div><table>{CANALS}{SUEZ}{PANAMA}</table></div></figure>",
    ],
)  # fmt: skip
def test_the_caption_of_a_table(markup: str) -> None:
    """A table's caption stands beside it as a line of its own."""
    written = render(structure(page(markup)).body())
    assert "*Canals of the world*" in written.splitlines()
    assert "| Suez | 193 km | 1869 |" in written


def test_a_table_that_lays_out_a_page() -> None:
    """In a page laid out by a table the subheads and lists between its paragraphs stay, and no table is written."""
    article = page(
        "<h2>Ships that were caught</h2><ul><li>Four from Britain.</li><li>Two from Sweden.</li></ul>"
    )
    laid_out = article.replace("<article>", "<table width=600><tr><td>").replace(
        "</article>", "</td></tr></table>"
    )
    written = render(structure(laid_out).body())
    assert "## Ships that were caught" in written
    assert "- Four from Britain.\n- Two from Sweden." in written
    assert "|" not in written


def test_a_bar_of_buttons_is_no_table() -> None:
    """Buttons that a table lays out are left out."""
    bar = '<table><tr><td><a href="#">Share</a></td><td><a href="#">Tweet</a></td></tr><tr><td><a href="#">Email</a></td><td><a href="#">Print</a></td></tr></table>'
    assert "Tweet" not in render(structure(page(below=bar)).body())
