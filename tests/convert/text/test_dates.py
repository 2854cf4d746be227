"""Dates are found where they are whole, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from pouch.convert.text.dates import date_among_pieces, date_line, dateline, find_date, parse_date

FIFTH = date(2025, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-05",
        "5 March 2025",
        "March 5, 2025",
        "Mar. 5, 2025",
        "March 5th, 2025",
        "5 mars 2025",
        "5. März 2025",
        "5 de marzo de 2025",
        "5 marzo 2025",
        "5 maart 2025",
        "5 de março de 2025",
        "5 marca 2025",
        "5. března 2025",
        "5 марта 2025",
        "5 березня 2025",
        "05.03.2025",
        "2025年3月5日",
        "5 mars\u00a02025",
    ],
)
def test_spellings(text: str) -> None:
    """A whole date is read in the languages of the articles."""
    found = find_date(f"({text})")
    assert found is not None
    assert found[0] == FIFTH


@pytest.mark.parametrize(
    "text",
    ["mardi", "le 5 mars", "March 2025", "05/03/2025", "31.02.2025", "in 2025", "v2.5.2025.1", "5 May", ""],
)
def test_never_guessed(text: str) -> None:
    """A weekday, a day without its year, and two numbers of which either may be the month are no dates."""
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published on 5 March 2025 at 10:22", FIFTH),
        ("Wednesday, March 5, 2025", FIFTH),
        ("Publié le mercredi 5 mars 2025 à 10h22", FIFTH),
        ("5. März 2025, 10:22 Uhr", FIFTH),
        ("5 mars 2025 – mis à jour le 6 mars 2025", FIFTH),
        ("Mis à jour le 6 mars 2025", None),
        ("On 5 March 2025 the ministers met", None),
        ("Press release of 5 March 2025", FIFTH),
        ("Pressemitteilung vom 05.03.2025", FIFTH),
        ("Communiqué de presse du 5 mars 2025", FIFTH),
        ("From 5 March 2025", None),
        ("13 | 03 | 2025", date(2025, 3, 13)),
        ("05 | 03 | 2025", None),
        ("5.März 2025 um 9:43", FIFTH),
        # The same day in another calendar, or the years of a life.
        ("2025年3月5日（农历2025年二月初六）", None),
        ("5 March 2025 (updated 9 March 2025)", FIFTH),
    ],
)
def test_lines_that_date_an_article(text: str, expected: date | None) -> None:
    """A line that only dates its article gives its date; prose and updates do not."""
    assert date_line(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann · 5 March 2025 · Ferries · 7 comments", FIFTH),
        ("5. März 2025 um 9:43 · Häfen · 6 Kommentare", FIFTH),
        ("05.03.25 / 0 Kommentare", FIFTH),
        ("By Mary Shelley | 5 March 2025 | Ferries", FIFTH),
        # What might be an event's.
        ("Hall 3 | 5 March 2025 | Lyon", None),
        ("5 March 2025 | 9 March 2025 | 7 comments", None),
        ("Updated 5 March 2025 | 7 comments", None),
    ],
)
def test_lines_of_pieces(text: str, expected: date | None) -> None:
    """A date between bars is the article's where a byline or a number of comments stands in the line."""
    assert date_among_pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GENEVA, 5 March 2025 (UN News) – Talks went on.", FIFTH),
        ("Paris, le 5 mars 2025 — Les ministres", FIFTH),
        ("GENEVA, March 5 (UN News) – Talks went on.", None),
        ("The treaty of 5 March 2025 – the first – holds.", None),
        ("On 5 March 2025 – a Wednesday – they met.", None),
    ],
)
def test_datelines(text: str, expected: date | None) -> None:
    """A dateline gives the date only where it has the year."""
    assert dateline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-05", "2025-03-05"),
        ("2025-03-05T10:22:00Z", "2025-03-05 10:22:00+00:00"),
        ("2025-03-05T10:22:00", "2025-03-05"),
        ("2025-03-05T10:22:00.250+01:00", "2025-03-05 10:22:00+01:00"),
        ("yesterday", "None"),
        ("", "None"),
        ("0001-01-01", "None"),
    ],
)
def test_metadata(text: str, expected: str) -> None:
    """A time counts only with its offset: whose time it is would be a guess."""
    assert str(parse_date(text)) == expected
