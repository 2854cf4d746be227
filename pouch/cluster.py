"""A Dask cluster as an executor: the scheduler does again what a worker that died had not done.

The workers need Pouch in the same version, and nothing of the site: what they work with is sent to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from typing import Any

from pouch.errors import EnvironmentFault

ANSWER = 10
"""Seconds in which a scheduler answers."""
WORKERS = 30
"""Seconds in which it has a worker; where all are gone, others are waited for as long."""


@contextmanager
def cluster(
    address: str, prepare: Callable[..., None], arguments: tuple[Any, ...]
) -> Iterator[tuple[Executor, int]]:
    """An executor of the scheduler at `address`, and its number of threads.

    `prepare(*arguments)` is called on each worker, also on those that join later. Raises EnvironmentFault where
    `distributed` is not installed, no scheduler answers, or none of its workers is ready.
    """
    try:
        from distributed import Client, WorkerPlugin
    except ImportError as error:
        raise EnvironmentFault(
            "--scheduler needs the package distributed: pip install 'pelican-pouch[dask]'"
        ) from error

    class Prepared(WorkerPlugin):
        """What a pool's initializer is to its processes."""

        name = f"pouch-{arguments[0]}"

        def setup(self, worker: Any) -> None:  # noqa: ARG002  # the signature is Dask's
            prepare(*arguments)

    try:
        client: Any = Client(address, timeout=ANSWER, set_as_default=False, name="pouch")  # type: ignore[no-untyped-call]  # partly typed
    except (OSError, ValueError, TimeoutError) as error:
        raise EnvironmentFault(f"no Dask scheduler answers at {address}: {error}") from error
    try:
        try:
            client.wait_for_workers(1, timeout=WORKERS)
        except TimeoutError as error:
            raise EnvironmentFault(f"the Dask scheduler at {address} has no worker") from error
        try:
            client.register_plugin(Prepared())
        except Exception as error:  # whatever a worker that lacks Pouch, or has another, makes of it
            raise EnvironmentFault(
                f"a worker of {address} cannot be given its work: {type(error).__name__}: {error}; "
                "is the same version of pelican-pouch installed there?"
            ) from error
        threads = sum(
            worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values()
        )
        yield _Cluster(client, address), max(1, threads)
    finally:
        client.close(timeout=ANSWER)


class _Cluster(Executor):
    """Dask's executor, whose failures are those of `concurrent.futures`."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        # The same task twice is two tasks.
        self._executor = client.get_executor(pure=False)

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As Executor.submit. Its result raises BrokenExecutor where the task ended worker after worker."""
        inner = self._executor.submit(function, *args, **kwargs)
        return _Answer(inner, self._client, self._address)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  # see below
        """As Executor.shutdown; what is still to do ends with the client."""
        self._executor.shutdown(wait=wait)


class _Answer(Future[Any]):
    """A future of the cluster. Waiting for one ends where the cluster has."""

    def __init__(self, inner: Future[Any], client: Any, address: str) -> None:
        super().__init__()
        self._inner = inner
        self._client = client
        self._address = address

    def result(self, timeout: float | None = None) -> Any:  # noqa: ARG002  # a cluster's patience is its own
        from distributed import KilledWorker

        while True:
            try:
                return self._inner.result(WORKERS)
            except KilledWorker as error:
                raise BrokenExecutor(str(error)) from error
            except CancelledError as error:
                raise EnvironmentFault(f"the Dask scheduler at {self._address} is gone") from error
            except TimeoutError as error:
                if self._inner.done():
                    raise  # the task's own
                if not self._has_workers():
                    raise EnvironmentFault(
                        f"the Dask scheduler at {self._address} has no worker left, or is gone"
                    ) from error

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except (OSError, TimeoutError, ValueError):
            return False
