"""Scan: what lies in the site's folders, and which of it changed since the last build.

Every file is only stat'ed; those whose size, times or inode differ from what the state knows are hashed. So a touched
file costs a hash and rebuilds nothing, and an mtime alone is never trusted. What must be read in any case is hashed by
the worker that reads it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

import msgspec

from pouch.digests import digest
from pouch.errors import ContentError
from pouch.plugins import source_files
from pouch.problems import Problem
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


def walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Regular files below `folder` with their stat, in order of name, without hidden files and editors' backups.

    A FIFO, a socket or a device is no content, unless it is named as an entry is: then it is a fault to be told. A link
    to a folder is not followed, so that no loop can hold the build.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(("~", ".swp", ".tmp")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path)
        elif entry.is_file():
            yield entry.path, entry.stat()
        elif entry.name.endswith(".md") and not entry.is_dir():
            # ParsedFile it will fail with its reason: an entry that cannot be read must not go missing unnoticed.
            yield entry.path, entry.stat(follow_symlinks=False)


def list_sources(site: Site) -> Iterator[tuple[Source, os.stat_result]]:
    """Every file that decides a byte of the output, settings and code aside."""
    content = site.content
    wanted = [
        ("entries", ENTRY, ".md"),
        ("dossiers", DOSSIER, ".md"),
        ("pages", PAGE, ".md"),
        ("vocabulary", VOCABULARY, ".toml"),
    ]
    inside = f"{site.root}{os.sep}"
    for folder, kind, suffix in wanted:
        for file, stat in walk(os.path.join(content, folder)):  # noqa: PTH118  # strings: a hundred thousand of them
            if file.endswith(suffix):
                yield Source(_below(file, inside), kind, file), stat
    for name in site.static_paths:
        place = Path(content) / name
        found = [(str(place), place.stat())] if place.is_file() else walk(str(place))
        for file, stat in found:
            yield Source(_below(file, inside), STATIC, file), stat
    for number, folder in enumerate((*site.template_overrides, site.theme)):
        for file, stat in walk(folder):
            # The theme may lie outside the site; its place must not show in what we compare.
            yield Source(f"theme{number}:{Path(file).relative_to(folder).as_posix()}", THEME, file), stat
    for template, _ in site.template_pages:
        yield Source(f"template:{_below(template, inside)}", THEME, template), Path(template).stat()
    for plugin_file in source_files(site.plugins, site.plugin_paths):
        yield (
            Source(f"plugin:{_below(str(plugin_file), inside)}", PLUGIN, str(plugin_file)),
            plugin_file.stat(),
        )


def _below(file: str, inside: str) -> str:
    """The path of a file as messages show it. `inside` is the site's folder with a slash."""
    # relpath costs more than the stat; it is needed only for content that lies outside the site's folder.
    path = file[len(inside) :] if file.startswith(inside) else os.path.relpath(file, inside)
    return path.replace(os.sep, "/")


def _refuse_nameless(path: str) -> None:
    """A name in another encoding than UTF-8 has no address, and no place in state or manifest."""
    try:
        path.encode()
    except UnicodeEncodeError as error:
        shown = path.encode("utf-8", "backslashreplace").decode()
        message, hint = "the file's name is no UTF-8", "rename the file"
        raise ContentError([Problem(shown, 0, 0, "unreadable-file", message, hint)]) from error


class Scan(msgspec.Struct, frozen=True):
    """What a scan found."""

    sources: dict[str, Source]
    stamps: dict[str, Stamp]
    changed: frozenset[str]  # new, or with other bytes than the state knows
    gone: frozenset[str]
    touched: frozenset[str]  # with another stamp, though perhaps with the same bytes

    def new_stamps(self, *, archived: bool) -> dict[str, Stamp]:
        """Those that the state does not know, of what is read into the archive or of everything else."""
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
        wanted = set(kinds)
        whole = hashlib.blake2b(digest_size=16)
        chosen = (p for p, s in self.sources.items() if s.kind in wanted and p.endswith(ending))
        for path in sorted(chosen):
            whole.update(path.encode() + b"\0" + self.stamps[path].digest)
        return whole.digest()


def scan(site: Site, known: Mapping[str, Stamp], now_ns: int) -> Scan:
    """Stat every source; hash those whose stamp in `known` no longer fits. `now_ns`: the wall clock before the scan.

    Raises OSError where a file cannot be read; ContentError for a name that is no text.
    """
    sources: dict[str, Source] = {}
    stamps: dict[str, Stamp] = {}
    changed = set()
    touched = set()
    for source, stat in list_sources(site):
        path = source.path
        if not path.isascii():
            _refuse_nameless(path)
        sources[path] = source
        before = known.get(path)
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
        contents = b"" if read_later else digest(Path(source.file).read_bytes())
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
    gone = frozenset(path for path in known if path not in sources)
    return Scan(sources, stamps, frozenset(changed), gone, frozenset(touched))
