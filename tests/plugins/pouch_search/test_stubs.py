"""Stubs: the words of an entry and of its terms, and nothing that could be markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pouch_search.stubs import stub_html
from tests.plugins.pouch_search.stubs import stub


class Read(HTMLParser):
    """The elements of a stub, its facts, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.facts: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        for kind in ("filter", "meta"):
            if name := given.get(f"data-pagefind-{kind}"):
                self.facts.append((name.removesuffix("[title]"), given["title"] or ""))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_stub_has_an_entrys_words_and_what_narrows_it() -> None:
    """Key points, summary and body are text; title and names are searched beside it; four facts are filters."""
    read = Read(stub_html(stub(), "<h2 id='x'>What was agreed</h2><p>Both <em>sides</em> signed.</p>"))
    assert " ".join(read.text.split()) == (
        "A truce of thirty days is proposed.Delegations met for an hour. What was agreed Both sides signed."
    )
    assert read.facts == [
        ("title", "Talks open in Geneva"),
        ("names", "Ukraine Switzerland Suisse Ceasefire 2025"),
        ("country", "UA"),
        ("country", "CH"),
        ("topic", "ceasefire"),
        ("topic", "war"),
        ("year", "2025"),
        ("language", "en"),
    ]


def test_a_regional_language_is_found_under_its_language() -> None:
    """A reader who wants Portuguese gets that of Brazil, which the result is marked with."""
    facts = Read(stub_html(stub(lang="pt-BR"), "")).facts
    assert [fact for fact in facts if fact[0] in ("language", "tag")] == [
        ("language", "pt"),
        ("tag", "pt-BR"),
    ]


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)> data-pagefind-filter="country:XX"'


def test_no_text_becomes_markup() -> None:
    """Whatever an entry says in whatever field, its stub has the elements and filters of ours."""
    plain = Read(stub_html(stub(), "<p>x</p>"))
    hostile = Read(
        stub_html(
            stub(title=HOSTILE, summary=HOSTILE, key_points=(HOSTILE,), names=(HOSTILE,)),
            f"<p>{HOSTILE.replace('<', '&lt;').replace('>', '&gt;')}</p>",
        )
    )
    assert hostile.tags == plain.tags
    assert [f for f in hostile.facts if f[0] == "country"] == [("country", "UA"), ("country", "CH")]
    assert "alert(1)" in hostile.text


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("plain words", "plain words"),
        ("東京で地震", "東 京 で 地 震"),
        ("2025年、NATO加盟。", "2025 年、 NATO 加 盟。"),
        ("ประเทศไทย", "ป ร ะ เ ท ศ ไ ท ย"),
        ("ที่", "ที่"),
        ("محادثات جنيف", "محادثات جنيف"),
    ],
)
def test_scripts_without_blanks_are_taken_apart(text: str, spaced: str) -> None:
    """A word inside a Japanese or Thai sentence can be found: each sign is a word, its marks with it."""
    assert Read(stub_html(stub(title=text), "")).facts[0] == ("title", spaced)


def test_an_entry_without_words_is_found_by_its_title() -> None:
    """Pagefind passes over a page without text; an entry may be a title and nothing else."""
    assert Read(stub_html(stub(summary="", key_points=(), body=""), "")).text == "Talks open in Geneva"


def test_private_marks_of_pagefinds_are_no_words() -> None:
    """Text cannot change its own weight."""
    assert "PAGEFIND" not in Read(stub_html(stub(summary="a ___PAGEFIND_WEIGHT___9 b"), "")).text
