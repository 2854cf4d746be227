"""Scan: what lies in the site's folders, and which of it changed since the last build.

Every file is only stat'ed; those whose size, times or inode differ from what the state knows are hashed. So a touched
file costs a hash and rebuilds nothing, and an mtime alone is never trusted. What must be read in any case is hashed by
the worker that reads it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG

import msgspec

from pouch.checks.places import nothing_published, unread_places, unsafe_drawing, unused_templates
from pouch.content.folders import Folders
from pouch.digests import digest
from pouch.errors import EnvironmentFault
from pouch.plugins import source_files
from pouch.problems import Problem, Severity
from pouch.site import Site

# A file written this shortly before a scan may be written again within the same tick of the file system's clock, so
# its stat is not trusted at the next build (git calls such an index entry "racily clean").
RACY_NS = 2_000_000_000

ENTRY, DOSSIER, PAGE, VOCABULARY, STATIC, THEME = "entry", "dossier", "page", "vocabulary", "static", "theme"
PLUGIN = "plugin"
"""The code of the site's own plugins."""
ARCHIVED = frozenset((ENTRY, DOSSIER, PAGE))
"""What is read into the archive."""


class Stamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as its file system knows it, and the digest of its bytes."""

    size: int
    mtime_ns: int
    ctime_ns: int  # nobody can set it: an edit that keeps size and mtime is seen all the same
    inode: int
    digest: bytes
    racy: bool = False


class Source(msgspec.Struct, frozen=True, gc=False):
    """A file that a build reads."""

    path: str  # relative to its root, with forward slashes
    kind: str
    file: str  # absolute


def list_sources(site: Site, folders: Folders) -> Iterator[tuple[Source, os.stat_result]]:
    """Every file that decides a byte of the output, settings and code aside. `folders` notes what is not read."""
    text_folders = [
        ("entries", ENTRY, ".md", "an entry"),
        ("dossiers", DOSSIER, ".md", "a dossier"),
        ("digests", DOSSIER, ".md", "the note of a digest"),
        ("pages", PAGE, ".md", "a page"),
        ("vocabulary", VOCABULARY, ".toml", "a vocabulary"),
    ]
    for folder, kind, suffix, what in text_folders:
        for file, stat in folders.texts(os.path.join(site.content, folder), suffix, what):  # noqa: PTH118  # strings: a hundred thousand of them
            yield Source(folders.path(file), kind, file), stat
    published = set()
    for name in site.static_paths:
        for file, stat in folders.published(str(Path(site.content) / name)):
            published.add(Path(file).relative_to(site.content).as_posix())
            yield Source(folders.path(file), STATIC, file), stat
    folders.problems += unread_places(site, folders.targets)
    folders.problems += nothing_published(site, published)
    folders.problems += unused_templates(site)
    for number, folder in enumerate((*site.template_overrides, site.theme)):
        for file, stat in folders.code(folder):
            # The theme may lie outside the site; its place must not show in what we compare.
            yield Source(f"theme{number}:{Path(file).relative_to(folder).as_posix()}", THEME, file), stat
    for template, _ in site.template_pages:
        yield Source(f"template:{folders.path(template)}", THEME, template), Path(template).stat()
    for font in site.look.card_fonts:
        yield Source(f"font:{font}", THEME, str(Path(site.root) / font)), (Path(site.root) / font).stat()
    for plugin_file in source_files(site.plugins, site.plugin_paths):
        file = str(plugin_file)
        if folders.may_read(file):
            yield Source(f"plugin:{folders.path(file)}", PLUGIN, file), plugin_file.stat()


class Scan(msgspec.Struct, frozen=True):
    """The result of a scan."""

    sources: dict[str, Source]
    stamps: dict[str, Stamp]
    changed: frozenset[str]  # new, or with other bytes than the state knows
    removed: frozenset[str]
    touched: frozenset[str]  # with another stamp, though perhaps with the same bytes
    problems: tuple[Problem, ...] = ()  # of files and folders that are not read, or must not be published

    def new_stamps(self, *, archived: bool) -> dict[str, Stamp]:
        """The stamps that the state does not know, of files that are read into the archive or of all others."""
        sources, stamps = self.sources, self.stamps
        return {path: stamps[path] for path in self.touched if (sources[path].kind in ARCHIVED) is archived}

    def hashed(self, path: str, contents: bytes) -> None:
        """Record the digest of a new file that was read after the scan's stat.

        If it was written in between, its stamp no longer fits it at the next build, which then hashes it.
        """
        self.stamps[path] = msgspec.structs.replace(self.stamps[path], digest=contents)

    def of(self, kind: str) -> Iterator[Source]:
        """Sources of one kind, in order of path."""
        return (source for source in self.sources.values() if source.kind == kind)

    def digest(self, kinds: Iterable[str], ending: str = "") -> bytes:
        """One digest over the paths and bytes of all sources of these kinds, or of those with this ending."""
        kind_set = set(kinds)
        whole = hashlib.blake2b(digest_size=16)
        chosen = (p for p, s in self.sources.items() if s.kind in kind_set and p.endswith(ending))
        for path in sorted(chosen):
            whole.update(path.encode() + b"\0" + self.stamps[path].digest)
        return whole.digest()


def scan(site: Site, known_stamps: Mapping[str, Stamp], now_ns: int) -> Scan:
    """Stat every source; hash those whose stamp in `known_stamps` is outdated.

    `now_ns`: the wall clock before the scan.

    Raises OSError where a file of the theme or of a plugin cannot be read; other faults are among the problems.
    """
    folders = Folders(site)
    sources: dict[str, Source] = {}
    stamps: dict[str, Stamp] = {}
    changed = set()
    touched = set()
    for source, stat in list_sources(site, folders):
        path = source.path
        sources[path] = source
        before = known_stamps.get(path)
        if (
            before is not None
            and before.mtime_ns == stat.st_mtime_ns
            and before.ctime_ns == stat.st_ctime_ns
            and before.size == stat.st_size
            and before.inode == stat.st_ino
            and not before.racy
        ):
            stamps[path] = before
            continue
        read_later = (before is None and source.kind == ENTRY) or not S_ISREG(stat.st_mode)
        try:
            data = b"" if read_later else Path(source.file).read_bytes()
            contents = b"" if read_later else digest(data)
        except OSError as error:
            if source.kind not in (*ARCHIVED, STATIC, VOCABULARY):
                raise
            contents = b""
            if source.kind == STATIC:  # texts are read again, which gives the reason
                message = f"cannot be read: {error.strerror or error}"
                folders.tell(source.file, "unreadable-file", message, severity=Severity.ERROR)
        # Only what is new is examined: the stamp of a file with an error is never stored.
        if source.kind == STATIC and path.lower().endswith(".svg"):
            folders.problems += unsafe_drawing(path, data, site)
        stamps[path] = Stamp(
            stat.st_size,
            stat.st_mtime_ns,
            stat.st_ctime_ns,
            stat.st_ino,
            contents,
            racy=now_ns - stat.st_ctime_ns < RACY_NS,
        )
        touched.add(path)
        if before is None or before.digest != contents:
            changed.add(path)
    removed = known_stamps.keys() - sources.keys()
    problems = tuple(folders.problems)
    return Scan(sources, stamps, frozenset(changed), frozenset(removed), frozenset(touched), problems)


def require_folders(site: Site) -> None:
    """Raises EnvironmentFault where the site's content or its theme is missing."""
    if not Path(site.content).is_dir():
        raise EnvironmentFault(f"no content folder {site.content}")
    if not Path(site.theme).is_dir():
        raise EnvironmentFault(f"no theme folder {site.theme}; THEME in the settings names it")


@contextmanager
def disk_faults(site: Site) -> Iterator[None]:
    """Reports a file that cannot be read or written, such as on a full disk, as an EnvironmentFault."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(f"{error.filename or site.output}: {error.strerror or error}") from error
