"""A `pouch` command in a process of its own that waits at a point until the test lets it go on.

What a test does to a command in the middle of its work does not depend on how fast the machine is: the command says
that it has reached the point, and stays there.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

Point = Callable[..., object] | str
PATIENCE = 300
"""Seconds after which a process that hangs fails a test; nothing waits as long where all is well."""


class Held:
    """The command, at the point."""

    def __init__(self, process: subprocess.Popen[str], reached: int, go: int) -> None:
        self.process = process
        self._reached = reached
        self._go = go

    def release(self) -> None:
        """Let the command go on, and no longer stop at the point."""
        if self._go >= 0:
            os.close(self._go)
            self._go = -1

    def wait_for_all(self) -> None:
        """Wait until the command and every process that it has forked have ended."""
        while self._read():
            pass

    def wait_for(self, times: int) -> bool:
        """Wait until the point is reached for the time of that number; False where the command ends before."""
        while times > 0:
            if not (read := self._read()):
                return False
            times -= len(read)
        return True

    def _read(self) -> bytes:
        """A byte for each time that a process reaches the point; nothing once all of them have ended."""
        ready, _, _ = select.select([self._reached], [], [], PATIENCE)
        assert ready, "the command neither reaches the point nor ends"
        return os.read(self._reached, 1)


@contextmanager
def held(folder: Path, point: Point, *arguments: str, times: int = 1, **options: Any) -> Iterator[Held]:
    """`pouch ARGUMENTS` in `folder`, while the block runs; it waits when it is about to enter `point`.

    `point` is a function or a method of ours, or "module:name" for one of Python's. It is the call of number `times`
    that waits, counted over the command and all processes that it forks; later calls wait as well. `options` are those
    of `subprocess.Popen`. Fails where the command ends before.
    """
    point = point if isinstance(point, str) else f"{point.__module__}:{point.__qualname__}"
    reached, says_reached = os.pipe()
    may_go, go = os.pipe()
    command = [sys.executable, "-P", __file__, point, str(says_reached), str(may_go), *arguments]
    try:
        process = subprocess.Popen(
            command, cwd=folder, text=True, pass_fds=(says_reached, may_go), start_new_session=True, **options
        )
    finally:
        os.close(says_reached)
        os.close(may_go)
    # One call goes on for each of these bytes.
    os.write(go, b"." * (times - 1))
    running = Held(process, reached, go)
    try:
        assert running.wait_for(times), f"the command ended before call {times} of {point}"
        yield running
    finally:
        running.release()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.communicate()
        os.close(reached)


def _hold(point: str, says_reached: int, may_go: int) -> None:
    """Make the function wait for a byte at every call, or for the end of those who could send one."""
    module, _, path = point.partition(":")
    owner: Any = import_module(module)
    *classes, name = path.split(".")
    for each in classes:
        owner = getattr(owner, each)
    function = getattr(owner, name)

    @wraps(function)
    def waiting(*args: Any, **kwargs: Any) -> Any:
        os.write(says_reached, b".")
        os.read(may_go, 1)
        return function(*args, **kwargs)

    setattr(owner, name, waiting)


if __name__ == "__main__":
    _, point, says_reached, may_go, *arguments = sys.argv
    # Whoever starts the tests in the background has SIGINT ignored, and Python then leaves it so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _hold(point, int(says_reached), int(may_go))
    from pouch.cli import main

    main(arguments)
