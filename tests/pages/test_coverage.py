"""A dossier's chart."""

from __future__ import annotations

import pytest

from pouch.archive.archive import Archive
from pouch.pages.coverage import CHARTED, MONTHS, months
from tests.archives import a_record, an_archive


def archive_of(*days: str) -> Archive:
    """An archive with a briefing on Ukraine of each day."""
    return an_archive(*(a_record(f"e{n:03}", day) for n, day in enumerate(days)))


@pytest.mark.parametrize(("count", "drawn"), [(CHARTED - 1, False), (CHARTED, True)])
def test_few_briefings_have_no_chart(count: int, drawn: bool) -> None:
    """The list below says as much, and the news stands higher."""
    assert bool(months(archive_of(*["2025-03-01"] * count).of_country["UA"], {})) is drawn


def test_a_chart_has_every_month_between_the_first_and_the_last() -> None:
    """An empty month is a gap that the reader sees; a bar leads to where its year is."""
    archive = archive_of("2024-12-31", "2025-02-01", *["2025-02-02"] * 10)
    found = months(archive.of_country["UA"], {2024: "/archive/2024/", 2025: "/countries/ukraine/2025/"})
    assert [(m.period, m.count, m.href) for m in found] == [
        ("2024-12", 1, "/archive/2024/"),
        ("2025-01", 0, ""),
        ("2025-02", 11, "/countries/ukraine/2025/"),
    ]


def test_a_chart_reaches_back_five_years() -> None:
    """A long archive keeps bars that can be hit."""
    archive = archive_of("2001-01-01", *["2025-02-01"] * CHARTED)
    found = months(archive.of_country["UA"], {})
    assert len(found) == MONTHS
    assert found[-1].period == "2025-02"


def test_bars_lead_nowhere_without_years() -> None:
    """A link to a page that the site does not have would be broken."""
    archive = archive_of(*["2025-03-05"] * CHARTED)
    assert [month.href for month in months(archive.of_country["UA"], {})] == [""]
