"""Weeks of ISO 8601."""

from __future__ import annotations

from datetime import date

import pytest

from pouch.content.weeks import parse_week, week_of


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2025-W20", date(2025, 5, 12)),
        ("2025w01", date(2024, 12, 30)),
        ("2020-W53", date(2020, 12, 28)),
        ("2025-W53", None),
        ("2025-W00", None),
        ("2025-20", None),
        ("week 20", None),
    ],
)
def test_a_week_begins_on_its_monday(text: str, first: date | None) -> None:
    """The first week of a year has its first Thursday; some years have 53."""
    week = parse_week(text)
    assert (week.first if week else None) == first
    if week:
        assert week_of(week.last) == week
