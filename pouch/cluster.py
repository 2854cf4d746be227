"""A Dask cluster as an executor. The scheduler repeats the tasks of a worker that died.

Workers need the same version of Pouch. They need no files of the site: what they work with is sent to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from typing import Any

from pouch.errors import EnvironmentFault
from pouch.installation import installs

SCHEDULER_TIMEOUT = 10
"""Seconds to wait for a scheduler to answer."""
WORKER_TIMEOUT = 30
"""Seconds to wait for a worker, at the start and after the last one is gone."""


@contextmanager
def cluster(
    address: str, prepare: Callable[..., None], forget: Callable[[str], None], arguments: tuple[Any, ...]
) -> Iterator[tuple[Executor, int]]:
    """An executor of the scheduler at `address`, and its number of threads.

    `prepare(*arguments)` is called on each worker, also on those that join later, and `forget` with the first of the
    arguments at the end: a cluster outlives the commands that it works for. Raises EnvironmentFault if
    `distributed` is not installed, no scheduler answers, or it has no worker.
    """
    try:
        from distributed import Client, WorkerPlugin
    except ImportError as error:
        raise EnvironmentFault(
            f"--scheduler needs the package distributed: {installs('distributed')}"
        ) from error

    class Prepared(WorkerPlugin):
        """Like the initializer of a process pool."""

        def __init__(self, arguments: tuple[Any, ...]) -> None:
            # On the object, since workers keep the class.
            self.name = f"pouch-{arguments[0]}"
            self.arguments = arguments

        def setup(self, worker: Any) -> None:  # noqa: ARG002  # the signature is Dask's
            prepare(*self.arguments)

        def teardown(self, worker: Any) -> None:  # noqa: ARG002  # likewise
            forget(self.arguments[0])
            self.arguments = ()

    plugin = Prepared(arguments)
    try:
        client: Any = Client(address, timeout=SCHEDULER_TIMEOUT, set_as_default=False, name="pouch")  # type: ignore[no-untyped-call]  # partly typed
    except (OSError, ValueError, TimeoutError) as error:
        raise EnvironmentFault(f"no Dask scheduler answers at {address}: {error}") from error
    try:
        try:
            client.wait_for_workers(1, timeout=WORKER_TIMEOUT)
        except TimeoutError as error:
            raise EnvironmentFault(f"the Dask scheduler at {address} has no worker") from error
        try:
            client.register_plugin(plugin)
        except Exception as error:  # any error of a worker without Pouch, or with another version
            raise EnvironmentFault(
                f"a worker of {address} cannot be set up: {type(error).__name__}: {error}; "
                "is the same version of pelican-pouch installed there?"
            ) from error
        threads = sum(
            worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values()
        )
        try:
            yield _Cluster(client, address), max(1, threads)
        finally:
            with suppress(Exception):  # a cluster that is gone has forgotten everything
                client.unregister_worker_plugin(plugin.name)
    finally:
        client.close(timeout=SCHEDULER_TIMEOUT)


class _Cluster(Executor):
    """Dask's executor, with the exceptions of `concurrent.futures`."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        # Two equal tasks are both run.
        self._executor = client.get_executor(pure=False)

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Like Executor.submit. `result()` raises BrokenExecutor if the task ended several workers."""
        inner = self._executor.submit(function, *args, **kwargs)
        return _ClusterFuture(inner, self._client, self._address)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  # see below
        """Like Executor.shutdown. Tasks that have not run end with the client."""
        self._executor.shutdown(wait=wait)


class _ClusterFuture(Future[Any]):
    """A future of the cluster. Waiting ends when the cluster is gone."""

    def __init__(self, inner: Future[Any], client: Any, address: str) -> None:
        super().__init__()
        self._inner = inner
        self._client = client
        self._address = address

    def result(self, timeout: float | None = None) -> Any:  # noqa: ARG002  # the cluster's own timeout applies
        from distributed import KilledWorker

        while True:
            try:
                return self._inner.result(WORKER_TIMEOUT)
            except KilledWorker as error:
                raise BrokenExecutor(str(error)) from error
            except CancelledError as error:
                raise EnvironmentFault(f"the Dask scheduler at {self._address} is gone") from error
            except TimeoutError as error:
                if self._inner.done():
                    raise  # by the task itself
                if not self._has_workers():
                    raise EnvironmentFault(
                        f"the Dask scheduler at {self._address} has no worker left, or is gone"
                    ) from error

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except (OSError, TimeoutError, ValueError):
            return False
