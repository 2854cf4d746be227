"""Files of the output: written whole or not at all, only when their bytes differ; pruned only where they are ours."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

TEMPORARY_PREFIX, TEMPORARY_SUFFIX = ".pouch-", ".tmp"


def write_if_changed(file: str, data: bytes, *, new: bool = False) -> tuple[int, int, bool]:
    """Make `file` hold `data`; returns (size, mtime in ns, whether it was written).

    A file that holds these bytes already keeps its mtime, so that caches and subscribers see no change; one that is
    `new` is not looked for. Raises OSError; the published name then still holds its former bytes.
    """
    if not new and (old_stat := _holds(file, data)):
        return old_stat.st_size, old_stat.st_mtime_ns, False
    folder, name = os.path.split(file)
    temporary = os.path.join(folder, f"{TEMPORARY_PREFIX}{os.getpid()}-{name}{TEMPORARY_SUFFIX}")  # noqa: PTH118  # for every output: a Path costs as much as the call
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        descriptor = os.open(temporary, flags, 0o666)
    except FileNotFoundError:
        _make_folder(folder)
        descriptor = os.open(temporary, flags, 0o666)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            new_stat = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, file)  # noqa: PTH105  # likewise
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108  # likewise
        raise
    return new_stat.st_size, new_stat.st_mtime_ns, True


def _make_folder(folder: str) -> None:
    try:
        # Nearly always its parent is there.
        os.mkdir(folder)  # noqa: PTH102  # for most outputs: a Path costs as much as the call
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103  # likewise
    except FileExistsError:
        pass  # another worker was sooner


def _holds(file: str, data: bytes) -> os.stat_result | None:
    """The stat of a file that holds these bytes; None for any other."""
    try:
        stat = os.stat(file)  # noqa: PTH116  # called for every output: Path costs as much as the call
        if stat.st_size == len(data):
            with open(file, "rb") as stream:  # noqa: PTH123  # likewise
                if stream.read() == data:
                    return stat
    except (FileNotFoundError, NotADirectoryError):
        pass
    return None


def prune(output: Path, paths: Iterable[str]) -> list[str]:
    """Delete these files of ours and the folders that they leave empty; returns the paths of those that went."""
    removed = []
    for path in sorted(paths):
        file = output / path
        try:
            file.unlink()
            removed.append(path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        folder = file.parent
        while folder != output:
            try:
                folder.rmdir()
            except OSError:
                break
            folder = folder.parent
    return removed


def sweep(output: Path) -> None:
    """Remove the temporary files that a killed build left, wherever they lie below the output folder."""
    for folder, _, names in os.walk(output):
        for name in names:
            if name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX):
                (Path(folder) / name).unlink(missing_ok=True)
