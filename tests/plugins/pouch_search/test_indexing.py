"""The index: every word where it stands, in files that the same briefings make again byte for byte."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pouch.site import Site
from pouch_search import packing
from pouch_search.indexing import index_archive, index_shard, index_text
from pouch_search.models import ENTRY, Index, IndexedBriefing, IndexedVersion, Shard
from pouch_search.packing import signs
from pouch_search.postings import Text, postings_of, postings_of_text, varint
from tests.archives import a_site

BODY = "<p>A first paragraph.</p>"
FRAGMENTS: dict[str, bytes] = {}
"""Of every version in these tests, by key."""


class Stores(NamedTuple):
    """What the render function is given."""

    site: Site = a_site()
    bodies: Mapping[str, str] = defaultdict(lambda: BODY)
    fragments: Mapping[str, bytes] = FRAGMENTS


def version(name: str = "talks", **changes: Any) -> IndexedVersion:
    """A briefing in English, but for what is changed."""
    facts: dict[str, Any] = {
        "href": f"/briefings/{name}/",
        "lang": "en",
        "title": "Talks open in Geneva",
        "summary": "Delegations met for an hour.",
        "key_points": ("A truce of thirty days is proposed.",),
        "body": "body",
    }
    return IndexedVersion(**{**facts, **changes})


def briefing(*versions: IndexedVersion, **changes: Any) -> IndexedBriefing:
    """A briefing on Ukraine and a ceasefire, but for what is changed."""
    facts: dict[str, Any] = {
        "day": "2025-03-05",
        "countries": ("UA", "CH"),
        "mentions": ("FR",),
        "topics": ("ceasefire", "war"),
    }
    versions = versions or (version(),)
    FRAGMENTS.update((str(each), index_text(each, Stores())) for each in versions)
    facts |= {"languages": tuple(each.lang for each in versions), "texts": tuple(map(str, versions))}
    return IndexedBriefing(**{**facts, **changes})


def packed(*shards: Sequence[IndexedBriefing]) -> dict[str, bytes]:
    """The files of an index with these shards, as they are published."""
    keys = []
    for briefings in shards:
        shard = Shard(bundle=3, briefings=tuple(briefings))
        keys.append(str(shard))
        FRAGMENTS[keys[-1]] = index_shard(shard, Stores())
    return dict(index_archive(Index(bundle=3, chunk=1, shards=tuple(keys)), Stores()))


def files(*briefings: IndexedBriefing) -> dict[str, bytes]:
    """The files of an index of these briefings, uncompressed."""
    return {name: gzip.decompress(data) for name, data in packed(briefings).items()}


def entry_of(made: Mapping[str, bytes]) -> dict[str, Any]:
    """What the entry says."""
    entry: dict[str, Any] = msgspec.json.decode(made[ENTRY])
    return entry


def shard_of(made: Mapping[str, bytes]) -> dict[str, Any]:
    """What the entry says of the only shard."""
    (shard,) = entry_of(made)["shards"]
    return dict(shard)


class Varints:
    """Numbers in seven bits a byte, and pieces between them, as theme/static/js/search_index.js reads them."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def next(self) -> int:
        """The next number."""
        end = next(place for place, byte in enumerate(self.data) if byte < 0x80) + 1
        digits, self.data = self.data[:end], self.data[end:]
        return sum((digit & 0x7F) << 7 * place for place, digit in enumerate(digits))

    def take(self) -> bytes:
        """The piece whose length comes next."""
        length = self.next()
        piece, self.data = self.data[:length], self.data[length:]
        return piece


@given(st.integers(min_value=0, max_value=10**9))
@example(127)
@example(128)
def test_a_varint_is_read_as_it_was_written(number: int) -> None:
    """In seven bits a byte, whatever follows."""
    read = Varints(varint(number) + b"\x05")
    assert (read.next(), read.next(), read.data) == (number, 5, b"")


def numbers_in(signs: str) -> list[int]:
    """The numbers of a column, as theme/static/js/search_index.js reads them."""
    numbers = []
    more, times = 0, 75
    for sign in signs:
        digit = ord(sign) - 0x23 - (sign > "\\")
        if digit < 75:
            numbers.append(more + digit)
            more, times = 0, 75
        else:
            more += (digit - 75) * times
            times *= 16
    return numbers


def rows_in(text: str) -> list[list[int]]:
    """The rows of a column that has several numbers for each briefing."""
    return [numbers_in(row) for row in text.split(" ")]


@given(st.lists(st.integers(min_value=0, max_value=10**7)))
@example([0, 74, 75, 1274, 1275, 20_000])
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    """Of any size, and in JSON's text without an escape."""
    text = signs(numbers)
    assert numbers_in(text) == numbers
    assert msgspec.json.encode(text).decode() == f'"{text}"'


def keys_in(run: bytes) -> dict[str, list[tuple[int, int, list[int]]]]:
    """What a run of words says: by key, with "^" behind a name, the shard, the text and the places in it."""
    words, keys = Varints(run), {}
    while words.data:
        head = words.next()
        key, words.data = words.data[: head // 2].decode(), words.data[head // 2 :]
        rows, shard, found = Varints(words.take()), 0, []
        while rows.data:
            shard += rows.next()
            own, text = Varints(rows.take()), 0
            while own.data:
                text += own.next()
                places = accumulate(own.next() for _ in range(own.next()))
                found.append((shard, text, list(places)))
        keys[key + "^" * (head % 2)] = found
    return keys


def postings(made: Mapping[str, bytes]) -> dict[str, list[tuple[int, int, list[int]]]]:
    """What the index says of all keys."""
    runs = [keys_in(made[f"{name}.words"]) for name in entry_of(made)["runs"]]
    return {key: rows for run in runs for key, rows in run.items()}


def test_a_word_is_listed_with_its_texts_and_places() -> None:
    """Each version is a text; a name has a mark."""
    french = version("pourparlers", lang="fr", title="À Genève, des pourparlers sur Genève", summary="")
    made = postings(files(briefing(version(), french), briefing(version("later", title="In Geneva"))))
    assert made["geneva^"] == [(0, 0, [3]), (0, 2, [1])]
    assert made["geneve^"] == [(0, 1, [1, 5])]
    assert [(text, places[0]) for _, text, places in made["truce"]] == [(0, 9), (1, 11), (2, 7)]
    assert "l" not in made


def test_a_word_has_the_texts_of_all_shards() -> None:
    """A file of words says of each shard which of its texts have the word; a name is one in every shard that has it."""
    reading = version("bill", title="The reading of a bill in Geneva", summary="")
    talks = version("reading", title="Talks with Reading in Geneva", summary="")
    made = {
        name: gzip.decompress(data)
        for name, data in packed([briefing(talks)], [], [briefing(reading)]).items()
    }
    assert postings(made)["geneva^"] == [(0, 0, [4]), (2, 0, [6])]
    assert postings(made)["reading"] == [(0, 0, [2]), (2, 0, [1])]


def test_a_word_of_most_texts_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes many bytes, and says nothing beside others, so that a search can leave it aside."""
    monkeypatch.setattr(packing, "FILLER", (30, 4))
    made = files(briefing(version(title="Reconstruction")), *[briefing(version()) for _ in range(7)])
    assert "a" in entry_of(made)["common"]
    assert "reconstruction" not in entry_of(made)["common"]


def test_the_entry_says_what_briefings_can_be_narrowed_by() -> None:
    """Columns of days (steps), countries, topics and languages, and where each text's parts begin."""
    entry = shard_of(
        files(briefing(), briefing(version(lang="pt-BR"), day="2025-03-07", countries=(), mentions=()))
    )
    assert entry["countries"] == ["CH", "FR", "UA"]
    assert [numbers_in(entry["days"])[1], *map(rows_in, (entry["primary"], entry["mentions"]))] == [
        2,
        [[2, 0], []],
        [[1], []],
    ]
    assert (rows_in(entry["about"]), entry["versions"]) == ([[0, 1], [0, 1]], ["en", "pt-BR"])
    # Leads, then bodies behind them, then what is left of the texts in sixteens.
    assert [numbers_in(column)[0] for column in entry["lengths"]] == [8, 28 - 8, 1]


def test_every_name_leads_to_a_file_and_the_entry_comes_last() -> None:
    """What is named by its bytes changes its name with them; no file is left over."""
    made = files(*(briefing(version(f"entry-{number}")) for number in range(7)))
    entry = entry_of(made)
    assert list(made)[-1] == ENTRY
    bundles = shard_of(made)["bundles"]
    assert len(bundles) == 3
    assert set(made) == {
        ENTRY,
        *(f"{name}.words" for name in entry["runs"]),
        *(f"{name}.texts" for name in bundles),
        f"{entry['spelling'][0]}.spelling",
    }


def test_a_new_briefing_leaves_full_bundles() -> None:
    """Bundles are counted from the oldest briefing."""
    old = [briefing(version(f"entry-{number}")) for number in range(6)]
    before, after = files(*old), files(*old, briefing(version("new"), day="2025-04-01"))
    bundles = {name for name in before if name.endswith(".texts")}
    assert bundles < {name for name in after if name.endswith(".texts")}


def test_a_bundle_holds_what_results_show() -> None:
    """Title, key points, summary and the words of the body, and where the page is."""
    made = files(briefing())
    ((shown,),) = msgspec.json.decode(made[f"{shard_of(made)['bundles'][0]}.texts"])
    assert shown == {
        "url": "/briefings/talks/",
        "title": "Talks open in Geneva",
        "summary": "Delegations met for an hour.",
        "points": ["A truce of thirty days is proposed."],
        "body": "A first paragraph.",
    }


def test_the_same_briefings_give_the_same_bytes() -> None:
    """Compressed too: no clock and no hash seed in any file."""
    shards = [briefing()], [briefing(version("other", title="Élections, œuvre"))]
    assert list(packed(*shards).items()) == list(packed(*shards).items())


def test_runs_cover_the_alphabet_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry parts each from the one before, and an abbreviation stands in the run of its letters."""
    monkeypatch.setattr(packing, "CHUNK_BYTES", 40)
    made = files(
        *(briefing(version(f"n{number}", title=f"UN and un word{number} in Łódź")) for number in range(9))
    )
    entry = entry_of(made)
    keys = [[key.rstrip("^") for key in keys_in(made[f"{name}.words"])] for name in entry["runs"]]
    assert numbers_in(entry["sizes"]) == [
        len(gzip.compress(made[f"{name}.words"], 1)) for name in entry["runs"]
    ]
    assert len(keys) > 3
    for before, start, run in zip([[""], *keys], entry["starts"], keys, strict=False):
        assert before[-1].lower() < start <= run[0].lower()
        assert run[0].lower().startswith(start)
    assert min(map(len, entry["starts"])) == 1
    flat = [key for run in keys for key in run]
    assert flat == sorted(flat, key=lambda key: (key.lower(), key))
    assert any({"UN", "un"} <= set(run) for run in keys)


def test_spellings_are_words_as_they_are_written() -> None:
    """With their accents, in small letters where they stand so; no short word, no number, no sign of Chinese."""
    texts = [
        Text("fr", "Élections à Łódź", ("Le Résultat de 2025", "選挙が行われた"), "Un vote"),
        Text("fr", "Élections à Łódź", ("Les élections de 2025", "Le résultat"), "Un Vote"),
    ]
    assert sorted(postings_of(map(postings_of_text, texts)).spellings.values()) == [
        "résultat",
        "vote",
        "élections",
        "Łódź",
    ]


def test_frequent_spellings_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file of their own, counted over all shards; those that are rarer are in a second one."""
    monkeypatch.setattr(packing, "MOST_SPELLINGS", (2, 1))
    talks = version(title="Talks", summary="", key_points=(), body="")
    rains = version(title="Rains talks floods", summary="", key_points=(), body="")
    floods = version(title="Floods rains talks", summary="", key_points=(), body="")
    made = packed([briefing(talks), briefing(rains)], [briefing(floods)])
    spellings = [
        gzip.decompress(made[f"{name}.spelling"])
        for name in msgspec.json.decode(gzip.decompress(made[ENTRY]))["spelling"]
    ]
    assert spellings == [b"talks\nfloods", b"rains"]


def test_a_name_stands_in_small_letters_in_no_text() -> None:
    """A word that one text has in a capital within a sentence, and another in small letters, is no name."""
    texts = [
        Text("en", "Talks with Reading and Poland", (), "Then the UN met."),
        Text("en", "The reading of a bill", (), ""),
    ]
    made = postings_of(map(postings_of_text, texts))
    assert {"poland", "reading"} <= made.capitals
    assert "poland" in made.large
    assert "reading" not in made.large
