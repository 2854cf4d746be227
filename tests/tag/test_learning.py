"""What an archive's entries teach about its topics."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pouch.content.entry_files import read_file
from pouch.convert.drafts.archive_index import ArchiveIndex
from pouch.site import Site
from pouch.tag import archive
from pouch.tag.analysis import Tagger
from pouch.tag.archive import FEWEST, curated, learned_topics
from pouch.tag.document import Document
from pouch.tag.fields import fields_of
from pouch.tag.learning import Example, train
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.vocabulary.sites import site_with

TOPICS = '[fishing]\nlabels = { en = "Fishing" }\n[rail]\nlabels = { en = "Rail" }\n[never]\n'
SEA = ("trawler", "harbour", "herring", "quota", "net", "cod", "vessel")
LAND = ("locomotive", "platform", "timetable", "signal", "carriage", "track", "depot")


def text(words: tuple[str, ...], number: int) -> str:
    return " ".join(words[(number * step) % len(words)] for step in (1, 2, 3, 4)) + f" report {number}"


def examples(number: int) -> list[Example]:
    return [
        Example(f"Item {n}", text(SEA if n % 2 else LAND, n), ("fishing" if n % 2 else "rail",))
        for n in range(number)
    ]


def archive_of(root: Path, number: int, *, status: str = "published") -> tuple[Site, Vocabulary]:
    """A site with entries on two topics."""
    site = site_with(root, topics=TOPICS)
    folder = root / "content" / "entries" / "2025" / "01"
    folder.mkdir(parents=True, exist_ok=True)
    for n, example in enumerate(examples(number)):
        (folder / f"item-{n}.md").write_text(
            f'---\nid: "item-{n:04}"\ntitle: {example.title}\ndate: 2025-01-01\ncountries: [NO]\n'
            f"topics: [{example.topics[0]}]\nstatus: {status}\n---\n\n{example.text}\n",
            "utf-8",
        )
    return site, load_vocabulary(site)[0]


def test_model_tells_topics_apart() -> None:
    """A text without a word of the vocabulary is given the topic of the entries that it resembles."""
    model = train(examples(40))
    assert model is not None
    margins = model.read("", "The trawler left the harbour with cod").margins()
    assert margins["fishing"] > 0 > margins["rail"]
    assert set(model.read("", "The trawler left the harbour").reasons("fishing")) >= {"trawler", "harbour"}
    assert model.read("", "zzz").margins() == {}


@pytest.mark.parametrize("figure", ["17", "17th", "10m", "١٧"])
def test_a_figure_is_no_reason(figure: str) -> None:
    """A number that happens to stand in all entries on a topic marks nothing in a text, and proposes nothing alone."""
    rail = [Example(f"Item {n}", text(LAND, n), ("rail",)) for n in range(20)]
    sea = [Example(f"Item {n}", f"{figure} {text(SEA, n)}", ("fishing",)) for n in range(20)]
    model = train([*rail, *sea])
    assert model is not None
    assert model.read("", f"{figure} trawler").reasons("fishing") == ["trawler"]
    topics = {key: Topic(key=key, slug=key) for key in ("fishing", "rail")}
    tagger = Tagger(Vocabulary(registry_countries(), topics, registry_regions()), model)
    assert tagger.analyse("", f"They met {figure} friends", lang="en").topics == ()


@pytest.mark.parametrize("word", ["und", "c'est", "которые", "drei", "années", "lunes"])
def test_a_function_word_is_no_reason(word: str) -> None:
    """Where one topic's entries are in another language than all others, its function words do not explain it."""
    rail = [Example(f"Item {n}", text(LAND, n), ("rail",)) for n in range(20)]
    sea = [Example(f"Item {n}", f"{word} {word} {text(SEA, n)}", ("fishing",)) for n in range(20)]
    model = train([*rail, *sea])
    assert model is not None
    assert model.read("", f"{word} trawler").reasons("fishing") == ["trawler"]


def test_the_world_is_known() -> None:
    """Words that no entry has, but that Pouch's standard topics know, lead to the topic of such entries."""

    def taught(title: str, text: str, topic: str) -> Example:
        return Example(title, text, (topic,), fields_of(Document(title, text), "en"))

    games = [
        taught(f"Match {n}", f"The footballer and the goalkeeper, round {n}", "games") for n in range(20)
    ]
    money = [taught(f"Rates {n}", f"The central bank and inflation, quarter {n}", "money") for n in range(20)]
    topics = {key: Topic(key=key, slug=key) for key in ("games", "money")}
    tagger = Tagger(Vocabulary(registry_countries(), topics, registry_regions()), train([*games, *money]))
    best = tagger.analyse(
        "", "The midfielder won the tournament, and the rugby final is on", lang="en"
    ).topics[0]
    assert best.key == "games"


@pytest.mark.parametrize("too_few", [[], examples(1), [Example("a", "b", ("x",))] * 9])
def test_nothing_to_learn(too_few: list[Example]) -> None:
    """Where there are too few entries, or all have the same topic, nothing is learned."""
    assert train(too_few) is None


def test_learned_adds_to_cold(tmp_path: Path) -> None:
    """With what the archive has taught, an article gets topics that no alias would give, with the words as evidence."""
    site, vocabulary = archive_of(tmp_path, 40)
    assert Tagger(vocabulary).analyse("", "A trawler landed herring", lang="en").topics == ()
    model = learned_topics(site, vocabulary)
    (topic,) = Tagger(vocabulary, model).analyse("", "A trawler landed herring", lang="en").topics
    assert topic.key == "fishing"
    assert {(e.text, e.kind) for e in topic.evidence} == {("trawler", "learned"), ("herring", "learned")}


def test_drafts_teach_nothing(tmp_path: Path) -> None:
    """Drafts hold suggestions, not decisions: they are not learned from."""
    site, vocabulary = archive_of(tmp_path, 40, status="draft")
    assert curated(site, vocabulary) == []
    assert learned_topics(site, vocabulary) is None


def test_a_batch_opens_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch learns the same from an archive of mostly drafts without opening any: its index knows them."""
    site, vocabulary = archive_of(tmp_path, 40)
    files = sorted((tmp_path / "content/entries").rglob("*.md"))
    for file in files[:3]:
        file.write_text(file.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    # An entry that the index does not hold may be published all the same.
    files[5].write_text(files[5].read_text("utf-8").replace("id: ", '"id": '), "utf-8")
    everything = curated(site, vocabulary)
    with ArchiveIndex(site) as index:
        published = index.published()
    assert published == set(map(str, files[3:]))
    monkeypatch.setattr("pouch.tag.archive._is_plainly_a_draft", lambda name: pytest.fail(name))
    assert curated(site, vocabulary, published) == everything
    assert len(everything) == 37
    assert learned_topics(site, vocabulary, published) is not None
    assert learned_topics(site, vocabulary, set(list(published)[: FEWEST - 1])) is None


def test_only_the_newest_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One article is converted as fast in a large archive: neither older entries nor drafts are parsed."""
    site, vocabulary = archive_of(tmp_path, 12)
    everything = curated(site, vocabulary)
    newest = max((tmp_path / "content/entries").rglob("*.md"))
    newest.write_text(newest.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    parsed: list[str] = []

    def reading(file: Any, context: Any) -> Any:
        parsed.append(file.path)
        return read_file(file, context)

    monkeypatch.setattr("pouch.tag.archive.read_file", reading)
    monkeypatch.setattr("pouch.tag.archive.NEWEST", 3)
    assert curated(site, vocabulary) == everything[-4:-1]
    assert len(parsed) == 3


def test_small_archive(tmp_path: Path) -> None:
    """An archive of a few entries has nothing to teach yet, and no time is spent on it."""
    site, vocabulary = archive_of(tmp_path, FEWEST - 1)
    assert learned_topics(site, vocabulary) is None
    assert not (tmp_path / ".pouch" / "learned.kept").exists()


def test_learned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that have not changed are not learned again; one that has is."""
    site, vocabulary = archive_of(tmp_path, 40)
    first = learned_topics(site, vocabulary)
    calls: list[int] = []
    monkeypatch.setattr(archive, "train", lambda examples: calls.append(len(examples)))
    again = learned_topics(site, vocabulary)
    assert first is not None
    assert again is not None
    assert np.array_equal(first.weights, again.weights)
    entry = tmp_path / "content/entries/2025/01/item-0.md"
    entry.touch()
    learned_topics(site, vocabulary)
    assert calls == []
    entry.write_text(entry.read_text("utf-8") + "\nMore on the depot.\n", "utf-8")
    learned_topics(site, vocabulary)
    assert calls == [40]


def test_same_model_whatever_the_hash_seed() -> None:
    """Two machines that learn from the same entries suggest the same."""
    code = (
        "import hashlib\nfrom pouch.tag.learning import train\nfrom tests.tag.test_learning import examples\n"
        "m = train(examples(40))\n"
        "print(hashlib.sha256(m.weights.tobytes() + repr(list(m.words.places)).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    found = set()
    for seed in ("0", "1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PATH": ""}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
        )
        found.add(done.stdout)
    assert len(found) == 1
