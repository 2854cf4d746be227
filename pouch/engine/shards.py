"""The search index in a build: how its shards are made and written.

A shard is one output in the plan and a folder of files on the disk, whose names only its maker learns. The state keeps
those with the shard's chapter (`pouch.engine.agenda`). So a file that is missing or altered makes the whole shard
again, and one that no shard has any more is pruned as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pouch.engine.blobs import Blobs
from pouch.engine.files import write_if_changed
from pouch.engine.fingerprint import Fingerprint, Known
from pouch.engine.manifest import Manifest
from pouch.errors import EnvironmentFault
from pouch.reporting import progress
from pouch.search.indexing import Indexer, Task
from pouch.search.models import Shard
from pouch.site import Site
from pouch.workers import Crew, spread


def make_shards(
    site: Site,
    store: str,
    tasks: Sequence[Task],
    fingerprints: Mapping[str, Fingerprint],
    manifest: Manifest,
    owned: set[str],
    jobs: int,
) -> Iterator[tuple[str, dict[str, Known], int]]:
    """Index and write; yields (path of the output, its files by path, how many were written) for each shard.

    The workers index, and this process writes: a file is claimed in the manifest before it is there. `owned` are the
    paths that the manifest has. Raises EnvironmentFault; what was written until then is whole.
    """
    with progress("Indexing", sum(len(task.shard.stubs) for task in tasks)) as bar:
        made = spread(_Maker, (store,), _Maker.make, tasks, Crew(jobs, chunk=1, few=2))
        for task, files in zip(tasks, made, strict=True):
            folder = task.path.rpartition("/")[0]
            manifest.claim({f"{folder}/{name}" for name in files} - owned)
            lying: dict[str, Known] = {}
            changed = 0
            for name, data in files.items():
                path = f"{folder}/{name}"
                try:
                    size, mtime_ns, written = write_if_changed(f"{site.output}/{path}", data)
                except OSError as error:
                    raise EnvironmentFault(f"cannot write {site.output}/{path}: {error.strerror}") from error
                lying[path] = Known(fingerprints[task.path], size, mtime_ns)
                changed += written
            yield task.path, lying, changed
            bar.advance(len(task.shard.stubs))


class _Maker:
    """Indexes shards in a worker process."""

    def __init__(self, store: str) -> None:
        self._blobs = Blobs(store)
        self._indexer = Indexer(lambda key: self._blobs.get(key).decode())

    def make(self, task: Task) -> dict[str, bytes]:
        shard: Shard = task.shard
        return self._indexer.files(shard)

    def close(self) -> None:
        self._indexer.close()
        self._blobs.close()
