"""The index of a shard: every word where it stands, in files that the same briefings make again byte for byte."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pouch.site import Site
from pouch_search import packing
from pouch_search.indexing import index_shard, index_text
from pouch_search.models import ENTRY, IndexedBriefing, IndexedVersion, Shard
from pouch_search.packing import signs
from pouch_search.postings import Text, postings_of, postings_of_text
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


def files(*briefings: IndexedBriefing) -> dict[str, bytes]:
    """The files of a shard of these briefings, uncompressed."""
    made = index_shard(Shard(bundle=3, chunk=1, briefings=briefings), Stores())
    return {name: gzip.decompress(data) for name, data in made.items()}


def entry_of(made: Mapping[str, bytes]) -> dict[str, Any]:
    """What the entry of a shard says."""
    entry: dict[str, Any] = msgspec.json.decode(made[ENTRY])
    return entry


def numbers_in(signs: str) -> list[int]:
    """The numbers of a column, as theme/static/search-engine.js reads them."""
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


def postings(made: Mapping[str, bytes]) -> dict[str, str]:
    """The postings of each key, as they are written."""
    runs = [made[f"{name}.words"].decode() for name in entry_of(made)["runs"]]
    lines = [line.split(" ") for run in runs for line in run.splitlines()]
    return dict(lines)


def test_a_word_is_listed_with_its_texts_and_places() -> None:
    """Each version is a text; texts and places are the steps between them, in base 36; a name has a mark."""
    french = version("pourparlers", lang="fr", title="À Genève, des pourparlers sur Genève", summary="")
    made = postings(files(briefing(version(), french), briefing(version("later", title="In Geneva"))))
    assert made["geneva^"] == "0,3;2,1"
    assert made["geneve^"] == "1,1,4"
    assert made["truce"].startswith("0,9;1,b;1,7")
    assert "l" not in made


def test_the_entry_says_what_briefings_can_be_narrowed_by() -> None:
    """Columns of days (steps), countries, topics and languages, and where each text's parts begin."""
    entry = entry_of(
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
    assert len(entry["bundles"]) == 3
    assert set(made) == {
        ENTRY,
        *(f"{name}.words" for name in entry["runs"]),
        *(f"{name}.texts" for name in entry["bundles"]),
        f"{entry['spelling']}.spelling",
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
    ((shown,),) = msgspec.json.decode(made[f"{entry_of(made)['bundles'][0]}.texts"])
    assert shown == {
        "url": "/briefings/talks/",
        "title": "Talks open in Geneva",
        "summary": "Delegations met for an hour.",
        "points": ["A truce of thirty days is proposed."],
        "body": "A first paragraph.",
    }


def test_the_same_briefings_give_the_same_bytes() -> None:
    """Compressed too: no clock and no hash seed in any file."""
    shard = Shard(
        bundle=3, chunk=1, briefings=(briefing(), briefing(version("other", title="Élections, œuvre")))
    )
    assert list(index_shard(shard, Stores()).items()) == list(index_shard(shard, Stores()).items())


def test_runs_cover_the_alphabet_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry parts each from the one before, and an abbreviation stands in the run of its letters."""
    monkeypatch.setattr(packing, "CHUNK_BYTES", 40)
    made = files(
        *(briefing(version(f"n{number}", title=f"UN and un word{number} in Łódź")) for number in range(9))
    )
    entry = entry_of(made)
    keys = [
        [line.split(" ")[0].rstrip("^") for line in made[f"{name}.words"].decode().splitlines()]
        for name in entry["runs"]
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
    assert postings_of(map(postings_of_text, texts)).spellings == ["élections", "Łódź", "résultat", "vote"]


def test_a_name_stands_in_small_letters_in_no_text() -> None:
    """A word that one text has in a capital within a sentence, and another in small letters, is no name."""
    texts = [
        Text("en", "Talks with Reading and Poland", (), "Then the UN met."),
        Text("en", "The reading of a bill", (), ""),
    ]
    assert postings_of(map(postings_of_text, texts)).names == {"poland"}
