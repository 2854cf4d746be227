"""What a batch costs: `pouch convert` over a JSONL file of articles, in a new site, with the peak of its memory.

    python -m benchmarks.batch --articles 100000 --jobs 2 --kills 2 --folder /tmp/batch

Article number i is the text of entry number i of `benchmarks.corpus`. One in 200 stands there a second time under
another address, one in 300 with other words here and there, one in 1000 is no article: the run has to name them all.
The command is killed on its way as often as asked, each time after another part of the articles, and given again.
Then the same command once more, which finds everything in place. At the end each article's entry is looked for and
read: each is there once, with an id of its own and every word of its article. Memory is the highest sum of PSS over
the process tree.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import click
import msgspec

from benchmarks.corpus import VOCABULARY, Writer
from benchmarks.measure import Cost, machine, run

ROOT = Path(__file__).parents[1]
SEED = 1
SETTINGS = """from pouch.settings import *
POUCH_SITE_ID = "5c0f1b9e-7a3d-4c52-9d61-2f8a4be0c7d3"
"""


def article_lines(count: int, start: int = 0) -> Iterator[bytes]:
    """The lines of `count` articles from number `start` on, some of them faulty or repeated."""
    writer = Writer(SEED, list(tomllib.loads(VOCABULARY.read_text("utf-8"))))
    for number in range(start, start + count):
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


class Found(msgspec.Struct):
    """What the archive has of the articles that were put in. Nothing is lost where only `entries` is not zero."""

    entries: int = 0
    lost: int = 0  # articles without an entry
    twice: int = 0  # articles with more than one
    shared_ids: int = 0
    shared_texts: int = 0
    short_of_words: int = 0  # entries without some word of their article
    unfinished: int = 0  # temporary files left over


def audit(count: int, entries: Path) -> Found:
    """Reads every entry beside the article that it was made of."""
    found = Found(unfinished=sum(1 for _ in entries.rglob(".pouch-*.tmp")))
    files: dict[str, Path] = {}
    ids: set[str] = set()
    bodies: set[int] = set()
    for path in entries.rglob("*.md"):
        found.entries += 1
        head, body = path.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
        url, entry_id = _field(r'url: "?([^\s"}]+)', head), _field(r'^id: "(.*)"$', head)
        found.twice += url in files
        found.shared_ids += entry_id in ids
        found.shared_texts += hash(body) in bodies
        files[url] = path
        ids.add(entry_id)
        bodies.add(hash(body))
    writer = Writer(SEED, list(tomllib.loads(VOCABULARY.read_text("utf-8"))))
    for number in range(count):
        article = _article(writer, number)
        path_of = files.get(article["url"])
        if path_of is None:
            found.lost += 1
        elif _words(article["text"]) - _words(path_of.read_text("utf-8")):
            found.short_of_words += 1
    return found


def _field(pattern: str, head: str) -> str:
    match = re.search(pattern, head, re.MULTILINE)
    assert match is not None, head
    return match[1]


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def lines_done(told: Path) -> int:
    """Articles with an outcome: a line each, and lines about it that are set in."""
    if not told.exists():
        return 0
    said = b"\n" + told.read_bytes()
    return said.count(b"\n") - said.count(b"\n ") - 1


def after_lines(articles: int, told: Path) -> Callable[[], bool]:
    """Whether so many articles are done; looked at every ten seconds at most."""
    at = 0.0

    def reached() -> bool:
        nonlocal at
        if time.monotonic() < at:
            return False
        at = time.monotonic() + min(10, articles / 1000)
        return lines_done(told) >= articles

    return reached


@click.command()
@click.option("--articles", "count", default=10_000, show_default=True)
@click.option("--jobs", default=2, show_default=True)
@click.option("--kills", default=2, show_default=True, help="How often the first run is killed.")
@click.option(
    "--folder", type=click.Path(path_type=Path), required=True, help="Where the corpus and the site are made."
)
def main(count: int, jobs: int, kills: int, folder: Path) -> None:
    """Convert a generated batch, killed on the way, then once more, and look at what came out."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "articles.jsonl"
    with source.open("wb") as file:
        file.writelines(article_lines(count))
    again, edited, broken = count // 200, count // 300, count // 1000
    lines = count + again + edited + broken
    site = make_site(folder / "site")
    told, faults = folder / "told", folder / "faults"
    # The shell only opens the files: what it ends with, and what gets the signal, is the command.
    words = f'convert --site "{site}" --jobs {jobs} "{source}"'
    command = ["sh", "-c", f'exec "{sys.executable}" -m pouch {words} >"{told}" 2>"{faults}"']
    print(machine())
    print(f"{count:,} articles, {lines:,} lines, {source.stat().st_size / 1e6:.0f} MB, {jobs} jobs\n")
    print("| run | seconds | lines done | lines a second | peak, MB | ended |", flush=True)
    print("|---|---:|---:|---:|---:|---|")

    def row(name: str, cost: Cost) -> None:
        done = lines_done(told)
        ended = "SIGKILL" if cost.killed else "by itself"
        print(
            f"| {name} | {cost.wall:.0f} | {done:,} | {done / cost.wall:.0f} | {cost.peak / 1e6:.0f} | {ended} |",
            flush=True,
        )

    for kill in range(kills):
        told.unlink(missing_ok=True)
        part = lines * (kill + 1) // (kills + 1)
        cost = run(command, folder, cores=jobs, memory=True, fine=(0, 1), kill_when=after_lines(part, told))
        row("first" if kill == 0 else "resumed", cost)
    # A fault in the input ends the command with 1.
    for name in ("resumed" if kills else "first", "again"):
        row(name, run(command, folder, cores=jobs, memory=True, fine=(0, 1)))
    said = faults.read_text("utf-8")
    print(f"\nnamed: {said.count('[duplicate]')} of {again + edited} repeated or edited,", end=" ")
    print(f"{said.count('[bad-json]')} of {broken} broken")
    index = site / ".pouch" / "articles.sqlite"
    print(f"index on disk: {index.stat().st_size / 1e6:.0f} MB\n")
    found = msgspec.to_builtins(audit(count, site / "content" / "entries"))
    print("| " + " | ".join(name.replace("_", " ") for name in found) + " |")
    print("|" + "---:|" * len(found))
    print("| " + " | ".join(f"{number:,}" for number in found.values()) + " |")
    del found["entries"]
    sys.exit(1 if any(found.values()) else 0)


if __name__ == "__main__":
    main()
