"""How the cost of building grows: with the archive, and where an archive is large in one way alone.

    python -m benchmarks.scale --sizes 10000,30000,100000 --work build/scale
    python -m benchmarks.scale --shape term --sizes 50000
    python -m benchmarks.scale --shape topics --sizes 10000
    python -m benchmarks.scale --shape languages --sizes 1000

`term` puts every entry on one country and one topic, `topics` makes a vocabulary of 5,000, `languages` an interface in
twenty. A row for each size: the whole site, a run that finds nothing changed, and one edited entry, each in seconds of
processors and MiB of memory, and what was published. The site is the bench profile, or with --default the theme and
the features that a site has without asking.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from benchmarks.corpus import write_corpus
from benchmarks.measure import Cost, run
from benchmarks.results import volume_of
from benchmarks.site import DEFAULT_SITE, HERE

TOPICS = 5_000
LANGUAGES = (
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "fi", "nb", "ro", "hu", "el", "tr", "uk", "id",
    "sw",
)  # fmt: skip
_TERMS = re.compile(r"(?m)^(countries|topics): \[(.*)\]$")


def one_term(content: Path) -> str:
    """Every entry is about Ukraine, and on one topic."""
    for text, write in _entries(content):
        write(
            _TERMS.sub(lambda line: f"{line[1]}: [{'UA' if line[1] == 'countries' else 'ceasefire'}]", text)
        )
    return ""


def many_topics(content: Path) -> str:
    """Each entry has one of 5,000 topics beside its own."""
    tables = [f'[subject-{k:04}]\nlabels = {{ en = "Subject {k:04}" }}\n' for k in range(TOPICS)]
    vocabulary = content / "vocabulary" / "topics.toml"
    vocabulary.write_text("\n".join((vocabulary.read_text("utf-8"), *tables)), "utf-8")
    for number, (text, write) in enumerate(_entries(content)):
        write(text.replace("topics: [", f"topics: [subject-{number % TOPICS:04}, ", 1))
    return ""


def many_languages(_: Path) -> str:
    """The interface speaks twenty languages."""
    return f"POUCH_LANGUAGES = {list(LANGUAGES)!r}\n"


SHAPES: dict[str, Callable[[Path], str]] = {
    "plain": lambda _: "",
    "term": one_term,
    "topics": many_topics,
    "languages": many_languages,
}
"""Each changes the content, and gives the settings that it wants."""


def _entries(content: Path) -> Iterator[tuple[str, Callable[[str], object]]]:
    for file in sorted((content / "entries").rglob("*.md")):
        yield file.read_text("utf-8"), partial(file.write_text, encoding="utf-8")


def make_site(size: int, shape: str, folder: Path, *, default: bool) -> None:
    """A site of this size and shape in an empty folder."""
    write_corpus(size, folder)
    settings = (HERE / "profile" / "pelicanconf.py").read_text("utf-8")
    if default:
        settings = DEFAULT_SITE
    else:
        shutil.copytree(HERE / "profile" / "theme", folder / "theme")
    (folder / "pelicanconf.py").write_text(settings + SHAPES[shape](folder / "content"), "utf-8")


def measured(folder: Path, cores: int) -> Iterator[Cost]:
    """The whole site, nothing changed, the newest entry edited."""
    command = [sys.executable, "-m", "pouch", "build", "--site", folder]
    yield run(command, folder, cores=cores, memory=True)
    yield run(command, folder, cores=cores, memory=True)
    newest = max((folder / "content" / "entries").rglob("*.md"))
    newest.write_text(newest.read_text("utf-8") + "\nOne more paragraph.\n", "utf-8")
    yield run(command, folder, cores=cores, memory=True)


@click.command()
@click.option("--sizes", default="10000,30000", show_default=True, help="numbers of entries")
@click.option("--shape", type=click.Choice(list(SHAPES)), default="plain", show_default=True)
@click.option("--default", is_flag=True, help="the default theme and features")
@click.option("--cores", default=2, show_default=True)
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), default=Path("build/scale"))
def main(sizes: str, shape: str, default: bool, cores: int, work: Path) -> None:
    """Measure, and print a row for each size."""
    print("| entries | whole site, s | MiB | nothing changed, s | MiB | one edit, s | MiB | files | MB |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    for size in map(int, sizes.split(",")):
        folder = work / f"{shape}-{size}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make_site(size, shape, folder, default=default)
        costs = [f"{cost.cpu:,.1f} | {cost.peak >> 20:,}" for cost in measured(folder, cores)]
        volume = volume_of(folder / "output")
        print(
            f"| {size:,} | {' | '.join(costs)} | {volume.files:,} | {volume.bytes / 1e6:,.0f} |", flush=True
        )
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
