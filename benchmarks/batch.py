"""What a batch costs: `pouch convert` over a JSONL file of articles, in a new site, with the peak of its memory.

    python -m benchmarks.batch --articles 100000 --jobs 2 --folder /tmp/batch

Article number i is the text of entry number i of `benchmarks.corpus`. One in 200 stands there a second time under
another address, one in 300 with other words here and there, one in 1000 is no article: the run has to name them all.
Then the same command again, which finds everything in place. Memory is the highest sum of PSS over the process tree.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import click

from benchmarks.corpus import VOCABULARY, Writer
from benchmarks.measure import machine, run

ROOT = Path(__file__).parents[1]
SEED = 1
SETTINGS = """from pouch.settings import *
POUCH_SITE_ID = "5c0f1b9e-7a3d-4c52-9d61-2f8a4be0c7d3"
"""


def articles(count: int) -> Iterator[bytes]:
    """The lines of the file, some of them faulty or repeated."""
    writer = Writer(SEED, list(tomllib.loads(VOCABULARY.read_text("utf-8"))))
    for number in range(count):
        yield json.dumps(_article(writer, number)).encode() + b"\n"
        if number % 200 == 199:
            again = _article(writer, number - 100)
            yield json.dumps({**again, "id": "again", "url": again["url"] + "-again"}).encode() + b"\n"
        if number % 300 == 299:
            other = _article(writer, number - 150)
            edited = _edited(other["text"], number)
            yield (
                json.dumps(
                    {**other, "id": "edited", "url": other["url"] + "-edited", "text": edited}
                ).encode()
                + b"\n"
            )
        if number % 1000 == 999:
            yield b'{"id": "broken", "text": \n'


def _article(writer: Writer, number: int) -> dict[str, str]:
    entry = writer.entry(number).text
    _, head, body = entry.split("---\n", 2)
    title, url, day = (
        re.search(pattern, head, re.MULTILINE)
        for pattern in (r'^title: "(.*)"$', r"url: (\S+)", r"^date: (\S+)")
    )
    assert title is not None
    assert url is not None
    assert day is not None
    text = re.sub(r"\[\^?([^\]]*)\]\([^)]*\)|[*_`]", r"\1", body)
    return {"id": str(number), "title": title[1], "url": url[1], "date": day[1], "text": text}


def _edited(text: str, seed: int) -> str:
    words = text.split(" ")
    rng = Random(seed)
    for _ in range(8):
        words[rng.randrange(len(words))] = "reportedly"
    return " ".join(words)


def make_site(folder: Path) -> Path:
    """A site without entries, with the whole vocabulary."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "content" / "vocabulary").mkdir(parents=True)
    shutil.copy(VOCABULARY, folder / "content" / "vocabulary" / "topics.toml")
    (folder / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    return folder


@click.command()
@click.option("--articles", "count", default=10_000, show_default=True)
@click.option("--jobs", default=2, show_default=True)
@click.option(
    "--folder", type=click.Path(path_type=Path), required=True, help="Where the corpus and the site are made."
)
def main(count: int, jobs: int, folder: Path) -> None:
    """Convert a generated batch, twice."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "articles.jsonl"
    with source.open("wb") as file:
        file.writelines(articles(count))
    lines = count + count // 200 + count // 300 + count // 1000
    site = make_site(folder / "site")
    # A fault in the input ends the command with 1, which is right, and would end the bench.
    command = [
        "sh",
        "-c",
        f'"{sys.executable}" -m pouch convert --site "{site}" --jobs {jobs} "{source}" >told 2>faults; test $? -le 1',
    ]
    print(machine())
    print(f"{count} articles, {lines} lines, {source.stat().st_size / 1e6:.0f} MB, {jobs} jobs")
    for name in ("first", "again"):
        cost = run(command, folder, cores=jobs, memory=True)
        print(
            f"{name}: {cost.wall:.0f} s, {lines / cost.wall:.0f} lines a second, peak {cost.peak / 1e6:.0f} MB"
        )
    written = sum(1 for _ in (site / "content" / "entries").rglob("*.md"))
    faults = (folder / "faults").read_text("utf-8")
    print(
        f"{written} files; {faults.count('[duplicate]')} duplicates, {faults.count('[bad-json]')} faults named"
    )
    index = site / ".pouch" / "articles.sqlite"
    print(f"index {index.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
