"""A million articles through `pouch convert`, on a Dask cluster of this machine: what grows with the archive?

    python -m benchmarks.stream --articles 1000000 --piece 10000 --kill-every 10 --folder build/stream
    python -m benchmarks.stream --articles 1000000 --piece 5000 --minutes 10 --folder build/stream

Articles are generated as they are needed: a JSONL file of one piece, converted by one command, then deleted. A
scheduler and its workers run all the time. Every so many pieces the command is killed half-way and given again. A row
for each piece: what a thousand articles cost in seconds, of the wall and of all processors, and the highest memory of
the command and of the workers. After `--minutes` it stops, and says what the rest would take at the same cost; with
`--before` the archive has so many entries already, so that a short run shows what a long one comes to. With `--resume`
it goes on with the first piece that an earlier run did not finish, in the same folder.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from benchmarks.batch import after_lines, article_lines, lines_done, make_site
from benchmarks.corpus import write_corpus
from benchmarks.measure import Cost, cpu_of, machine, pss_of, run

_ADDRESS = re.compile(r"tcp://[\d.]+:\d+")


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a scheduler on this machine, and the processes of its workers, while the block runs."""
    log = folder / "scheduler.log"
    processes = []
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    try:
        with log.open("wb") as output:
            processes.append(
                subprocess.Popen([*dask, "--no-dashboard"], stdout=output, stderr=output, cwd=folder)
            )
        while not (match := _ADDRESS.search(log.read_text("utf-8"))):
            time.sleep(0.2)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", match[0], "--nthreads", "1"]
        for number in range(workers):
            with (folder / f"worker-{number}.log").open("wb") as output:
                options = ["--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
                processes.append(
                    subprocess.Popen([*worker, *options], stdout=output, stderr=output, cwd=folder)
                )
        yield match[0], [process.pid for process in processes[1:]]
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def _columns(size: int, cost: Cost, cpu: float, pids: list[int]) -> str:
    thousands = max(size, 1) / 1000
    memory = max(map(pss_of, pids)) / 1e6
    return f"{cost.wall / thousands:.1f} | {cpu / thousands:.1f} | {cost.peak / 1e6:.0f} | {memory:.0f}"


def _begin(folder: Path, before: int) -> None:
    """An empty folder with a site of so many entries."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    site = make_site(folder / "site")
    if before:
        shutil.rmtree(site / "content")
        write_corpus(before, site)
    (folder / "done").write_text(str(before), "utf-8")


@click.command()
@click.option("--articles", "count", default=1_000_000, show_default=True)
@click.option("--piece", default=10_000, show_default=True, help="Articles of one command.")
@click.option("--workers", default=2, show_default=True)
@click.option(
    "--kill-every", default=10, show_default=True, help="Pieces; the last of them is killed half-way."
)
@click.option("--before", default=0, show_default=True, help="Entries that are there before the first piece.")
@click.option("--minutes", type=float, help="Stop after so many.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run in FOLDER ended, however it ended.")
@click.option("--folder", type=click.Path(path_type=Path), required=True)
def main(
    count: int,
    piece: int,
    workers: int,
    kill_every: int,
    before: int,
    minutes: float | None,
    resume: bool,
    folder: Path,
) -> None:
    """Convert a stream of articles in pieces, and print what each costs."""
    # Who ends this ends the cluster too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    site, source, output, mark = (folder / name for name in ("site", "piece.jsonl", "said", "done"))
    if not resume:
        _begin(folder, before)
    first = int(mark.read_text("utf-8"))
    end = time.monotonic() + (minutes or 1e9) * 60
    print(machine())
    print("| articles | ended | s a 1,000 | processor s | command, MB | worker, MB | entries | index, MB |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|", flush=True)
    cpu_seconds = []
    with cluster(workers, folder) as (address, pids):
        # The shell only opens the files: what it ends with, and what gets the signal, is the command.
        words = (
            f'convert --site "{site}" --scheduler {address} "{source}" >"{output}" 2>"{folder / "faults"}"'
        )
        command = ["sh", "-c", f'exec "{sys.executable}" -m pouch {words}']
        done = first
        for start in range(first, before + count, piece):
            number = (start - before) // piece + 1
            with source.open("wb") as file:
                file.writelines(article_lines(piece, start))
            for is_killed in (True, False) if number % kill_every == 0 else (False,):
                output.unlink(missing_ok=True)
                of_workers = sum(map(cpu_of, pids))
                until = after_lines(piece // 2, output) if is_killed else None
                cost = run(command, folder, cores=2, memory=True, fine=(0, 1), kill_when=until)
                cpu = cost.cpu + sum(map(cpu_of, pids)) - of_workers
                lines = lines_done(output)
                done += 0 if is_killed else piece
                entries = sum(1 for _ in (site / "content" / "entries").rglob("*.md"))
                index = (site / ".pouch" / "articles.sqlite").stat().st_size / 1e6
                ended = "SIGKILL" if cost.killed else "by itself"
                columns = _columns(lines, cost, cpu, pids)
                print(f"| {done:,} | {ended} | {columns} | {entries:,} | {index:.0f} |", flush=True)
            mark.write_text(str(done), "utf-8")
            cpu_seconds.append(cpu / piece)
            if time.monotonic() > end:
                break
    rest = before + count - done
    print(
        f"\n{cpu_seconds[0] * 1000:.1f} s of processors a thousand in the first piece, "
        f"{cpu_seconds[-1] * 1000:.1f} in the last; {rest:,} more at that: "
        f"{rest * cpu_seconds[-1] / 3600:.1f} hours of one processor"
    )
    source.unlink()


if __name__ == "__main__":
    main()
