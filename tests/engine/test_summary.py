"""What a build says of itself: what is published, and what the host does not take."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.engine.report import Report
from pouch.engine.summary import in_words, too_large_for_host
from pouch.hosts import Host, Published, excesses, hosts, in_megabytes
from tests.engine.sites import SETTINGS, WorkSite


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (
            Report(paths=["a"] * 3214, size=41_234_567, made=40, written=12),
            "3,214 files, 41 MB; 12 written, 3,202 unchanged",
        ),
        (Report(paths=["a"] * 3214, size=41_234_567), "3,214 files, 41 MB; up to date"),
        (Report(paths=["a"], size=1234, made=1, written=1), "1 file, 0.0 MB; 1 written, 0 unchanged"),
        (
            Report(paths=["a"] * 5, size=9_940_000, removed=["b"]),
            "5 files, 9.9 MB; 0 written, 5 unchanged, 1 removed",
        ),
    ],
)
def test_a_build_says_what_it_published(report: Report, words: str) -> None:
    """In an editor's words, not the engine's."""
    assert in_words(report) == words


@pytest.mark.parametrize(
    ("limits", "published", "said"),
    [
        (
            {"files": 2},
            Published(["a", "b", "c"], 1, 1),
            "Host takes 2 files (more for money); this site has 3",
        ),
        ({"megabytes": 2}, Published(["a"], 3_000_000, 1), "Host takes 2 MB; this site has 3.0 MB"),
        (
            {"largest_megabytes": 2},
            Published(["a"], 4, 3_000_000),
            "Host takes files of 2 MB; the largest of this site has 3.0 MB",
        ),
        (
            {"folder_files": 2},
            Published(["x/a", "x/b", "x/c"], 1, 1),
            "Host takes 2 files in a folder; /x/ has 3",
        ),
        ({"folder_files": 2}, Published(["x/a", "x/b", "y/c"], 1, 1), ""),
        (
            {"files": 3, "megabytes": 3, "largest_megabytes": 3},
            Published(["a"] * 3, 3_000_000, 3_000_000),
            "",
        ),
        ({}, Published(["a"] * 3, 10**12, 10**12), ""),
    ],
)
def test_what_a_host_does_not_take_is_told(limits: dict[str, int], published: Published, said: str) -> None:
    """For each limit: exceeded, and just reached."""
    host = Host(name="Host", source="", note="more for money", **limits)  # type: ignore[arg-type]
    assert " ".join(excesses(host, published)) == said


def test_every_host_has_its_source() -> None:
    """And limits that are told."""
    assert set(hosts()) == {"github-pages", "cloudflare-pages", "gitlab-pages", "netlify"}
    large = Published([f"f/{number}" for number in range(200_001)], 2 * 10**9, 10**9)
    for host in hosts().values():
        assert host.source.startswith("https://")
        assert list(excesses(host, large))


def test_a_build_measures_what_it_published(tmp_path: Path) -> None:
    """All files, whatever this build wrote; the numbers are those of the folder."""
    site = WorkSite(tmp_path / "site", settings=f"{SETTINGS}POUCH_HOST = 'github-pages'\n")
    site.entry("talks")
    for edit in (None, "talks", None):
        if edit:
            site.entry(edit, body="Other words.")
        report = site.build()
        sizes = [file.stat().st_size for file in site.output.rglob("*") if file.is_file()]
        assert (report.outputs, report.size, report.largest) == (len(sizes), sum(sizes), max(sizes))
        assert list(too_large_for_host(report, site.site())) == []
    assert (site.output / ".nojekyll").read_bytes() == b""
    report.size = 2 * 10**9
    (warning,) = too_large_for_host(report, site.site())
    assert "GitHub Pages takes 1,000 MB; this site has 2,000 MB" in warning.message
    assert warning.code == "too-large-for-host"


def test_a_size_is_said_in_megabytes() -> None:
    """With a decimal where there are few."""
    assert [in_megabytes(size) for size in (0, 340_000, 9_990_000, 41_000_000, 1_234_000_000)] == [
        *("0.0 MB", "0.3 MB", "10.0 MB", "41 MB", "1,234 MB"),
    ]
