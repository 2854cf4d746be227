"""Killed at any moment, out of disk, without permission: no page is ever half-written, and the next build is right."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pouch.engine.lock import locked
from pouch.engine.state import State, folder_of
from pouch.markdown.renderer import Renderer
from pouch.theming.theme import Theme
from pouch.workers import PoolConfig
from tests import compiled
from tests.engine.sites import WorkSite, tree
from tests.held import PATIENCE, Held, Point, held

BUILD = ("build", "--jobs", "2")
MANY = 50
"""Entries whose pages and feeds are enough for worker processes."""
COMMAND = [sys.executable, "-m", "pouch", *BUILD]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[WorkSite, dict[int, dict[str, str]]]:
    """A site that swings between two states, and what a clean build of each publishes."""
    root = tmp_path_factory.mktemp("kill")
    work = WorkSite(root / "site")
    compiled.share(work.root)
    clean = {}
    for state in (0, 1):
        write(work, state)
        work.build(clean=True, output=root / f"clean-{state}")
        clean[state] = tree(root / f"clean-{state}")
    return work, clean


def write(work: WorkSite, state: int) -> None:
    """Some entries change, some come and go; enough of them that worker processes are used."""
    for number in range(24):
        work.entry(f"entry-{number}", date=f"2025-{number % 12 + 1:02}-05", body=f"Text {number} of {state}.")
    for number in range(24, 30):
        file = work.root / f"content/entries/entry-{number}.md"
        if number % 2 == state:
            work.entry(f"entry-{number}", countries="FR")
        else:
            file.unlink(missing_ok=True)


def check_whole(work: WorkSite, clean: dict[int, dict[str, str]]) -> None:
    """Every published file is wholly that of the one state or of the other."""
    for path, digest in tree(work.output).items():
        if not path.rpartition("/")[2].startswith(".pouch-"):
            assert digest in (clean[0].get(path), clean[1].get(path)), f"{path} is half-written"


# Where a build is killed: (point, call). They are spread over its work: read, build feed items, render, write, prune,
# and keep the state, of which nothing is committed yet.
POINTS: tuple[tuple[Point, int], ...] = (
    (Renderer.render, 1),
    (State.put_blobs, 1),
    (Theme.render, 40),
    ("os:replace", 60),
    ("os:unlink", 1),
    (State.put_stamps, 1),
)


def all_gone(build: Held, work: WorkSite) -> None:
    """Wait until no process of the build is left, and the system has taken back the lock that they shared."""
    build.wait_for_all()
    with (folder_of(work.site()) / "lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def swing(
    states: tuple[WorkSite, dict[int, dict[str, str]]],
    points: Iterable[tuple[Point, int]],
) -> None:
    work, clean = states
    write(work, 0)
    work.build()
    for turn, (point, times) in enumerate(points):
        state = (turn + 1) % 2
        write(work, state)
        with held(
            work.root, point, *BUILD, times=times, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as build:
            os.killpg(build.process.pid, signal.SIGKILL)
            all_gone(build, work)
        check_whole(work, clean)
        work.build()
        assert tree(work.output) == clean[state]


@pytest.mark.slow
def test_killed_at_six_points(states: tuple[WorkSite, dict[int, dict[str, str]]]) -> None:
    """The next build gives what a clean one gives, and leaves no temporary file."""
    swing(states, POINTS)


@pytest.mark.long
def test_killed_at_two_hundred_points(states: tuple[WorkSite, dict[int, dict[str, str]]]) -> None:
    """Likewise, at each of the first hundred files that are written and the first hundred pages that are rendered."""
    swing(
        states,
        ((point, call) for point in ("os:replace", Theme.render) for call in range(1, 101)),
    )


def test_workers_end_with_their_builder(tmp_path: Path) -> None:
    """Only the builder is killed: its workers go too, and the next build need not wait for them."""
    work = WorkSite(tmp_path / "site")
    compiled.share(work.root)
    for number in range(MANY):
        work.entry(f"entry-{number}")
    with held(work.root, Theme.render, *BUILD, times=9) as build:
        build.process.kill()
        all_gone(build, work)
    assert work.build().outputs > PoolConfig(jobs=2).min_tasks, "no worker was used"


@pytest.mark.slow
def test_a_full_disk_is_told_and_harms_nothing(states: tuple[WorkSite, dict[int, dict[str, str]]]) -> None:
    """Files that cannot grow stand in for a full disk: exit code 2, a message, and the next build is right."""
    work, clean = states
    write(work, 0)
    work.build()
    write(work, 1)

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    done = subprocess.run(
        COMMAND, cwd=work.root, capture_output=True, text=True, check=False, preexec_fn=no_room
    )
    assert done.returncode == 2
    assert done.stderr.startswith("pouch: ")
    assert "Traceback" not in done.stderr
    check_whole(work, clean)
    work.build()
    assert tree(work.output) == clean[1]


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A place where nothing can be created: exit code 2 and the place's name."""
    work = WorkSite(tmp_path / "site")
    work.entry("alpha")
    (tmp_path / "file").write_text("no folder", "utf-8")
    command = [*COMMAND, "--output", str(tmp_path / "file" / "output")]
    done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert str(tmp_path / "file") in done.stderr
    assert "Traceback" not in done.stderr


def test_the_second_builder_learns_who_is_first(tmp_path: Path) -> None:
    """Two builds at once: the one that comes later names the process that holds the lock."""
    work = WorkSite(tmp_path / "site")
    with locked(folder_of(work.site())):
        done = subprocess.run(COMMAND, cwd=work.root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"process {os.getpid()}" in done.stderr


def test_ctrl_c_ends_a_build_with_a_word(tmp_path: Path) -> None:
    """The terminal interrupts builder and workers alike: one line, the shell's code, no lock left behind."""
    work = WorkSite(tmp_path / "site")
    compiled.share(work.root)
    for number in range(MANY):
        work.entry(f"entry-{number}")
    with held(work.root, Theme.render, *BUILD, times=9, stderr=subprocess.PIPE) as build:
        os.killpg(build.process.pid, signal.SIGINT)
        build.release()
        _, said = build.process.communicate(timeout=PATIENCE)
    assert (build.process.returncode, said) == (130, "pouch: interrupted\n")
    work.build()
    assert tree(work.output).keys() == set(work.build().paths)


@contextmanager
def mounted(disk: Path, options: str) -> Iterator[None]:
    """A file system of its own at `disk`."""
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


needs_disks = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounts a small disk"
)


@needs_disks
def test_a_small_disk_that_fills_up_harms_nothing(tmp_path: Path) -> None:
    """A disk without room: exit code 2 and the file's name; with more room the next build is right."""
    disk = tmp_path / "disk"
    with mounted(disk, "size=256k"):
        work = WorkSite(tmp_path / "site")
        compiled.share(work.root)
        for number in range(8):
            work.entry(f"entry-{number}", body="Text. " * 500)
        work.build(clean=True, output=tmp_path / "clean")
        command = [*COMMAND, "--output", str(disk / "output")]
        done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert str(disk / "output") in done.stderr
        assert "No space left" in done.stderr
        assert "Traceback" not in done.stderr
        clean = tree(tmp_path / "clean")
        half = {p: d for p, d in tree(disk / "output").items() if ".pouch-" not in p}
        assert half.items() <= clean.items()
        remount(disk, "size=64m")
        work.build(output=disk / "output")
        assert tree(disk / "output") == clean


@needs_disks
def test_a_disk_that_became_read_only_harms_nothing(tmp_path: Path) -> None:
    """What was published stays as it was, the file is named, and once it can be written the next build is right."""
    disk = tmp_path / "disk"
    with mounted(disk, "size=64m"):
        work = WorkSite(tmp_path / "site")
        compiled.share(work.root)
        work.entry("alpha")
        work.entry("beta")
        work.build(output=disk / "output")
        before = tree(disk / "output")
        work.entry("alpha", body="Another text.")
        remount(disk, "ro")
        command = [*COMMAND, "--output", str(disk / "output")]
        done = subprocess.run(command, cwd=work.root, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert f"cannot write {disk / 'output'}" in done.stderr
        assert "Read-only file system" in done.stderr
        assert "Traceback" not in done.stderr
        assert tree(disk / "output") == before
        remount(disk, "rw")
        work.build(output=disk / "output")
        work.build(clean=True, output=tmp_path / "clean")
        assert tree(disk / "output") == tree(tmp_path / "clean") != before
