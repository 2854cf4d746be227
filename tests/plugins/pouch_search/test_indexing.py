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
from pouch_search.canonical import canonical, day_code
from pouch_search.indexing import _program, index_shard
from pouch_search.models import ENTRY, Shard
from pouch_search.program import Program
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
    other = shard(stub("other", title="Elsewhere"), bits="1", first=True)
    files(several())
    assert again(other) == files(other)


def test_an_edit_changes_what_it_says() -> None:
    """One other word: another index and another fragment, while the fragments of the others stay."""
    before = files(shard(stub("one"), stub("two")))
    after = files(shard(stub("one"), stub("two", summary="Something else.")))
    fragments = [{name for name in side if name.startswith("fragment/")} for side in (before, after)]
    assert [len(names) for names in fragments] == [2, 2]
    assert len(fragments[0] & fragments[1]) == 1
    assert before[ENTRY] != after[ENTRY]


def test_a_results_name_tells_its_day_and_its_shard() -> None:
    """What sorts results by date before anything of them is fetched."""
    made = files(shard(stub("late", day="2025-12-31"), stub("early", day="1815-06-09"), bits="0110"))
    names = sorted(name for name in made if name.startswith("fragment/"))
    found = {msgspec.json.decode(opened(made[name]))["url"]: name for name in names}
    assert [found["/briefings/early/"], found["/briefings/late/"]] == names
    assert all(name.endswith("-0110.pf_fragment") for name in names)
    assert (day_code("0001-01-01"), day_code("2025-03-05")) == ("0001", "fugj")


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
    """The entry names the metadata, and that the chunks, the filters and the fragments: no more, and no fewer."""
    made = files(several())
    entry = msgspec.json.decode(made[ENTRY])
    meta = f"pagefind.{entry['languages']['en']['hash']}.pf_meta"
    _, pages, chunks, filters, _, _ = cbor2.loads(opened(made[meta]))
    assert set(made) == {
        ENTRY,
        meta,
        *(f"fragment/{page[0]}.pf_fragment" for page in pages),
        *(f"index/{chunk[2]}.pf_index" for chunk in chunks),
        *(f"filter/{name}.pf_filter" for _, name in filters),
    }
    assert [name for name, _ in filters] == ["country", "language", "topic", "year"]


@pytest.mark.parametrize("broken", [{}, {ENTRY: b"{}"}, {ENTRY: b"no JSON"}])
def test_another_form_is_told(broken: Mapping[str, Any]) -> None:
    """A later Pagefind that writes otherwise ends the build with a word, not with an index that does not work."""
    with pytest.raises(EnvironmentFault, match="another form"):
        canonical(broken, {}, "0", first=True)


def test_what_the_program_says_is_passed_on() -> None:
    """It cannot do what it was asked, or it is gone: whoever builds is told so."""
    with Program() as program:
        program._process.kill()
        with pytest.raises(EnvironmentFault, match="Pagefind stopped"):
            program.index("en", [("/x/", "<html></html>")])
