"""The index: the same entries give the same bytes, in every run and in every order of hash tables."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

import cbor2
import msgspec
import pytest

from pouch.errors import EnvironmentFault
from pouch.site import Site
from pouch_search.canonical import UnknownFormError, canonical, day_code
from pouch_search.indexing import _program, index_shard
from pouch_search.models import ENTRY, Shard
from pouch_search.program import Program
from pouch_search.shards import FEW
from pouch_search.stubs import stub_html
from tests.archives import a_site
from tests.plugins.pouch_search.stubs import shard, stub

BODY = "<p>A first paragraph.</p>"
TOPICS = ("ceasefire", "war", "trade", "flood", "élections", "coopération")


def several() -> Shard:
    """Forty entries with many filter values and words in two spellings."""
    return shard(
        *(
            stub(
                f"entry-{number:02}",
                day=f"20{number % 20 + 10}-0{number % 9 + 1}-05",
                title=f"Entry {number} on {TOPICS[number % 6]}",
                countries=("UA", "FR", "DE")[number % 3 :],
                topics=TOPICS[number % 6 :],
                summary="Élection, election, élus. " + " ".join(TOPICS[: number % 5 + 1]),
            )
            for number in range(40)
        )
    )


class Stores(NamedTuple):
    """What the render function is given."""

    site: Site = a_site()
    bodies: Mapping[str, str] = defaultdict(lambda: BODY)
    fragments: Mapping[str, bytes] = {}


def files(of: Shard) -> dict[str, bytes]:
    """The files of a shard, made by a program of its own."""
    _program.cache_clear()
    return again(of)


def again(of: Shard) -> dict[str, bytes]:
    """The files of a shard, made by the program that is running."""
    return dict(index_shard(of, Stores()))


def opened(data: bytes) -> bytes:
    """The content of a file of Pagefind's."""
    return gzip.decompress(data).removeprefix(b"pagefind_dcd")


def test_the_same_entries_give_the_same_bytes() -> None:
    """Five runs of the program, whose hash tables are seeded anew in each."""
    first = files(several())
    assert all(files(several()) == first for _ in range(4))


def test_a_program_makes_shard_after_shard() -> None:
    """The second index of a process is that of a new process."""
    other = shard(stub("other", title="Elsewhere"), name="0", first=True)
    files(several())
    assert again(other) == files(other)


def bundles(made: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """The facts in each bundle, by the bundle's name."""
    return {
        name.removeprefix("fragment/").removesuffix(".pf_fragment"): msgspec.json.decode(
            gzip.decompress(data)
        )
        for name, data in made.items()
        if name.startswith("fragment/")
    }


def ids_of(made: Mapping[str, bytes]) -> list[str]:
    """The ids of the results, in the order of the metadata."""
    meta = next(data for name, data in made.items() if name.endswith(".pf_meta"))
    return [row[0] for row in cbor2.loads(opened(meta))[1]]


def test_an_edit_changes_what_it_says() -> None:
    """One other word: another index and another bundle, while the bundles of other entries stay."""
    stubs = [stub(f"entry-{number}", day=f"2025-03-1{number}") for number in range(8)]
    before = files(shard(*stubs))
    after = files(shard(*stubs[:7], stub("entry-7", day="2025-03-17", summary="Something else.")))
    assert len(bundles(before)) == len(bundles(after)) == 2
    assert len(set(bundles(before)) & set(bundles(after))) == 1
    assert before[ENTRY] != after[ENTRY]


def test_a_new_entry_leaves_full_bundles() -> None:
    """Bundles are counted from the oldest entry."""
    stubs = [stub(f"entry-{number}", day=f"2025-03-1{number}") for number in range(8)]
    before = files(shard(*stubs))
    after = files(shard(*stubs, stub("new", day="2025-04-01")))
    assert set(bundles(after)) > set(bundles(before))


def test_a_results_id_says_its_shard_bundle_and_day() -> None:
    """Results can be sorted by date before anything of them is fetched, and each is found in its bundle."""
    made = files(
        shard(
            stub("late", day="2025-12-31"),
            stub("early", day="1815-06-09"),
            *(stub(f"same-{number}", day="2025-03-05") for number in range(5)),
            name="2",
        )
    )
    ids = ids_of(made)
    found = {bundles(made)[each[1:6]][each[6:]]["url"]: each for each in ids}
    assert len(found) == 7
    assert all(each[0] == "2" for each in ids)
    assert (found["/briefings/late/"], found["/briefings/early/"]) == (ids[0], ids[-1])
    assert [each[6:10] for each in ids] == sorted((each[6:10] for each in ids), reverse=True)
    assert (day_code("0001-01-01"), day_code("2025-03-05")) == ("0001", "fugj")


def test_a_bundle_holds_what_a_result_shows() -> None:
    """Not the names of terms in all languages, which are more than the text; but those that are looked for in it."""
    names = ("Ukraine", "Élections", "หยุดยิง")
    (facts,) = bundles(files(shard(stub(names=names))))
    made = bundles(files(shard(stub(names=names))))[facts]
    assert list(made.values()) == [
        {
            "url": "/briefings/talks/",
            "content": "A truce of thirty days is proposed. Delegations met for an hour. A first paragraph.",
            "meta": {"title": "Talks open in Geneva", "names": "ห ยุ ด ยิ ง"},
            "filters": {"country": ["UA", "CH"], "language": ["en"]},
        }
    ]


def test_only_the_first_shard_has_what_is_loaded_once() -> None:
    """Scripts and stemmer lie beside the first shard; Pagefind's own interface is published nowhere."""
    first, other = files(shard(stub(), first=True)), files(shard(stub()))
    assert {name for name in first if "/" not in name} - {name for name in other if "/" not in name} == {
        "pagefind.js",
        "pagefind-worker.js",
        "wasm.en.pagefind",
    }
    assert next(reversed(other)) == ENTRY, "what names the others is written last"


def test_every_name_leads_to_a_file() -> None:
    """The entry names the metadata, and that the chunks, the filters and the bundles: no more, and no fewer."""
    made = files(several())
    entry = msgspec.json.decode(made[ENTRY])
    meta = f"pagefind.{entry['languages']['en']['hash']}.pf_meta"
    _, pages, chunks, filters, _, _ = cbor2.loads(opened(made[meta]))
    assert set(made) == {
        ENTRY,
        meta,
        *(f"fragment/{page[0][1:6]}.pf_fragment" for page in pages),
        *(f"index/{chunk[2]}.pf_index" for chunk in chunks),
        *(f"filter/{name}.pf_filter" for _, name in filters),
    }
    assert [name for name, _ in filters] == ["country", "language", "topic", "year"]


@pytest.mark.parametrize("chunk", [1, 40])
def test_chunks_that_are_put_together_hold_the_same_words(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the number of chunks: each has its words in order, and is named by the beginnings of first and last."""
    monkeypatch.setattr("pouch_search.program.CHUNK", 20)
    monkeypatch.setattr("pouch_search.canonical.CHUNK_BYTES", 1000)
    with Program() as program:
        written = program.index("en", [(each.href, stub_html(each, BODY)) for each in several().stubs])
    made = files(msgspec.structs.replace(several(), chunk=chunk))
    _, _, chunks, *_ = cbor2.loads(opened(next(made[name] for name in made if name.endswith(".pf_meta"))))
    words = []
    for opening, closing, name in chunks:
        (own,) = cbor2.loads(opened(made[f"index/{name}.pf_index"]))
        assert own[0][0].startswith(opening)
        assert own[-1][0].startswith(closing)
        words += own
    theirs = [
        word
        for name, data in written.items()
        if name.startswith("index/")
        for word in cbor2.loads(opened(data))[0]
    ]
    assert words == sorted(theirs)
    assert len(chunks) < sum(name.startswith("index/") for name in written)
    assert (len(chunks) <= 3) == (chunk == 40)


def as_later(made: Mapping[str, bytes], column: object) -> dict[str, bytes]:
    """Pagefind 1.5's files in the form of 1.6, which has one more column in its list of pages."""
    entry = msgspec.json.decode(made[ENTRY])
    name = f"pagefind.{entry['languages']['en']['hash']}.pf_meta"
    _, pages, *rest = cbor2.loads(opened(made[name]))
    meta = cbor2.dumps(["1.6.0", [[*row, column] for row in pages], *rest])
    return {
        **made,
        name: gzip.compress(b"pagefind_dcd" + meta),
        ENTRY: msgspec.json.encode({**entry, "version": "1.6.0", "include_characters": ["_"]}),
    }


def written_files() -> dict[str, bytes]:
    """What Pagefind itself writes for one stub."""
    with Program() as program:
        return program.index("en", [(stub().href, stub_html(stub(), BODY))])


def test_the_form_of_1_6_is_known() -> None:
    """Its list of pages keeps its third column, which is empty, and its entry what it says beside the languages."""
    made = canonical(as_later(written_files(), ""), {stub().href: "2025-03-05"}, "0", first=True, packing=FEW)
    meta = next(data for name, data in made.items() if name.endswith(".pf_meta"))
    version, ((_, words, column),), *_ = cbor2.loads(opened(meta))
    assert (version, words > 0, column) == ("1.6.0", True, "")
    assert msgspec.json.decode(made[ENTRY])["include_characters"] == ["_"]


@pytest.mark.parametrize("broken", [{}, {ENTRY: b"{}"}, {ENTRY: b"no JSON"}])
def test_what_is_no_index_is_of_an_unknown_form(broken: Mapping[str, Any]) -> None:
    """Files are missing, or are not what they should be."""
    with pytest.raises(UnknownFormError):
        canonical(broken, {}, "0", first=True, packing=FEW)


@pytest.mark.parametrize("column", ["bundle", 1, [], None])
def test_a_column_that_says_something_is_of_an_unknown_form(column: object) -> None:
    """What we do not understand is not dropped in silence."""
    with pytest.raises(UnknownFormError):
        canonical(
            as_later(written_files(), column), {stub().href: "2025-03-05"}, "0", first=True, packing=FEW
        )


def test_an_unknown_form_is_published_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search works with Pagefind's own files; its user interface is not published, and the entry is last."""
    theirs = as_later(written_files(), 7)
    monkeypatch.setattr(Program, "index", lambda *_: theirs)
    made = files(shard(stub()))
    assert made == {name: theirs[name] for name in made}
    assert not any("ui" in name or "highlight" in name for name in made)
    assert {name.partition("/")[0].partition(".")[0] for name in made} == {
        *("filter", "fragment", "index", "pagefind", "pagefind-entry", "pagefind-worker", "wasm"),
    }
    assert next(reversed(made)) == ENTRY


def test_what_the_program_says_is_passed_on() -> None:
    """It cannot do what it was asked, or it is gone: whoever builds is told so."""
    with Program() as program:
        program._process.kill()
        with pytest.raises(EnvironmentFault, match="Pagefind stopped"):
            program.index("en", [("/x/", "<html></html>")])
