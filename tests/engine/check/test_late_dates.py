"""A text that names a day after the entry's own was changed later, or has a wrong year; a plan names one rightly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site, run


@pytest.mark.parametrize(
    ("lines", "text", "day"),
    [
        ((), "The agreement was signed on 30 April 2025.", "2025-04-30"),
        ((), "It was signed on April 30, 2025, after long talks.", "2025-04-30"),
        (("lang: fr",), "L’accord a été signé le 30 avril 2025.", "2025-04-30"),
        (("lang: de",), "Am 30. April 2025 unterschrieben die Parteien.", "2025-04-30"),
        (("lang: es",), "Las partes firmaron el 30 de abril de 2025.", "2025-04-30"),
        (("updated: 2025-04-29",), "The agreement was signed on 1 May 2025.", "2025-05-01"),
        (("updated: 2025-04-30",), "The agreement was signed on 30 April 2025.", ""),
        (
            ("corrections: [{date: 2025-05-02, note: x}]", "updated: 2025-05-02"),
            "Signed on 30 April 2025.",
            "",
        ),
        ((), "The agreement was signed on 4 March 2025.", ""),
        ((), "Signed on 6 March 2025, in another time zone.", ""),
        ((), "The vote is due on 30 April 2025.", ""),
        ((), "The ceasefire runs until 30 April 2025.", ""),
        (("lang: fr",), "Le vote aura lieu le 30 avril 2025.", ""),
        (("lang: de",), "Die Wahl findet voraussichtlich bis 30. April 2025 statt.", ""),
        (("lang: bg",), "Подписано на 30 април 2025.", ""),
        ((), "In 2026 nothing is dated.", ""),
    ],
)
def test_a_later_day_is_told_unless_it_is_a_plan(
    tmp_path: Path, lines: tuple[str, ...], text: str, day: str
) -> None:
    """At the line of the text, once, and again by a second check that reads nothing."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", *lines, body=f"First.\n\n{text}")})
    number = 11 + len(lines)
    for _ in range(2):
        told = [line for line in run(site, "check").stdout.splitlines() if "late-date" in line]
        assert len(told) == bool(day), told
        if day:
            assert told[0].startswith(f"content/entries/a.md:{number}: warning: the text names {day}")


def test_an_edit_is_seen(tmp_path: Path) -> None:
    """What is kept of a file counts only as long as the file is the same."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", body="Signed on 30 April 2025.")})
    assert "late-date" in run(site, "check").stdout
    (site / "content/entries/a.md").write_text(entry("aaaa", body="Signed on 4 March 2025."), "utf-8")
    assert "late-date" not in run(site, "check").stdout
