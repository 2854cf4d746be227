"""What waits for its date, and dates that are most likely slips."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site, run

NOW = "1741176000"  # 5 March 2025, 12:00 UTC


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)


def test_a_check_and_every_build_tell_what_waits(tmp_path: Path) -> None:
    """An embargo is no fault, but nobody has to guess why a briefing is missing; a second build says it too."""
    site = make_site(
        tmp_path,
        {
            "entries/a.md": entry("aaaa", "publish_at: 2025-06-01T09:00:00Z"),
            "entries/b.md": entry("bbbb", "title: Now"),
            "entries/c.md": entry("cccc", "date: 2025-04-01", "title: Later"),
        },
    )
    waits = ["a.md waits until 2025-06-01 11:00 (Europe/Brussels)", "c.md waits until 2025-04-01;"]
    for command in ("check", "build", "build"):
        outcome = run(site, command)
        assert outcome.exit_code == 0
        for line in waits:
            assert line in outcome.stderr, command
        assert "b.md" not in outcome.stderr


def test_many_that_wait_are_counted(tmp_path: Path) -> None:
    """A long list would hide the rest of what a build says."""
    files = {
        f"entries/e{n}.md": entry(f"entry-{n}", f"publish_at: 2025-04-{n:02}", f"title: E{n}")
        for n in range(1, 9)
    }
    outcome = run(make_site(tmp_path, files), "check")
    assert outcome.stderr.count("waits until") == 5
    assert "3 more entries wait" in outcome.stderr


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("date: 2052-03-05", 6),
        ("publish_at: 2052-03-05T10:00Z", 7),
        ("updated: 2052-03-05", 7),
        ("source: {name: Agency, published: 2052-03-05}", 7),
        ("corrections: [{date: 2052-03-05, note: x}]", 7),
    ],
)
def test_a_date_more_than_a_year_ahead_is_warned_of(tmp_path: Path, line: str, number: int) -> None:
    """2052 for 2025 hides a briefing for 27 years, or puts a false date on its page."""
    lines = run(make_site(tmp_path, {"entries/a.md": entry("aaaa", line)}), "check").stdout.splitlines()
    [found] = [found for found in lines if "far-date" in found]
    assert found.startswith(f"content/entries/a.md:{number}: warning:")
    assert "2052-03-05" in found


def test_a_date_within_a_year_is_not_warned_of(tmp_path: Path) -> None:
    """Embargoes of months are usual."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", "date: 2026-03-05")})
    assert "far-date" not in run(site, "check").stdout


def test_a_clock_that_goes_back_takes_briefings_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file changed, and a build on another machine, or for an earlier moment, publishes what is due there."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", "date: 2025-03-04")})
    page = site / "output" / "briefings" / "a" / "index.html"
    for moment, is_due in ((NOW, True), ("1740700800", False), (NOW, True)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        assert run(site, "build").exit_code == 0
        assert page.exists() == is_due
