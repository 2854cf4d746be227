"""The preview's loop: build, serve, watch, build again.

It builds into .pouch/preview/, so that output/, which may be about to be published, is left alone; and for
the preview's own address with SITEURL's path, so that every link leads to the preview.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from pouch.errors import ContentError, PouchError
from pouch.reporting import print_problems, say
from pouch.serve.server import Server
from pouch.site import SETTINGS_FILE, Site, load_site

FOLDER = ".pouch/preview"
_ANSWER = 100
"""Milliseconds after which a watch answers though nothing has changed."""
Build = Callable[[Site], object]
"""Builds the site; raises PouchError where it cannot."""


class Preview:
    """One site under preview. Every fault is told, none ends the preview."""

    def __init__(self, root: Path, settings: Path | None, build: Build, *, bind: str, port: int) -> None:
        """Raises EnvironmentFault where the settings cannot be read, or the port is taken."""
        self.root = root.resolve()
        self.settings = (settings or root / SETTINGS_FILE).resolve()
        self.build = build
        self.site = load_site(self.root, self.settings)
        self.server = Server(bind, port, self.root / FOLDER, self.site.path)
        self.server.faults = "The site is being built."
        self.stop = threading.Event()

    @property
    def address(self) -> str:
        """The preview's home page."""
        return f"{self.server.address}{self.site.path}/"

    def rebuild(self) -> bool:
        """Read the settings anew and build. A fault is told, the last good output stays: False."""
        try:
            self.site = load_site(self.root, self.settings)
            self.server.prefix = self.site.path
            self.build(
                msgspec.structs.replace(
                    self.site, output=str(self.server.folder), url=f"{self.server.address}{self.site.path}"
                )
            )
        except ContentError as error:
            print_problems(error.problems)
            self.server.faults = "".join(f"{problem}\n" for problem in error.problems)
        except PouchError as error:
            say(f"pouch: {error}")
            self.server.faults = f"{error}\n"
        else:
            self.server.faults = ""
            self.server.reload()
            return True
        return False

    def run(self) -> None:
        """Serve until the process is interrupted, or `close` is called from another thread."""
        serving = threading.Thread(target=self.server.serve_forever, name="server", daemon=True)
        serving.start()
        was = True
        for path in changes(lambda: watched(self.site), self.root, self.settings.name, self.stop):
            if path:
                say(f"{path} changed")
            good = self.rebuild()
            if not good:
                say("the preview shows the last good build")
            elif path:
                say("built" if was else "built; the faults are gone")
            if not path:
                say(f"{self.address} shows the site; Ctrl-C ends the preview")
            was = good
        self.server.shutdown()
        serving.join()
        self.server.server_close()

    def close(self) -> None:
        """Let `run` come to its end."""
        self.stop.set()


def watched(site: Site) -> tuple[Path, ...]:
    """The folders, with all below them, whose changes ask for a build."""
    places = (site.content, site.theme, *site.template_overrides)
    return tuple(path for place in dict.fromkeys(places) if (path := Path(place)).is_dir())


def changes(
    folders: Callable[[], Iterable[Path]], root: Path, settings: str, stop: threading.Event
) -> Iterator[str]:
    """A changed path for every burst of changes, until `stop` is set; first an empty one, once the watch is on.

    Settings files are the Python files beside `settings` in `root`, since one may run another; when one of
    them has changed, `folders` is asked again.
    """
    from watchfiles import Change, DefaultFilter, watch

    # A changed path, and whether it is a settings file; None for the end.
    found: queue.SimpleQueue[tuple[str, bool] | None] = queue.SimpleQueue()

    def is_setting(_: Change, path: str) -> bool:
        return Path(path).parent == root and (path.endswith(".py") or Path(path).name == settings)

    def is_source(change: Change, path: str) -> bool:
        return DefaultFilter()(change, path) and not Path(path).name.startswith(".pouch-")

    def follow(places: tuple[Path, ...], until: threading.Event, on: threading.Event) -> None:
        wanted = is_setting if until is stop else is_source
        watching = watch(
            *places,
            watch_filter=wanted,
            stop_event=until,
            recursive=until is not stop,
            # The first answer, which is empty where nothing has changed, says that the watch is on.
            rust_timeout=_ANSWER,
            yield_on_timeout=True,
        )
        try:
            for burst in watching:
                on.set()
                if burst:
                    found.put((min(path for _, path in burst), until is stop))
        finally:
            # Where it cannot watch, nobody waits for it.
            on.set()
            if until is stop:
                found.put(None)

    def start(places: Iterable[Path], until: threading.Event) -> threading.Thread:
        """A thread that watches already."""
        on = threading.Event()
        thread = threading.Thread(target=follow, args=(tuple(places), until, on), name="watch", daemon=True)
        thread.start()
        on.wait()
        return thread

    roots = start([root], stop)
    deep = start(folders(), anew := threading.Event())
    try:
        # Only now is the first build begun: what is saved while it runs is not missed.
        yield ""
        while burst := _waiting(found):
            path = Path(burst[0][0])
            yield path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
            if any(is_settings for _, is_settings in burst):
                before, outdated = deep, anew
                deep = start(folders(), anew := threading.Event())
                # The watch before ends only now: what is saved in between is not missed either.
                outdated.set()
                before.join()
    finally:
        stop.set()
        anew.set()
        roots.join()
        deep.join()


def _waiting(found: queue.SimpleQueue[tuple[str, bool] | None]) -> list[tuple[str, bool]]:
    """What has come since the last build: one more build for all of it, not one each. Empty at the end."""
    burst = [found.get()]
    while not found.empty():
        burst.append(found.get())
    return [] if None in burst else [change for change in burst if change]
