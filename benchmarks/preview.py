"""How long an editor waits: from saving an entry to the changed page in the preview.

    python -m benchmarks.preview --sizes 108,1000,10000

108 is this repository's own site. Larger sizes are generated. Prints seconds on the wall and of this process.
"""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import click

from benchmarks.corpus import write_corpus
from pouch.engine.build import build
from pouch.engine.report import Report
from pouch.scaffold import Choices, make
from pouch.serve.preview import PagesWritten, Preview
from pouch.site import Site

ROOT = Path(__file__).parents[1]
SAMPLE = 108
PATIENCE = 600
"""Seconds after which a page that does not change ends the measurement."""


def make_site(folder: Path, size: int) -> Path:
    """A site with this number of entries."""
    if size == SAMPLE:
        for name in ("content", "plugins", "theme"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copyfile(ROOT / "pelicanconf.py", folder / "pelicanconf.py")
        return folder
    make(folder, Choices())
    shutil.rmtree(folder / "content")
    write_corpus(size, folder)
    return folder


def newest_entry(site: Path) -> Path:
    """The file of the entry with the latest date."""
    dated = {
        found[1]: file
        for file in sorted((site / "content/entries").rglob("*.md"))
        if (found := re.search(r"(?m)^date: (\S+)", file.read_text("utf-8")))
    }
    return dated[max(dated)]


def wait_for(address: str, text: str) -> None:
    """Ask for a page until it holds the text. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with urllib.request.urlopen(address) as answer:  # noqa: S310  # the preview's own address
            if text in answer.read().decode():
                return
        time.sleep(0.005)
    raise TimeoutError(f"{address} does not show {text!r}")


def measure(size: int, saves: int) -> list[tuple[float, float]]:
    """Seconds on the wall and of this process, for each save."""
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder) / "site", size)
        entry = newest_entry(site)

        built = threading.Event()

        def rebuild(of: Site, pages_written: PagesWritten) -> Report:
            report = build(of, pages_written=pages_written)
            built.set()
            return report

        preview = Preview(site, None, rebuild, bind="127.0.0.1", port=0)
        running = threading.Thread(target=preview.run, daemon=True)
        running.start()
        built.wait(PATIENCE)
        slug = re.search(r"(?m)^slug: (\S+)", entry.read_text("utf-8"))
        address = f"{preview.address}briefings/{slug[1] if slug else entry.stem}/"
        times = []
        for number in range(saves):
            built.clear()
            mark = f"Measured sentence {number}."
            wall, used = time.perf_counter(), time.process_time()
            entry.write_text(f"{entry.read_text('utf-8')}\n{mark}\n", "utf-8")
            wait_for(address, mark)
            times.append((time.perf_counter() - wall, time.process_time() - used))
            built.wait(PATIENCE)
        preview.close()
        running.join(PATIENCE)
        return times


@click.command()
@click.option("--sizes", default="108,1000", show_default=True, help="Numbers of entries, with commas.")
@click.option("--saves", default=5, show_default=True, help="Saves for each size; the median counts.")
def main(sizes: str, saves: int) -> None:
    """Measure the time from a save to the changed page.

    \b
    Example:
        python -m benchmarks.preview --sizes 108,1000,10000 --saves 5
    """
    click.echo(f"{'entries':>8}  {'wall':>8}  {'process':>8}")
    for size in map(int, sizes.split(",")):
        times = measure(size, saves)
        wall, used = (statistics.median(column) for column in zip(*times, strict=True))
        click.echo(f"{size:>8}  {wall * 1000:>5.0f} ms  {used * 1000:>5.0f} ms")


if __name__ == "__main__":
    main()
