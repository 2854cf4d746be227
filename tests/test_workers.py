"""Work in processes of its own."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pouch.errors import EnvironmentFault
from pouch.workers import PoolConfig, parallel_map, run_in_background
from tests.held import PATIENCE


def own_process() -> int:
    return os.getpid()


def killed_beside(parent: int) -> str:
    """Ends its process, unless that is `parent`."""
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def refuses() -> None:
    raise ValueError("no such thing")


@pytest.mark.parametrize(("jobs", "beside"), [(1, False), (2, True)])
def test_work_goes_on_beside_where_there_may_be_two_processes(jobs: int, beside: bool) -> None:
    """With one job nothing is started; with two, another process does it."""
    with run_in_background(jobs, own_process) as result:
        assert (result() != os.getpid()) is beside
        assert result() == result()


def test_work_whose_process_is_killed_is_done_all_the_same() -> None:
    """A process that memory ran out for costs time, not the build."""
    with run_in_background(2, killed_beside, os.getpid()) as result:
        assert result() == "done"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_work_raises_is_raised_where_its_result_is_asked_for(jobs: int) -> None:
    """A fault beside is a fault here."""
    with run_in_background(jobs, refuses) as result, pytest.raises(ValueError, match="no such thing"):
        result()


class Gatekeeper:
    """A tool whose work is done when a file appears."""

    def __init__(self, gate: Path) -> None:
        self._gate = gate

    def wait(self, task: int) -> int:
        patience = time.monotonic() + PATIENCE
        while not self._gate.exists():
            assert time.monotonic() < patience, "nobody has opened the gate"
            time.sleep(0.01)
        return task


def test_where_memory_cannot_be_shared_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox without /dev/shm: the message names neither the output folder nor a disk; one job needs no memory."""

    def no_semaphore(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", no_semaphore)
    tasks = range(200)
    with pytest.raises(EnvironmentFault, match="cannot be used: Permission denied; --jobs 1 does without"):
        list(parallel_map(int, (), int.__add__, tasks, PoolConfig(2)))
    assert list(parallel_map(int, (), int.__add__, tasks, PoolConfig(1))) == list(tasks)


def test_while_workers_are_busy_the_caller_does_a_step_of_its_own(tmp_path: Path) -> None:
    """Here it is the third step that lets the workers go on."""
    gate = tmp_path / "open"

    def steps() -> Iterator[None]:
        yield
        yield
        gate.touch()
        # Workers have all the time that they want, so that no step is taken for lack of patience.
        while not done:
            yield

    done: list[int] = []
    for number in parallel_map(
        Gatekeeper, (gate,), Gatekeeper.wait, range(9), PoolConfig(2, chunk=9, min_tasks=0), idle=steps()
    ):
        done.append(number)
    assert done == list(range(9))


def test_where_nothing_is_waited_for_no_step_is_done() -> None:
    """What the caller has to do is its own to finish: alone it never waits."""
    steps = iter(range(3))
    assert list(parallel_map(int, (), int.__add__, range(9), PoolConfig(1), idle=steps)) == list(range(9))
    assert list(steps) == [0, 1, 2]


BUSY = """
import os, re, sys
from pathlib import Path
from pouch.engine.lock import locked
from pouch.errors import EnvironmentFault
from pouch.workers import PoolConfig, parallel_map, run_in_background

class Stuck:
    def search(self, task):
        os.write(int(sys.argv[2]), b".")
        re.search("(a+)+$", "a" * 99 + "b")

if __name__ == "__main__":
    with locked(Path(sys.argv[1])):
        config = PoolConfig(2, chunk=1, min_tasks=0, start_method="fork")
        list(parallel_map(Stuck, (), Stuck.search, range(9), config))
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere a worker ends with its parent once its call returns"
)
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("beside", ["parallel_map", "run_in_background"])
def test_workers_end_with_their_parent(tmp_path: Path, end: signal.Signals, beside: str) -> None:
    """However the parent ends, its workers end too, even in a call that never returns, and the lock is free."""
    script = BUSY
    if beside == "run_in_background":
        start = script.index("        config =")
        script = (
            script[:start]
            + "        with run_in_background(2, Stuck().search, 0) as result:\n            result()\n"
        )
    (tmp_path / "busy.py").write_text(script)
    alive, says_alive = os.pipe()
    command = [sys.executable, "-P", str(tmp_path / "busy.py"), str(tmp_path), str(says_alive)]
    # Whoever started the tests may have had signals ignored, and a process inherits that.
    process = subprocess.Popen(
        command,
        pass_fds=[says_alive],
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )
    os.close(says_alive)
    try:
        assert os.read(alive, 1) == b"."
        process.send_signal(end)
        assert process.wait(PATIENCE) == -end
        # The last process that has the pipe has ended when nothing more can be read.
        read = b"."
        while read:
            assert select.select([alive], [], [], PATIENCE)[0], "a worker lives on"
            read = os.read(alive, 1)
        with (tmp_path / "lock").open("r+b") as lock:
            # The system closes the files of a process one by one, so the lock may be free a moment later.
            fcntl.flock(lock, fcntl.LOCK_EX)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        os.close(alive)
