"""Builds touch only what changed, keep what they do not own, and never lose the last good output."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pouch.engine.fingerprint import ALTERED, MISSING
from pouch.engine.lock import locked
from pouch.engine.scan import RACY_NS
from pouch.engine.state import folder_of
from pouch.errors import ContentError, EnvironmentFault
from pouch.workers import PoolConfig
from tests import compiled
from tests.engine.sites import SETTINGS, WorkSite, stamps, tree


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site with five briefings."""
    site = WorkSite(tmp_path / "site")
    for number in range(5):
        site.entry(
            f"entry-{number}", date=f"2025-0{number + 1}-05", countries="UA, GB" if number % 2 else "UA"
        )
    return site


def test_the_second_build_builds_nothing(work: WorkSite) -> None:
    """Nothing changed: nothing is made, and no file's mtime moves."""
    first = work.build()
    before = stamps(work.output)
    second = work.build()
    assert first.made == first.outputs > 50
    assert (second.made, second.read, second.outputs) == (0, 0, first.outputs)
    assert stamps(work.output) == before


def test_a_touched_file_rebuilds_nothing(work: WorkSite) -> None:
    """An mtime alone is never believed: a fresh checkout of the same bytes costs a hash."""
    work.build()
    for file in (work.root / "content").rglob("*.md"):
        os.utime(file, ns=(1, 1))
    assert work.build().made == 0


def test_an_edit_touches_only_what_shows_it(work: WorkSite) -> None:
    """A changed second paragraph changes the briefing's page and its feeds, and no list."""
    work.build()
    before = stamps(work.output)
    work.entry("entry-0", date="2025-01-05", body="A first paragraph.\n\nA second one, mended.")
    report = work.build()
    changed = {path for path, stamp in stamps(work.output).items() if before.get(path) != stamp}
    assert report.read == 1
    assert "briefings/entry-0/index.html" in changed
    assert "countries/ukraine/feed.xml" in changed
    assert not [path for path in changed if path.endswith(".html") and "briefings/" not in path]


def test_a_label_changes_only_pages_that_show_it(work: WorkSite) -> None:
    """Renaming a topic in the vocabulary reads no entry again."""
    work.entry("trading", topics="trade", countries="FR")
    work.build()
    vocabulary = (work.root / "content/vocabulary/topics.toml").read_text("utf-8")
    work.write("content/vocabulary/topics.toml", vocabulary.replace('"Trade"', '"Commerce and trade"'))
    report = work.build()
    assert report.read == 0
    assert "briefings/trading/index.html" in report.reasons
    assert "briefings/entry-0/index.html" not in report.reasons


def test_a_broken_entry_leaves_the_last_output(work: WorkSite) -> None:
    """A fault ends the build with every problem named, and the site stays as it was."""
    work.build()
    before = stamps(work.output)
    work.entry("broken", topics="ceasfire")
    work.entry("wrong", date="2025-02-30")
    with pytest.raises(ContentError) as caught:
        work.build()
    assert {problem.path for problem in caught.value.problems} == {
        "content/entries/broken.md",
        "content/entries/wrong.md",
    }
    assert stamps(work.output) == before


def test_a_fault_stays_a_fault_until_it_is_mended(work: WorkSite) -> None:
    """A second build over the same broken entry fails too, and a vocabulary that is put back is believed again."""
    work.build()
    good = tree(work.output)
    vocabulary = (work.root / "content/vocabulary/topics.toml").read_text("utf-8")
    work.write("content/vocabulary/topics.toml", vocabulary.replace("easefire", "essation"))
    for _ in range(2):
        with pytest.raises(ContentError):
            work.build()
    work.write("content/vocabulary/topics.toml", vocabulary)
    work.build()
    assert tree(work.output) == good


def test_what_goes_is_pruned_and_what_is_foreign_stays(work: WorkSite) -> None:
    """A deleted entry takes its page along; a file that someone else put there is not ours to delete."""
    work.build()
    foreign = work.output / "CNAME"
    foreign.write_text("example.org\n", "utf-8")
    (work.root / "content/entries/entry-4.md").unlink()
    report = work.build()
    assert report.pruned > 0
    assert not (work.output / "briefings/entry-4").exists()
    assert foreign.exists()


def test_a_missing_or_altered_file_is_made_again(work: WorkSite) -> None:
    """The output folder heals."""
    work.build()
    good = tree(work.output)
    (work.output / "index.html").write_text("vandalised", "utf-8")
    (work.output / "feed.xml").unlink()
    assert set(work.build().reasons) == {"index.html", "feed.xml"}
    assert tree(work.output) == good


@pytest.mark.parametrize("small_site", [0, 4000])
def test_files_that_do_not_lie_as_they_were_left_are_made_again(
    work: WorkSite, monkeypatch: pytest.MonkeyPatch, small_site: int
) -> None:
    """One that is missing and one that is altered, whether they are looked at beside the scan or after it."""
    monkeypatch.setattr("pouch.engine.build.SMALL_SITE", small_site)
    work.build()
    good = tree(work.output)
    (work.output / "index.html").write_text("defaced", "utf-8")
    (work.output / "feed.xml").unlink()
    assert work.build(jobs=2).reasons == {"index.html": (ALTERED,), "feed.xml": (MISSING,)}
    assert tree(work.output) == good
    assert work.build(jobs=2).made == 0


def test_files_that_come_to_disagree_are_found_however_the_site_was_built_before(work: WorkSite) -> None:
    """Whether all agree is not asked after an edit of a text; it is as soon as the answer may be another."""
    work.build()
    work.entry("entry-0", date="2025-01-05", body="Told anew.")
    assert work.build().read == 1
    work.entry("entry-1", date="2025-02-05", slug="entry-0")
    for _ in range(2):  # the second build reads nothing anew, and finds it all the same
        assert faults(work) == ["slug-taken"]
    work.entry("entry-1", date="2025-02-05", slug="entry-one")
    assert faults(work) == []
    work.entry("entry-2", date="2025-03-05", body="[What was](/briefings/gone/)")
    assert faults(work) == ["broken-link"]


def faults(work: WorkSite) -> list[str]:
    """What a build finds wrong."""
    try:
        work.build()
    except ContentError as error:
        return [problem.code for problem in error.problems]
    return []


def test_what_a_killed_build_left_is_removed_though_pouch_has_changed_since(work: WorkSite) -> None:
    """The state of another version is not believed, and so does not say either that its build never ended."""
    work.build()
    good = tree(work.output)
    (work.output / "briefings/.pouch-17-index.html.tmp").write_bytes(b"")
    with sqlite3.connect(folder_of(work.site()) / "state.sqlite") as db:
        db.execute("UPDATE meta SET value = 'another' WHERE key = 'engine'")
    db.close()
    assert any("has changed" in note for note in work.build().notes)
    assert tree(work.output) == good


def test_clean_believes_no_state_but_still_prunes(work: WorkSite) -> None:
    """`--clean` makes everything again, and still knows what it owns."""
    work.build()
    before = stamps(work.output)
    (work.root / "content/entries/entry-4.md").unlink()
    report = work.build(clean=True)
    assert report.made == report.outputs
    assert not (work.output / "briefings/entry-4").exists()
    # Files whose bytes are the same keep their mtime, so that nobody downloads them again.
    assert stamps(work.output)["briefings/entry-0/index.html"] == before["briefings/entry-0/index.html"]


def test_the_number_of_jobs_changes_no_byte(tmp_path: Path) -> None:
    """One process or three: the same files."""
    work = WorkSite(tmp_path / "site")
    for number in range(50):
        work.entry(
            f"entry-{number}", date=f"2025-{number % 12 + 1:02}-05", countries="UA" if number % 3 else "FR"
        )
    assert work.build(jobs=1).made > PoolConfig(jobs=3).min_tasks
    work.build(jobs=3, output=tmp_path / "three")
    assert tree(tmp_path / "three") == tree(work.output)


def test_two_builds_at_once_are_told_apart(work: WorkSite) -> None:
    """The second builder learns who holds the lock; a lock whose owner is gone holds nobody."""
    folder = folder_of(work.site())
    with locked(folder), pytest.raises(EnvironmentFault, match=f"process {os.getpid()}"), locked(folder):
        pass
    (folder / "lock").write_text("999999\n", "utf-8")
    assert work.build().made > 0


def test_leavings_of_a_killed_build_are_swept(work: WorkSite) -> None:
    """A killed build's temporary files do not stay."""
    work.build()
    left = work.output / "briefings" / ".pouch-1-index.html.tmp"
    left.write_text("half", "utf-8")
    with sqlite3.connect(folder_of(work.site()) / "state.sqlite") as db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('stage', 'writing')")
    work.build()
    assert not left.exists()


def test_an_embargo_ends_by_itself(work: WorkSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing changed but the time: what has become due is published."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")  # June 2025
    work.entry("embargo", publish_at="2025-12-01")
    work.build()
    assert not (work.output / "briefings/embargo").exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1765000000")  # December 2025
    work.build()
    assert (work.output / "briefings/embargo/index.html").exists()


def test_a_file_that_cannot_be_written_is_named(work: WorkSite) -> None:
    """A folder in a page's place is told with its path, not with a traceback."""
    work.build()
    (work.output / "index.html").unlink()
    (work.output / "index.html").mkdir()
    with pytest.raises(EnvironmentFault, match=r"index\.html"):
        work.build()


def test_plain_pelican_gives_the_same_bytes(work: WorkSite, tmp_path: Path) -> None:
    """`pelican` and `pouch build` publish the same files."""
    compiled.share(work.root)
    work.build()
    other = tmp_path / "other"
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(other)]
    done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(other) == tree(work.output)


def test_plain_pelican_ends_with_1_on_a_fault(work: WorkSite, tmp_path: Path) -> None:
    """Pelican alone would log the fault and exit 0."""
    work.entry("broken", topics="ceasfire")
    command = [
        sys.executable,
        "-m",
        "pelican",
        "content",
        "-s",
        "pelicanconf.py",
        "-o",
        str(tmp_path / "other"),
    ]
    done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ceasfire" in done.stderr
    assert "Traceback" not in done.stderr


def test_build_and_check_find_the_same_faults(work: WorkSite) -> None:
    """A broken link, a dossier given twice, a pipe among the entries: the build names what `pouch check` names."""
    work.entry("linking", body="See [this](/briefings/nowhere/) and [that](entry-0.md).")
    work.write("content/dossiers/countries/UA.md", "---\npinned: [gone]\n---\n\nProse.\n")
    work.write("content/dossiers/countries/UA.en.md", "Prose.\n")
    os.mkfifo(work.root / "content/entries/pipe.md")
    (work.root / "content/entries/dangling.md").symlink_to("nowhere.md")
    with pytest.raises(ContentError) as caught:
        work.build()
    command = [sys.executable, "-m", "pouch", "check", "--format", "json"]
    done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
    checked = {(p["path"], p["line"], p["code"]) for p in json.loads(done.stdout)}
    assert {(p.path, p.line, p.code) for p in caught.value.problems} == checked
    assert {code for _, _, code in checked} == {
        "broken-link",
        "given-twice",
        "unknown-entry",
        "unreadable-file",
    }


def test_a_clock_that_is_set_back_unpublishes(work: WorkSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock decides who is due in both directions, though no file changed."""
    work.entry("embargo", publish_at="2025-12-01")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1765000000")  # December 2025
    work.build()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")  # June 2025
    work.build()
    assert not (work.output / "briefings/embargo").exists()


def test_an_edit_that_hides_its_traces_is_seen(work: WorkSite) -> None:
    """The same size and the same mtime: the file system's own clock tells that the file was changed."""
    file = work.entry("entry-0", body="A first paragraph.")
    os.utime(file, ns=(10**18, 10**18))
    time.sleep(RACY_NS / 1e9 + 0.1)
    work.build()
    file.write_bytes(file.read_bytes().replace(b"first", b"other"))
    os.utime(file, ns=(10**18, 10**18))
    assert "briefings/entry-0/index.html" in work.build().reasons


def test_a_template_remakes_only_pages_that_use_it(work: WorkSite, tmp_path: Path) -> None:
    """An override of one template leaves every other page, every feed and the stylesheet alone."""
    work.write("pelicanconf.py", f"{SETTINGS}THEME_TEMPLATES_OVERRIDES = [{str(tmp_path / 'own')!r}]\n")
    work.build()
    (tmp_path / "own").mkdir()
    (tmp_path / "own/not_found.html").write_text("{{ page.title }}\n", "utf-8")
    assert work.build().reasons == {"404.html": ("its template changed",)}
