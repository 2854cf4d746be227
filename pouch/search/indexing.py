"""The maker of shards. One for each worker process: it keeps its Pagefind running."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pouch.search.models import Shard

if TYPE_CHECKING:
    from pouch.search.program import Program


class Task(NamedTuple):
    """A shard to be made."""

    path: str  # of the output that stands for it
    shard: Shard


class Indexer:
    """Makes the files of shards."""

    def __init__(self, body: Callable[[str], str]) -> None:
        """`body` gives the stored HTML of a key."""
        self._body = body
        self._program: Program | None = None

    def files(self, shard: Shard) -> dict[str, bytes]:
        """The files of a shard, by their path below its folder; the one that names the others comes last.

        Raises EnvironmentFault where Pagefind fails.
        """
        # Imported here: a site without search, and a build that touches no shard, need none of it.
        from pouch.search.canonical import canonical
        from pouch.search.program import Program
        from pouch.search.stubs import stub_html

        if self._program is None:
            self._program = Program()
        stubs = [
            (stub.href, stub_html(stub, self._body(stub.body) if stub.body else "")) for stub in shard.stubs
        ]
        made = self._program.index(shard.lang, stubs)
        days = {stub.href: stub.day for stub in shard.stubs}
        return canonical(made, days, shard.bits, first=shard.first)

    def close(self) -> None:
        """Let the program go."""
        if self._program is not None:
            self._program.close()
