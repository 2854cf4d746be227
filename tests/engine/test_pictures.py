"""A picture is a source of every page that shows it, though no Markdown file changes with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pouch.errors import ContentError
from tests.engine.sites import WorkSite, tree

SHOWN = "![A pier](/images/pier.png)"


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site whose one picture stands in a body, in front matter, in a dossier and on a page."""
    site = WorkSite(tmp_path / "site")
    picture(site, 40)
    site.entry("in-body", body=f"A paragraph.\n\n{SHOWN}")
    site.entry("in-front", image="{file: images/pier.png, alt: A pier}")
    site.entry("without")
    site.write(
        "content/dossiers/countries/UA.md", f"---\ntitle: Ukraine\n---\n\nAn introduction.\n\n{SHOWN}\n"
    )
    site.write("content/pages/port.md", f"---\ntitle: Port\n---\n\n{SHOWN}\n")
    return site


def picture(work: WorkSite, width: int) -> None:
    """A PNG of this width, without pixels."""
    file = work.root / "content/images/pier.png"
    file.parent.mkdir(exist_ok=True)
    head = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"IHDR"
    file.write_bytes(head + width.to_bytes(4, "big") + (30).to_bytes(4, "big") + b"\x08\x06\0\0\0")


def widths(work: WorkSite) -> dict[str, set[str]]:
    """The widths that the pages of the picture say, by the page's address."""
    pages = ("briefings/in-body", "briefings/in-front", "countries/ukraine", "port")
    texts = {page: (work.output / page / "index.html").read_text("utf-8") for page in pages}
    return {page: set(re.findall(r'pier\.png"[^>]* width="(\d+)"', text)) for page, text in texts.items()}


def test_a_picture_of_another_size_reaches_every_page(work: WorkSite, tmp_path: Path) -> None:
    """A page that says an old size jumps while it loads: all four are made again, as a clean build makes them."""
    work.build()
    before = widths(work)
    assert set(map(frozenset, before.values())) == {frozenset({"40"})}
    picture(work, 60)
    report = work.build()
    assert report.read == 4  # the entry without it is not
    assert widths(work) == {key: {"60"} for key in before}
    work.build(output=tmp_path / "clean", clean=True)
    assert tree(work.output) == tree(tmp_path / "clean")


def test_a_picture_that_is_gone_is_named_wherever_it_is_shown(work: WorkSite) -> None:
    """No page is published with a hole: the build ends, the last good one stays, and the picture's return is enough."""
    work.build()
    before = tree(work.output)
    (work.root / "content/images/pier.png").unlink()
    with pytest.raises(ContentError) as raised:
        work.build()
    named = {problem.path for problem in raised.value.problems if "pier.png" in problem.message}
    assert named == {
        "content/entries/in-body.md",
        "content/entries/in-front.md",
        "content/dossiers/countries/UA.md",
        "content/pages/port.md",
    }
    assert tree(work.output) == before
    picture(work, 40)
    work.build()
    assert tree(work.output) == before
