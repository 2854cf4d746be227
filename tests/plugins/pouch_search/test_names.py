"""By what names a query may ask for a term."""

from __future__ import annotations

import gzip

import msgspec
import pytest

from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary
from pouch_search.names import aliases_of, form_of, names_of, places_of, render_names


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """All countries, and a topic with aliases."""
    topic = Topic(
        key="flood",
        slug="floods",
        labels={"en": "Floods", "fr": "Inondations"},
        aliases={"en": ("high water", "UNDRR"), "fr": ("crue",)},
    )
    return Vocabulary(registry_countries(), {"flood": topic}, registry_regions(), languages=("fr",))


def test_countries_have_their_demonyms_in_every_language(vocabulary: Vocabulary) -> None:
    """As keys; a stem that endings follow has a mark; a form that a language before has is not said again."""
    english, french = names_of(vocabulary, ("en", "fr"), ["CH", "TR"], ["flood"]).languages
    assert {"switzerland", "swiss"} <= set(english.countries["CH"])
    assert {"turkey", "turkiye", "turkish"} <= set(english.countries["TR"])
    assert {"suisse", "suisse~"} & set(french.countries["CH"])
    assert "helvetico" not in french.countries["CH"]
    assert not set(english.countries["CH"]) & set(french.countries["CH"])
    assert "e" in french.endings


def test_topics_have_their_labels_and_apart_from_them_their_aliases(vocabulary: Vocabulary) -> None:
    """Aliases are many, and a file of their own for each language."""
    english, french = names_of(vocabulary, ("en", "fr"), [], ["flood"]).languages
    assert (english.topics, french.topics) == ({"flood": ("floods",)}, {"flood": ("inondations",)})
    assert aliases_of(vocabulary, "en", ["flood"]) == {"flood": ("high water", "UNDRR")}
    assert aliases_of(vocabulary, "de", ["flood"]) == {}


def test_places_and_institutions_stand_for_their_country() -> None:
    """In a file of their own, since they count only where no text has them; capitals among them."""
    english, french = (places_of([lang], ["JP", "RU", "UA"]) for lang in ("en", "fr"))
    assert {"kremlin", "moscow"} <= set(english["RU"])
    assert "tokyo" in english["JP"]
    assert "crimea" in english["UA"]
    assert "crimee" in french["UA"]


def test_a_name_that_countries_share_is_a_form_of_each(vocabulary: Vocabulary) -> None:
    """ "Korea" and "Congolese" say of several not which one; "Georgia" is one country's name, whoever else has it."""
    english, french = names_of(vocabulary, ("en", "fr"), sorted(vocabulary.countries), []).languages
    assert [code for code, forms in english.countries.items() if "korea" in forms] == ["KP", "KR"]
    assert [code for code, forms in english.countries.items() if "congolese" in forms] == ["CD", "CG"]
    assert [code for code, forms in french.countries.items() if "coreen~" in forms] == ["KP", "KR"]
    assert [code for code, forms in english.countries.items() if "georgia" in forms] == ["GE"]


def test_an_organisation_has_its_names_in_every_language(vocabulary: Vocabulary) -> None:
    """Abbreviations in capitals; no form belongs to two of them, and none is a country's or a topic's."""
    organisations = names_of(vocabulary, ("en",), [], []).organisations
    (health,) = [forms for forms in organisations if "WHO" in forms]
    assert {"OMS", "world health organization", "weltgesundheitsorganisation"} <= set(health)
    every = [form.lower() for forms in organisations for form in forms]
    assert sorted({form for form in every if every.count(form) > 1}) == []


def test_names_are_published_between_bars(vocabulary: Vocabulary) -> None:
    """Few bytes: one text a term."""
    made = render_names(names_of(vocabulary, ("en",), ["CH"], ["flood"]), None)  # type: ignore[arg-type]  # asks for no stores
    (english,) = msgspec.json.decode(gzip.decompress(made))["languages"]
    assert english["topic"] == {"flood": "floods"}
    assert "swiss" in english["country"]["CH"].split("|")


@pytest.mark.parametrize(
    ("name", "form"),
    [("Côte d’Ivoire", "cote ivoire"), ("émirati~", "emirati~"), ("U.S.", "US"), ("É.-U.", ""), ("~", "")],
)
def test_a_form_is_the_keys_of_its_words(name: str, form: str) -> None:
    """As a query is taken apart; single letters name nothing."""
    assert form_of(name) == form
