# markup on one line
"""What no reader of a page sees is not in its draft."""

from __future__ import annotations

import pytest

from pouch.convert.page.htmlpage import structure
from pouch.convert.text.markdown import render
from tests.convert.page.articles import LAST, OPENING, page

UNSEEN = (
    "This draft paragraph about the locks of Panama waits for the next issue, and nobody sees it on the page."
)


@pytest.mark.parametrize(
    "markup",
    [
        f"<p hidden>{UNSEEN}</p>",
        f'<p style="color:red; Visibility:hidden">{UNSEEN}</p>',
        f'<div style="DISPLAY:none!important"><ul><li>{UNSEEN}</li></ul></div>',
        f'<section class="visually-hidden"><p>{UNSEEN}</p></section>',
        f'<p>The pilots speak English.<span class="sr-only">{UNSEEN}</span></p>',
        f'<p>The pilots speak English.<span hidden>{UNSEEN}</span></p>',
    ],
)  # fmt: skip
def test_hidden_text_is_left_out(markup: str) -> None:
    """A hidden paragraph, section or span is not in the draft, and the report lists it as hidden."""
    read = structure(page(markup))
    assert UNSEEN not in render(read.body())
    assert UNSEEN in [one.text for one in read.report.dropped if one.rule == "hidden"]
    assert "English" not in markup or any("speak English." in block.text for block in read.body())


@pytest.mark.parametrize("attribute", ["hidden", 'style="display: none"', 'style="visibility:hidden"'])
def test_an_article_that_a_script_shows(attribute: str) -> None:
    """An article that is hidden as a whole is read: a script shows it."""
    shown = (
        page().replace("<article>", f"<article><div {attribute}>").replace("</article>", "</div></article>")
    )
    body = render(structure(shown).body())
    assert OPENING in body
    assert LAST in body


def test_a_folded_panel_stays_with_its_heading() -> None:
    """A panel that readers can unfold is in the draft under the heading that unfolds it."""
    panel = (
        '<h2><button aria-expanded="false" aria-controls="ships">Ships in the lake</button></h2>'
        '<div id="ships" hidden><p>Fifteen ships lay in the lake for eight years, and two of them sailed home by '
        "their own power when the canal was opened again.</p></div>"
    )
    body = render(structure(page(panel)).body())
    assert "## Ships in the lake\n\nFifteen ships lay" in body


def test_a_hidden_heading_is_no_title() -> None:
    """A heading that no reader sees does not become the title."""
    heading = '<h1 style="display:none">Texte original</h1><h2>Who owns the canal</h2>'
    assert structure(page(heading=heading, title="Who owns the canal")).title == "Who owns the canal"
