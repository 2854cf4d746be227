# ruff: noqa: E501  # markup on one line
"""Text that was copied from the pages of a PDF reads as running text."""

from __future__ import annotations

import pytest

from pouch.convert.text.plaintext import structure

PARAGRAPH = (
    "The Rhine Commission was founded by the Congress of Vienna in 1815 and is the oldest international organisation "
    "that still works. Its seat is in Strasbourg."
)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("free ship-\nping on", "free shipping on"),
        ("freie Schiff-\nfahrt auf", "freie Schifffahrt auf"),
        ("la naviga-\ntion sur", "la navigation sur"),
        ("a well-\nkept register", "a well-kept register"),
        ("la zone franco-\nallemande du", "la zone franco-allemande du"),
        ("the Franco-\nGerman border", "the Franco-German border"),
        ("a cross-\nborder lock", "a cross-border lock"),
        ("nord-\nund süddeutsche", "nord-und süddeutsche"),
    ],
)
def test_words_at_the_ends_of_lines(lines: str, text: str) -> None:
    """A word that a line's end divides is one word; a compound keeps its hyphen."""
    source = f"The oldest organisation\n\nA treaty of the year 1868 grants each state {lines}\nthe river to all who sail on it.\n\n{PARAGRAPH}"
    read = structure(source)
    assert any(text in block.text for block in read.blocks)


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("Rhine Commission – Report 4", "2", "3"),
        ("Kommission für die Rheinschifffahrt", "Seite 2", "Seite 3"),
        ("Commission du Rhin, rapport annuel", "- 2 -", "- 3 -"),
        ("Annual report", "Page 2 of 9", "Page 3 of 9"),
    ],
)
def test_running_heads_and_page_numbers(head: str, first: str, second: str) -> None:
    """What stands at the edges of pages is left out, and the sentence around it is whole."""
    source = (
        f"The oldest organisation\n\n{PARAGRAPH} Whoever steers a ship on the\n{head}\n{first}\nriver needs its patent.\n\n"
        f"{PARAGRAPH}\n\n{head}\n{second}\n\n{PARAGRAPH}\n"
    )
    read = structure(source)
    assert any("steers a ship on the river needs its patent." in block.text for block in read.blocks)
    assert not any(head in block.text for block in read.blocks)
    assert {one.rule for one in read.report.dropped} == {"running-head", "page-number"}


def test_a_refrain_is_no_running_head() -> None:
    """A line that comes twice in a text, without page numbers, stays."""
    source = f"Two votes\n\nThe answer was no\n\n{PARAGRAPH}\n\nThe answer was no\n\n{PARAGRAPH}\n"
    assert sum("The answer was no" in block.text for block in structure(source).blocks) == 2
