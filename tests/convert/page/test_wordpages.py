"""Pages that word processors save, and links that lead over a counter."""

from __future__ import annotations

import pytest

from pouch.convert.page.htmlpage import structure
from pouch.convert.page.redirects import direct_address
from pouch.convert.text.markdown import render

TITLE = "The ferry crosses the strait again"
PROSE = (
    "The ferry has crossed the strait since the 1820s, and lorries have waited on both of its banks for days, as every "
    "traveller knows and the harbour master of the time wrote down."
)
WORD = '<html><head><meta name=Generator content="Microsoft Word 15"></head><body>{}</body></html>'
GOOGLE = '<html><head></head><body class="c1 doc-content">{}</body></html>'
LIBRE = '<html><head><meta name="generator" content="LibreOffice 24.2"></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "page",
    [
        WORD.format(
            f"<p class=MsoTitle>{TITLE}</p><p>Dover, 5 March 2025</p><p>{PROSE}</p><p>{PROSE} Once.</p>"
        ),
        GOOGLE.format(
            f'<p class="c2 title">{TITLE}</p><p>Dover, 5 March 2025</p><p>{PROSE}</p><p>{PROSE} Once.</p>'
        ),
        LIBRE.format(f"<h1>{TITLE}</h1><p>Dover, 5 March 2025</p><p>{PROSE}</p><p>{PROSE} Once.</p>"),
        LIBRE.format(f"<p>{TITLE}</p><p>Dover, 5 March 2025</p><p>{PROSE}</p><p>{PROSE} Once.</p>"),
    ],
)
def test_the_title_stands_once(page: str) -> None:
    """The paragraph in the style of a title, or the first line, is the title; the line with place and day is read."""
    found = structure(page)
    assert (found.title, str(found.date)) == (TITLE, "2025-03-05")
    assert render(found.body()).split("\n\n") == [PROSE, f"{PROSE} Once.\n"]


def test_nothing_but_comments_is_left_out() -> None:
    """Short notes at the end stay; a colleague's comment, its mark and what it goes on with are in the report alone."""
    comment = '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>is this public?</p><p>I doubt it.</p></div>'
    mark = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    found = structure(
        GOOGLE.format(f"<p class='title'>{TITLE}</p><p>{PROSE}{mark}</p><p>Fares: 5.</p>{comment}")
    )
    assert render(found.body()) == f"{PROSE}\n\nFares: 5.\n"
    assert [(one.text, one.rule) for one in found.report.dropped] == [
        ("[a]is this public?", "comment"),
        ("I doubt it.", "comment"),
    ]
    assert [(one.before, one.rule) for one in found.report.repairs] == [("[a]", "comment-reference")]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://www.google.com/url?q=https://a.example/x%3Fy%3D1&sa=D", "https://a.example/x?y=1"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=05",
            "https://a.example/x",
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=AT1", "https://a.example/"),
        ("https://urldefense.com/v3/__https://a.example/x__;!!abc!def$", "https://a.example/x"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_x&d=Dw", "https://a.example/x"),
        (
            "https://www.google.com/url?q=https://l.facebook.com/l.php?u%3Dhttps://a.example/",
            "https://a.example/",
        ),
        # A search, and an address that a page merely gets as a parameter.
        (
            "https://www.google.com/search?q=https://a.example/",
            "https://www.google.com/search?q=https://a.example/",
        ),
        ("https://a.example/share?url=https://b.example/", "https://a.example/share?url=https://b.example/"),
        (
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://www.google.com/url?q=javascript:alert(1)",
        ),
    ],
)
def test_links_over_a_counter(link: str, address: str) -> None:
    """The address behind a known counter is written; every other link stays as it is."""
    assert direct_address(link) == address


def test_paragraphs_in_boxes_of_their_own() -> None:
    """Short paragraphs and subheads stay where each paragraph stands in a box of the same make."""
    box = "<div class='mod'><div class='box'>{}<div class='par'><p class='text'>{}</p></div></div></div>"
    boxes = "".join(
        box.format(*parts)
        for parts in (
            ("", PROSE),
            ("", f"{PROSE} Once."),
            ("<h3>Fares</h3>", "Nothing changes."),
            ("", f"{PROSE} Twice."),
        )
    )
    teaser = "<div class='mod'><div class='more'><div class='par'><p class='text'>Nothing else.</p></div></div></div>"
    found = structure(f"<main><div class='art'><h1>{TITLE}</h1>{boxes}</div>{teaser}</main>")
    assert "## Fares\n\nNothing changes." in render(found.body())
    assert "Nothing else" not in render(found.body())
