"""Worker processes: a tool made once in each, its method mapped over tasks. Results do not depend on their number.

Work goes through the `concurrent.futures` interface: to processes of this machine, or to a cluster (`pouch.cluster`)
that is handed the same functions.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, ParamSpec, Protocol, TypeVar, runtime_checkable

from pouch.errors import EnvironmentFault

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Tool = TypeVar("Tool")
In = TypeVar("In")
Out = TypeVar("Out")
Given = ParamSpec("Given")


@runtime_checkable
class Closeable(Protocol):
    """A tool that holds something open."""

    def close(self) -> None:
        """Let go of it."""


class Done(NamedTuple, Generic[Out]):
    """A task whose result is known: it takes its turn, and goes to no worker."""

    result: Out


class Crew(NamedTuple):
    """How work is shared out."""

    jobs: int
    chunk: int = 64  # tasks that a worker is given at once
    few: int = (
        150  # below so many tasks the start of a process costs more than it saves; 0: processes at any rate
    )
    weight: Callable[[Any], int] | None = None  # of a task; a chunk ends where it weighs more than `heavy`
    heavy: int = 0
    # Forked workers inherit what is loaded already; where threads run they would inherit those half alive.
    start: str = "fork"
    scheduler: str | None = None  # the address of a Dask scheduler, in place of processes


_NOTHING = object()
AHEAD = 4
"""Chunks for each worker that wait or are worked on, so that neither side ever holds everything."""


def default_jobs() -> int:
    """As many as this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    make_tool: Callable[..., Tool],
    arguments: tuple[Any, ...],
    method: Callable[[Tool, In], Out],
    tasks: Iterable[Any],  # In, or Done
    crew: Crew,
    lost: Callable[[In], Out] | None = None,
    idle: Iterator[object] | None = None,
) -> Iterator[Out]:
    """`method(tool, task)` for each task, in order, on workers where there is enough to do.

    `make_tool(*arguments)` is called once in each process. What a task raises is raised here. Where a worker dies
    (killed, out of memory), its tasks are done again one by one; the one that ends its worker twice has the result
    `lost(task)`. Without `lost`, a dead worker is an EnvironmentFault.

    `idle` is work of the caller's own: a step of it is done whenever we would wait for workers. It may not come to
    its end.
    """
    tasks = iter(tasks)
    first = list(islice(tasks, crew.few))
    if crew.scheduler is None and (crew.jobs == 1 or (crew.few and len(first) < crew.few)):
        tool = make_tool(*arguments)
        try:
            for task in chain(first, tasks):
                yield task.result if isinstance(task, Done) else method(tool, task)
        finally:
            if isinstance(tool, Closeable):
                tool.close()
        return
    # Imported here, as all that only work with processes needs: a build with little to do has none.
    import secrets

    token = secrets.token_hex(8)
    with _executors(crew, token, make_tool, arguments) as (renew, workers):
        queue = _Queue(renew, token, method)
        waiting = _chunks(chain(first, tasks), crew)
        while True:
            while len(queue) < workers * AHEAD and (chunk := next(waiting, None)):
                queue.put(chunk)
            if not queue:
                return
            while idle is not None and not queue.ready() and next(idle, _NOTHING) is not _NOTHING:
                pass
            yield from queue.take(lost)


@contextmanager
def meanwhile(
    jobs: int, function: Callable[Given, Out], /, *args: Given.args, **kwargs: Given.kwargs
) -> Iterator[Callable[[], Out]]:
    """Let `function` run in a process of its own while the block runs. What it yields waits for the result.

    Its process has ended by then: the caller asks for the result before it starts other workers, since to fork beside
    an executor's threads is not safe. With one job, the work is done here when it is asked for. What the function
    raises is raised there; it must be one that can be called again, should its process be killed.
    """
    if jobs == 1:
        yield lru_cache(maxsize=1)(lambda: function(*args, **kwargs))
        return
    with _processes(1, "fork", _settle) as pool:
        future = pool.submit(function, *args, **kwargs)

        @lru_cache(maxsize=1)
        def result() -> Out:
            try:
                return future.result()
            except BrokenExecutor:
                return function(*args, **kwargs)
            finally:
                pool.shutdown()

        yield result


def _chunks(tasks: Iterator[Any], crew: Crew) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    heavy = 0
    for task in tasks:
        chunk.append(task)
        heavy += crew.weight(task) if crew.weight and not isinstance(task, Done) else 0
        if len(chunk) >= crew.chunk or heavy > crew.heavy:
            yield chunk
            chunk, heavy = [], 0
    if chunk:
        yield chunk


class _Queue:
    """Chunks that are worked on, in their order."""

    def __init__(self, renew: Callable[[], Executor], token: str, method: Callable[[Any, Any], Any]) -> None:
        self._renew = renew
        self._token = token
        self._method = method
        self._executor = renew()
        self._waiting: deque[tuple[list[Any], Future[list[Any]] | None]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, chunk: list[Any]) -> None:
        self._waiting.append((chunk, self._submit(chunk)))

    def _submit(self, chunk: list[Any]) -> Future[list[Any]] | None:
        todo = [task for task in chunk if not isinstance(task, Done)]
        if not todo:
            return None
        try:
            return self._executor.submit(_run, self._token, self._method, todo)
        except BrokenExecutor as error:
            # Found out when its turn comes, like one that broke while it worked.
            broken: Future[list[Any]] = Future()
            broken.set_exception(error)
            return broken

    def ready(self) -> bool:
        """Whether the results of the first chunk are there."""
        future = self._waiting[0][1]
        return future is None or future.done()

    def take(self, lost: Callable[[Any], Any] | None) -> list[Any]:
        """The results of the first chunk."""
        chunk, future = self._waiting.popleft()
        try:
            found = future.result() if future else []
        except BrokenExecutor as error:
            if lost is None:
                raise EnvironmentFault(
                    "a worker process died (killed, or out of memory); try fewer --jobs"
                ) from error
            found = self._one_by_one([task for task in chunk if not isinstance(task, Done)], lost)
            # The pool is gone with all that it was given.
            self._waiting = deque((later, self._submit(later)) for later, _ in self._waiting)
        results = iter(found)
        return [task.result if isinstance(task, Done) else next(results) for task in chunk]

    def _one_by_one(self, tasks: list[Any], lost: Callable[[Any], Any]) -> list[Any]:
        found = []
        self._executor = self._renew()
        for task in tasks:
            try:
                found += self._executor.submit(_run, self._token, self._method, [task]).result()
            except BrokenExecutor:
                found.append(lost(task))
                self._executor = self._renew()
        return found


@contextmanager
def _executors(
    crew: Crew, token: str, make_tool: Callable[..., Any], arguments: tuple[Any, ...]
) -> Iterator[tuple[Callable[[], Executor], int]]:
    """What makes an executor, anew where one is broken, and the number of its workers."""
    if crew.scheduler is not None:
        # Imported here: an extra that few install.
        from pouch.cluster import cluster

        opened: AbstractContextManager[tuple[Executor, int]] = cluster(
            crew.scheduler, _prepare, (token, make_tool, arguments)
        )
        with opened as (executor, workers):
            yield lambda: executor, workers
        return
    pools: list[ProcessPoolExecutor] = []

    def renew() -> Executor:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)
        pools[:] = [_processes(crew.jobs, crew.start, _start, (token, make_tool, arguments))]
        return pools[0]

    try:
        yield renew, crew.jobs
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _processes(
    jobs: int, start: str, begin: Callable[..., None], arguments: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(start if start in methods else "spawn")
    return ProcessPoolExecutor(jobs, context, initializer=begin, initargs=arguments)


# --- inside a worker ------------------------------------------------------------------------------------------

_makers: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {}
_tools: dict[str, Any] = {}
_turn = threading.Lock()  # a cluster's worker may have many threads, and a tool is for one


def _prepare(token: str, make_tool: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    _makers[token] = (make_tool, arguments)


def _start(token: str, make_tool: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    _settle()
    _tools[token] = make_tool(*arguments)


def _settle() -> None:
    # What the parent has made so far stays as it is: to look through it would copy its pages into every worker.
    gc.freeze()
    gc.enable()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl-C reaches the whole group; the parent ends its workers itself, and only it has anything to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever, and hold the lock that it inherited."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _run(token: str, method: Callable[[Any, In], Out], tasks: list[In]) -> list[Out]:
    with _turn:
        if token not in _tools:
            make_tool, arguments = _makers[token]
            # Only the newest: a cluster lives longer than what it works for.
            _tools.clear()
            _tools[token] = make_tool(*arguments)
        return [method(_tools[token], task) for task in tasks]
