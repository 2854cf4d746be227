"""Releases: finished sites beside each other in one folder, of which a symbolic link names the one that readers see.

    DIR/releases/000007/   a whole site; its files are never written again
    DIR/current            -> releases/000007; a web server's root

A release is copied under another name and renamed when it is whole; then the link is replaced, which is one step for
everybody who opens it (rename(2)). A file whose bytes are those of the release before is a hard link to that file: it
takes no room and keeps its time, so a web server answers "nothing new" (RFC 9110, 13.1), also after a clean build.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from pouch.engine.lock import locked
from pouch.errors import EnvironmentFault

CURRENT = "current"
_RELEASES = "releases"
_NAME = re.compile(r"[0-9]{6,}")
_UNFINISHED = ".pouch-unfinished"
# nginx makes an ETag of size and time in whole seconds; so do others.
_SECOND = 1_000_000_000


class Published(msgspec.Struct, frozen=True):
    """The result of a switch to another release."""

    release: str  # the name of the release that readers see
    files: int
    changed: int  # files that are new, or whose bytes are not those of the release before
    removed: tuple[str, ...] = ()  # releases that were deleted, oldest first
    switched: bool = True  # False where readers see the same as before


def publish(output: Path, folder: Path, *, path: str = "", keep: int = 5) -> Published:
    """Copy a finished site into `folder` as its newest release, and let readers see it.

    `path` is the path of SITEURL, below which the release has the site. The newest `keep` releases stay. A site that
    equals the current release makes none. Raises EnvironmentFault; readers then see what they saw.
    """
    output, folder = output.resolve(), folder.resolve()
    if folder.is_relative_to(output) or output.is_relative_to(folder):
        raise EnvironmentFault(
            f"{folder} and the built site {output} lie in each other; choose another folder"
        )
    with _held(folder):
        releases = folder / _RELEASES
        before = _current(folder)
        unfinished = releases / _UNFINISHED
        if unfinished.exists():
            shutil.rmtree(unfinished)  # of a run that was killed
        earlier = releases / before if before else None
        files, changed = _copy(
            output, unfinished / path.strip("/"), earlier / path.strip("/") if earlier else None
        )
        if before and not changed and files == sum(1 for _ in _files(releases / before)):
            shutil.rmtree(unfinished)
            return Published(before, files, 0, switched=False)
        names = _names(releases)
        name = f"{int(names[-1]) + 1 if names else 1:06}"
        unfinished.rename(releases / name)
        _switch(folder, name)
        return Published(name, files, changed, tuple(_prune(folder, keep)))


def roll_back(folder: Path, release: str = "") -> Published:
    """Let readers see an earlier release: `release`, or the newest before the current one. Raises EnvironmentFault."""
    folder = folder.resolve()
    with _held(folder):
        before, names = _current(folder), _names(folder / _RELEASES)
        if not release:
            earlier = [name for name in names if before and int(name) < int(before)]
            if not earlier:
                raise EnvironmentFault(f"{folder} has no release before the current one")
            release = earlier[-1]
        elif release not in names:
            raise EnvironmentFault(
                f"{folder} has no release {release!r}; there are {', '.join(names) or 'none'}"
            )
        _switch(folder, release)
        files = sum(1 for _ in _files(folder / _RELEASES / release))
        return Published(release, files, 0, switched=release != before)


def listed(folder: Path) -> tuple[list[str], str]:
    """The names of all releases, oldest first, and of the current one."""
    return _names(folder / _RELEASES), _current(folder)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder, with its lock held and the system's refusals in words."""
    try:
        (folder / _RELEASES).mkdir(parents=True, exist_ok=True)
        link = folder / CURRENT
        if link.exists() and not link.is_symlink():
            raise EnvironmentFault(
                f"{link} is no symbolic link, so it is not ours to replace; choose another folder"
            )
        with locked(folder, "another publication"):
            yield
    except (OSError, shutil.Error) as error:
        where = getattr(error, "filename", None) or folder
        raise EnvironmentFault(
            f"cannot publish: {where}: {getattr(error, 'strerror', None) or error}"
        ) from error


def _current(folder: Path) -> str:
    """The release that readers see; empty where there is none."""
    try:
        name = (folder / CURRENT).readlink().name
    except OSError:
        return ""
    return name if (folder / _RELEASES / name).is_dir() else ""


def _names(releases: Path) -> list[str]:
    if not releases.is_dir():
        return []
    return sorted((entry.name for entry in releases.iterdir() if _NAME.fullmatch(entry.name)), key=int)


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every file of a site. A symbolic link is none of what a build writes, and could lead anywhere."""
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders.sort()
        for name in sorted(names):
            file = Path(place) / name
            status = file.lstat()
            if stat.S_ISREG(status.st_mode) and not name.startswith(".pouch-"):
                yield file, status


def _refuse(error: OSError) -> None:
    raise error


def _copy(output: Path, target: Path, before: Path | None) -> tuple[int, int]:
    """Copy a site's files; how many there are, and how many differ from those of the release before."""
    files = changed = 0
    target.mkdir(parents=True)
    for file, status in _files(output):
        relative = file.relative_to(output)
        copy = target / relative
        copy.parent.mkdir(parents=True, exist_ok=True)
        files += 1
        old = _status(before / relative) if before else None
        if (
            before
            and old
            and old.st_size == status.st_size
            and filecmp.cmp(file, before / relative, shallow=False)
        ):
            os.link(before / relative, copy)
            continue
        changed += 1
        shutil.copyfile(file, copy)
        time = status.st_mtime_ns
        if old and old.st_size == status.st_size and old.st_mtime_ns // _SECOND == time // _SECOND:
            time += _SECOND  # else a server would call the old bytes and the new ones the same
        os.utime(copy, ns=(time, time))
    return files, changed


def _status(file: Path) -> os.stat_result | None:
    try:
        status = file.lstat()
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _switch(folder: Path, name: str) -> None:
    """Let `current` name a release, in one step."""
    link = folder / f"{_UNFINISHED}-link"
    with suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(Path(_RELEASES) / name)
    link.replace(folder / CURRENT)


def _prune(folder: Path, keep: int) -> Iterator[str]:
    """Delete the oldest releases, and never the current one."""
    releases = folder / _RELEASES
    for name in _names(releases)[: -max(keep, 1)]:
        if name != _current(folder):
            shutil.rmtree(releases / name)
            yield name
