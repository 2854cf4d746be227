"""A map over worker processes. Each process makes a tool once; a method of it is called for every task.

Results and their order do not depend on the number of workers. Tasks go through the `concurrent.futures` interface, to
processes of this machine or to a cluster (`pouch.cluster`).
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    NamedTuple,
    NoReturn,
    ParamSpec,
    Protocol,
    TypeVar,
    cast,
    runtime_checkable,
)

from pouch.errors import EnvironmentFault

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Tool = TypeVar("Tool")
In = TypeVar("In")
Out = TypeVar("Out")
Params = ParamSpec("Params")


@runtime_checkable
class Closeable(Protocol):
    """A tool with an open resource."""

    def close(self) -> None:
        """Close the resource."""


class Finished(NamedTuple, Generic[Out]):
    """A task that already has its result: it keeps its place in the order and goes to no worker."""

    result: Out


class PoolConfig(NamedTuple):
    """The number of workers, and how tasks are handed to them."""

    jobs: int
    chunk: int = 64  # tasks that a worker gets at once
    min_tasks: int = 150  # with fewer tasks no process is started, which would cost more than it saves
    weight: Callable[[Any], int] | None = None  # of a task; a chunk ends when it weighs over `max_weight`
    max_weight: int = 0
    # Forked workers share what is already loaded. Where threads run, "fork" would copy them in an unknown state.
    start_method: str = "fork"
    niceness: int = 0  # of workers, so that this process goes first if it works at the same time
    scheduler: str | None = None  # the address of a Dask scheduler, instead of processes


_NOTHING = object()
CHUNKS_PER_WORKER = 4
"""Chunks per worker that are queued or running: an upper bound for what is in memory."""


def default_jobs() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool_beside_threads() -> PoolConfig:
    """The pool of a process in which threads run.

    A forked worker would have the locks that the threads held at that moment, and wait for them forever.
    """
    return PoolConfig(default_jobs(), start_method="spawn")


def parallel_map(
    make_tool: Callable[..., Tool],
    arguments: tuple[Any, ...],
    method: Callable[[Tool, In], Out],
    tasks: Iterable[Any],  # In, or Finished
    config: PoolConfig,
    lost: Callable[[In], Out] | None = None,
    idle: Iterator[object] | None = None,
) -> Iterator[Out]:
    """Yield `method(tool, task)` for each task, in order. Workers are used if there are enough tasks.

    `make_tool(*arguments)` is called once in each process. An exception in a task is raised here. If a worker dies
    (killed, out of memory), its tasks run again one by one; a task that ends its worker twice has the result
    `lost(task)`. Without `lost`, a dead worker raises EnvironmentFault.

    `idle` is work of the caller: one step of it runs whenever this function would wait for workers. It may not be
    exhausted at the end.
    """
    tasks = iter(tasks)
    first = list(islice(tasks, config.min_tasks))
    if config.scheduler is None and (
        config.jobs == 1 or (config.min_tasks and len(first) < config.min_tasks)
    ):
        tool = make_tool(*arguments)
        try:
            for task in chain(first, tasks):
                yield task.result if isinstance(task, Finished) else method(tool, task)
        finally:
            if isinstance(tool, Closeable):
                tool.close()
        return
    # Imported here, like everything that only processes need: a build with few tasks starts none.
    import secrets

    token = secrets.token_hex(8)
    with _executors(config, token, make_tool, arguments) as (renew, workers):
        queue = _Queue(renew, token, method)
        waiting = _chunks(chain(first, tasks), config)
        while True:
            while len(queue) < workers * CHUNKS_PER_WORKER and (chunk := next(waiting, None)):
                queue.put(chunk)
            if not queue:
                return
            while idle is not None and not queue.ready() and next(idle, _NOTHING) is not _NOTHING:
                pass
            yield from queue.take(lost)


@contextmanager
def run_in_background(
    jobs: int, function: Callable[Params, Out], /, *args: Params.args, **kwargs: Params.kwargs
) -> Iterator[Callable[[], Out]]:
    """Run `function` in its own process while the block runs. The yielded callable waits for the result.

    The process has ended when that callable returns. Call it before other workers start, since forking beside an
    executor's threads is not safe. With one job, the function runs in this process when the result is asked for. Its
    exceptions are raised by the callable. If its process is killed, the function is called again here.
    """
    if jobs == 1 or not hasattr(os, "fork"):
        yield lru_cache(maxsize=1)(lambda: function(*args, **kwargs))
        return
    # Forked by hand: a pool of one process is a dozen modules and two threads, at every build.
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _run_and_exit(writer, parent, lambda: function(*args, **kwargs))
    os.close(writer)
    pipe = os.fdopen(reader, "rb")

    @lru_cache(maxsize=1)
    def result() -> Out:
        with pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        try:
            raised, value = pickle.loads(data)  # noqa: S301  # from our own child
        except (EOFError, pickle.UnpicklingError):
            return function(*args, **kwargs)
        if raised:
            raise value
        return cast(Out, value)

    try:
        yield result
    finally:
        if not pipe.closed:
            # The result is not needed.
            os.kill(child, signal.SIGKILL)
            pipe.close()
            os.waitpid(child, 0)


def _run_and_exit(writer: int, parent: int, function: Callable[[], object]) -> NoReturn:
    """Write what `function` returns or raises to a pipe, and end this forked process without any clean-up."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _be_killed_with(parent)
        try:
            outcome = False, function()
        except Exception as error:
            # Raised again in the parent.
            outcome = True, error
        with os.fdopen(writer, "wb") as stream:
            pickle.dump(outcome, stream)
        status = 0
    finally:
        os._exit(status)


def _chunks(tasks: Iterator[Any], config: PoolConfig) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    heavy = 0
    for task in tasks:
        chunk.append(task)
        heavy += config.weight(task) if config.weight and not isinstance(task, Finished) else 0
        if len(chunk) >= config.chunk or heavy > config.max_weight:
            yield chunk
            chunk, heavy = [], 0
    if chunk:
        yield chunk


class _Queue:
    """Chunks that are queued or running, in the order of the tasks."""

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
        todo = [task for task in chunk if not isinstance(task, Finished)]
        if not todo:
            return None
        try:
            return self._executor.submit(_run, self._token, self._method, todo)
        except BrokenExecutor as error:
            # Handled when its turn comes, like a pool that breaks while it works.
            broken: Future[list[Any]] = Future()
            broken.set_exception(error)
            return broken

    def ready(self) -> bool:
        """Whether the first chunk is complete."""
        future = self._waiting[0][1]
        return future is None or future.done()

    def take(self, lost: Callable[[Any], Any] | None) -> list[Any]:
        """The results of the first chunk."""
        chunk, future = self._waiting.popleft()
        try:
            results = future.result() if future else []
        except BrokenExecutor as error:
            if lost is None:
                raise EnvironmentFault(
                    "a worker process died (killed, or out of memory); try fewer --jobs"
                ) from error
            results = self._one_by_one([task for task in chunk if not isinstance(task, Finished)], lost)
            # The broken pool has lost the later chunks too.
            self._waiting = deque((later, self._submit(later)) for later, _ in self._waiting)
        unread = iter(results)
        return [task.result if isinstance(task, Finished) else next(unread) for task in chunk]

    def _one_by_one(self, tasks: list[Any], lost: Callable[[Any], Any]) -> list[Any]:
        results = []
        self._executor = self._renew()
        for task in tasks:
            try:
                results += self._executor.submit(_run, self._token, self._method, [task]).result()
            except BrokenExecutor:
                results.append(lost(task))
                self._executor = self._renew()
        return results


@contextmanager
def _executors(
    config: PoolConfig, token: str, make_tool: Callable[..., Any], arguments: tuple[Any, ...]
) -> Iterator[tuple[Callable[[], Executor], int]]:
    """A function that makes an executor, or replaces a broken one, and the number of its workers."""
    if config.scheduler is not None:
        # Imported here: it belongs to an extra.
        from pouch.cluster import cluster

        opened: AbstractContextManager[tuple[Executor, int]] = cluster(
            config.scheduler, _prepare, _forget, (token, make_tool, arguments)
        )
        with opened as (executor, workers):
            yield lambda: executor, workers
        return
    pools: list[ProcessPoolExecutor] = []

    def renew() -> Executor:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)
        start = (token, make_tool, arguments, config.niceness)
        pools[:] = [_processes(config.jobs, config.start_method, _start, start)]
        return pools[0]

    try:
        yield renew, config.jobs
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
    try:
        return ProcessPoolExecutor(jobs, context, initializer=begin, initargs=arguments)
    except OSError as error:
        # Workers share semaphores, which Linux keeps in /dev/shm; some sandboxes have none.
        reason = error.strerror or error
        raise EnvironmentFault(
            f"no worker process can be started, since /dev/shm cannot be used: {reason}; --jobs 1 does without"
        ) from error


# --- inside a worker ------------------------------------------------------------------------------------------

_makers: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {}
_tools: dict[str, Any] = {}
_tool_lock = threading.Lock()  # a worker of a cluster may have many threads, a tool serves one


def _prepare(token: str, make_tool: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    _makers[token] = (make_tool, arguments)


def _forget(token: str) -> None:
    with _tool_lock:
        _makers.pop(token, None)
        _tools.pop(token, None)


def _start(token: str, make_tool: Callable[..., Any], arguments: tuple[Any, ...], niceness: int) -> None:
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    _settle()
    _tools[token] = make_tool(*arguments)


def _settle() -> None:
    from multiprocessing import parent_process

    # Garbage collection would write to the objects of the parent and so copy their memory pages into every worker.
    gc.freeze()
    gc.enable()
    if (parent := parent_process()) is not None and parent.pid is not None:
        _be_killed_with(parent.pid)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl-C reaches the whole process group. The parent ends its workers, and it alone prints.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


_PR_SET_PDEATHSIG = 1  # prctl(2)


def _be_killed_with(parent: int) -> None:
    """Let Linux kill this process when its parent ends, also in the middle of a call that holds Python's lock.

    A long search of a regular expression, for one, would keep the thread of `_end_with_parent` from running.
    """
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It had ended before the system was asked.
        os._exit(1)


def _end_with_parent() -> None:
    """End with the parent: otherwise a worker would wait forever and hold the lock that it inherited."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _run(token: str, method: Callable[[Any, In], Out], tasks: list[In]) -> list[Out]:
    with _tool_lock:
        if token not in _tools:
            make_tool, arguments = _makers[token]
            # Only the newest tool: a cluster outlives the command that it works for.
            _tools.clear()
            _tools[token] = make_tool(*arguments)
        return [method(_tools[token], task) for task in tasks]
