"""Makes the files of shards. Each worker process keeps one Pagefind running, until it ends."""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from pouch.errors import EnvironmentFault
from pouch.pages.outputs import Stores
from pouch_search.models import Shard

if TYPE_CHECKING:
    from pouch_search.program import Program


def index_shard(shard: Shard, stores: Stores) -> Mapping[str, bytes]:
    """The files of a shard, by their path below its folder; the one that names the others comes last.

    Raises EnvironmentFault where Pagefind fails.
    """
    # Imported here: a site without search, and a build that touches no shard, need none of it.
    from pouch_search.canonical import canonical
    from pouch_search.stubs import stub_html

    stubs = [
        (stub.href, stub_html(stub, stores.bodies[stub.body] if stub.body else "")) for stub in shard.stubs
    ]
    try:
        made = _program(os.getpid()).index(shard.lang, stubs)
    except EnvironmentFault:
        # One that failed is not asked again: a preview goes on in this process.
        _program.cache_clear()
        raise
    days = {stub.href: stub.day for stub in shard.stubs}
    return canonical(made, days, shard.bits, first=shard.first)


@cache
def _program(_process: int) -> Program:
    """The Pagefind of this process: a forked one must not write into its parent's pipe."""
    from pouch_search.program import Program

    program = Program()
    atexit.register(program.close)
    return program
