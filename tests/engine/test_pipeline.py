"""What a run reads is what it builds from, whatever an entry leaves out."""

from __future__ import annotations

from pathlib import Path

from tests.engine.sites import WorkSite


def test_an_entry_of_key_points_alone_is_published(tmp_path: Path) -> None:
    """An editor may stop after the key points: the briefing gets its page, now and in the next build."""
    work = WorkSite(tmp_path / "site")
    work.entry("short", body="", key_points='["Both sides stopped firing."]')
    work.entry("other")
    work.build()
    page = work.output / "briefings/short/index.html"
    assert "Both sides stopped firing." in page.read_text(encoding="utf-8")
    work.entry("other", body="Another text.")
    work.build()
    assert "Both sides stopped firing." in page.read_text(encoding="utf-8")
