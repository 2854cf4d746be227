"""Outputs that are rendered to a folder of files whose names only their render function knows, as a search index is.

The output's own path is the file that names the others; it is written last. The state records the other files with the
output's group, so a file that is missing or altered makes the whole folder again, and one that is no longer made is
pruned as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pouch.engine.compare import StaleOutput
from pouch.engine.files import write_if_changed
from pouch.engine.fingerprint import StoredFile
from pouch.engine.manifest import Manifest
from pouch.engine.render import OutputWriter
from pouch.errors import EnvironmentFault
from pouch.reporting import progress
from pouch.workers import PoolConfig, parallel_map


def write_folders(
    writer: tuple[object, ...],
    output_folder: str,
    stale: Sequence[StaleOutput],
    manifest: Manifest,
    owned: set[str],
    jobs: int,
) -> Iterator[tuple[str, dict[str, StoredFile], int]]:
    """Render and write; yields (path of the output, its files by path, how many were written) for each.

    Workers render, and this process writes: a file is claimed in the manifest before it is there. `writer` are the
    arguments of OutputWriter, `owned` the paths that the manifest has. Raises EnvironmentFault; what was written until
    then is whole.
    """
    with progress("Indexing", len(stale)) as bar:
        rendered = parallel_map(
            OutputWriter, writer, OutputWriter.folder, stale, PoolConfig(jobs, chunk=1, min_tasks=2)
        )
        for output, files in zip(stale, rendered, strict=True):
            folder = output.path.rpartition("/")[0]
            manifest.claim({f"{folder}/{name}" for name in files} - owned)
            written_files: dict[str, StoredFile] = {}
            changed = 0
            for name, data in files.items():
                path = f"{folder}/{name}"
                try:
                    size, mtime_ns, is_written = write_if_changed(f"{output_folder}/{path}", data)
                except OSError as error:
                    raise EnvironmentFault(
                        f"cannot write {output_folder}/{path}: {error.strerror}"
                    ) from error
                written_files[path] = StoredFile(output.fingerprint, size, mtime_ns)
                changed += is_written
            yield output.path, written_files, changed
            bar.advance()
