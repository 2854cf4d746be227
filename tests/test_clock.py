"""The one clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pouch import clock
from pouch.errors import EnvironmentFault


def test_source_date_epoch_is_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is told the time gives the same bytes on any day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741165200")
    assert clock.now() == datetime(2025, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("value", ["soon", "1e9", "99999999999999999999"])
def test_a_time_that_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """A SOURCE_DATE_EPOCH that is no number of seconds is a fault of the environment, not a traceback."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(EnvironmentFault, match="SOURCE_DATE_EPOCH"):
        clock.now()


def test_the_real_time_is_in_whole_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, the time is the present, in UTC."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    found = clock.now()
    assert found.tzinfo is UTC
    assert found.microsecond == 0
    assert abs((datetime.now(UTC) - found).total_seconds()) < 5
