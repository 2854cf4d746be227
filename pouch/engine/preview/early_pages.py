"""Pages before a site was ever built: entries from their files alone, lists from what has been read; the theme's files.

An editor who opens an entry while ten thousand others are read sees it at once. Related briefings and versions in other
languages are not there yet: the build that is running adds them.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pouch import clock
from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.content.files import read_content
from pouch.engine.garbage import uncollected
from pouch.engine.plan import Plan
from pouch.engine.preview.early_lists import EarlyLists
from pouch.engine.preview.read_so_far import ReadSoFar
from pouch.engine.preview.single_page import SinglePage, SinglePages
from pouch.engine.scan import ENTRY, Scan, disk_faults, require_folders, scan
from pouch.engine.steps import plan_archive
from pouch.pages import addresses
from pouch.pages.outputs import Output
from pouch.site import Site
from pouch.theming.assets import asset_bytes
from pouch.vocabulary.vocabulary import sound_vocabulary

_SLUG = re.compile(rb"^slug:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_BRIEFING = re.compile(
    re.escape(addresses.briefing("\0").lstrip("/")).replace("\0", "([^/]+)") + "index.html"
)


class EarlyPage(NamedTuple):
    """The page of an entry, and its record."""

    html: str
    record: Record


class EarlyPages:
    """The pages and files of a site of which nothing is loaded but settings, vocabulary and theme."""

    def __init__(self, site: Site) -> None:
        """Raises ContentError for a fault in the vocabulary, EnvironmentFault."""
        require_folders(site)
        with disk_faults(site):
            self._scan: Scan = scan(site, {}, time.time_ns())
            vocabulary = sound_vocabulary(site)
            archive = Archive(site, vocabulary, (), now=clock.now())
            theme, plan = plan_archive(archive, site, self._scan)
        self._theme = theme
        self._plan = plan
        self._assets = dict(theme.static_files())
        self._pages = SinglePages(archive, theme, plan)
        self._files: dict[str, Output] = {
            output.path: output for group in plan.pages if group.key == "files" for output in group.outputs()
        }

    def entry(self, path: str) -> EarlyPage | None:
        """The page at `path`, below the output folder; None where no entry without a fault has it."""
        address = _BRIEFING.fullmatch(path)
        for file in self._candidates(address[1]) if address else ():
            page = self._page(file)
            if page.path == path and page.record is not None:
                return EarlyPage(page.html, page.record)
        return None

    def file(self, path: str) -> bytes | None:
        """A file of the theme, of a plugin or of the site itself; None for any other. Raises OSError."""
        output = self._files.get(path)
        if output is None:
            return None
        return Path(output.source).read_bytes() if output.source else asset_bytes(self._assets[path])

    def lists(self, part: ReadSoFar) -> EarlyLists:
        """The lists of what the build that is running has read. Raises ContentError, EnvironmentFault."""
        pages = self._pages
        archive = Archive(
            pages.site,
            pages.archive.vocabulary,
            part.records,
            [each.dossier for each in part.files if each.dossier is not None],
            [each.page for each in part.files if each.page is not None],
            now=pages.archive.now,
        )
        with uncollected():
            plan = Plan(archive, self._theme, self._scan, self._plan.plugins, self._plan.code)
        return EarlyLists(self._theme, plan, part)

    def _page(self, source: str) -> SinglePage:
        data = read_content(self._scan.sources[source].file)
        return self._pages.page(source, data.decode("utf-8", "surrogateescape"))

    def _candidates(self, slug: str) -> Iterator[str]:
        """The files that may have this slug: those of its name, then those whose front matter says so."""
        named = self._by_name.get(slug, ())
        yield from named
        yield from self._by_own_slug.get(slug, ())

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        files = defaultdict(list)
        for source in self._scan.of(ENTRY):
            files[PurePosixPath(source.path).stem].append(source.path)
        return files

    @cached_property
    def _by_own_slug(self) -> dict[str, list[str]]:
        files = defaultdict(list)
        for source in self._scan.of(ENTRY):
            with Path(source.file).open("rb") as opened:
                if slug := _SLUG.search(opened.read(4096)):
                    files[slug[1].decode("utf-8", "replace")].append(source.path)
        return files
