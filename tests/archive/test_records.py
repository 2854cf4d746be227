"""A record keeps the day that the editor wrote, on the site's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from pouch.archive.records import Record, record_of
from pouch.content.entry import Entry, Moment
from tests.archives import a_site


@pytest.mark.parametrize(
    ("zone", "written", "shown"),
    [
        ("Europe/Brussels", date(2023, 1, 1), "2023-01-01T00:00:00+01:00"),
        ("Europe/Brussels", date(2024, 7, 5), "2024-07-05T00:00:00+02:00"),
        ("America/Lima", date(2023, 1, 1), "2023-01-01T00:00:00-05:00"),
        ("Europe/Brussels", datetime(2022, 12, 31, 23, 30, tzinfo=UTC), "2023-01-01T00:30:00+01:00"),
    ],
)
def test_a_new_years_briefing_stays_in_its_year(zone: str, written: Moment, shown: str) -> None:
    """A briefing dated 1 January is shown on that day and filed in that year, east and west of Greenwich."""
    site = a_site(timezone=zone)
    entry = Entry(id="aaaa", title="Euro", date=written)
    record = record_of(entry, path="a.md", site=site, body="", words=1, first_paragraph="")
    assert record.date is not None
    assert record.date.isoformat() == shown
    # As the build's state keeps it.
    kept = msgspec.json.decode(msgspec.json.encode(record), type=Record)
    assert kept == record
    assert kept.date is not None
    assert kept.date.isoformat() == shown
