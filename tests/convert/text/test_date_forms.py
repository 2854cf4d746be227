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
        ("Közzétéve: 2021. május 2.", date(2021, 5, 2)),
        ("2021 m. gegužės 2 d.", date(2021, 5, 2)),
        ("2021. gada 2. maijs", date(2021, 5, 2)),
        ("발행일 2021년 5월 2일", date(2021, 5, 2)),
        ("发布时间：2021年5月2日 10:22", date(2021, 5, 2)),
        ("Thứ tư, ngày 2 tháng 5 năm 2021", date(2021, 5, 2)),
        ("Публикувано на 2 май 2021 г.", date(2021, 5, 2)),
        ("02-May-2021", date(2021, 5, 2)),
        ("Data: 28-04-2021, 09:29", date(2021, 4, 28)),
        ("Am Mittwoch, dem 2. Mai 2021", date(2021, 5, 2)),
        ("2 mei '21", date(2021, 5, 2)),
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


@pytest.mark.parametrize(
    "text",
    [
        "Termin: 2 May 2021",
        "2 mei 21 mensen",
        "14. Januar 20 Uhr",
        "Last edited 2 May 2021",
        "최종수정 2021.05.02",
    ],
)
def test_lines_that_date_nothing(text: str) -> None:
    """A line about something else, a number behind a month in prose, and the day of an update date no article."""
    assert date_line(text) is None


@pytest.mark.parametrize(
    "text", ["04/05/2021", "04-05-2021", "49-13-05-2021-7", "۳۱ اسفند ۱۴۰۰", "31 มิถุนายน 2560", "1403"]
)
def test_no_date(text: str) -> None:
    """A date that could be two days, or none, is left out."""
    assert find_date(text) is None
