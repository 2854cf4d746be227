"""The preview's loop: build, serve, watch, build again.

It builds into .pouch/preview/, so output/, which may be about to be published, is not touched. Pages are built for the
preview's own address with the path of SITEURL, so every link leads to the preview. Drafts and waiting entries have
pages too, and a file with faults keeps its last good page (`pouch.engine.previewing`).

The page of an entry that was saved is rendered at once (`pouch.engine.single_page`), and the server shows it until a
build has written it with everything else.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from pouch.engine.garbage import free_earlier_builds
from pouch.engine.previewing import PreviewFacts
from pouch.engine.report import Report
from pouch.engine.single_page import SinglePages
from pouch.errors import ContentError, PouchError
from pouch.plugins import forget_plugins
from pouch.problems import Problem, Severity, has_errors
from pouch.reporting import print_problems, say
from pouch.serve.notices import Notices, count_faults
from pouch.serve.server import Server
from pouch.site import SETTINGS_FILE, Site, load_site

FOLDER = ".pouch/preview"
_POLL = 100
"""Milliseconds after which a watch answers although nothing changed."""
_QUIET = 10
"""Milliseconds without a further change that end a burst of changes. A file that was half written is read again."""
_FORKING = threading.Lock()
"""Held while a page is rendered beside a build, whose workers must not inherit a library's lock in that moment."""
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_FORKING.acquire, after_in_parent=_FORKING.release, after_in_child=_FORKING.release
    )
PagesWritten = Callable[[Report], object]
Build = Callable[[Site, PagesWritten], Report]
"""Builds the site, and calls back as soon as pages can be read. Raises PouchError if it cannot."""


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
        self._single_pages: SinglePages | None = None
        self._outdated: Mapping[
            str, bytes
        ] = {}  # pages that the server holds until the build that runs is done
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
            site = msgspec.structs.replace(
                self.site,
                output=str(self.server.folder),
                url=f"{self.server.address}{self.site.path}",
                preview=True,
            )
            report = self.build(site, self._show)
        except ContentError as error:
            self.facts = msgspec.structs.replace(self.facts, faults=tuple(error.problems))
            failure = f"The newest build has {count_faults(len(error.problems))}. This is the one before."
        except PouchError as error:
            say(f"pouch: {error}")
            failure = f"The newest build failed: {error}. This is the one before."
        else:
            self._take(report)
            news = report.warnings
        print_problems(
            sorted({*news, *(each for each in self.facts.faults if each.severity is Severity.ERROR)})
        )
        self._announce(failure)
        if failure or self.server.rebuilds == rebuilds:
            self.server.reload()
        return not failure and not has_errors(list(self.facts.faults))

    def _show(self, report: Report) -> None:
        """Reload open pages before the rest of the site, such as the search index, is made."""
        self._take(report)
        self._announce("")
        self.server.reload()

    def _take(self, report: Report) -> None:
        """Keep what a build hands over, and show its files rather than pages that were rendered before it began."""
        self.facts = report.preview or PreviewFacts()
        self._single_pages = report.single_pages or self._single_pages
        for path, page in self._outdated.items():
            if self.server.newest.get(path) is page:
                del self.server.newest[path]

    def show_entry(self, paths: Collection[str]) -> None:
        """Show the page of an entry that was saved, if that is all that changed, before the site is built.

        Its address must be that of the last build, and its text without error. It runs beside a build.
        """
        pages = self._single_pages
        if pages is None or len(paths) != 1:
            return
        file = Path(next(iter(paths)))
        path = file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else ""
        if pages.address(path) is None:
            return
        try:
            with _FORKING:
                page = pages.page(path, file.read_text("utf-8"))
        except (PouchError, OSError, UnicodeError):
            return  # the build that follows names the fault
        if page.path and page.path == pages.address(path):
            self.server.newest[page.path] = page.html.encode()
            self.server.reload()

    def _announce(self, failure: str) -> None:
        self.server.notices = Notices(self.facts, self.site.path, failure)

    def run(self) -> None:
        """Serve until the process is interrupted, or `close` is called from another thread."""
        serving = threading.Thread(target=self.server.serve_forever, name="server", daemon=True)
        serving.start()
        was_good = True
        for path in changes(
            lambda: watched(self.site), self.root, self.settings.name, self.stop, self.show_entry
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


def watched(site: Site) -> tuple[Path, ...]:
    """The folders that are watched, with everything below them."""
    places = (site.content, site.theme, *site.template_overrides, *site.plugin_paths)
    return tuple(path for place in dict.fromkeys(places) if (path := Path(place)).is_dir())


def changes(
    folders: Callable[[], Iterable[Path]],
    root: Path,
    settings: str,
    stop: threading.Event,
    at_once: Callable[[Collection[str]], object] = lambda _: None,
) -> Iterator[str]:
    """Yield a changed path for every burst of changes, until `stop` is set. The first, empty one says: now watching.

    `at_once` is called in a thread with all paths of a burst, even while the caller is busy with an earlier one.
    Settings files are the Python files next to `settings` in `root`, since one may import another. When one of them
    changes, `folders` is called again.
    """
    from watchfiles import Change, DefaultFilter, watch

    # A changed path, and whether it is a settings file; None for the end.
    events: queue.SimpleQueue[tuple[str, bool] | None] = queue.SimpleQueue()

    def is_setting(_: Change, path: str) -> bool:
        return Path(path).parent == root and (path.endswith(".py") or Path(path).name == settings)

    def is_source(change: Change, path: str) -> bool:
        return DefaultFilter()(change, path) and not Path(path).name.startswith(".pouch-")

    def follow(places: tuple[Path, ...], until: threading.Event, on: threading.Event) -> None:
        watch_filter = is_setting if until is stop else is_source
        watching = watch(
            *places,
            watch_filter=watch_filter,
            stop_event=until,
            recursive=until is not stop,
            step=_QUIET,
            # The first answer, empty if nothing has changed, says that the watch has begun.
            rust_timeout=_POLL,
            yield_on_timeout=True,
        )
        try:
            for burst in watching:
                on.set()
                if burst:
                    at_once({path for _, path in burst})
                    events.put((min(path for _, path in burst), until is stop))
        finally:
            # If it cannot watch, nobody must wait for it.
            on.set()
            if until is stop:
                events.put(None)

    def start(places: Iterable[Path], until: threading.Event) -> threading.Thread:
        """Start a thread; return when it watches."""
        on = threading.Event()
        thread = threading.Thread(target=follow, args=(tuple(places), until, on), name="watch", daemon=True)
        thread.start()
        on.wait()
        return thread

    roots = start([root], stop)
    deep = start(folders(), deep_stop := threading.Event())
    try:
        # The first build begins now, so nothing is missed that is saved while it runs.
        yield ""
        while burst := _burst(events):
            path = Path(burst[0][0])
            yield path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
            if any(is_settings for _, is_settings in burst):
                old_thread, old_stop = deep, deep_stop
                deep = start(folders(), deep_stop := threading.Event())
                # The old watch ends after the new one has begun, so nothing is missed in between.
                old_stop.set()
                old_thread.join()
    finally:
        stop.set()
        deep_stop.set()
        roots.join()
        deep.join()


def _burst(events: queue.SimpleQueue[tuple[str, bool] | None]) -> list[tuple[str, bool]]:
    """All changes since the last build, for one further build. Empty at the end."""
    burst = [events.get()]
    while not events.empty():
        burst.append(events.get())
    return [] if None in burst else [change for change in burst if change]
