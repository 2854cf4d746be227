"""Worker processes: a tool made once in each, its method mapped over tasks. Results do not depend on their number."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, Protocol, TypeVar, runtime_checkable

from pouch.errors import EnvironmentFault

Tool = TypeVar("Tool")
In = TypeVar("In")
Out = TypeVar("Out")


@runtime_checkable
class Closeable(Protocol):
    """A tool that holds something open."""

    def close(self) -> None:
        """Let go of it."""


CHUNK = 64
# Below this many tasks the start of a process costs more than it saves.
FEW = 150

_tool: Any = None


def default_jobs() -> int:
    """As many as this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    make_tool: Callable[..., Tool],
    arguments: tuple[Any, ...],
    method: Callable[[Tool, In], Out],
    tasks: Sequence[In],
    jobs: int,
) -> Iterator[Out]:
    """`method(tool, task)` for each task, in order; on `jobs` processes where there is enough to do.

    `make_tool(*arguments)` is called once in each process. What a task raises is raised here; a worker that dies
    (killed, out of memory) is an EnvironmentFault.
    """
    if jobs == 1 or len(tasks) < FEW:
        tool = make_tool(*arguments)
        try:
            yield from (method(tool, task) for task in tasks)
        finally:
            if isinstance(tool, Closeable):
                tool.close()
        return
    # Forked workers inherit what is loaded already; elsewhere they load it themselves.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(make_tool, arguments))
    try:
        waiting = []
        for start in range(0, len(tasks), CHUNK):
            waiting.append(pool.submit(_run, method, tasks[start : start + CHUNK]))
            # A few chunks ahead of what is taken back, so that neither side ever holds everything.
            if len(waiting) >= 4 * jobs:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()
    except BrokenProcessPool as error:
        raise EnvironmentFault(
            "a worker process died (killed, or out of memory); try fewer --jobs"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start(make_tool: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    global _tool
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl-C reaches the whole group; the builder ends its workers itself, and only it has anything to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tool = make_tool(*arguments)


def _end_with_parent() -> None:
    """A worker whose builder was killed would wait for ever, and hold the lock that it inherited."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _run(method: Callable[[Any, In], Out], tasks: Sequence[In]) -> list[Out]:
    return [method(_tool, task) for task in tasks]
