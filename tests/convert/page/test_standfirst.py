"""The standfirst becomes the summary: no heading, no paragraph, and never lost."""

from __future__ import annotations

import pytest

from pouch.convert.page.htmlpage import structure
from pouch.convert.text.markdown import render

DECK = "A shared ferry is meant to end the two days of waiting on both banks of the river"
PROSE = (
    "<p>The ferry has crossed the river since the 1820s, and lorries have waited on both of its banks for days, "
    "as every traveller knows and the harbour master of the time wrote down.</p>"
) * 3


@pytest.mark.parametrize(
    "markup",
    [
        f"<h2 class='article__subtitle'>{DECK}</h2>",
        f"<p class='c-standfirst'>{DECK}</p>",
        f"<div class='chapo'><p>{DECK}</p></div>",
        f"<h3 class='lead'>{DECK}</h3>",
        f"<h2>{DECK}.</h2>",
        f"<div itemprop='description'><p>{DECK}</p></div>",
        f"<p class='article__desc'>{DECK}</p>",
        f"<div data-component='standfirst' class='x7'><div><p>{DECK}</p></div></div>",
    ],
)
def test_a_standfirst_is_the_summary(markup: str) -> None:
    """Its class, its property or its form as a sentence in a heading tells; the page's description need not."""
    found = structure(f"<article><h1>A ferry for two states</h1>{markup}{PROSE}</article>")
    assert (found.summary or "").rstrip(".") == DECK
    assert DECK not in render(found.body())
    assert [kept.role for kept in found.report.kept if DECK in kept.text] == ["summary"]


@pytest.mark.parametrize(
    "markup",
    [
        # A subhead, the article's first paragraph under a name that many give it, and one further below.
        "<h2>What the two states agreed on at the river</h2>",
        f"<p class='lead'>{DECK}.</p>",
        f"{PROSE}<h2 class='subtitle'>{DECK}</h2>",
        f"<p data-track='/news/chapeau/ferry'>{DECK}.</p>",
    ],
)
def test_what_is_no_standfirst_stays(markup: str) -> None:
    """A subhead, a first paragraph and whatever stands below the first paragraph are parts of the body."""
    found = structure(f"<article><h1>A ferry for two states</h1>{markup}{PROSE}</article>")
    assert found.summary is None
    assert "two" in render(found.body())


@pytest.mark.parametrize(("stop", "summary"), [("", DECK), (".", None)])
def test_a_first_paragraph_that_the_head_repeats(stop: str, summary: str | None) -> None:
    """Without the full stop of a paragraph it is a standfirst, with it the article's first sentence."""
    head = f"<head><meta name='description' content='{DECK}{stop}'></head>"
    article = f"<article><h1>A ferry for two states</h1><p>{DECK}{stop}</p>{PROSE}</article>"
    found = structure(f"<html>{head}<body>{article}</body></html>")
    assert found.summary == summary
    assert (DECK in render(found.body())) == (summary is None)


@pytest.mark.parametrize(
    ("markup", "summary"),
    [
        (f"<p class='article__topic'><strong>{DECK}.</strong></p>", f"{DECK}."),
        (f"<div id='head_of_text'><p>{DECK}.</p></div>", f"{DECK}."),
        # The first paragraph's large letter, the style of all paragraphs, and a loose text in the article's own box.
        (f"<p class='has-drop-cap'>{DECK}.</p>", None),
        (f"<p>{DECK}.</p>", None),
    ],
)
def test_a_first_paragraph_in_a_style_of_its_own(markup: str, summary: str | None) -> None:
    """What the head repeats and no paragraph looks like is the standfirst; it counts as text, and for terms."""
    head = f"<head><meta name='description' content='{DECK}.'></head>"
    image = "<div><img src='https://i.example/1.jpg' alt='At noon'></div>"
    article = f"<article><h1>A ferry for two states</h1><div>{markup}{image}{PROSE}</div></article>"
    found = structure(f"<html>{head}<body>{article}</body></html>")
    assert found.summary == summary
    assert "![At noon]" in render(found.body())
    assert found.plain().startswith(DECK)
    assert found.full_text().count(DECK) == 1


def test_a_standfirst_counts_for_terms() -> None:
    """What a standfirst in the page's head says is told, though it is no part of the article's text."""
    deck = f"<header><h1>A ferry for two states</h1><p class='standfirst'>{DECK}</p></header>"
    found = structure(f"<body>{deck}<article>{PROSE}</article></body>")
    assert DECK not in found.plain()
    assert found.full_text().startswith(DECK)


def test_a_text_of_one_paragraph_is_no_standfirst() -> None:
    """Where a page says no more than its standfirst, that is the body."""
    found = structure(
        f"<article><h1>A ferry for two states</h1><div class='chapo'><p>{DECK}.</p></div></article>"
    )
    assert (found.summary, render(found.body()).strip()) == (None, f"{DECK}.")
