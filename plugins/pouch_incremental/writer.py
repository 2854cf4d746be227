"""The writer that `pouch_incremental` gives Pelican."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, TextIO

from pelican.writers import FileOverwriteFailedError, Writer

from pouch.engine.files import prune, write_if_changed
from pouch.engine.manifest import Manifest


class _Buffer(io.StringIO):
    """Collects a file's text and writes it whole when Pelican closes it; not when rendering it failed."""

    def __init__(self, file: str, encoding: str) -> None:
        super().__init__(newline="")
        self._file = file
        self._encoding = encoding

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            write_if_changed(self._file, self.getvalue().encode(self._encoding))
        super().__exit__(kind, error, trace)


class IncrementalWriter(Writer):  # type: ignore[misc]  # Pelican publishes no types
    """Pelican's writer, with every file replaced whole and only when its bytes differ."""

    written_files: set[str] = set()  # noqa: RUF012  # by file, for `prune_unwritten`; a run has one writer

    def __init__(self, output_path: str, settings: Any = None) -> None:
        super().__init__(output_path, settings=settings)
        IncrementalWriter.written_files = set()

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> TextIO:
        # As Pelican's own does it, but for the opening, which would empty the file before its text is known.
        if filename in self._overridden_files:
            if override:
                raise FileOverwriteFailedError(f"{filename} is overridden a second time")
            return io.StringIO()
        if filename in self._written_files and not override:
            raise FileOverwriteFailedError(f"{filename} was written already; override=True would replace it")
        if override:
            self._overridden_files.add(filename)
        self._written_files.add(filename)
        IncrementalWriter.written_files.add(filename)
        return _Buffer(filename, encoding)


def prune_unwritten(pelican: Any) -> None:
    """Delete what an earlier run wrote and this one did not."""
    output = Path(pelican.settings["OUTPUT_PATH"])
    folder = Path(pelican.settings["PATH"]).parent / ".pouch" / "pelican"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = Manifest(folder)
    written_paths = {Path(file).relative_to(output).as_posix() for file in IncrementalWriter.written_files}
    prune(output, (manifest.read() or set()) - written_paths)
    manifest.replace(written_paths)
