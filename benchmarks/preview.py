"""How long an editor waits in the preview: for the first page, and from saving a file to the changed page.

    python -m benchmarks.preview --sizes 108,1000,10000

108 is this repository's own site. Larger sizes are generated. The first pages are measured from the start of the
command on a site that was never built, on the wall alone: "first" with the newest entries, "whole" with all. Saves are
measured on the wall and in this process.
"""

from __future__ import annotations

import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.corpus import write_corpus
from pouch.engine.build import build
from pouch.engine.report import Events, Report
from pouch.scaffold import Choices, make
from pouch.serve.preview import Preview
from pouch.site import Site

ROOT = Path(__file__).parents[1]
SAMPLE = 108
PATIENCE = 600
"""Seconds after which a page that does not change ends the measurement."""
TEMPLATE = "theme/templates/entry.html"
PAGE = "<main"
"""What every page of the site has, and no notice in its place."""
PARTIAL = "entries have been read"
"""What a list says of which the first build has read the newest entries alone."""


class Edit(NamedTuple):
    """What is saved: a file, its text with a mark, and the page that is then to show the mark."""

    file: str
    text: Callable[[str], str]
    page: str


def make_site(folder: Path, size: int) -> Path:
    """A site with this number of entries and a theme of its own."""
    if size == SAMPLE:
        shutil.copytree(ROOT / "content", folder / "content")
        shutil.copytree(ROOT / "plugins", folder / "plugins")
        shutil.copyfile(ROOT / "pelicanconf.py", folder / "pelicanconf.py")
    else:
        make(folder, Choices())
        shutil.rmtree(folder / "content")
        write_corpus(size, folder)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write('\nTHEME = "theme"\n')
    shutil.copytree(ROOT / "theme", folder / "theme")
    return folder


def newest_entry(site: Path) -> Path:
    """The file of the entry with the latest date."""
    dated = {
        found[1]: file
        for file in sorted((site / "content/entries").rglob("*.md"))
        if (found := re.search(r"(?m)^date: (\S+)", file.read_text("utf-8")))
    }
    return dated[max(dated)]


def address_of(entry: Path) -> str:
    """An entry's page, below the site's address."""
    slug = re.search(r"(?m)^slug: (\S+)", entry.read_text("utf-8"))
    return f"briefings/{slug[1] if slug else entry.stem}/"


def edits_of(site: Path, entry: Path) -> dict[str, Edit]:
    """By name: what an editor saves."""
    text, page = entry.read_text("utf-8"), address_of(entry)
    new = re.sub(r"(?m)^(id|slug|translation_of|formerly): .*\n", "", text).removeprefix("---\n")
    template = (site / TEMPLATE).read_text("utf-8")
    (site / "content/pages").mkdir(exist_ok=True)
    return {
        "an entry": Edit(entry.relative_to(site).as_posix(), lambda mark: f"{text}\n{mark}\n", page),
        "a new entry": Edit(
            "content/entries/drafts/new-{}.md",
            lambda mark: f"---\nid: n{mark}\n{new}\n{mark}\n",
            "briefings/new-{}/",
        ),
        "the home page's text": Edit(
            "content/dossiers/home.md", lambda mark: f"Introduction.\n\n{mark}\n", ""
        ),
        "a page": Edit("content/pages/a.md", lambda mark: f"---\ntitle: Page\n---\n\n{mark}\n", "a/"),
        "a template": Edit(TEMPLATE, lambda mark: template.replace("</header>", f"{mark}</header>"), page),
    }


def wait_for(address: str, text: str, *, without: str = "\0", pause: float = 0.005) -> str:
    """Ask for a page, with pauses of so many seconds, until it has one text without the other. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310  # the preview's own address
                page = answer.read().decode()
            if text in page and without not in page:
                return str(page)
        except OSError:
            pass  # no server yet, or no page
        time.sleep(pause)
    raise TimeoutError(f"{address} does not show {text!r}")


def first_pages(site: Path, entry: Path) -> Iterator[tuple[str, float]]:
    """What is waited for, and seconds from the start of `pouch serve` on a site without state until it is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    port = address.rpartition(":")[2].rstrip("/")
    began = time.perf_counter()
    served = subprocess.Popen(
        [sys.executable, "-m", "pouch", "serve", "--site", str(site), "--port", port],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address + address_of(entry), PAGE)
        yield "first: an entry", time.perf_counter() - began
        home = wait_for(address, PAGE)
        yield "first: the home page", time.perf_counter() - began
        country = re.findall(r"/(countries/[\w-]+/)", home)[0]
        wait_for(address + country, PAGE)
        yield "first: a country", time.perf_counter() - began
        for what, path in (("the home page", ""), ("a country", country)):
            # Who asks all the time takes the processor from the build.
            wait_for(address + path, PAGE, without=PARTIAL, pause=0.1)
            yield f"whole: {what}", time.perf_counter() - began
    finally:
        served.terminate()
        served.wait()


@contextmanager
def previewed(site: Path) -> Iterator[tuple[Preview, Callable[[], object]]]:
    """A preview that has built once, and a function that waits for the end of the next build."""
    built = threading.Semaphore(0)

    def rebuild(of: Site, events: Events) -> Report:
        report = build(of, events=events)
        built.release()
        return report

    preview = Preview(site, None, rebuild, bind="127.0.0.1", port=0)
    running = threading.Thread(target=preview.run, daemon=True)
    running.start()
    built.acquire(timeout=PATIENCE)
    yield preview, lambda: built.acquire(timeout=PATIENCE)
    preview.close()
    running.join(PATIENCE)


def measure(size: int, saves: int) -> Iterator[tuple[str, float, float]]:
    """What was waited for, the median of its seconds on the wall, and of this process (0 where it is another's)."""
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder) / "site", size)
        entry = newest_entry(site)
        for what, seconds in first_pages(site, entry):
            yield what, seconds, 0
        edits = edits_of(site, entry)
        for edit in edits.values():
            if "{}" not in edit.file:
                (site / edit.file).parent.mkdir(parents=True, exist_ok=True)
                (site / edit.file).write_text(edit.text("Before."), "utf-8")
        (site / "content/entries/drafts").mkdir(exist_ok=True)
        with previewed(site) as (preview, wait_for_build):
            for what, edit in edits.items():
                times = []
                for number in range(saves):
                    page, mark = edit.page.format(number), f"mark{number}"
                    with preview.server.shows(f"/{page}"):
                        wall, used = time.perf_counter(), time.process_time()
                        (site / edit.file.format(number)).write_text(edit.text(mark), "utf-8")
                        wait_for(preview.address + page, mark)
                        times.append((time.perf_counter() - wall, time.process_time() - used))
                    wait_for_build()
                yield what, *(statistics.median(column) for column in zip(*times, strict=True))


@click.command()
@click.option("--sizes", default="108,1000", show_default=True, help="Numbers of entries, with commas.")
@click.option("--saves", default=5, show_default=True, help="Saves for each size; the median counts.")
def main(sizes: str, saves: int) -> None:
    """Measure the time to the first page, and from a save to the changed page.

    \b
    Example:
        python -m benchmarks.preview --sizes 108,1000,10000 --saves 5
    """
    click.echo(f"{'entries':>8}  {'':<22}  {'wall':>9}  {'process':>9}")
    for size in map(int, sizes.split(",")):
        for what, wall, used in measure(size, saves):
            click.echo(f"{size:>8}  {what:<22}  {wall * 1000:>6.0f} ms  {used * 1000:>6.0f} ms")


if __name__ == "__main__":
    main()
