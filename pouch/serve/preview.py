"""The preview's loop: build, serve, watch, build again.

It builds into .pouch/preview/, so output/, which may be about to be published, is not touched. Pages are built for the
preview's own address with the path of SITEURL, so every link leads to the preview. Drafts and waiting entries have
pages too, and a file with faults keeps its last good page (`pouch.engine.preview.facts`).

The page of an entry that was saved is rendered at once (`pouch.engine.preview.single_page`), and the server shows it
until a build has written it with everything else.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from pouch.engine.garbage import free_earlier_builds
from pouch.engine.preview.early_lists import EarlyLists
from pouch.engine.preview.facts import PreviewFacts
from pouch.engine.preview.read_so_far import ReadSoFar
from pouch.engine.preview.unwritten import UnwrittenOutputs
from pouch.engine.report import Events, Report
from pouch.errors import ContentError, PouchError
from pouch.plugins import forget_plugins
from pouch.problems import Problem, Severity, has_errors
from pouch.reporting import followed, print_problems, say
from pouch.serve.at_once import AtOnce
from pouch.serve.first_build import FirstBuild
from pouch.serve.notices import Notices, count_faults
from pouch.serve.server import Answer, Server
from pouch.serve.watching import changes, watched
from pouch.site import SETTINGS_FILE, Site, load_site

FOLDER = ".pouch/preview"
_FORKING = threading.Lock()
"""Held while a page is rendered beside a build, whose workers must not inherit a library's lock in that moment."""
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_FORKING.acquire, after_in_parent=_FORKING.release, after_in_child=_FORKING.release
    )
Build = Callable[[Site, Events], Report]
"""Builds the site, and calls back while it does. Raises PouchError if it cannot."""


class Preview:
    """One site under preview. Faults are reported; none ends the preview."""

    def __init__(self, root: Path, settings: Path | None, build: Build, *, bind: str, port: int) -> None:
        """Raises EnvironmentFault if the settings cannot be read or the port is in use."""
        self.root = root.resolve()
        self.settings = (settings or root / SETTINGS_FILE).resolve()
        self.build = build
        self.site = load_site(self.root, self.settings)
        self.server = Server(bind, port, self.root / FOLDER, self.site.path)
        self.facts = PreviewFacts()
        self.server.early, self.server.unwritten = self._early, self._unwritten_bytes
        self.at_once = AtOnce(self.root, None, None)
        self._outdated: Mapping[str, bytes] = {}  # pages that the server holds until the build has planned
        self._first_build = FirstBuild()
        self._unwritten: UnwrittenOutputs | None = None
        self._announce("The site is being built.")
        self.server.built.clear()
        self.stop = threading.Event()

    @property
    def address(self) -> str:
        """The preview's home page."""
        return f"{self.server.address}{self.site.path}/"

    def rebuild(self) -> bool:
        """Reload the settings and build. Returns whether there is no error.

        Faults are printed and shown as banners. The pages stay those of the last good text.
        """
        failure, rebuilds = "", self.server.rebuilds
        news: list[Problem] = []
        self._outdated = dict(self.server.newest)
        forget_plugins(self.site.plugin_paths)
        try:
            self.site = load_site(self.root, self.settings)
            self.server.prefix = self.site.path
            events = Events(self._show_part, self._show_all, self._show_unwritten, self._show)
            with followed(self._first_build.follow):
                report = self.build(self._previewed_site(), events)
        except ContentError as error:
            self.facts = msgspec.structs.replace(self.facts, faults=tuple(error.problems))
            failure = f"The newest build has {count_faults(len(error.problems))}. This is the one before."
        except PouchError as error:
            say(f"pouch: {error}")
            failure = f"The newest build failed: {error}. This is the one before."
        else:
            self._take(report)
            news = report.warnings
        self._first_build, self._unwritten = FirstBuild(), None
        print_problems(
            sorted({*news, *(each for each in self.facts.faults if each.severity is Severity.ERROR)})
        )
        self._announce(failure)
        if failure or self.server.rebuilds == rebuilds or not self.server.built.is_set():
            self.server.reload()
        return not failure and not has_errors(list(self.facts.faults))

    def _previewed_site(self) -> Site:
        """The site as it is built here."""
        url = f"{self.server.address}{self.site.path}"
        return msgspec.structs.replace(self.site, output=str(self.server.folder), url=url, preview=True)

    def _show_part(self, part: ReadSoFar) -> None:
        """Show lists of what the first build has read."""
        self._first_build.take_part(part)
        self.server.compare_open_pages()

    def _show_all(self, report: Report, lists: EarlyLists) -> None:
        """Show every page, planned when it is asked for, once the first build has read all."""
        if not self.server.built.is_set():
            self.facts = report.preview or PreviewFacts()
            self._announce("")
            self._first_build.take_all(lists)
            self.server.compare_open_pages()

    def _show_unwritten(self, report: Report) -> None:
        """Reload open pages once it is decided what they show: those that are asked for are rendered first."""
        self._unwritten = report.unwritten
        self._take(report)
        self._announce("")
        self.server.reload(look=report.unwritten is not None and report.unwritten.change_the_look)

    def _show(self, report: Report) -> None:
        """Show the files. Nothing is to be seen of the rest of the build, such as the search index."""
        self._take(report)
        self._unwritten = None
        self._announce("")
        self.server.reload()

    def _take(self, report: Report) -> None:
        """Keep what a build hands over, and show its pages rather than those that were rendered before it began."""
        self.facts = report.preview or PreviewFacts()
        if report.single_pages is not None or report.planned_pages is not None:
            self.at_once = AtOnce(self.root, report.single_pages, report.planned_pages)
        for path, page in self._outdated.items():
            if self.server.newest.get(path) is page:
                del self.server.newest[path]

    def show_at_once(self, saved: Collection[str]) -> None:
        """Show the pages of files that were saved before the site is built. It runs beside a build."""
        places = (self.site.theme, *self.site.template_overrides)
        with _FORKING:
            shown = self.at_once.shown(
                saved, self.facts, [Path(each) for each in places], set(self.server.open_pages)
            )
        if shown.files:
            self.server.newest |= shown.files
            self.facts = shown.facts
            self._announce(self.server.notices.failure)
            self.server.reload(look=shown.look)

    def _prepare_first_build(self) -> None:
        """Before the first build: what can be shown while it runs. Whatever fails, the build says why."""
        if (self.server.folder / "index.html").exists():
            return
        with suppress(PouchError):
            self._first_build.prepare(self._previewed_site())
            say(f"{self.address} shows the newest entries now, and the rest once it is read")

    def _early(self, path: str) -> Answer | None:
        """The answer for a page that the first build has not written yet; None for what is no page."""
        with _FORKING:
            return self._first_build.answer(path, self.server.notices)

    def _unwritten_bytes(self, path: str) -> bytes | None:
        """The bytes of a file that the build that runs is about to write."""
        unwritten = self._unwritten
        if unwritten is None:
            return None
        with _FORKING:
            return unwritten.bytes(path)

    def _announce(self, failure: str) -> None:
        self.server.notices = Notices(self.facts, self.site.path, failure)

    def run(self) -> None:
        """Serve until the process is interrupted, or `close` is called from another thread."""
        self._prepare_first_build()
        serving = threading.Thread(target=self.server.serve_forever, name="server", daemon=True)
        serving.start()
        was_good = True
        for path in changes(
            lambda: watched(self.site), self.root, self.settings.name, self.stop, self.show_at_once
        ):
            if path:
                say(f"{path} changed")
            good = self.rebuild()
            free_earlier_builds()
            if not good:
                say("the preview shows the last good text of what has faults")
            elif path:
                say("built" if was_good else "built; the faults are gone")
            if not path:
                say(f"{self.address} shows the site; Ctrl-C ends the preview")
            was_good = good
        self.server.shutdown()
        serving.join()
        self.server.server_close()

    def close(self) -> None:
        """Make `run` return."""
        self.stop.set()
