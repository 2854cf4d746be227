"""A real Dask scheduler with real worker processes: the same functions, the same results, also where a worker dies."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pouch.cli import pouch
from pouch.errors import EnvironmentFault
from tests.convert.sites import ENGLISH, make_site, run, tree

TITLE, BODY = ENGLISH.split("\n\n", 1)


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = (folder / "scheduler.log").open("w")
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._said(r"Scheduler at:\s+(tcp://\S+)", 1)[0]
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
            stdout=self.log, stderr=self.log, cwd=self.folder,
        )  # fmt: skip

    def _said(self, pattern: str, count: int) -> list[str]:
        """What the scheduler has said of that form, once it has said so many; it fails where the scheduler ends."""
        while self.scheduler.poll() is None:
            found = re.findall(pattern, (self.folder / "scheduler.log").read_text())
            if len(found) >= count:
                return found
            time.sleep(0.1)
        raise AssertionError((self.folder / "scheduler.log").read_text())

    def wait_for_workers(self) -> None:
        """Return once every worker has registered."""
        self._said(r"Starting worker compute stream", len(self.workers))

    def add_worker(self) -> None:
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder))
        self.workers.append(self._start("worker", self.address, *options))

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        self.log.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler with two workers."""
    folder = tmp_path / "dask"
    folder.mkdir()
    made = Cluster(folder)
    try:
        made.add_worker()
        made.add_worker()
        made.wait_for_workers()
        yield made
    finally:
        made.close()


def articles(folder: Path, count: int) -> Path:
    """A JSONL file of articles."""
    file = folder / "articles.jsonl"
    with file.open("w", encoding="utf-8") as written:
        for number in range(count):
            value = {
                "id": number,
                "title": f"Report {number}",
                "text": f"{BODY}\n\nReport {number} of the observers.",
            }
            written.write(json.dumps(value) + "\n")
    return file


@pytest.mark.slow
@pytest.mark.parametrize("command", ["convert", pytest.param("tag", marks=pytest.mark.long)])
def test_a_worker_is_killed_midway(cluster: Cluster, tmp_path: Path, command: str) -> None:
    """The lines and the files are those of one process, though half the cluster is gone before the end."""
    # More than fits between the two processes, so the command cannot end before it is read.
    source = articles(tmp_path, 160)
    started = [sys.executable, "-m", "pouch", command, str(source), "--site"]
    full = ["--json"] if command == "convert" else []
    here = [command, str(source), "--site", str(make_site(tmp_path / "alone")), "--jobs", "1", *full]
    alone = CliRunner().invoke(pouch, here, catch_exceptions=False)
    site = make_site(tmp_path / "site")
    process = subprocess.Popen(
        [*started, str(site), "--scheduler", cluster.address, *full], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(30)]
    assert process.poll() is None
    cluster.workers[0].send_signal(signal.SIGKILL)
    told += process.stdout.readlines()
    assert process.wait() == 0
    assert b"".join(told) == alone.stdout_bytes
    assert tree(site / "content") == tree(tmp_path / "alone" / "content")
    assert kept_by_workers(cluster.address) == {cluster.workers[1].pid: 0}


def kept_by_workers(address: str) -> dict[int, int]:
    """By worker: how many commands it still holds something of, which would fill it over a thousand commands."""
    from distributed import Client

    def count() -> tuple[int, int]:
        import os

        from pouch import workers

        return os.getpid(), len(workers._makers) + len(workers._tools)

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]  # partly typed
        return dict(client.run(count).values())


@pytest.mark.slow
def test_nobody_is_there_to_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that does not answer, or has no worker, is told in words, and the exit code is 2."""
    import pouch.cluster

    monkeypatch.setattr(pouch.cluster, "SCHEDULER_TIMEOUT", 2)
    site = make_site(tmp_path / "site")
    article = tmp_path / "a.txt"
    article.write_text(ENGLISH, "utf-8")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
        for given in (address, "nonsense://x", "tcp://127.0.0.1:0"):
            with pytest.raises(EnvironmentFault, match="no Dask scheduler answers") as caught:
                run(site, "--scheduler", given, article)
            assert caught.value.exitcode == 2
    (tmp_path / "dask").mkdir()
    # This one answers, however long it takes, and no worker will ever come.
    monkeypatch.setattr(pouch.cluster, "SCHEDULER_TIMEOUT", 120)
    monkeypatch.setattr(pouch.cluster, "WORKER_TIMEOUT", 1)
    lonely = Cluster(tmp_path / "dask")
    try:
        with pytest.raises(EnvironmentFault, match="has no worker"):
            run(site, "--scheduler", lonely.address, article)
    finally:
        lonely.close()


def test_the_extra_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the message says how to install it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    article = tmp_path / "a.txt"
    article.write_text(ENGLISH, "utf-8")
    with pytest.raises(EnvironmentFault, match=r"needs the package distributed: .* distributed"):
        run(make_site(tmp_path / "site"), "--scheduler", "tcp://127.0.0.1:1", article)


def test_a_worker_may_have_many_threads() -> None:
    """Tools are made once for each batch, and used by one thread at a time."""
    from threading import Thread

    from pouch import workers

    made: list[int] = []
    busy: list[int] = []

    def tool(number: int) -> int:
        made.append(number)
        return number

    def work(held: int, task: int) -> int:
        busy.append(1)
        assert len(busy) == 1
        time.sleep(0.01)
        busy.clear()
        return held * task

    results: list[Any] = []
    workers._prepare("test", tool, (3,))
    threads = [Thread(target=lambda n=n: results.extend(workers._run("test", work, [n]))) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, sorted(results)) == ([3], [0, 3, 6, 9])
