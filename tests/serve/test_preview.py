"""pouch.serve.preview: build, serve, watch, build again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import pytest

from pouch.engine.preview.facts import PreviewFacts
from pouch.engine.report import Events, Report
from pouch.errors import ContentError, EnvironmentFault
from pouch.plugins import load_plugins
from pouch.problems import Problem
from pouch.reporting import progress
from pouch.scaffold import Choices, make
from pouch.serve.at_once import AtOnce, Shown
from pouch.serve.preview import FOLDER, Preview
from pouch.serve.server import Answer
from pouch.serve.watching import changes, watched
from pouch.site import Site

ENTRY = """---
id: harbour-talks
title: Talks at the harbour
date: 2025-01-03
countries: [UA]
topics: [ceasefire]
{more}---

The delegations met.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new site whose address has a path."""
    make(tmp_path / "site", Choices(url="https://archive.example/briefings"))
    return tmp_path / "site"


def preview_of(root: Path, build: Callable[[Site, Events], Report]) -> Preview:
    """A preview on a free port."""
    return Preview(root, None, build, bind="127.0.0.1", port=0)


def test_the_preview_leaves_output_alone_and_links_to_itself(root: Path) -> None:
    """It is built into a folder of its own, for its own address with the site's path."""
    built: list[Site] = []

    def build(site: Site, _: Events) -> Report:
        built.append(site)
        return Report()

    preview = preview_of(root, build)
    assert preview.rebuild()
    preview.server.server_close()
    address = f"http://127.0.0.1:{preview.server.server_port}/briefings"
    assert [(site.output, site.url, site.path) for site in built] == [
        (str(root / FOLDER), address, "/briefings"),
    ]
    assert preview.address == f"{address}/"


def test_a_fault_is_told_and_the_preview_goes_on(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Faulty content, then faulty settings, then none: each is named, and the preview recovers by itself."""
    problem = Problem("content/entries/x.md", 3, 1, "unknown-topic", "unknown topic 'flod'")
    faults: list[Exception] = [ContentError([problem]), EnvironmentFault("another build is running")]

    def build(_: Site, __: Events) -> Report:
        if faults:
            raise faults.pop(0)
        return Report()

    preview = preview_of(root, build)
    assert not preview.rebuild()
    assert "1 faults" not in preview.server.notices.banner("/")
    assert "unknown topic" in str(preview.server.notices.page("/_faults/"))
    assert str(problem) in capsys.readouterr().err
    assert not preview.rebuild()
    assert "another build is running" in capsys.readouterr().err
    settings = root / "pelicanconf.py"
    good = settings.read_text()
    settings.write_text(good + "TIMEZONE = 'Nowhere'\n")
    assert not preview.rebuild()
    assert "TIMEZONE" in capsys.readouterr().err
    settings.write_text(good)
    assert preview.rebuild()
    assert (preview.server.notices.banner("/"), preview.server.rebuilds) == ("", 4)
    preview.server.server_close()


def test_an_edited_plugin_of_the_site_is_watched_and_loaded_again(root: Path) -> None:
    """The code that runs is the code that the engine's digest speaks of, in modules that a plugin imports too."""
    settings = root / "pelicanconf.py"
    settings.write_text(f"{settings.read_text()}PLUGIN_PATHS = ['plugins']\nPLUGINS = ['edited_plugin']\n")
    folder = root / "plugins" / "edited_plugin"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("from edited_plugin.names import NAMES\nFEATURES = NAMES\n")
    features: list[list[str]] = []

    def build(site: Site, _: Events) -> Report:
        (plugin,) = load_plugins(site.plugins, site.plugin_paths)
        features.append(list(plugin.features))
        return Report()

    (folder / "names.py").write_text("NAMES = ['before']\n")
    preview = preview_of(root, build)
    assert preview.rebuild()
    (folder / "names.py").write_text("NAMES = ['after an edit']\n")
    assert preview.rebuild()
    preview.server.server_close()
    assert features == [["before"], ["after an edit"]]
    assert root / "plugins" in watched(preview.site)


def test_changes_of_content_and_settings_are_noticed(root: Path) -> None:
    """Saving an entry or the settings asks for a build; what the build itself writes does not.

    Nothing is missed that is saved once the first build has begun, nor while the settings are read anew.
    """
    stop = threading.Event()
    patience = threading.Timer(600, stop.set)
    patience.start()
    paths = changes(lambda: [root / "content"], root, "pelicanconf.py", stop)
    seen = [next(paths)]
    saved = ["content/pages/about.md", "pelicanconf.py", "content/vocabulary/topics.toml"]
    for number, path in enumerate(saved):
        (root / "output").mkdir(exist_ok=True)
        (root / f"output/{number}.html").write_text("built")
        (root / f"content/.pouch-{number}.tmp").write_text("being written")
        (root / path).write_text((root / path).read_text() + "\n")
        # A save may come in two bursts: a file is emptied before it is written.
        while (noticed := next(paths)) == seen[-1]:
            pass
        seen.append(noticed)
    stop.set()
    patience.cancel()
    assert not [path for path in paths if path != saved[-1]]
    assert seen == ["", *saved]


def test_open_pages_reload_before_the_search_index_is_made(root: Path) -> None:
    """What an editor looks at comes first; the rest of the build reloads nothing again."""
    order: list[str] = []

    def build(_: Site, events: Events) -> Report:
        report = Report()
        events.pages_written(report)
        order.append(f"pages {preview.server.rebuilds}")
        order.append("index")
        return report

    preview = preview_of(root, build)
    assert preview.rebuild()
    assert (order, preview.server.rebuilds) == (["pages 1", "index"], 1)
    preview.server.server_close()


class OneEntry(AtOnce):
    """Stands in for pages that are rendered at once: one entry, whose page is its text."""

    def shown(
        self,
        saved: Collection[str],
        facts: PreviewFacts,
        theme_folders: Iterable[Path],  # noqa: ARG002  # it stands in for another
        open_pages: Collection[str],  # noqa: ARG002
    ) -> Shown:
        """The text of the file that was saved; nothing where it is faulty."""
        (text,) = [Path(path).read_bytes() for path in saved]
        return Shown({} if b"fault" in text else {"briefings/x/index.html": text}, facts)


def test_a_saved_entry_is_shown_until_a_build_has_it(root: Path) -> None:
    """Its page is newer than the file until a build that began after the save has decided what it writes."""
    entry = root / "content/entries/x.md"
    newest: list[dict[str, bytes]] = []

    def save(text: str) -> None:
        entry.write_text(text, "utf-8")
        preview.show_at_once([str(entry)])

    def build(_: Site, events: Events) -> Report:
        report = Report()
        if newest:
            save("Saved during a build.")
        events.planned(report)
        newest.append(dict(preview.server.newest))
        return report

    preview = preview_of(root, build)
    save("Before the first build.")
    assert preview.server.newest == {}
    assert preview.rebuild()
    preview.at_once = OneEntry(root, None, None)
    rebuilds = preview.server.rebuilds
    save("One.")
    save("fault")
    assert preview.server.newest == {"briefings/x/index.html": b"One."}
    assert preview.server.rebuilds == rebuilds + 1
    assert preview.rebuild()
    assert newest == [{}, {"briefings/x/index.html": b"Saved during a build."}]
    newest.clear()
    assert preview.rebuild()
    assert newest == [{}]
    preview.server.server_close()


def test_while_a_site_is_first_built_its_entries_are_shown(root: Path) -> None:
    """Each from its file alone, with the theme's files; a list says how far the build is; a feed is waited for."""
    (root / "content/entries/2025/01").mkdir(parents=True)
    (root / "content/entries/2025/01/harbour.md").write_text(ENTRY.format(more=""), "utf-8")
    (root / "content/entries/drafts").mkdir(exist_ok=True)
    (root / "content/entries/drafts/x.md").write_text(
        ENTRY.format(more="slug: treaty\nstatus: draft\n"), "utf-8"
    )
    answers: dict[str, Answer] = {}
    asked = (
        "briefings/harbour/",
        "briefings/harbour",
        "briefings/treaty/",
        "briefings/x/",
        "theme/pouch.css",
        "",
    )

    def build(_: Site, __: Events) -> Report:
        with progress("Reading", 4321) as bar:
            bar.advance(1234)
            answers.update({path: preview.server.answer(f"/briefings/{path}") for path in asked})
        return Report()

    def run() -> None:
        preview.run()

    preview = preview_of(root, build)
    running = threading.Thread(target=run, daemon=True)
    running.start()
    while not preview.server.built.wait(0.1) and running.is_alive():
        pass
    preview.close()
    running.join(60)
    found = {path: (answer.status.value, answer.reloads) for path, answer in answers.items()}
    assert found == {
        "briefings/harbour/": (200, False),
        "briefings/harbour": (301, False),
        "briefings/treaty/": (200, False),
        "briefings/x/": (503, True),
        "theme/pouch.css": (200, False),
        "": (503, True),
    }
    assert b"The delegations met." in answers["briefings/harbour/"].body
    assert b"Draft." not in answers["briefings/harbour/"].body
    assert b"<strong>Draft.</strong> The site is being built" in answers["briefings/treaty/"].body
    assert b"Reading 1,234 of 4,321" in answers[""].body
    assert preview.server.answer("/briefings/briefings/x/").status == 404, (
        "nothing is early once the site is built"
    )
