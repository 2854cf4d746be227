"""Builds the files of shards. Each worker process keeps one Pagefind process running until it ends."""

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

    Where Pagefind writes a form that we do not know, these are its own files: `pouch_search.forms` warns of that.
    Raises EnvironmentFault where Pagefind fails.
    """
    # Imported here: only a build that renders a shard needs it.
    from pouch_search.canonical import UnknownFormError, as_written, canonical
    from pouch_search.shards import Packing
    from pouch_search.stubs import stub_html

    stubs = [
        (stub.href, stub_html(stub, stores.bodies[stub.body] if stub.body else "")) for stub in shard.stubs
    ]
    try:
        files = _program(os.getpid()).index(shard.lang, stubs)
    except EnvironmentFault:
        # Discard a program that failed: the preview server may render again in this process.
        _program.cache_clear()
        raise
    days = {stub.href: stub.day for stub in shard.stubs}
    packing = Packing(shard.bundle, shard.chunk)
    try:
        return canonical(files, days, shard.name, first=shard.first, packing=packing)
    except UnknownFormError:
        return as_written(files)


@cache
def _program(_process: int) -> Program:
    """The Pagefind of this process: a forked process must not write to its parent's pipe."""
    from pouch_search.program import Program

    program = Program()
    atexit.register(program.close)
    return program
