"""`pouch check`: every problem of every file in one run, and the mends that have one right answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from pouch.entries.catalogue import unreadable
from pouch.entries.crosscheck import EntryKey, cross_check, key_of
from pouch.entries.dossier import ParsedDossier, parse_dossier
from pouch.entries.edit import mended, without_forbidden
from pouch.entries.entry import stem_of
from pouch.entries.fields import Context
from pouch.entries.files import ContentFile, content_files, read_content, site_path, write_whole
from pouch.entries.images import image_sizes
from pouch.entries.markdown import Link, Renderer
from pouch.entries.page import ParsedPage, parse_page
from pouch.entries.parse import read_bytes, read_text
from pouch.errors import EnvironmentFault
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
        yield from cross_check(self._keys, last=last)
        yield from _same_twice(
            (path, (found.dossier.kind, found.dossier.key, found.dossier.lang))
            for path, found in self._dossiers
            if found.dossier
        )
        yield from _same_twice(
            (path, (found.page.slug, found.page.lang)) for path, found in self._pages if found.page
        )
        ids = {key.id for key in self._keys}
        for path, found in self._dossiers:
            for pinned in found.dossier.pinned if found.dossier else ():
                if pinned not in ids:
                    message = f"no entry has the id {pinned!r}"
                    yield Problem(
                        path, found.pinned_line, 0, "unknown-entry", message, "`pouch list` shows the ids"
                    )
        yield from check_links(self._links, self._keys, self.site)


def _same_twice(found: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
    """Files that would be one page: the last of `what` is their language."""
    first: dict[tuple[str, ...], str] = {}
    for path, what in found:
        other = first.setdefault(what, path)
        if other != path:
            message = f"{other} is the same page in {what[-1]!r} already"
            yield Problem(
                path, 0, 0, "given-twice", message, "keep one of them, or give one another language"
            )


def check_links(links: Iterable[tuple[str, Link]], keys: Iterable[EntryKey], site: Site) -> Iterator[Problem]:
    """Links to entries that are not there, or that readers cannot open; `links` are (path of the file, link)."""
    slugs: dict[str, EntryKey] = {}
    for key in keys:
        for slug in (*key.formerly, stem_of(key.path), key.slug):
            slugs[slug] = key
    start = f"{site.path}/briefings/"
    for path, link in links:
        if not link.address.startswith(start):
            continue
        slug = link.address[len(start) :].partition("#")[0].partition("/")[0]
        if not slug:
            continue
        target = slugs.get(slug)
        if target is None:
            message = f"the link {link.target!r} leads to no entry"
            yield Problem(path, link.line, 0, "broken-link", message, "`pouch list` shows the slugs")
        elif target.is_draft:
            message = f"the link {link.target!r} leads to a draft, which readers cannot open"
            yield Problem(path, link.line, 0, "link-to-draft", message, "", Severity.WARNING)


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


def mend_files(files: Iterable[ContentFile], context: Context, tell: Callable[[str], None]) -> None:
    """Make every mend that has one right answer; `tell` gets the path of each file that changed."""
    for found in files:
        if found.kind != "entry":
            continue
        try:
            before = read_content(found.file)
            text = before.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        after = mended_text(text, found.path, context)
        if after != text:
            write_whole(found.file, after.encode("utf-8"))
            tell(found.path)


def mended_text(text: str, path: str, context: Context) -> str:
    """The text of an entry's file with every mend made."""
    text = without_forbidden(text)
    # A term by its name may turn out to be there twice once it is a code: once more settles that.
    for _ in range(2):
        mends = read_text(text, path, context).mends
        if not mends:
            break
        text = mended(text, mends)
    return text
