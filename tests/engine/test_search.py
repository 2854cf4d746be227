"""The search index in a build: what is in it, what an edit makes again, and when there is none."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

import cbor2
import msgspec
import pytest

from pouch_search import page
from tests.engine.sites import SETTINGS, WorkSite, tree

ENTRY = "pagefind-entry.json"
INDEX = "search/pagefind/"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkSite:
    """A site of fifty entries, in several shards."""
    monkeypatch.setattr("pouch_search.shards.ONE_SHARD_UP_TO", 20)
    made = WorkSite(tmp_path / "site", settings=f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr']\n")
    for number in range(50):
        made.entry(f"entry-{number}", countries="UA" if number % 2 else "FR, GB", body=f"Text {number}.")
    return made


def found(output: Path) -> dict[str, str]:
    """What the index shows: the text of each entry by the address of its page."""
    bundles = [
        msgspec.json.decode(gzip.decompress(file.read_bytes()))
        for file in (output / INDEX).rglob("*.pf_fragment")
    ]
    return {entry["url"]: entry["content"] for bundle in bundles for entry in bundle.values()}


def words(output: Path) -> set[str]:
    """All words of the index, as their stems."""
    chunks = [
        cbor2.loads(gzip.decompress(file.read_bytes())[12:]) for file in (output / INDEX).rglob("*.pf_index")
    ]
    return {row[0] for (rows,) in chunks for row in rows}


def shards(paths: Iterable[str]) -> set[str]:
    """Those of these paths that stand for a shard."""
    return {path for path in paths if path.startswith(INDEX) and path.endswith(ENTRY)}


def test_an_edit_makes_one_shard_again_and_says_why(work: WorkSite) -> None:
    """The other shards stay, and the index is that of a clean build."""
    work.build(jobs=2)
    before = tree(work.output)
    assert len(shards(before)) == 5
    work.entry("entry-7", countries="UA", body="Quite another text.")
    report = work.build()
    assert [report.reasons[path] for path in shards(report.reasons)] == [("what it shows changed",)]
    after = tree(work.output)
    assert len({path for path in shards(after) if before[path] != after[path]}) == 1
    assert "Quite another text." in found(work.output)["/briefings/entry-7/"]
    work.build(clean=True, output=work.root / "clean")
    assert after == tree(work.root / "clean")


def test_a_second_build_indexes_nothing(work: WorkSite) -> None:
    """Neither without a change, nor after one that no entry shows; and files keep their mtimes."""
    first = work.build()
    second = work.build()
    assert (second.made, second.outputs) == (0, first.outputs)
    work.write("content/pages/about.md", "---\ntitle: About us\n---\n\nOther words.\n")
    assert not [path for path in work.build().reasons if path.startswith(INDEX)]


def test_what_is_missing_or_altered_is_made_again(work: WorkSite) -> None:
    """Any file of a shard, not only the one that the plan knows."""
    work.build()
    clean = tree(work.output)
    for pattern, damage in (("*.pf_fragment", "altered"), ("*.pf_meta", "missing")):
        file = sorted((work.output / INDEX).rglob(pattern))[-1]
        if damage == "altered":
            file.write_text("vandalised", "utf-8")
        else:
            file.unlink()
        report = work.build()
        assert [report.reasons[path] for path in shards(report.reasons)] == [
            (f"the file {'was altered' if damage == 'altered' else 'is missing'}",)
        ]
        assert tree(work.output) == clean


def test_what_is_not_out_is_in_no_index(work: WorkSite) -> None:
    """Drafts, embargoed entries, and entries that are gone."""
    work.entry("draft", status="draft", body="Hidden.")
    work.entry("embargoed", publish_at="2099-01-01", body="Hidden.")
    work.entry("gone", body="Hidden.")
    work.build()
    assert "/briefings/gone/" in found(work.output)
    (work.root / "content/entries/gone.md").unlink()
    work.build()
    assert set(found(work.output)) == {f"/briefings/entry-{number}/" for number in range(50)}


def test_an_entry_has_the_names_of_its_terms_in_every_language(work: WorkSite) -> None:
    """A French entry answers to the English name of its country, and to what else it is called."""
    names = {"germani", "allemagn", "deutschland", "alemania", "eeuu", "flood", "inond"}
    work.build()
    assert not words(work.output) & names
    work.write("content/vocabulary/topics.toml", TOPICS)
    work.entry("visite", lang="fr", countries="DE, US", topics="flood", body="Une visite.")
    work.build()
    assert words(work.output) >= names


TOPICS = """
[ceasefire]
labels = { en = "Ceasefire" }

[flood]
labels = { en = "Floods", fr = "Inondations" }
aliases = { fr = ["crue"], de = ["Überschwemmungen"] }
"""


def test_aliases_of_topics_are_found_in_the_interfaces_languages(work: WorkSite) -> None:
    """Those of further languages would make the index twice as large."""
    work.write("content/vocabulary/topics.toml", TOPICS)
    work.entry("flood", topics="flood", body="Water.")
    work.build()
    assert "crue" in words(work.output)
    assert not [word for word in words(work.output) if "schwemmung" in word]


def test_a_site_without_search_has_nothing_of_it(work: WorkSite) -> None:
    """POUCH_FEATURES decides: no page, no index, no box in the masthead; what was there is pruned."""
    work.build()
    features = "POUCH_FEATURES = [f for f in ALL_FEATURES if f != 'search']\n"
    work.write("pelicanconf.py", SETTINGS + features)
    work.build()
    assert not (work.output / "search").exists()
    assert "/search/" not in (work.output / "index.html").read_text("utf-8")


def test_without_the_program_the_rest_is_built(work: WorkSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a platform that Pagefind is not made for: the site without its search, and a warning that says so."""
    monkeypatch.setattr(page, "find", lambda: None)
    report = work.build()
    assert [warning.code for warning in report.warnings] == ["no-search-program"]
    assert not (work.output / "search").exists()
    assert (work.output / "briefings/entry-7/index.html").exists()


def test_a_site_without_entries_has_a_search_page(tmp_path: Path) -> None:
    """A new site builds at once; there is nothing to be found yet."""
    work = WorkSite(tmp_path / "site")
    work.build()
    assert [path for path in tree(work.output) if path.startswith("search/")] == ["search/index.html"]


def test_a_fault_of_the_program_ends_the_build(work: WorkSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2 and its last words; the next build makes what is missing."""
    from pouch.errors import EnvironmentFault
    from pouch_search import indexing, program

    with monkeypatch.context() as patch:
        patch.setattr(program, "find", lambda: Path("/bin/false"))
        indexing._program.cache_clear()
        with pytest.raises(EnvironmentFault, match="Pagefind stopped"):
            work.build()
    work.build()
    work.build(clean=True, output=work.root / "clean")
    assert tree(work.output) == tree(work.root / "clean")
