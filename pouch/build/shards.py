"""The search index in a build: which of its shards are stale, and how they are made and written.

A shard is one output in the plan and a folder of files on the disk, whose names only its maker learns. The state knows
each file as part of that output; so a file that is missing or altered makes the whole shard again, and a file that no
shard has any more is pruned as any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from pouch.build.files import write_if_changed
from pouch.build.fingerprint import ALTERED, MISSING, Fingerprint, Known
from pouch.build.state import Blobs, Manifest
from pouch.errors import EnvironmentFault
from pouch.reporting import progress
from pouch.search.indexing import Indexer, Task
from pouch.search.models import Shard
from pouch.site import Site
from pouch.workers import Crew, spread


class Parts:
    """The files of each shard, as the last build left them."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._of: dict[str, list[str]] = defaultdict(list)
        self._known = known
        for path, file in known.items():
            if file.part_of:
                self._of[file.part_of].append(path)
        self.whole = frozenset(self._of)
        """The outputs that were made with other files."""

    def paths(self, output: str) -> Sequence[str]:
        """The files that were made with `output`."""
        return self._of.get(output, ())

    def reasons(self, on_disk: Callable[[str], tuple[int, int] | None], output: str) -> tuple[str, ...]:
        """Why a shard must be made again on account of its files; empty where they lie as they were left.

        `on_disk` tells size and mtime in ns of a file of the output; None where it is missing.
        """
        found: dict[str, None] = {}
        for path in self.paths(output):
            here = on_disk(path)
            if here is None:
                found[MISSING] = None
            elif here != (self._known[path].size, self._known[path].mtime_ns):
                found[ALTERED] = None
        return tuple(found)


def make_shards(
    site: Site,
    store: str,
    tasks: Sequence[Task],
    fingerprints: Mapping[str, Fingerprint],
    manifest: Manifest,
    owned: set[str],
    jobs: int,
) -> Iterator[tuple[str, Known, bool]]:
    """Index and write; yields (path, file, whether it was written) for each file of each shard.

    The workers index, and this process writes: a file is claimed in the manifest before it is there. `owned` are the
    paths that the manifest has. Raises EnvironmentFault; what was written until then is whole.
    """
    with progress("Indexing", sum(len(task.shard.stubs) for task in tasks)) as bar:
        made = spread(_Maker, (store,), _Maker.make, tasks, Crew(jobs, chunk=1, few=2))
        for task, files in zip(tasks, made, strict=True):
            folder = task.path.rpartition("/")[0]
            manifest.claim({f"{folder}/{name}" for name in files} - owned)
            for name, data in files.items():
                path = f"{folder}/{name}"
                try:
                    size, mtime_ns, written = write_if_changed(f"{site.output}/{path}", data)
                except OSError as error:
                    raise EnvironmentFault(f"cannot write {site.output}/{path}: {error.strerror}") from error
                yield path, Known(fingerprints[task.path], size, mtime_ns, task.path), written
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
