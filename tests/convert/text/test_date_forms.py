"""Dates of many languages and forms are read, and what is uncertain is left out."""

from __future__ import annotations

from datetime import date

import pytest

from pouch.convert.text.dates import date_line, find_date, place_line


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("7 شباط 2019", date(2019, 2, 7)),
        ("٣١ كانون الأول ٢٠٢٠", date(2020, 12, 31)),
        ("5 جويلية 1962", date(1962, 7, 5)),
        ("5 ביולי 2021", date(2021, 7, 5)),
        ("1 มกราคม 2560", date(2017, 1, 1)),
        ("۱ فروردین ۱۴۰۰", date(2021, 3, 21)),
        ("۳۰ اسفند ۱۳۹۹", date(2021, 3, 20)),
        ("2024/02/29", date(2024, 2, 29)),
        ("Updated 2 May 2021 · Published 30 April 2021", date(2021, 4, 30)),
        ("09:15 JST, May 2, 2021", date(2021, 5, 2)),
        ("Mis à jour le 2 mai 2021 – Publié le 30 avril 2021", date(2021, 4, 30)),
    ],
)
def test_lines_that_date(text: str, when: date) -> None:
    """A line that does nothing but date its article is read, in any calendar and whatever stands first."""
    assert date_line(text) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Geneva, 5 March 2025", date(2025, 3, 5)),
        ("Berlin, den 5. März 2025", date(2025, 3, 5)),
        ("Rio de Janeiro, 5 de março de 2025", date(2025, 3, 5)),
        ("It rained in Geneva, 5 March 2025", None),
        ("Geneva, 5 March 2025, was a cold day", None),
    ],
)
def test_lines_with_a_place(text: str, when: date | None) -> None:
    """A line of a place and a day dates its article; prose does not."""
    assert place_line(text) == when


@pytest.mark.parametrize("text", ["04/05/2021", "۳۱ اسفند ۱۴۰۰", "31 มิถุนายน 2560", "1403"])
def test_no_date(text: str) -> None:
    """A date that could be two days, or none, is left out."""
    assert find_date(text) is None
