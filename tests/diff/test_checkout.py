"""`pouch diff` and git: revisions, submodules, pointers of Git LFS, and what git refuses."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.repository import FLOOD, TALKS, edit, make_repository, section
from tests.commands.sites import SETTINGS, entry, git, make_site, run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in a repository, one commit old."""
    return make_repository(tmp_path)


def test_nothing_is_touched(site: Path) -> None:
    """The working tree and the index are as they were, and what was staged still is."""
    edit(site, TALKS, entry("talks01", "title: Peace talks"))
    git(site, "add", "-A")
    edit(site, FLOOD, None)
    status = ["git", "-C", str(site), "status", "--porcelain", "--untracked-files=no"]
    before = subprocess.run(status, check=True, capture_output=True).stdout
    assert "/briefings/talks/" in run(site, "diff", "main").stdout
    assert subprocess.run(status, check=True, capture_output=True).stdout == before
    assert not (site / "output").exists()


def test_a_branch_is_reviewed_by_what_it_changes(site: Path) -> None:
    """`main...` is where it left main: what came to main since is no change of the branch."""
    git(site, "checkout", "-q", "-b", "colleague")
    edit(site, TALKS, entry("talks01", "title: Peace talks"))
    git(site, "commit", "-qam", "A title")
    git(site, "checkout", "-q", "main")
    edit(site, FLOOD, None)
    git(site, "commit", "-qam", "Gone")
    git(site, "checkout", "-q", "colleague")
    assert "/briefings/rain/" in run(site, "diff", "main").stdout
    shown = run(site, "diff", "main...").stdout
    assert '"Talks" → "Peace talks"' in shown
    assert "rain" not in shown
    git(site, "checkout", "-q", "--orphan", "other")
    git(site, "commit", "-qm", "Elsewhere")
    result = run(site, "diff", "main...")
    assert (result.exit_code, "have no commit in common" in result.stderr) == (2, True)


def test_what_cannot_be_compared_is_named(site: Path, tmp_path: Path) -> None:
    """Exit code 2 and one line: no such revision, no site there yet, settings that were wrong, no repository."""
    git(site, "checkout", "-q", "--orphan", "empty")
    git(site, "rm", "-rq", "--cached", ".")
    git(site, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    (site / "pelicanconf.py").write_text(SETTINGS + "POUCH_PER_PAGE = 0\n", "utf-8")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A slip")
    (site / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    lonely = tmp_path / "lonely"
    lonely.mkdir()
    make_site(lonely)
    for where, revision, words in (
        (site, "nope", "git knows no revision 'nope'"),
        (site, "--help-me", "No such option"),
        (site, "empty~1", "there is no pelicanconf.py in site/"),
        (site, "empty", "empty:pelicanconf.py:7: POUCH_PER_PAGE must be"),
        (lonely, "HEAD", "is in no git repository"),
    ):
        outcome = run(where, "diff", revision)
        assert (outcome.exit_code, outcome.stdout) == (2, ""), revision
        assert words in outcome.stderr
        assert "Traceback" not in outcome.stderr


def test_content_in_a_submodule_is_compared(site: Path, tmp_path: Path) -> None:
    """A desk keeps its texts in a repository of their own: the commit that REV names is compared."""
    texts = tmp_path / "texts"
    (site / "content").rename(texts)
    git(texts, "init", "-q", "-b", "main")
    git(texts, "add", "-A")
    git(texts, "commit", "-qm", "Texts")
    git(site.parent, "rm", "-rq", "--cached", "site/content")
    git(
        site.parent,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(texts),
        "site/content",
    )
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A submodule")
    assert run(site, "diff", "HEAD").stderr == "nothing: readers see what they saw at HEAD\n"
    edit(site, TALKS, entry("talks01", "title: Peace talks"))
    git(site / "content", "commit", "-qam", "Another title")
    git(site, "commit", "-qam", "The submodule moved on")
    for revision, lines in (("HEAD", []), ("HEAD~1", ['title: "Talks" → "Peace talks"'])):
        assert section(run(site, "diff", revision).stdout, "briefings")[1:] == lines
    shutil.rmtree(site / "content")
    (site / "content").mkdir()
    shutil.rmtree(site.parent / ".git" / "modules")
    (site / "content" / "vocabulary").mkdir()
    outcome = run(site, "diff", "HEAD~1")
    assert outcome.exit_code == 2
    assert "git submodule update --init site/content" in outcome.stderr


def test_content_that_is_a_link_out_of_the_repository_is_refused(site: Path, tmp_path: Path) -> None:
    """Git keeps the link and nothing of what it leads to."""
    (site / "content").rename(tmp_path / "texts")
    (site / "content").symlink_to(tmp_path / "texts")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A link")
    outcome = run(site, "diff", "HEAD")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "is a symbolic link out of the repository" in outcome.stderr


def test_an_older_tree_with_pointers_of_git_lfs(site: Path) -> None:
    """The object that is on this machine takes the place of its pointer; one that is not is named with its cure."""
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    name = hashlib.sha256(picture).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize {len(picture)}\n"
    edit(site, "images/map.svg", pointer)
    edit(site, TALKS, entry("talks01", body="![A map](images/map.svg)"))
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A picture")
    edit(site, "images/map.svg", picture.decode())
    assert run(site, "diff", "HEAD").stderr == "nothing: readers see what they saw at HEAD\n"
    edit(site, "images/map.svg", picture.decode().replace("9", "8"))
    outcome = run(site, "diff", "HEAD")
    assert outcome.exit_code == 1
    assert "HEAD:content/entries/2025/03/talks.md" in outcome.stderr
    assert "git lfs fetch --all" in outcome.stderr
    kept = site.parent / ".git/lfs/objects" / name[:2] / name[2:4]
    kept.mkdir(parents=True)
    (kept / name).write_bytes(picture)
    assert section(run(site, "diff", "HEAD", "--all").stdout, "files")[0] == "~ /images/map.svg"


def test_what_git_refuses_is_told_in_its_own_words(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, never a traceback: another owner, a shallow clone, no git at all."""
    shallow = tmp_path / "shallow"
    edit(site, TALKS, entry("talks01", "title: Peace talks"))
    git(site, "commit", "-qam", "Another title")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site.parent}", str(shallow))
    outcome = run(shallow / "site", "diff", "HEAD~1")
    assert outcome.exit_code == 2
    assert "the clone is shallow" in outcome.stderr
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        outcome = run(site, "diff", "HEAD")
        assert outcome.exit_code == 2
        assert "dubious ownership" in outcome.stderr
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = run(site, "diff", "HEAD")
    assert outcome.exit_code == 2
    assert "git is not installed" in outcome.stderr
