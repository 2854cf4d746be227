"""Rivers of lines: what stands on a page as a card and what as a line, and how all of it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pouch.pages.models import Card, River
from pouch.pages.rivers import LINES
from tests.archives import a_record, a_site, an_archive
from tests.plans import plan_of

CARDS = 2


def rivers(count: int) -> Mapping[str, River]:
    """The rivers of a site of `count` briefings, two cards to a page, by href."""
    records = [
        a_record(
            f"e{n:03}",
            f"2025-0{n // 14 + 1}-{n % 14 + 1:02}",
            mentions=("US",),
            key_points=("A point",),
            summary="A summary",
        )
        for n in range(count)
    ]
    pages: list[Any] = [
        output.model for output, _ in plan_of(an_archive(*records, site=a_site(per_page=CARDS))).everything()
    ]
    return {page.href: page.river for page in pages if isinstance(getattr(page, "river", None), River)}


def shown(river: River) -> list[Card]:
    """All briefings of a page, newest first."""
    return [*river.cards, *(card for month in river.months for card in month.cards)]


LOOKED_THROUGH = (
    "/archive/2025/",
    "/archive/2025/01/",
    "/countries/united-states/mentions/",
    "/countries/ukraine/2025/",
)
READ = ("/regions/europe/", "/countries/ukraine/ceasefire/")


@pytest.mark.parametrize("count", [5, 9, 10, 25, 42])
@pytest.mark.parametrize("base", [*LOOKED_THROUGH, *READ, "/countries/ukraine/"])
def test_every_briefing_is_reached_once_newest_first(base: str, count: int) -> None:
    """From the landing page by "older", whether its briefings are cards or lines."""
    found = rivers(count)
    walked, href = [], base
    while href:
        walked += [card.title for card in shown(found[href])]
        href = found[href].older
    total = min(count, 14) if base.startswith("/archive/2025/01") else count
    assert walked == [f"Title of e{n:03}" for n in reversed(range(total))]


@pytest.mark.parametrize("base", LOOKED_THROUGH)
def test_a_long_list_to_look_through_is_of_lines(base: str) -> None:
    """A year, a month, mentions: titles and days below their months, many to a page."""
    river = rivers(42)[base]
    assert river.cards == ()
    assert len(shown(river)) >= min(14, CARDS * LINES)
    assert {month.period for month in river.months} == {card.date[:7] for card in shown(river)}
    assert not any(card.key_points or card.summary for card in shown(river))


@pytest.mark.parametrize("base", READ)
def test_what_is_older_in_a_region_or_a_pair_is_lines(base: str) -> None:
    """The newest are cards, as on every dossier; numbered pages hold lines alone."""
    found = rivers(42)
    river = found[base]
    assert [card.title for card in river.cards] == ["Title of e041", "Title of e040"]
    assert all(card.key_points for card in river.cards)
    assert CARDS * LINES <= len(shown(river)) < 2 * CARDS * LINES
    assert (found[river.older].cards, len(shown(found[river.older]))) == ((), CARDS * LINES)


@pytest.mark.parametrize(
    ("base", "cards"), [(LOOKED_THROUGH[1], CARDS), *((base, CARDS * 2 - 1) for base in READ)]
)
def test_what_fits_a_page_is_cards(base: str, cards: int) -> None:
    """A small archive is read as before."""
    assert len(rivers(cards)[base].cards) == cards
