"""pouch.serve.preview: build, serve, watch, build again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from pouch.engine.report import Report
from pouch.engine.single_page import SinglePage, SinglePages
from pouch.errors import ContentError, EnvironmentFault
from pouch.plugins import load_plugins
from pouch.problems import Problem
from pouch.scaffold import Choices, make
from pouch.serve.preview import FOLDER, PagesWritten, Preview, changes, watched
from pouch.site import Site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new site whose address has a path."""
    make(tmp_path / "site", Choices(url="https://archive.example/briefings"))
    return tmp_path / "site"


def preview_of(root: Path, build: Callable[[Site, PagesWritten], Report]) -> Preview:
    """A preview on a free port."""
    return Preview(root, None, build, bind="127.0.0.1", port=0)


def test_the_preview_leaves_output_alone_and_links_to_itself(root: Path) -> None:
    """It is built into a folder of its own, for its own address with the site's path."""
    built: list[Site] = []

    def build(site: Site, _: PagesWritten) -> Report:
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

    def build(_: Site, __: PagesWritten) -> Report:
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

    def build(site: Site, _: PagesWritten) -> Report:
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

    def build(_: Site, pages_written: PagesWritten) -> Report:
        report = Report()
        pages_written(report)
        order.append(f"pages {preview.server.rebuilds}")
        order.append("index")
        return report

    preview = preview_of(root, build)
    assert preview.rebuild()
    assert (order, preview.server.rebuilds) == (["pages 1", "index"], 1)
    preview.server.server_close()


class OneEntry:
    """Stands in for `SinglePages`: one entry, whose page is its text."""

    def address(self, path: str) -> str | None:
        """Known for one path."""
        return "briefings/x/index.html" if path == "content/entries/x.md" else None

    def page(self, path: str, text: str) -> SinglePage:
        """The text; nothing where it is faulty; another address where it says so."""
        address = "briefings/moved/index.html" if "moved" in text else self.address(path) or ""
        return SinglePage("" if "fault" in text else address, text, (), None)


def test_a_saved_entry_is_shown_before_the_site_is_built(root: Path) -> None:
    """Its page until a build that began after the save is done; what is faulty, moved or not alone waits."""
    entry = root / "content/entries/x.md"
    newest: list[dict[str, bytes]] = []

    def save(text: str) -> None:
        entry.write_text(text, "utf-8")
        preview.show_entry([str(entry)])

    def build(_: Site, pages_written: PagesWritten) -> Report:
        report = Report(single_pages=cast("SinglePages", OneEntry()))
        if newest:
            save("Saved during a build.")
        pages_written(report)
        newest.append(dict(preview.server.newest))
        return report

    preview = preview_of(root, build)
    save("Before the first build.")
    assert preview.server.newest == {}
    assert preview.rebuild()
    rebuilds = preview.server.rebuilds
    save("One.")
    assert preview.server.newest == {"briefings/x/index.html": b"One."}
    save("fault")
    save("moved")
    preview.show_entry([str(entry), str(root / "content/entries/y.md")])
    preview.show_entry([str(root / "content/pages/about.md")])
    preview.show_entry(["/elsewhere/x.md"])
    assert preview.server.newest == {"briefings/x/index.html": b"One."}
    assert preview.server.rebuilds == rebuilds + 1
    assert preview.rebuild()
    assert newest == [{}, {"briefings/x/index.html": b"Saved during a build."}]
    newest.clear()
    assert preview.rebuild()
    assert newest == [{}]
    preview.server.server_close()
