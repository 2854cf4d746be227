"""What a preview shows before its build has written it is what the build writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from pouch.engine.build import build
from pouch.engine.report import Events, Report
from tests.engine.sites import SETTINGS, WorkSite


def test_every_file_can_be_had_before_it_is_written(tmp_path: Path) -> None:
    """Pages, feeds, the stylesheet and copied files, byte for byte; afterwards each page of the plan again."""
    work = WorkSite(tmp_path, SETTINGS + 'POUCH_LANGUAGES = ["en", "fr"]\n')
    for number in range(5):
        work.entry(f"entry-{number}", date=f"2025-03-0{number + 1}", topics="trade, war")
    work.entry("draft", status="draft")
    before: dict[str, bytes | None] = {}
    looks: list[bool] = []

    def take(report: Report) -> None:
        assert report.unwritten is not None
        looks.append(report.unwritten.change_the_look)
        assert not work.output.exists()
        before.update({path: report.unwritten.bytes(path) for path in report.reasons})
        assert report.unwritten.bytes("nothing/index.html") is None

    report = build(msgspec.structs.replace(work.site(), preview=True), jobs=1, events=Events(planned=take))
    files = {path: (work.output / path).read_bytes() for path in before}
    # The search index is several files that are made together, after all others.
    assert {path for path, data in before.items() if data != files[path]} == {"search/index/entry.index"}
    assert {"index.html", "feed.xml", "theme/pouch.css", "briefings/draft/index.html"} <= files.keys()
    assert report.unwritten is None
    assert report.planned_pages is not None
    theme = report.planned_pages.new_theme()
    rendered = {path: report.planned_pages.render(path, theme) for path in files if path.endswith(".html")}
    assert {path for path, html in rendered.items() if html is None or html.encode() != files[path]} == set()
    assert report.planned_pages.render("feed.xml", theme) is None
    work.entry("entry-4", date="2025-03-05", topics="trade, war", body="Other.")
    build(msgspec.structs.replace(work.site(), preview=True), jobs=1, events=Events(planned=take_look(looks)))
    assert looks == [True, False], "an entry changes no stylesheet, so pages that show nothing of it stay"


def take_look(looks: list[bool]) -> Callable[[Report], None]:
    """An event that notes whether pages look different."""

    def take(report: Report) -> None:
        assert report.unwritten is not None
        looks.append(report.unwritten.change_the_look)

    return take
