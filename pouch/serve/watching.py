"""Watching: the site's folders and settings files, whose changes come in bursts."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pouch.site import Site

if TYPE_CHECKING:
    from watchfiles import Change

_POLL = 100
"""Milliseconds after which a watch answers although nothing changed."""
_QUIET = 10
"""Milliseconds without a further change that end a burst of changes. A file that was half written is read again."""
_Events = queue.SimpleQueue[tuple[str, bool] | None]
"""Of each burst one changed path, and whether a settings file changed; None for the end."""


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
    from watchfiles import DefaultFilter

    events: _Events = queue.SimpleQueue()

    def is_setting(_: Change, path: str) -> bool:
        return Path(path).parent == root and (path.endswith(".py") or Path(path).name == settings)

    def is_source(change: Change, path: str) -> bool:
        return DefaultFilter()(change, path) and not Path(path).name.startswith(".pouch-")

    def on_burst(paths: set[str], *, is_settings: bool = False) -> None:
        if paths:
            at_once(paths)
            events.put((min(paths), is_settings))

    def on_settings(paths: set[str]) -> None:
        on_burst(paths, is_settings=True)

    settings_watch = _Watch(
        [root], is_setting, on_settings, stop, recursive=False, on_end=lambda: events.put(None)
    )
    watch = _Watch(folders(), is_source, on_burst, threading.Event())
    try:
        # The first build begins now, so nothing is missed that is saved while it runs.
        yield ""
        while burst := _burst(events):
            path = Path(burst[0][0])
            yield path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
            if any(is_settings for _, is_settings in burst):
                earlier, watch = watch, _Watch(folders(), is_source, on_burst, threading.Event())
                # The old watch ends after the new one has begun, so nothing is missed in between.
                earlier.end()
    finally:
        settings_watch.end()
        watch.end()


class _Watch:
    """A thread that watches folders until `stop` is set. `on_burst` gets the paths of each burst of changes."""

    def __init__(
        self,
        folders: Iterable[Path],
        is_watched: Callable[[Change, str], bool],
        on_burst: Callable[[set[str]], None],
        stop: threading.Event,
        *,
        recursive: bool = True,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        """Returns when the folders are watched."""
        from watchfiles import watch

        self._bursts = watch(
            *folders,
            watch_filter=is_watched,
            stop_event=stop,
            recursive=recursive,
            step=_QUIET,
            # The first answer, empty if nothing has changed, says that the watch has begun.
            rust_timeout=_POLL,
            yield_on_timeout=True,
        )
        self._on_burst, self._on_end, self._stop = on_burst, on_end, stop
        self._began = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="watch", daemon=True)
        self._thread.start()
        self._began.wait()

    def _follow(self) -> None:
        try:
            for burst in self._bursts:
                self._began.set()
                self._on_burst({path for _, path in burst})
        finally:
            # If it cannot watch, nobody must wait for it.
            self._began.set()
            self._on_end()

    def end(self) -> None:
        """Stop the thread, and wait for it."""
        self._stop.set()
        self._thread.join()


def _burst(events: _Events) -> list[tuple[str, bool]]:
    """All changes since the last build, for one further build. Empty at the end."""
    burst = [events.get()]
    while not events.empty():
        burst.append(events.get())
    return [] if None in burst else [change for change in burst if change]
