"""Weeks of ISO 8601: "2025-W20" is the twentieth of 2025, from Monday 12 to Sunday 18 May."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_WEEK = re.compile(r"(\d{4})-?[Ww](\d{2})", re.ASCII)


class Week(NamedTuple):
    """A week; weeks are ordered by time."""

    year: int
    number: int

    def __str__(self) -> str:
        """ "2025-W20"."""
        return f"{self.year:04}-W{self.number:02}"

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)


def week_of(day: date) -> Week:
    """The week of a day."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def parse_week(text: str) -> Week | None:
    """The week that a text names; None where it names none."""
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    try:
        return week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except ValueError:
        return None
