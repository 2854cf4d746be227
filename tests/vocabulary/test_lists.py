"""A large vocabulary is parsed and checked once, and never read from a stale or damaged store."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pouch.site import Site
from pouch.vocabulary.lists import WORTHWHILE
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.vocabulary.sites import site_with

LARGE = (
    "[flood]\nlabels = { en = 'Flood', fr = 'Inondation' }\naliases = { en = ['deluge', 'high water'] }\n"
    "[dam]\nparent = 'flood'\nformerly = ['dyke']\n" + "# padding\n" * (WORTHWHILE // 10 + 1)
)
HOUSE = "[CI]\nlabels = { en = 'Ivory Coast' }\n"


def lists(site: Site) -> tuple[object, ...]:
    """All that a vocabulary is made of, in its order."""
    vocabulary = load_vocabulary(site)[0]
    return tuple(list(of.items()) for of in (vocabulary.countries, vocabulary.topics, vocabulary.regions))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a large vocabulary."""
    return site_with(tmp_path, topics=LARGE, countries=HOUSE)


def test_same_texts_are_parsed_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build of an unchanged vocabulary parses nothing, and has the same terms in the same order."""
    first = lists(site)
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("parsed again"))
    assert lists(site) == first
    assert [path.name for path in (Path(site.root) / ".pouch" / "cache").iterdir()] == ["vocabulary.kept"]


def test_small_vocabularies_are_not_stored(tmp_path: Path) -> None:
    """Where parsing costs nothing, no file is made."""
    load_vocabulary(site_with(tmp_path, topics="[flood]\n"))
    assert not (tmp_path / ".pouch").exists()


@pytest.mark.parametrize(
    ("file", "text", "seen"),
    [
        ("topics.toml", LARGE.replace("'Flood'", "'Water'"), lambda v: v.topics["flood"].labels["en"] == "Water"),
        ("topics.toml", LARGE.replace("[dam]", "[dyke]").replace("['dyke']", "['dam']"), lambda v: "dyke" in v.topics),
        ("countries.toml", HOUSE.replace("Ivory", "Idory"), lambda v: v.label("country", "CI", "en") == "Idory Coast"),
        ("countries.toml", None, lambda v: v.label("country", "CI", "en") == "Côte d’Ivoire"),
    ],
)  # fmt: skip
def test_an_edit_is_seen(site: Site, file: str, text: str | None, seen: Callable[[Vocabulary], bool]) -> None:
    """Whichever file was edited or removed, its terms are those of today, and an edit taken back is gone."""
    first = lists(site)
    path = site.vocabulary_path / file
    before = path.read_text("utf-8")
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    for _ in range(2):
        assert seen(load_vocabulary(site)[0])
    path.write_text(before, "utf-8")
    assert lists(site) == first


def test_a_setting_that_takes_an_address(site: Site) -> None:
    """A topic that was fine becomes a fault when a new language of the site needs its address."""
    assert load_vocabulary(site)[1] == []
    other = msgspec.structs.replace(site, languages=("en", "dam"))
    assert [problem.code for problem in load_vocabulary(other)[1]] == ["reserved-slug"]


@pytest.mark.parametrize(
    "fault", ["day = 2025-01-01\n", "[dam2]\nparent = 'nowhere'\n", "[dam3]\nformerly = ['dam3']\n", "[dam\n"]
)
def test_faults_are_told_every_time(tmp_path: Path, fault: str) -> None:
    """A vocabulary with an error or a warning is read anew at each build, and says the same."""
    site = site_with(tmp_path, topics=LARGE + fault)
    first = load_vocabulary(site)[1]
    assert len(first) == 1
    assert load_vocabulary(site)[1] == first


@pytest.mark.parametrize("place", [0, 40, 5000, -1])
def test_a_damaged_store_is_passed_over(site: Site, place: int) -> None:
    """One flipped bit, in a label even, and the vocabulary is read from its files."""
    first = lists(site)
    file = Path(site.root) / ".pouch" / "cache" / "vocabulary.kept"
    whole = bytearray(file.read_bytes())
    whole[place] ^= 4
    for damaged in (bytes(whole), b"", b"\xc1 damaged"):
        file.write_bytes(damaged)
        assert lists(site) == first
        assert file.read_bytes() != damaged


def test_unwritable_folder(site: Site) -> None:
    """Where nothing can be stored, the vocabulary is read all the same."""
    (Path(site.root) / ".pouch").write_text("in the way")
    assert lists(site) == lists(site)
