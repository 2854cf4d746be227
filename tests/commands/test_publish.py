"""`pouch publish`: from draft to archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site, run

NOW = "1741165200"  # 2025-03-05 09:00 UTC, 10:00 in Brussels
DRAFT = entry("aaaa", "title: 'Talks' # working title", "status: draft # until checked")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)


@pytest.mark.parametrize("named", ["aaaa", "talks", "talks-once", "content/entries/drafts/talks.md"])
def test_a_draft_is_stamped_and_filed(tmp_path: Path, named: str) -> None:
    """By id, slug, former slug or path: publish_at is now, the file moves to its month, all else stays."""
    draft = entry(
        "aaaa", "title: 'Talks' # working title", "formerly: [talks-once]", "status: draft # until checked"
    )
    site = make_site(tmp_path, {"entries/drafts/talks.md": draft})
    result = run(site, "publish", named)
    assert (result.exit_code, result.stdout) == (0, "content/entries/2025/03/talks.md\n")
    assert not (site / "content/entries/drafts/talks.md").exists()
    text = (site / "content/entries/2025/03/talks.md").read_text("utf-8")
    expected = draft.replace("status: draft #", "status: published #").replace(
        "date: 2025-03-05\n", "date: 2025-03-05\npublish_at: 2025-03-05T10:00:00+01:00\n"
    )
    assert text == expected
    assert run(site, "check").stdout == ""


def test_publishing_again_changes_nothing(tmp_path: Path) -> None:
    """An entry that is published stays as it is, stamp and all."""
    site = make_site(tmp_path, {"entries/drafts/talks.md": DRAFT})
    run(site, "publish", "aaaa")
    before = (site / "content/entries/2025/03/talks.md").read_bytes()
    result = run(site, "publish", "aaaa")
    assert (result.exit_code, result.stdout) == (0, "content/entries/2025/03/talks.md\n")
    assert "published already" in result.stderr
    assert (site / "content/entries/2025/03/talks.md").read_bytes() == before


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    """A draft whose name another entry of its month has stays where it is, and the message names both."""
    there = entry("bbbb", "slug: other")
    site = make_site(tmp_path, {"entries/drafts/talks.md": DRAFT, "entries/2025/03/talks.md": there})
    result = run(site, "publish", "aaaa")
    assert result.exit_code == 1
    assert (
        "content/entries/drafts/talks.md: error: it would go to content/entries/2025/03/talks.md"
        in result.stderr
    )
    assert "[file-exists]" in result.stderr
    assert (site / "content/entries/2025/03/talks.md").read_text("utf-8") == there


def test_a_draft_without_a_date_needs_one(tmp_path: Path) -> None:
    """It is refused with its file's name, unless --date gives the date; an entry that has one keeps it."""
    site = make_site(
        tmp_path,
        {
            "entries/drafts/a.md": entry("aaaa", "date:", "status: draft"),
            "entries/drafts/b.md": entry("bbbb", "date: 2024-12-31", "status: draft"),
        },
    )
    refused = run(site, "publish", "a", "b")
    assert refused.exit_code == 1
    assert "content/entries/drafts/a.md:1: error: a draft without `date`" in refused.stderr
    assert (site / "content/entries/drafts/b.md").exists(), "where one cannot be published, none is"
    done = run(site, "publish", "a", "b", "--date", "2025-02-01")
    assert done.stdout == "content/entries/2025/02/a.md\ncontent/entries/2024/12/b.md\n"
    assert "date: 2025-02-01\n" in (site / "content/entries/2025/02/a.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("2025-03-06", "2025-03-06"), ("2025-03-05T10:00:01+01:00", "2025-03-05T10:00:01+01:00"),
     ("2025-03-01", "2025-03-05T10:00:00+01:00")],
)  # fmt: skip
def test_an_embargo_is_kept(tmp_path: Path, given: str, kept: str) -> None:
    """A publish_at that is still to come stays; one that has passed is no stamp, and becomes now."""
    site = make_site(
        tmp_path, {"entries/drafts/a.md": entry("aaaa", "status: draft", f"publish_at: {given}")}
    )
    run(site, "publish", "a")
    assert f"publish_at: {kept}\n" in (site / "content/entries/2025/03/a.md").read_text("utf-8")


def test_what_the_archive_forbids_is_not_published(tmp_path: Path) -> None:
    """A fault, a version before its original and a file in the way: told all at once, and nothing is written."""
    files = {
        "entries/2025/03/a.md": entry("aaaa"),
        "entries/drafts/a.md": entry("bbbb", "status: draft", "slug: a-2"),
        "entries/drafts/broken.md": entry("cccc", "status: draft", "lang: french"),
        "entries/drafts/original.md": entry("dddd", "status: draft"),
        "entries/drafts/version.md": entry("eeee", "status: draft", "lang: fr", "translation_of: dddd"),
    }
    site = make_site(tmp_path, files)
    result = run(site, "publish", "bbbb", "cccc", "eeee")
    assert result.exit_code == 1
    assert [line.split(" ")[0] for line in result.stderr.splitlines()[:-1]] == [
        "content/entries/drafts/a.md:", "content/entries/drafts/broken.md:8:7:", "content/entries/drafts/version.md:9:",
    ]  # fmt: skip
    for path, text in files.items():
        assert (site / "content" / path).read_text("utf-8") == text
    assert run(site, "publish", "eeee", "dddd").exit_code == 0, "an original and its version go together"


def test_an_entry_that_is_not_there(tmp_path: Path) -> None:
    """A name that means no entry is wrong usage."""
    result = run(make_site(tmp_path), "publish", "none")
    assert result.exit_code == 2
    assert "no entry has the id, the slug or the path 'none'" in result.stderr


def test_what_goes_public_is_shown(tmp_path: Path) -> None:
    """Date, embargo, terms and what is missing, so that nothing goes public by omission."""
    bare = entry("aaaa", "date: 2025-03-04", "topics: []", "status: draft")
    full = entry(
        "bbbb",
        "title: Full",
        "publish_at: 2025-03-09T18:00:00+01:00",
        "mentions: [FR]",
        "summary: Text.",
        "key_points: [One.]",
        "source: {name: Post, url: 'https://post.example/a'}",
        "status: draft",
    )
    site = make_site(tmp_path, {"entries/drafts/bare.md": bare, "entries/drafts/full.md": full})
    told = run(site, "publish", "bare", "full").stderr.splitlines()
    assert told == [
        "content/entries/2025/03/bare.md: Talks",
        "  dated 2025-03-04; readers see it after the next build",
        "  countries: Ukraine",
        "  without a topic, key points, a summary, the source",
        "content/entries/2025/03/full.md: Full",
        "  dated 2025-03-05; waits until 2025-03-09 18:00 (Europe/Brussels)",
        "  countries: Ukraine",
        "  mentions: France",
        "  topics: War",
    ]


def test_an_embargo_is_set_on_the_command_line(tmp_path: Path) -> None:
    """`--until` writes it, and says from when readers see the entry; one that is over is refused."""
    site = make_site(tmp_path, {"entries/drafts/talks.md": DRAFT})
    over = run(site, "publish", "aaaa", "--until", "2025-03-05")
    assert (over.exit_code, "an embargo ends in the future" in over.stderr) == (2, True)
    result = run(site, "publish", "aaaa", "--until", "2025-03-06T07:00+01:00")
    assert "waits until 2025-03-06 07:00" in result.stderr
    assert "\npublish_at: 2025-03-06T07:00:00+01:00\n" in (site / result.stdout.strip()).read_text("utf-8")
    again = run(site, "publish", "aaaa", "--until", "2025-03-07")
    assert (again.exit_code, "is published already" in again.stderr) == (2, True)


def test_a_date_that_would_have_no_effect_is_refused(tmp_path: Path) -> None:
    """Who means to hold a dated entry back must not publish it now; beside one without a date it is fine."""
    undated = entry("bbbb", "date:", "status: draft").replace("date:\n", "")
    site = make_site(tmp_path, {"entries/drafts/talks.md": DRAFT, "entries/drafts/rain.md": undated})
    result = run(site, "publish", "aaaa", "--date", "2025-03-09")
    assert result.exit_code == 2
    assert "is dated 2025-03-05, and --date is for entries without a date" in result.stderr
    assert "--until" in result.stderr
    assert (site / "content/entries/drafts/talks.md").exists()
    assert run(site, "publish", "aaaa", "bbbb", "--date", "2025-03-04").exit_code == 0
