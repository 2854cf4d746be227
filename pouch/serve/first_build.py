"""The preview while it builds a site for the first time: its answers before any page is written.

Each entry's page is made from its file alone, and lists of the newest entries that have been read; once all are read,
every page is as it will be written. Any other page says how far the build is.
"""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

from pouch import clock
from pouch.engine.blobs import CorruptStateError
from pouch.engine.preview.early_lists import EarlyLists
from pouch.engine.preview.early_pages import EarlyPages
from pouch.engine.preview.facts import is_waiting, waiting_entry
from pouch.engine.preview.read_so_far import ReadSoFar
from pouch.errors import PouchError
from pouch.serve.notices import Notices
from pouch.serve.server import TYPES, Answer, media_type, with_banner
from pouch.site import Site


class FirstBuild:
    """The answers for paths below the output folder. Whatever cannot be shown, the build says why."""

    def __init__(self) -> None:
        self._pages: EarlyPages | None = None
        self._part: ReadSoFar | None = None
        self._of_part: EarlyLists | None = None
        self._of_all: EarlyLists | None = None
        self._progress = "Reading"

    def prepare(self, site: Site) -> None:
        """Read what is needed to show entries and lists. Raises ContentError, EnvironmentFault."""
        self._pages = EarlyPages(site)

    def follow(self, label: str, done: int, total: int | None) -> None:
        """Note how far the build is."""
        self._progress = f"{label} {done:,} of {total:,}" if total else label

    def take_part(self, part: ReadSoFar) -> None:
        """Note what has been read. It is planned when a page is asked for."""
        self._part = part

    def take_all(self, lists: EarlyLists) -> None:
        """Note that everything has been read."""
        if self._of_part is not None:
            lists.group_keys.update(self._of_part.group_keys)
        self._of_all = lists

    def answer(self, path: str, notices: Notices) -> Answer | None:
        """The answer for a page or a file of the theme; None for what is neither, such as a feed."""
        with suppress(PouchError, CorruptStateError, OSError):
            if self._pages is not None and (data := self._pages.file(path)) is not None:
                return Answer(HTTPStatus.OK, data, media_type(Path(path)))
            if self._pages is not None and (page := self._page(self._pages, path, notices)) is not None:
                return Answer(HTTPStatus.OK, page, TYPES[".html"])
        if not path.endswith(".html"):
            return None
        body = notices.building(self._progress).encode()
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, body, TYPES[".html"], reloads=True)

    def _page(self, pages: EarlyPages, path: str, notices: Notices) -> bytes | None:
        if self._of_all is not None:
            html = self._of_all.page(path)
            banner = notices.banner(f"/{path.removesuffix('index.html')}")
        elif (page := pages.entry(path)) is not None:
            html = page.html
            waits = is_waiting(page.record, clock.now())
            banner = Notices.early_banner(waiting_entry(page.record) if waits else None)
        elif (part := self._part) is not None:
            html = self._lists(pages, part).page(path)
            banner = Notices.partial_banner(part.entries, part.all_entries)
        else:
            return None
        return None if html is None else with_banner(html.encode(), banner)

    def _lists(self, pages: EarlyPages, part: ReadSoFar) -> EarlyLists:
        """The lists of a part, planned if they were not asked for before."""
        lists = self._of_part
        if lists is None or lists.part is not part:
            group_keys = lists.group_keys if lists is not None else {}
            lists = self._of_part = pages.lists(part)
            lists.group_keys.update(group_keys)
        return lists
