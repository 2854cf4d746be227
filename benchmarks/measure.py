"""What a command costs: seconds on the wall, seconds of processors, and the memory of its whole process tree."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

# How often memory is looked at. Reading it stops the process for a moment, so timed runs are not looked at.
INTERVAL = 0.1


class Cost(msgspec.Struct):
    """What one run took."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of the process and of the children that it waited for
    peak: int = 0  # bytes: the highest sum of PSS over the process tree; 0 where it was not looked at
    killed: bool = False


def run(
    command: Sequence[object],
    folder: Path,
    *,
    cores: int,
    memory: bool = False,
    environment: Mapping[str, str] | None = None,
    fine: Collection[int] = (0,),
    kill_when: Callable[[], bool] | None = None,
) -> Cost:
    """Run `command` in `folder` on the first `cores` processors.

    With `kill_when`, which is asked as often as memory is looked at, the process alone gets SIGKILL as soon as it says
    so; its workers have to end by themselves. Raises RuntimeError with its output where it ends with a code that is
    not `fine`, or where a process of its tree lives ten seconds longer than it.
    """
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    # What the run before wrote goes to the disk first: else the run after the largest site would pay for it.
    os.sync()
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env={**_compiled(os.environ), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),  # no thread runs yet
        text=True,
    )
    peak = 0
    killed = False
    tree: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        nonlocal peak, killed, tree
        while not done.wait(INTERVAL):
            tree = set(_tree(process.pid))
            if memory:
                peak = max(peak, sum(pss_of(pid) for pid in tree))
            if kill_when is not None and not killed and kill_when():
                killed = True
                process.kill()

    watcher = threading.Thread(target=watch)
    if memory or kill_when:
        watcher.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - start
    done.set()
    if watcher.ident:
        watcher.join()
    after = os.times()
    if not killed and process.returncode not in fine:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output}")
    if killed:
        _outlive(tree - {process.pid})
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, peak, killed)


def _outlive(tree: Collection[int]) -> None:
    """Wait until the processes have ended. Raises RuntimeError after ten seconds."""
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in tree):
            return
        time.sleep(0.1)
    raise RuntimeError(f"processes {tree} live on, though the one that started them was killed")


def _compiled(environment: Mapping[str, str]) -> dict[str, str]:
    """Without what keeps Python from storing compiled modules: an installed package has them."""
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _tree(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return


def pss_of(pid: int) -> int:
    """Bytes of a process: its own pages, and its share of those that it shares."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # it has just ended
    return 0


def cpu_of(pid: int) -> float:
    """Seconds of processors that a process has used, with those of the children that it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """Processor, memory, kernel and file system of the working folder, in a line."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = int(Path("/proc/meminfo").read_text().split(None, 2)[1]) / 1024**2
    count = len(os.sched_getaffinity(0))
    return f"{model}, {count} processors, {memory:.0f} GiB of memory, Linux {os.uname().release}"
