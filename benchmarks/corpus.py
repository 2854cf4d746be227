"""A corpus for the bench: as many entries as one likes, each with the shape of a real briefing.

    python -m benchmarks.corpus 10000 /tmp/corpus

Entry number i depends on the seed and on i alone, so a small corpus is the beginning of a large one, and two machines
measure the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

import click
from babel import Locale

from benchmarks import prose
from pouch.vocabulary.registry import registry_countries

VOCABULARY = Path(__file__).parents[1] / "content" / "vocabulary" / "topics.toml"
FIRST_DAY, LAST_DAY = date(2008, 1, 1), date(2025, 12, 31)
# What the news is about: these come first, the rest of the world after them by code.
# fmt: off
FOREMOST = (
    "US", "UA", "RU", "CN", "GB", "FR", "DE", "IL", "IN", "PS", "IR", "TR", "PL", "SY", "JP", "BR", "EG", "ZA", "SD",
    "NG", "ES", "IT", "KR", "SA", "PK", "MX", "CA", "AU", "ET", "KE",
)
# fmt: on
WORDS = 450
PARAGRAPHS = 6
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


class Weighted:
    """Draws item k of a list in proportion to 1 / (k + 3) ** skew: few terms are in most of the news."""

    def __init__(self, items: Sequence[str], skew: float) -> None:
        self.items = items
        self._bounds = list(accumulate((k + 3) ** -skew for k in range(len(items))))

    def draw(self, rng: Random, count: int) -> list[str]:
        """`count` different items, in the order drawn."""
        drawn: dict[str, None] = {}
        while len(drawn) < count:
            drawn[self.items[bisect(self._bounds, rng.random() * self._bounds[-1])]] = None
        return list(drawn)


class Written(NamedTuple):
    """One entry: its path below content/ and its text."""

    path: str
    text: str


class Writer:
    """Writes entries out of a seed."""

    def __init__(self, seed: int, topics: Sequence[str]) -> None:
        self.seed = seed
        codes = [*FOREMOST, *(code for code in registry_countries() if code not in FOREMOST)]
        territories = Locale("en").territories
        self.names = {code: territories[code] for code in codes}
        self.countries = Weighted(codes, 1.3)
        shuffled = list(topics)
        Random(f"topics {seed}").shuffle(shuffled)
        self.topics = Weighted(shuffled, 1.0)
        self.sentences = prose.patterns("sentences")
        self.titles = prose.patterns("titles")
        self.points = prose.patterns("points")
        self.quotations = prose.patterns("quotations")

    def entry(self, number: int) -> Written:
        """Entry `number` of this seed."""
        rng = Random(f"{self.seed} {number}")
        digest = hashlib.sha256(f"{self.seed} {number}".encode()).digest()
        identity = "".join(_BASE32[byte & 31] for byte in digest[:10])
        countries = self.countries.draw(rng, rng.choices((1, 2, 3), (55, 32, 13))[0])
        named = self.countries.draw(rng, rng.choices((0, 1, 2, 4), (20, 30, 30, 20))[0])
        mentions = [code for code in named if code not in countries]
        topics = self.topics.draw(rng, rng.choices((1, 2, 3), (40, 40, 20))[0])
        places = [self.names[code] for code in countries]
        day = FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days + 1))
        title = _filled(rng, self.titles, places)
        points = "".join(f'  - "{point}"\n' for point in self._points(rng, places))
        summary = f'summary: "{_filled(rng, self.sentences, places)}"\n' if rng.random() < 0.3 else ""
        outlet = rng.choice(prose.OUTLETS)
        slug = f"{_slug(title)}-{number:06}"
        head = (
            f'---\nid: "{identity}"\ntitle: "{title}"\ndate: {day}\nlang: en\n{summary}key_points:\n{points}'
            f"countries: [{', '.join(_quoted(countries))}]\nmentions: [{', '.join(_quoted(mentions))}]\n"
            f'topics: [{", ".join(topics)}]\nsource:\n  name: "{outlet}"\n'
            f"  url: https://{_slug(outlet)}.example/{day:%Y/%m/%d}/{number}\n  published: {day}\n"
            "status: published\n---\n\n"
        )
        return Written(f"entries/{day:%Y/%m}/{slug}.md", head + self._body(rng, places))

    def _points(self, rng: Random, places: list[str]) -> list[str]:
        """Three different key points."""
        points: dict[str, None] = {}
        while len(points) < 3:
            points[_filled(rng, self.points, places)] = None
        return list(points)

    def _body(self, rng: Random, places: list[str]) -> str:
        blocks: list[str] = []
        notes: list[str] = []
        headings = rng.sample(prose.HEADINGS, rng.choices((0, 1, 2, 3), (20, 25, 35, 20))[0])
        with_head = set(rng.sample(range(1, PARAGRAPHS), len(headings)))
        for number in range(PARAGRAPHS):
            if number in with_head:
                blocks.append(f"## {headings.pop()}")
            blocks.append(self._paragraph(rng, places, notes))
            chance = rng.random()
            if chance < 0.07:
                blocks.append(
                    "\n".join(f"- {_filled(rng, self.points, places)}" for _ in range(rng.randint(3, 5)))
                )
            elif chance < 0.15:
                blocks.append(f"> {_filled(rng, self.quotations, places)}")
            elif chance < 0.165:
                blocks.append(_table(rng))
        blocks += notes
        return "\n\n".join(blocks) + "\n"

    def _paragraph(self, rng: Random, places: list[str], notes: list[str]) -> str:
        text: list[str] = []
        words = 0
        while words < WORDS / PARAGRAPHS - 18:
            sentence = _filled(rng, self.sentences, places)
            chance = rng.random()
            if chance < 0.06:
                sentence = _marked(rng, sentence, "*")
            elif chance < 0.09:
                sentence = _marked(rng, sentence, "**")
            elif chance < 0.14:
                sentence = _linked(rng, sentence)
            elif chance < 0.15:
                label = len(notes) + 1
                notes.append(f"[^{label}]: {_filled(rng, self.points, places)}")
                sentence += f"[^{label}]"
            text.append(sentence)
            words += sentence.count(" ") + 1
        return " ".join(text)


def _filled(rng: Random, patterns: list[prose.Pattern], places: list[str]) -> str:
    return patterns[int(rng.random() * len(patterns))].fill(rng, places)


def _marked(rng: Random, sentence: str, sign: str) -> str:
    """The sentence with one or two of its words in emphasis."""
    words = sentence.split(" ")
    first = rng.randrange(len(words) - 1)
    last = first + rng.randrange(2)
    words[first] = sign + words[first]
    words[last] += sign
    return " ".join(words)


def _linked(rng: Random, sentence: str) -> str:
    words = sentence.split(" ")
    place = rng.randrange(len(words) - 2)
    address = f"https://{_slug(rng.choice(prose.OUTLETS))}.example/documents/{rng.randrange(10_000)}"
    words[place : place + 2] = [f"[{words[place]} {words[place + 1]}]({address})"]
    return " ".join(words)


def _table(rng: Random) -> str:
    units = rng.sample(prose.UNITS, 3)
    rows = [f"| {units[k]} | {rng.randrange(10, 9000):,} | {rng.randrange(10, 9000):,} |" for k in range(3)]
    return "\n".join(("| | planned | so far |", "|---|---:|---:|", *rows))


def _slug(text: str) -> str:
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in text.lower())
    return "-".join(plain.split()[:8])


def _quoted(codes: list[str]) -> Iterator[str]:
    """YAML 1.1 reads NO as false; our own reader does not, but the peers get their front matter from a copy."""
    return (f'"{code}"' if code == "NO" else code for code in codes)


def topic_keys(vocabulary: Path) -> list[str]:
    """The topics that a vocabulary file defines, in its order."""
    import tomllib

    return list(tomllib.loads(vocabulary.read_text(encoding="utf-8")))


def write_corpus(count: int, folder: Path, seed: int = 1) -> None:
    """Write `count` entries and the vocabulary to folder/content, which must not exist yet."""
    content = folder / "content"
    (content / "vocabulary").mkdir(parents=True)
    shutil.copyfile(VOCABULARY, content / "vocabulary" / "topics.toml")
    writer = Writer(seed, topic_keys(VOCABULARY))
    made: set[str] = set()
    for number in range(count):
        path, text = writer.entry(number)
        parent = path.rpartition("/")[0]
        if parent not in made:
            made.add(parent)
            (content / parent).mkdir(parents=True, exist_ok=True)
        with open(f"{content}/{path}", "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123  # a hundred thousand times
            stream.write(text)


@click.command()
@click.argument("count", type=click.IntRange(min=1))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=1, show_default=True)
def main(count: int, folder: Path, seed: int) -> None:
    """Write COUNT entries to FOLDER/content."""
    if (folder / "content").exists():
        raise click.UsageError(f"{folder / 'content'} exists already")
    write_corpus(count, folder, seed)


if __name__ == "__main__":
    main()
