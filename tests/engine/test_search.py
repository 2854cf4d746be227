"""The search index in a build: what is in it, what an edit makes again, and when there is none."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import pytest

from pouch.code import engine_digest
from pouch.engine.state import State, folder_of
from pouch_search.names import PARTS
from tests.engine.sites import SETTINGS, WorkSite, tree

ENTRY = "entry.index"
INDEX = "search/index/"


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
        msgspec.json.decode(gzip.decompress(file.read_bytes())) for file in (output / INDEX).rglob("*.texts")
    ]
    return {
        version["url"]: version["body"] for bundle in bundles for briefing in bundle for version in briefing
    }


def names(output: Path) -> set[str]:
    """What countries and topics are called, as keys of words."""
    terms = msgspec.json.decode(gzip.decompress((output / INDEX / "all.names").read_bytes()))
    return {
        form
        for language in terms["languages"]
        for kind in ("country", "topic")
        for forms in language[kind].values()
        for form in forms.split("|")
    }


def aliases(output: Path, lang: str) -> set[str]:
    """Further words for topics, likewise: each in the file of its first letter."""
    found = set()
    for part in range(PARTS):
        data = (output / INDEX / f"further.{part}.names").read_bytes()
        topics = msgspec.json.decode(gzip.decompress(data))["topic"].get(lang, {})
        forms = {form for forms in topics.values() for form in forms.split("|")}
        assert all(ord(form[0].lower()) % PARTS == part for form in forms)
        found |= forms
    return found


def fragments(work: WorkSite, name: str) -> set[str]:
    """The stored fragments of this name, by key."""
    with State(folder_of(work.site()), engine_digest()) as state:
        return state.fragment_keys({name})


def test_an_edit_joins_one_shard_again_and_says_why(work: WorkSite) -> None:
    """The other shards are those that are stored, one text is taken apart, and the index is that of a clean build."""
    work.build(jobs=2)
    texts, shards = fragments(work, "search"), fragments(work, "search shard")
    before = tree(work.output)
    assert (len(texts), len(shards)) == (50, 8)
    work.entry("entry-7", countries="UA", body="Quite another text.")
    report = work.build()
    assert report.reasons[INDEX + ENTRY] == ("what it shows changed",)
    assert {key.split(":")[1] for key in texts ^ fragments(work, "search")} == {"entry-7"}
    assert len(fragments(work, "search shard")) == 8
    assert len(fragments(work, "search shard") - shards) == 1
    after = tree(work.output)
    bundles = {path for path in after if path.endswith(".texts")}
    assert len(bundles - before.keys()) == 1
    assert "Quite another text." in found(work.output)["/briefings/entry-7/"]
    work.build(clean=True, output=work.root / "clean")
    assert after == tree(work.root / "clean")


def test_an_entry_that_is_gone_leaves_no_fragment(work: WorkSite) -> None:
    """Neither of its text nor of a shard that held it, once another text is taken apart; the others stay."""
    work.build()
    (work.root / "content/entries/entry-7.md").unlink()
    work.entry("entry-8", countries="UA", body="Quite another text.")
    work.build()
    assert len(fragments(work, "search")) == 49
    assert len(fragments(work, "search shard")) == 8


def test_a_second_build_indexes_nothing(work: WorkSite) -> None:
    """Neither without a change, nor after one that no entry shows; and files keep their mtimes."""
    first = work.build()
    second = work.build()
    assert (second.made, second.outputs) == (0, first.outputs)
    work.write("content/pages/about.md", "---\ntitle: About us\n---\n\nOther words.\n")
    assert not [path for path in work.build().reasons if path.startswith(INDEX)]


def test_what_is_missing_or_altered_is_made_again(work: WorkSite) -> None:
    """Any file of the index, not only the one that the plan knows."""
    work.build()
    clean = tree(work.output)
    for pattern, damage in (("*.texts", "altered"), ("*.words", "missing")):
        file = sorted((work.output / INDEX).rglob(pattern))[-1]
        if damage == "altered":
            file.write_text("vandalised", "utf-8")
        else:
            file.unlink()
        report = work.build()
        assert report.reasons[INDEX + ENTRY] == (
            f"the file {'was altered' if damage == 'altered' else 'is missing'}",
        )
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


def test_terms_have_names_in_every_interface_language(work: WorkSite) -> None:
    """All countries and all topics of the vocabulary: a query may ask for what nothing was written about."""
    wanted = {"floods", "inondations"}
    work.build()
    assert names(work.output) >= {"germany", "allemagne", "USA"}
    assert not names(work.output) & wanted
    work.write("content/vocabulary/topics.toml", TOPICS)
    work.entry("visite", lang="fr", countries="DE, US", topics="flood", body="Une visite.")
    work.build()
    assert names(work.output) >= wanted


TOPICS = """
[ceasefire]
labels = { en = "Ceasefire" }

[flood]
labels = { en = "Floods", fr = "Inondations" }
aliases = { fr = ["crue"], de = ["Überschwemmungen"] }
"""


def test_aliases_of_topics_are_files_by_letter(work: WorkSite) -> None:
    """Of the interface languages: the others would be large, and read by nobody."""
    work.write("content/vocabulary/topics.toml", TOPICS)
    work.entry("flood", topics="flood", body="Water.")
    work.build()
    assert aliases(work.output, "fr") == {"crue"}
    assert aliases(work.output, "en") == set()
    assert aliases(work.output, "de") == set()


def test_a_site_without_search_has_nothing_of_it(work: WorkSite) -> None:
    """POUCH_FEATURES decides: no page, no index, no box in the masthead; what was there is pruned."""
    work.build()
    features = "POUCH_FEATURES = [f for f in ALL_FEATURES if f != 'search']\n"
    work.write("pelicanconf.py", SETTINGS + features)
    work.build()
    assert not (work.output / "search").exists()
    assert "/search/" not in (work.output / "index.html").read_text("utf-8")


def test_a_site_without_entries_has_a_search_page(tmp_path: Path) -> None:
    """A new site builds at once; there is nothing to be found yet."""
    work = WorkSite(tmp_path / "site")
    work.build()
    assert [path for path in tree(work.output) if path.startswith("search/")] == ["search/index.html"]
