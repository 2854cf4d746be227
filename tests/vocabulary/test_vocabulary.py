"""Terms are found by name and shown by label."""

from __future__ import annotations

import difflib
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pouch.tables import table
from pouch.vocabulary import associations
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.vocabulary.sites import site_with

TOPICS = """
[conflict]
labels = { en = "Conflict, war and peace", fr = "Conflit, guerre et paix" }
iptc = "medtop:16000000"

[peace]
labels = { en = "Peace process" }
parent = "conflict"

[ceasefire]
slug = "cease-fire"
formerly = ["truces"]
labels = { en = "Ceasefire", fr = "Cessez-le-feu" }
aliases = { fr = ["trêve"] }
parent = "peace"

[weapons]
parent = "conflict"
"""
COUNTRIES = """
[GB]
labels = { en = "Britain" }
aliases = { en = ["Blighty"] }
"""


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    site = site_with(tmp_path_factory.mktemp("site"), topics=TOPICS, countries=COUNTRIES)
    found, problems = load_vocabulary(site)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB", "GB"),
        ("NO", "NO"),
        ("United Kingdom", "GB"),
        ("Royaume-Uni", "GB"),
        ("Großbritannien", "GB"),
        ("Blighty", "GB"),
        ("united-kingdom", "GB"),
        ("UK", "GB"),
        ("the netherlands", "NL"),
        ("COTE D'IVOIRE", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Co\u0302te d\u2019Ivoire", "CI"),
        ("États\u00a0Unis", "US"),
        ("Estados Unidos", "US"),
        ("Verenigde Staten", "US"),
        ("Burma", "MM"),
        ("Trinidad & Tobago", "TT"),
        ("St. Lucia", "LC"),
        ("Україна", "UA"),
        ("Украйна", "UA"),
        ("Słowenia", "SI"),
        ("日本", "JP"),
        ("مصر", "EG"),
        ("République démocratique du Congo", "CD"),
        ("Korea, Republic of", "KR"),
        ("Kosovo", "XK"),
        ("Ukrane", None),
        ("gb", None),
        ("", None),
        ("Europe", None),
    ],
)
def test_find_country(vocabulary: Vocabulary, text: str, code: str | None) -> None:
    """A country is recognised by code, or by name in any language, however it is typed."""
    assert vocabulary.find_country(text) == code


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("gb", "GB (Britain)"), ("Frnace", "FR (France)"), ("Ukrane", "UA (Ukraine)"), ("Zzyzx", None)],
)
def test_suggest_country(vocabulary: Vocabulary, text: str, suggestion: str | None) -> None:
    """A slip in a country's name brings the name that was meant."""
    assert vocabulary.suggest_country(text) == suggestion


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ceasefire", "ceasefire"),
        ("cease-fire", "ceasefire"),
        ("Cessez-le-feu", "ceasefire"),
        ("treve", "ceasefire"),
        ("truces", "ceasefire"),
        ("conflict, war & peace", "conflict"),
        ("war", None),
    ],
)
def test_find_topic(vocabulary: Vocabulary, text: str, key: str | None) -> None:
    """A topic is recognised by key, slug, label or alias."""
    assert vocabulary.find_topic(text) == key


def test_a_word_that_only_resembles_an_alias_suggests_nothing() -> None:
    """The key alone is shown, so "dredging" must not bring politics for the sake of German "Regierung"."""
    topics = {
        "politics": Topic(
            "politics", "politics", labels={"en": "Politics"}, aliases={"en": ("regierung", "parliaments")}
        )
    }
    vocabulary = Vocabulary({}, topics, {})
    assert [vocabulary.suggest_topic(word) for word in ("dredging", "parlaments", "politcs")] == [
        None,
        "politics",
        "politics",
    ]


def test_suggest_topic(vocabulary: Vocabulary) -> None:
    """A slip in a topic brings the key that was meant."""
    assert (vocabulary.suggest_topic("ceasfire"), vocabulary.suggest_topic("qqq")) == ("ceasefire", None)


def test_a_short_word_is_no_slip_for_an_alias(tmp_path: Path) -> None:
    """Aliases are words of texts: "nope" is not meant to be the church, whose alias is "Pope"; long ones may be."""
    topics = '[church]\naliases = { en = ["Pope", "cathedral"], de = ["Kathedrale"] }\n'
    vocabulary, problems = load_vocabulary(site_with(tmp_path, topics=topics))
    assert problems == []
    assert [vocabulary.suggest_topic(word) for word in ("nope", "catedral", "curch")] == [
        None,
        "church",
        "church",
    ]


@pytest.mark.parametrize(
    ("kind", "key", "lang", "label"),
    [
        ("country", "GB", "en", "Britain"),
        ("country", "GB", "fr", "Royaume-Uni"),
        ("country", "DE", "pt-BR", "Alemanha"),
        ("country", "DE", "xx", "Germany"),
        ("topic", "ceasefire", "fr", "Cessez-le-feu"),
        ("topic", "ceasefire", "fr-CA", "Cessez-le-feu"),
        ("topic", "peace", "fr", "Peace process"),
        ("topic", "weapons", "fr", "weapons"),
        ("region", "151", "fr", "Europe de l’Est"),
        ("region", "010", "en", "Antarctica"),
    ],
)
def test_label(vocabulary: Vocabulary, kind: str, key: str, lang: str, label: str) -> None:
    """A term is shown by the archive's own name, else by CLDR's, else in the site's language."""
    assert vocabulary.label(kind, key, lang) == label  # type: ignore[arg-type]  # the table has plain text


def test_tree(vocabulary: Vocabulary) -> None:
    """Topics know what stands above and below them, in the file's order."""
    assert vocabulary.ancestors("ceasefire") == ("peace", "conflict")
    assert vocabulary.children("conflict") == ("peace", "weapons")
    assert vocabulary.descendants("conflict") == ("peace", "ceasefire", "weapons")
    assert vocabulary.descendants("weapons") == ()


def test_workers_get_the_same_vocabulary(vocabulary: Vocabulary) -> None:
    """A worker process finds what its parent finds."""
    copy = pickle.loads(pickle.dumps(vocabulary))  # noqa: S301  # our own bytes
    assert copy.find_topic("treve") == "ceasefire"
    assert copy.label("country", "GB", "en") == "Britain"
    assert dict(copy.countries) == dict(vocabulary.countries)


def test_loading_reads_no_library_data(tmp_path: Path) -> None:
    """A build that edits one file does not wait for the world's names: no library's data is read."""
    site_with(tmp_path, topics=TOPICS, countries=COUNTRIES)
    code = (
        "import sys; from pathlib import Path; from pouch.site import load_site\n"
        "from pouch.vocabulary.vocabulary import load_vocabulary\n"
        "v, _ = load_vocabulary(load_site(Path(sys.argv[1]))); assert v.find_country('GB') == 'GB'\n"
        "assert v.find_topic('Cessez-le-feu') and v.label('topic', 'ceasefire', 'en')\n"
        "print(sorted({'babel', 'pycountry', 'slugify', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize(
    ("name", "code"),
    [("Scotland", "GB"), ("Gaza", "PS"), ("Republic of Ireland", "IE"), ("Cisjordanie", "PS")],
)
def test_a_part_of_a_country_leads_to_it(name: str, code: str) -> None:
    """A region is found as its country or suggests it, never a country of like letters."""
    vocabulary = Vocabulary(registry_countries(), {}, registry_regions())
    assert vocabulary.find_country(name) == code or str(vocabulary.suggest_country(name)).startswith(code)


def test_guyane_is_the_french_one() -> None:
    """The French name of French Guiana is not read as Guyana's in another language."""
    vocabulary = Vocabulary(registry_countries(), {}, registry_regions())
    assert (vocabulary.find_country("Guyane"), vocabulary.find_country("Guyana")) == ("GF", "GY")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Congo", ["CD", "CG"]),
        ("the Congo", ["CD", "CG"]),
        ("Kongó", ["CD", "CG"]),
        ("Corée", ["KR", "KP"]),
        ("Корея", ["KR", "KP"]),
        ("Virgin Islands", ["VG", "VI"]),
        ("Yugoslavia", ["RS", "HR", "BA", "SI", "MK", "ME", "XK"]),
        ("Guinea", []),
        ("Sudan", []),
        ("Ireland", []),
        ("CG", []),
        ("Congo-Brazzaville", []),
        ("nothing", []),
    ],
)
def test_a_name_of_several_countries_is_not_taken_for_one(
    vocabulary: Vocabulary, text: str, codes: list[str]
) -> None:
    """Whoever writes Congo or Korea is asked which one is meant; a name that one country has goes on to be its own."""
    assert [name.partition(" ")[0] for name in vocabulary.countries_named(text)] == codes
    assert (vocabulary.find_country(text) is None) == (bool(codes) or text == "nothing")


def test_an_archive_settles_an_ambiguous_name(tmp_path: Path) -> None:
    """An alias in countries.toml is an editor's word, and is taken."""
    own = '[CD]\naliases = { en = ["Congo"] }\n'
    found, problems = load_vocabulary(site_with(tmp_path, topics=TOPICS, countries=own))
    assert problems == []
    assert (found.find_country("Congo"), found.countries_named("Congo")) == ("CD", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Scotland", "GB"),
        ("Pays de Galles", "GB"),
        ("Gaza", "PS"),
        ("Republic of Ireland", "IE"),
        ("Siberia", "RU"),
        ("Kurdistan", "IQ"),
        ("Bayern", "DE"),
        ("Texas", "US"),
        ("Ontario", "CA"),
    ],
)
def test_a_part_of_a_country_suggests_the_country(vocabulary: Vocabulary, text: str, code: str) -> None:
    """What a name means comes before how it is spelt: Scotland is no slip for Estonia, nor Gaza for Ghana."""
    assert vocabulary.find_country(text) is None
    assert (vocabulary.suggest_country(text) or "").startswith(code)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("French", "FR"), ("britannique", "GB"), ("Deutsche", "DE"), ("españoles", "ES"), ("українська", "UA"),
        ("US-amerikanisch", "US"), ("Beijing", "CN"), ("Pékin", "CN"), ("Kyiv", "UA"), ("Kiew", "UA"), ("東京", "JP"),
        ("Ottawa", "CA"), ("Munich", "DE"), ("Welsh", "GB"),
        ("Congolese", "CD CG"), ("coreano", "KR KP"), ("Vienne", "AT FR"), ("Santiago", "CL DO"), ("Kingston", "JM NF"),
        ("Columbia City", ""), ("Austin", "AT US"), ("Virgin", ""),
    ],
)  # fmt: skip
def test_people_and_capitals_suggest_their_countries(vocabulary: Vocabulary, text: str, codes: str) -> None:
    """In any language of the interface; where several may be meant, all are named."""
    assert vocabulary.find_country(text) is None
    suggestion = vocabulary.suggest_country(text) or ""
    assert sorted(re.findall(r"\b[A-Z]{2}(?= \()", suggestion)) == sorted(codes.split())


def test_nothing_is_loaded_without_an_unknown_name(
    vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables of peoples and cities are read for the first name that no country has, and once."""
    asked: list[str] = []

    def counting(package: str, name: str) -> dict[str, Any]:
        asked.append(name)
        return table(package, name)

    monkeypatch.setattr(associations, "table", counting)
    associations.associated.cache_clear()
    associations._words.cache_clear()
    for name in ("France", "UA", "Royaume-Uni", "Congo"):
        assert vocabulary.find_country(name) or vocabulary.countries_named(name)
    assert asked == []
    for _ in range(2):
        assert (vocabulary.suggest_country("Polish") or "").startswith("PL")
    assert sorted(asked) == ["cities", "en"]


def test_a_name_is_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A topic that was removed may stand in thousands of entries: the comparison is made for the first."""
    vocabulary, _ = load_vocabulary(site_with(tmp_path, topics=TOPICS, countries=COUNTRIES))
    asked: list[str] = []
    close = difflib.get_close_matches

    def counting(word: str, *more: Any) -> list[str]:
        asked.append(word)
        return close(word, *more)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    for _ in range(3):
        assert vocabulary.suggest_topic("Ceasfire") == "ceasefire"
        assert vocabulary.suggest_topic("nothing like it") is None
        assert (vocabulary.suggest_country("Ukrane") or "").startswith("UA")
    assert sorted(asked) == ["ceasfire", "nothing like it", "ukrane"]
