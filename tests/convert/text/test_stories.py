"""Newsletters in plain text: several stories are several articles, one with subheads is one."""

from __future__ import annotations

import pytest

from pouch.convert.drafts.drafting import parse_article
from pouch.convert.drafts.newsletters import one_by_one
from pouch.convert.intake.article import Article

ONE = (
    "The ferry has crossed the strait since the 1820s, and lorries have waited\non both of its banks for days, as "
    "every traveller knows."
)
TWO = (
    "A second cable is being laid to the islands, four years after an eruption\ncut the only one and left them "
    "without a telephone for five weeks."
)
LAYOUTS = {
    "links below": "THE STRAIT LETTER\nIssue 31\n\nGood morning,\n\nThe ferry\n\n{one}\n\nRead more: {a}\n\n"
    "The cable\n\n{two}\n\n"
    "Read more: {b}\n\nYou receive this letter because you signed up. Unsubscribe: https://s.example/u\n",
    "links in the line": "1. The ferry\n{one}\n{a}\n\n2. The cable\n{two}\n{b}\n",
    "links above": "The ferry\n{a}\n\n{one}\n\n{one}\n\n* * *\n\nThe cable\n{b}\n\n{two}\n",
    "rules and kickers": "SEA\n\n## The ferry\n\n{one}\n\n<{a}>\n\n-----\n\n"
    "ISLANDS\n\n## The cable\n\n{two}\n\n<{b}>\n\n-----\n",
    "underlined": "The ferry\n=========\n{one}\n\nFull story: {a}\n\nThe cable\n=========\n{two}\n\nFull story: {b}\n",
}


def articles(text: str) -> list[Article]:
    """The articles of a letter of that text."""
    letter = Article("letter.eml", text=text, title="A ferry, a cable", letter=True)
    return [article for article in one_by_one([letter]) if isinstance(article, Article)]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_two_stories(layout: str) -> None:
    """Each story has its title, its address and its text alone; the report has every line of the letter."""
    text = layout.format(one=ONE, two=TWO, a="https://s.example/1", b="https://s.example/2?x=1")
    found = articles(text)
    assert [(article.title, article.url) for article in found] == [
        ("The ferry", "https://s.example/1"),
        ("The cable", "https://s.example/2?x=1"),
    ]
    for article, prose in zip(found, (ONE, TWO), strict=True):
        parts = parse_article(article)
        paragraphs = [block.text for block in parts.blocks if block.role != "title"]
        assert set(paragraphs) == {prose.replace("\n", " ")}
        lines = {each.text for each in parts.report.kept} | {each.text for each in parts.report.dropped}
        assert lines == {line for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize(
    "text",
    [
        f"The ferry\n\n{ONE}\n\nThe cable\n\n{TWO}\n",
        f"The ferry\n\n{ONE}\n\nRead more: https://s.example/1\n\nThe cable\n\n{TWO}\n\nRead more: https://s.example/1\n",
        f"{ONE}\n\nhttps://s.example/1\n\n{TWO}\n\nhttps://s.example/2\n",
    ],
    ids=["subheads", "one address", "no headings"],
)
def test_one_story(text: str) -> None:
    """Without headings, or without an address for each of them, a letter is one article."""
    assert [article.title for article in articles(text)] == ["A ferry, a cable"]
