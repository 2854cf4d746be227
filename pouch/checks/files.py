"""`pouch check`: every problem of every file in one run, and the mends that have one right answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from pouch.checks.entries import EntryKey, key_of
from pouch.checks.site import DossierKey, PageKey, disagreements
from pouch.content.dossier import ParsedDossier, parse_dossier
from pouch.content.entry_files import unreadable
from pouch.content.fields import Context
from pouch.content.files import ContentFile, content_files, read_content, site_path
from pouch.content.page import ParsedPage, parse_page
from pouch.content.parse import read_bytes
from pouch.errors import EnvironmentFault
from pouch.markdown.images import image_sizes
from pouch.markdown.renderer import Link, Renderer
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary

STRICT = frozenset({"no-country", "no-topic"})
"""Codes of the warnings that `--strict` makes errors."""


class Checker:
    """Reads the files of a site one by one; what they must agree on is told at the end."""

    def __init__(self, site: Site, vocabulary: Vocabulary) -> None:
        self.site = site
        self.context = Context(site, vocabulary)
        self._renderer = Renderer(site.path, image_sizes(site.content_path))
        self._problems: list[Problem] = []
        self._keys: list[EntryKey] = []
        self._links: list[tuple[str, Link]] = []
        self._dossiers: list[tuple[str, ParsedDossier]] = []
        self._pages: list[tuple[str, ParsedPage]] = []

    def read(self, found: ContentFile) -> None:
        """Check one file by itself."""
        try:
            data = read_content(found.file)
        except OSError as error:
            self._problems.append(unreadable(found.path, error))
            return
        if found.kind == "entry":
            self._entry(found.path, data)
        elif found.kind == "dossier":
            dossier = parse_dossier(data, found.path, vocabulary=self.context.vocabulary, site=self.site)
            self._problems += dossier.problems
            self._dossiers.append((found.path, dossier))
            if dossier.dossier:
                self._body(found.path, dossier.dossier.body, dossier.body_line)
        else:
            page = parse_page(data, found.path, site=self.site)
            self._problems += page.problems
            self._pages.append((found.path, page))
            if page.page:
                self._body(found.path, page.page.body, page.body_line)

    def _entry(self, path: str, data: bytes) -> None:
        reading = read_bytes(data, path, self.context)
        self._problems += reading.problems
        if (key := key_of(reading, self.site)) is not None:
            self._keys.append(key)
        if reading.entry:
            self._body(path, reading.entry.body, reading.lines["body"])

    def _body(self, path: str, body: str, first_line: int) -> None:
        rendered = self._renderer.render(body, entry_id="body")
        for problem in rendered.problems:
            self._problems.append(
                msgspec.structs.replace(problem, path=path, line=problem.line + first_line - 1)
            )
        for link in rendered.links:
            self._links.append((path, link._replace(line=link.line + first_line - 1)))

    def problems(self, last: Collection[str] = ()) -> Iterator[Problem]:
        """All that was found. Where two files are at odds, one of `last` is named rather than another."""
        yield from self._problems
        dossiers = [
            DossierKey(path, d.kind, d.key, d.lang, d.pinned, found.pinned_line)
            for path, found in self._dossiers
            if (d := found.dossier)
        ]
        pages = [PageKey(path, p.slug, p.lang) for path, found in self._pages if (p := found.page)]
        yield from disagreements(self.site, self._keys, dossiers, pages, self._links, last)


def chosen_files(paths: Iterable[Path], site: Site) -> set[str]:
    """The paths of the content files that these files and folders hold.

    Raises EnvironmentFault for one that holds none.
    """
    every = {found.file.resolve(): found.path for found in content_files(site)}
    for file in sorted(site.vocabulary_path.glob("*.toml")):
        every[file.resolve()] = site_path(file, site)
    chosen: set[str] = set()
    for given in paths:
        place = given.resolve()
        inside = {path for file, path in every.items() if file == place or file.is_relative_to(place)}
        if not inside:
            raise EnvironmentFault(f"{given} is no entry, dossier, page or vocabulary file of {site.root}")
        chosen |= inside
    return chosen


def strictly(problem: Problem) -> Problem:
    """The problem as `--strict` sees it."""
    if problem.code in STRICT:
        return msgspec.structs.replace(problem, severity=Severity.ERROR)
    return problem
