"""The archive's own entries, analysed again: what their texts suggest now, and where a topic fits that they lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pouch.content.dates import day_of
from pouch.content.entry import Entry
from pouch.content.entry_files import find_entry, read_entries
from pouch.content.files import write_whole
from pouch.content.parse import ParsedEntry
from pouch.editing.edit import set_keys
from pouch.problems import Problem
from pouch.site import Site
from pouch.tag.analysis import CountryTag, Tagger, TopicTag
from pouch.tag.learning import Model
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.workers import PoolConfig, parallel_map


class Terms(msgspec.Struct, frozen=True):
    """The terms that an entry has."""

    countries: tuple[str, ...]
    mentions: tuple[str, ...]
    topics: tuple[str, ...]


class Line(msgspec.Struct):
    """One line of `pouch tag --entries`."""

    id: str
    path: str
    lang: str
    title: str
    has: Terms
    countries: tuple[CountryTag, ...]
    topics: tuple[TopicTag, ...]


class Proposal(NamedTuple):
    """An entry on which a topic fits that it lacks."""

    path: str
    title: str
    score: float
    words: tuple[str, ...]  # the evidence, each once
    before: tuple[str, ...]  # topics
    after: tuple[str, ...]


class Archive(NamedTuple):
    """The entries that are analysed, and what they are analysed with."""

    entries: list[tuple[str, Entry]]  # (path, entry)
    problems: list[Problem]  # of entries that cannot be read


def chosen_entries(names: Sequence[str], site: Site, vocabulary: Vocabulary) -> Archive:
    """The entries that are named by id, slug or path; all of them where none is named.

    Raises EnvironmentFault where a name is none of an entry.
    """
    readings = read_entries(site, vocabulary)
    chosen: Iterable[ParsedEntry] = [find_entry(name, readings, site) for name in names] or readings
    entries, problems = [], []
    for reading in chosen:
        if reading.entry is None:
            problems += reading.problems
        else:
            entries.append((reading.path, reading.entry))
    return Archive(entries, problems)


def retag(
    entries: Iterable[tuple[str, Entry]],
    vocabulary: Vocabulary,
    config: PoolConfig,
    model: Model | None = None,
) -> Iterator[Line]:
    """The terms that the text of each entry suggests, beside those that the entry has."""
    yield from parallel_map(_Worker, (vocabulary, model), _Worker.line, entries, config)


def originals(entries: Iterable[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    """The entries that are no translation: a briefing's terms are its original's."""
    return [(path, entry) for path, entry in entries if entry.translation_of is None]


def proposals(lines: Iterable[Line], topic: str, vocabulary: Vocabulary) -> list[Proposal]:
    """The entries that `topic` fits and that have neither it nor one below it: the surest first.

    It takes the place of a topic above it, since it counts for that too.
    """
    below = {topic, *vocabulary.descendants(topic)}
    above = set(vocabulary.ancestors(topic))
    fitting = []
    for line in lines:
        tag = next((tag for tag in line.topics if tag.key == topic), None)
        has = line.has.topics
        if tag is None or not below.isdisjoint(has):
            continue
        place = next((at for at, key in enumerate(has) if key in above), len(has))
        rest = [key for key in has if key not in above]
        after = (*rest[:place], topic, *rest[place:])
        words = tuple(dict.fromkeys(each.text for each in tag.evidence))
        fitting.append(Proposal(line.path, line.title, tag.score, words, has, after))
    return sorted(fitting, key=lambda each: (-each.score, each.path))


def apply(chosen: Iterable[Proposal], site: Site) -> None:
    """Write the topics that are proposed. Raises FrontMatterError, EnvironmentFault."""
    for each in chosen:
        file = Path(site.root) / each.path
        text = file.read_bytes().decode("utf-8")
        write_whole(file, set_keys(text, {"topics": each.after}).encode("utf-8"))


class _Worker:
    def __init__(self, vocabulary: Vocabulary, model: Model | None) -> None:
        self.tagger = Tagger(vocabulary, model)
        self._lang = vocabulary.lang

    def line(self, task: tuple[str, Entry]) -> Line:
        path, entry = task
        text = "\n".join(part for part in (entry.summary, *entry.key_points, entry.body) if part)
        analysis = self.tagger.analyse(
            entry.title, text, lang=entry.lang or self._lang, on=day_of(entry.date)
        )
        has = Terms(entry.countries, entry.mentions, entry.topics)
        return Line(entry.id, path, analysis.lang, entry.title, has, analysis.countries, analysis.topics)
