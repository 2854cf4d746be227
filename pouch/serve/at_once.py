"""Pages of files that were saved, before the site is built: rendered from what the last build planned.

An entry's own page is made from its text, also of a new entry. A dossier or a page is planned again with its new text.
After an edit of the theme the pages that browsers show are rendered with it. Everything else waits for the build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pouch.engine.blobs import CorruptStateError
from pouch.engine.preview.facts import PreviewFacts, with_record
from pouch.engine.preview.planned_pages import PlannedPages
from pouch.engine.preview.single_page import SinglePages
from pouch.errors import PouchError
from pouch.pages.outputs import path_of
from pouch.theming.assets import asset_bytes, is_made
from pouch.theming.theme import Theme

MOST_FILES = 8
"""More files are saved together by a program, such as git, rather than by an editor who looks at a page."""


class Shown(NamedTuple):
    """The files that an edit changes, by path below the output folder."""

    files: Mapping[str, bytes]
    facts: PreviewFacts
    look: bool = False  # whether other pages look different too


class AtOnce:
    """Renders what was saved. It knows the site as the last build planned it."""

    def __init__(self, root: Path, entries: SinglePages | None, planned: PlannedPages | None) -> None:
        """`root` is the site's folder, to which paths of facts are relative."""
        self._root = root
        self._entries = entries
        self._planned = planned

    def shown(
        self,
        saved: Collection[str],
        facts: PreviewFacts,
        theme_folders: Iterable[Path],
        open_pages: Collection[str],
    ) -> Shown:
        """The pages that can be shown of these files (absolute paths), now that they were saved."""
        if len(saved) > MOST_FILES:
            return Shown({}, facts)
        files = [Path(path) for path in saved]
        pages: dict[str, bytes] = {}
        folders = tuple(theme_folders)
        of_theme = [file for file in files if any(file.is_relative_to(folder) for folder in folders)]
        for file in files:
            # The build that follows names the fault.
            with suppress(PouchError, CorruptStateError, OSError, UnicodeError):
                if file.suffix == ".md" and file.is_relative_to(self._root) and file not in of_theme:
                    path = file.relative_to(self._root).as_posix()
                    of_text, facts = self._of_text(path, file.read_text("utf-8"), facts)
                    pages |= of_text
        with suppress(PouchError, CorruptStateError, OSError):
            if of_theme and self._planned is not None:
                pages |= self._in_new_theme(self._planned.new_theme(), of_theme, open_pages)
        return Shown(pages, facts, bool(of_theme))

    def _of_text(self, path: str, text: str, facts: PreviewFacts) -> tuple[dict[str, bytes], PreviewFacts]:
        """The pages of an entry, dossier or page with this text, and the facts then."""
        if self._entries is not None and path.startswith("content/entries/"):
            page = self._entries.page(path, text)
            if (
                page.record is not None
                and page.path
                and self._is_own_address(path, page.path, page.record.id)
            ):
                facts = with_record(facts, page.record, self._entries.archive.now)
                return {page.path: page.html.encode()}, facts
        elif self._planned is not None:
            paths = [path_of(address) for address in facts.addresses.get(path, ())]
            pages = self._planned.of_text(path, text, paths)
            return {place: html.encode() for place, html in pages.items()}, facts
        return {}, facts

    def _is_own_address(self, path: str, page: str, entry_id: str) -> bool:
        """Whether `page` is where the last build has this entry, or is free: it is new, or was moved by `publish`."""
        assert self._entries is not None
        before = self._entries.address(path)
        return page == before if before else self._entries.owner(page) in (None, entry_id)

    def _in_new_theme(
        self, theme: Theme, of_theme: Collection[Path], open_pages: Iterable[str]
    ) -> dict[str, bytes]:
        """The open pages, the stylesheet and the files that were saved, in a theme that has just been read."""
        assert self._planned is not None
        # A part belongs to any of the stylesheets or scripts.
        suffixes = {file.suffix for file in of_theme}
        files = {
            path: asset_bytes(file)
            for path, file in theme.static_files()
            if file in of_theme or (is_made(path) and file.suffix in suffixes)
        }
        if any(file.suffix not in (".css", ".js", ".svg") for file in of_theme):
            for path in open_pages:
                if (html := self._planned.render(path, theme)) is not None:
                    files[path] = html.encode()
        return files
