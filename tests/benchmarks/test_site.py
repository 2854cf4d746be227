"""The two sites that the bench compares."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from benchmarks.site import BenchSite, Peers, pages

ROOT = Path(__file__).parents[2]
PEERS = Path(os.environ.get("BENCH_PEERS", ROOT / "build" / "bench" / "peers"))


def test_rivers_are_compared_by_how_many_pages_they_have(tmp_path: Path) -> None:
    """Pouch counts its numbered pages from the oldest and Hugo from the newest; neither is at fault."""
    ours, theirs, fewer = tmp_path / "ours", tmp_path / "theirs", tmp_path / "fewer"
    shared = ["index.html", "topics/water/feed.xml"]
    for folder, numbers in ((ours, (1, 2)), (theirs, (2, 3)), (fewer, (2,))):
        for path in [*shared, *(f"topics/water/page/{number}/index.html" for number in numbers)]:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).touch()
    assert pages(ours) == pages(theirs)
    assert pages(ours) != pages(fewer)


@pytest.mark.slow
@pytest.mark.skipif(not PEERS.is_dir(), reason="Hugo comes with `make bench`")
def test_hugo_and_pouch_publish_the_same_pages(tmp_path: Path) -> None:
    """The ratio is one of equal work: the same files, and on every page the same links to briefings."""
    site = BenchSite(150, tmp_path / "site", Peers(PEERS), cores=2)
    site.hugo_cold()
    site.pouch_cold()
    theirs, ours = site.hugo / "public", site.corpus / "output"
    assert pages(theirs) == pages(ours)
    for path in (
        "countries/united-states/index.html",
        "topics/index.html",
        "countries/index.html",
        "index.html",
    ):
        assert links(theirs / path) == links(ours / path), path


def links(page: Path) -> set[str]:
    """Where a page leads, its neighbours of the same river aside."""
    found = set(re.findall(r'<a href="([^"]*)"', page.read_text(encoding="utf-8")))
    return {href for href in found if "/page/" not in href}
