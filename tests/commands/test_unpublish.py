"""`pouch unpublish`: from archive to draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site, run

TALKS = entry(
    "aaaa", "publish_at: 2025-03-05T10:00:00+01:00", "status: published # at last", "formerly: [once]"
)
PATH = "entries/2025/03/talks.md"


@pytest.mark.parametrize("named", ["aaaa", "talks", "once", f"content/{PATH}"])
def test_an_entry_becomes_a_draft(tmp_path: Path, named: str) -> None:
    """By id, slug, former slug or path: the status says so, the file lies with the drafts, all else stays."""
    site = make_site(tmp_path, {PATH: TALKS})
    assert run(site, "build", "--jobs", "1").exit_code == 0
    outcome = run(site, "unpublish", named)
    assert (outcome.exit_code, outcome.stdout) == (0, "content/entries/drafts/talks.md\n"), outcome
    text = (site / "content/entries/drafts/talks.md").read_text("utf-8")
    assert text == TALKS.replace("status: published", "status: draft")
    assert not (site / "content" / PATH).exists()
    assert "https://example.org/briefings/talks/ and https://example.org/briefings/once/" in outcome.stderr
    assert run(site, "build", "--jobs", "1").exit_code == 0
    assert not (site / "output/briefings/talks").exists()
    assert not (site / "output/briefings/once").exists()
    assert "aaaa" not in (site / "output/feed.xml").read_text("utf-8")


def test_what_still_points_at_it_is_named(tmp_path: Path) -> None:
    """Readers would see a link to nothing."""
    files = {
        PATH: TALKS,
        "entries/b.md": entry("bbbb", "title: B", body="[Earlier](/briefings/talks/)"),
        "entries/c.md": entry("cccc", "title: C", body="[Earlier](2025/03/talks.md)"),
        "dossiers/topics/war.md": "---\npinned: [aaaa]\n---\n\nText.\n",
    }
    outcome = run(make_site(tmp_path, files), "unpublish", "talks")
    for path in ("entries/b.md links to it", "entries/c.md links to it", "dossiers/topics/war.md pins it"):
        assert f"content/{path}" in outcome.stderr


def test_an_entry_with_published_translations_is_refused(tmp_path: Path) -> None:
    """A translation cannot stand without its original."""
    files = {PATH: TALKS, "entries/treve.md": entry("bbbb", "lang: fr", "translation_of: aaaa")}
    site = make_site(tmp_path, files)
    outcome = run(site, "unpublish", "talks")
    assert outcome.exit_code == 1
    assert "content/entries/treve.md" in outcome.stderr
    assert (site / "content" / PATH).read_text("utf-8") == TALKS


def test_a_draft_stays_and_a_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    """Called twice the command has nothing to do; what lies at the new place is somebody's work."""
    other = entry("bbbb", "title: B", "slug: other", "status: draft")
    site = make_site(tmp_path, {PATH: TALKS, "entries/drafts/talks.md": other})
    assert "a draft already" in run(site, "unpublish", "other").stderr
    refused = run(site, "unpublish", "aaaa")
    assert (refused.exit_code, "where another entry is" in refused.stderr) == (1, True)
    assert (site / "content/entries/drafts/talks.md").read_text("utf-8") == other
