"""pouch.serve.first_build: what an editor sees while a site is built for the first time."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pouch.engine.build import build
from pouch.engine.preview import read_so_far
from pouch.engine.preview.early_lists import EarlyLists
from pouch.engine.preview.read_so_far import ReadSoFar
from pouch.engine.report import Events, Report
from pouch.engine.scan import ARCHIVED, scan
from pouch.serve.preview import FOLDER, Preview
from pouch.site import Site
from tests.engine.sites import WorkSite, tree

PATIENCE = 120
"""Seconds after which a build that hangs fails a test."""
NOTICE = "The newest 6 of 10 entries have been read. This page completes itself."


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkSite:
    """A site of ten entries, of which the newest lie where they would be read last; the first part holds six."""
    monkeypatch.setattr(read_so_far, "FIRST_PART", 6)
    monkeypatch.setattr(read_so_far, "GROWTH", 100)
    work = WorkSite(tmp_path)
    for number in range(1, 10):
        country = "PL" if number == 1 else "UA"
        work.entry(f"entry-{number}", date=f"2025-01-{number:02}", countries=country)
    work.entry("a-faulty", date="2025-01-20", topics="nowhere")
    work.write("content/dossiers/countries/UA.md", "An introduction.\n")
    return work


class HeldBuild:
    """A preview's first build, which waits at two moments until it is told to go on: a part is read, all is read."""

    def __init__(self, work: WorkSite) -> None:
        self.preview = Preview(work.root, None, self._build, bind="127.0.0.1", port=0)
        self._reached = threading.Semaphore(0)
        self._go = threading.Semaphore(0)

    def _hold(self) -> None:
        self._reached.release()
        assert self._go.acquire(timeout=PATIENCE)

    def _build(self, site: Site, events: Events) -> Report:
        def reading(part: ReadSoFar) -> None:
            events.reading(part)
            self._hold()

        def read(report: Report, lists: EarlyLists) -> None:
            events.read(report, lists)
            self._hold()

        return build(site, events=events._replace(reading=reading, read=read), jobs=1)

    def wait(self) -> None:
        """Wait until the build is at its next moment."""
        assert self._reached.acquire(timeout=PATIENCE)

    def go_on(self) -> None:
        """Let it go on."""
        self._go.release()

    def show(self, path: str = "/") -> str:
        """The page at an address, as text, with its status before it."""
        answer = self.preview.server.answer(path)
        return f"{answer.status.value} {answer.body.decode()}"


@contextmanager
def held(work: WorkSite) -> Iterator[HeldBuild]:
    """A build at its first moment, while the block runs."""
    build = HeldBuild(work)
    running = threading.Thread(target=build.preview.run, daemon=True)
    running.start()
    try:
        build.wait()
        yield build
    finally:
        for _ in range(3):
            build.go_on()
        build.preview.close()
        running.join(PATIENCE)
    assert not running.is_alive()


def headlines(page: str) -> list[str]:
    """The briefings that a page leads to, in order, each once."""
    return list(dict.fromkeys(re.findall(r'href="/briefings/([\w-]+)/"', page)))


def test_lists_begin_with_the_newest_entries_and_complete_themselves(work: WorkSite) -> None:
    """Home, a dossier and a month show what has been read under a notice, then everything without it."""
    dossier = "/countries/ukraine/"
    with held(work) as first:
        shown = {path: first.show(path) for path in ("/", dossier, "/archive/2025/01/")}
        assert {path: page[:3] for path, page in shown.items()} == dict.fromkeys(shown, "200")
        assert all(NOTICE in page for page in shown.values())
        assert headlines(shown["/"])[0] == "entry-9"
        assert headlines(shown[dossier])[0] == "entry-9"
        assert "An introduction." in shown[dossier]
        assert not set(headlines("".join(shown.values()))) - {f"entry-{number}" for number in range(5, 10)}
        # Poland is only in the oldest entry, and a numbered page would hold other briefings once all are read.
        for later in ("/countries/poland/", "/page/1/"):
            assert first.show(later).startswith("503 "), later
        assert not tree(work.root / FOLDER), "nothing of a part is written"
        first.go_on()
        first.wait()
        complete = {
            path: first.show(path)
            for path in (*shown, "/countries/poland/", "/page/1/", "/briefings/entry-1/")
        }
        assert {path: page[:3] for path, page in complete.items()} == dict.fromkeys(complete, "200")
        assert not any("have been read" in page for page in complete.values())
        assert headlines(complete["/page/1/"]) == ["entry-2", "entry-1"]
        assert "1 fault</a> in other files" in complete["/"]
        assert not list((work.root / FOLDER).rglob("*.html"))
        first.go_on()
        assert first.preview.server.built.wait(PATIENCE)
        assert {path: first.show(path) for path in complete} == complete, "as they are written"


def test_a_first_build_that_was_watched_leaves_what_any_build_leaves(work: WorkSite) -> None:
    """Nothing partial enters the folder or the state: the next build finds every file as it is to be."""
    with held(work) as first:
        first.show("/")
        first.go_on()
        first.wait()
        first.show("/")
        first.go_on()
        assert first.preview.server.built.wait(PATIENCE)
        site = first.preview._previewed_site()
    watched = tree(work.root / FOLDER)
    again = build(site, jobs=1)
    assert (again.read, again.made) == (0, 0)
    build(site, jobs=1, clean=True)
    assert tree(work.root / FOLDER) == watched != {}


def test_an_open_page_is_told_of_each_part(work: WorkSite) -> None:
    """A browser that shows the home page asks for it again when more has been read."""
    with held(work) as first:
        server = first.preview.server
        before = server.stamp(server.answer("/"))
        rebuilds = server.rebuilds
        first.go_on()
        first.wait()
        assert server.rebuilds > rebuilds
        assert server.stamp(server.answer("/")) != before


def test_files_are_read_in_the_order_of_their_dates(work: WorkSite) -> None:
    """Introductions and pages first, then the newest entry; a date is found in quotes too."""
    work.entry("quoted", date='"2025-03-01"')
    work.write(
        "content/entries/drafts/undated.md", "---\nid: undated\ntitle: T\nstatus: draft\n---\n\nText.\n"
    )
    sources = [each for each in scan(work.site(), {}, 0).sources.values() if each.kind in ARCHIVED]
    order = [Path(source.path).stem for source in read_so_far.newest_first(sources)]
    assert set(order[:2]) == {"UA", "about"}
    assert order[2:] == ["quoted", "a-faulty", *(f"entry-{number}" for number in range(9, 0, -1)), "undated"]
