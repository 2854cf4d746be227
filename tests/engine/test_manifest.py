"""The list of what is ours in an output folder, and what is done where it is not as a build left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.engine.state import folder_of
from tests.engine.sites import SETTINGS, WorkSite, tree


def test_a_lost_manifest_prunes_nothing_and_says_so(tmp_path: Path) -> None:
    """Without the list of what is ours, nothing is deleted."""
    work = WorkSite(tmp_path / "site")
    for number in (0, 4):
        work.entry(f"entry-{number}", date=f"2025-0{number + 1}-05")
    work.build()
    (folder_of(work.site()) / "manifest.txt").unlink()
    (work.root / "content/entries/entry-4.md").unlink()
    report = work.build()
    assert (work.output / "briefings/entry-4/index.html").exists()
    assert any("manifest" in note for note in report.notes)


def test_an_edit_that_moves_no_file_looks_after_the_manifest_all_the_same(tmp_path: Path) -> None:
    """What a killed build has claimed since is pruned, and a manifest that was lost since is told of."""
    # An index for searching has files of other names after each edit.
    work = WorkSite(tmp_path / "site", f'{SETTINGS}POUCH_FEATURES = [*set(POUCH_FEATURES) - {{"search"}}]\n')
    work.entry("entry-0", date="2025-01-05")
    work.build()
    manifest = folder_of(work.site()) / "manifest.txt"
    manifest.write_text(f"{manifest.read_text('utf-8')}briefings/killed/index.html\n", "utf-8")
    left = work.output / "briefings/killed/index.html"
    left.parent.mkdir()
    left.write_text("half a build", "utf-8")
    listed = tree(work.output).keys() - {"briefings/killed/index.html"}
    work.entry("entry-0", date="2025-01-05", body="Told anew.")
    assert work.build().removed == ["briefings/killed/index.html"]
    assert tree(work.output).keys() == listed
    assert set(manifest.read_text("utf-8").split()) == listed
    work.entry("entry-0", date="2025-01-05", body="Told once more.")
    assert work.build().notes == []
    manifest.unlink()
    work.entry("entry-0", date="2025-01-05", body="Told for the last time.")
    assert any("manifest" in note for note in work.build().notes)


@pytest.mark.parametrize("state", ["kept", "of another version", "gone"])
def test_what_an_earlier_version_published_is_pruned(tmp_path: Path, state: str) -> None:
    """Documents of feeds by month, pages of slices with one briefing: whatever the manifest lists, and nothing else."""
    work = WorkSite(tmp_path / "site", f'{SETTINGS}POUCH_FEATURES = [*set(POUCH_FEATURES) - {{"search"}}]\n')
    work.entry("entry-0", date="2025-01-05")
    work.build()
    now = set(tree(work.output))
    folder = folder_of(work.site())
    former = {
        *(f"{base}{name}" for base in ("", "countries/ukraine/", "topics/ceasefire/") for name in MONTHLY),
        "countries/ukraine/ceasefire/index.html",
        "countries/ukraine/en/index.html",
        "topics/ceasefire/2025/index.html",
    }
    foreign = "feed-2024-12.xml"
    for path in (*former, foreign):
        (work.output / path).parent.mkdir(parents=True, exist_ok=True)
        (work.output / path).write_text("from an earlier version", "utf-8")
    manifest = folder / "manifest.txt"
    manifest.write_text("".join(f"{path}\n" for path in sorted(now | former)), "utf-8")
    if state == "gone":
        (folder / "state.sqlite").unlink()
    elif state == "of another version":
        (folder / "state.sqlite").write_bytes(b"SQLite format 3\0, but of another version")
    work.entry("entry-0", date="2025-01-05", body="Told anew.")
    report = work.build()
    assert set(report.removed) == former
    assert set(tree(work.output)) == now | {foreign}
    assert not (work.output / "topics/ceasefire/2025").exists()


MONTHLY = ("feed-2025-03.xml", "atom-2025-03.xml", "feed-2025-03.json", "feed.fr-2025-03.xml", "feed.fr.json")
