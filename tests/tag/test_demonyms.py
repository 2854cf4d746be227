"""Peoples, and adjectives of countries, in the forms that their languages have."""

from __future__ import annotations

import pytest

from pouch.tag.analysis import Tagger
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """A tagger without topics."""
    return Tagger(Vocabulary(registry_countries(), {}, registry_regions()))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # Adjectives in the personal plural.
        ("pl", "Rosyjscy żołnierze, niemieccy i szwedzcy kierowcy, izraelscy lekarze.", "DE IL RU SE"),
        ("cs", "Ruští vojáci, němečtí a angličtí dobrovolníci, čínští dělníci.", "CN DE GB RU"),
        # One of a people, and women.
        ("pl", "Rosjaninem była zdziwiona Amerykanka; Brytyjkę i Chinkę pytała Niemka.", "CN DE GB RU US"),
        ("cs", "Američanku porazila Němka, Japonku Francouzka.", "DE FR JP US"),
        ("ru", "Россиянин и англичанка, китаец и итальянка, немка и турчанка.", "CN DE GB IT RU TR"),
        ("uk", "Росіянин, англієць і німкеня, італійка та австрієць.", "AT DE GB IT RU"),
        ("bg", "Американка и италианец, рускиня и французойка.", "FR IT RU US"),
        ("sl", "Rusinja, Nemka, Američanka in Avstrijka.", "AT DE RU US"),
        ("nl", "Een Française en een Russin.", "FR RU"),
        ("de", "Zwei Polinnen, eine Französin und die Deutschen.", "DE FR PL"),
        # A sentence that opens with an adjective; as a noun it is a language.
        ("de", "Türkische Truppen rücken vor.", "TR"),
        ("de", "Er lernt Türkisch und Deutsch.", ""),
        ("de", "Im Englischen heißt es anders, aus dem Russischen übersetzt, ins Deutsche übertragen.", ""),
        ("de", "Im Deutschen Bundestag sprach eine Russin.", "DE RU"),
        # Two adjectives in one word.
        ("de", "Das deutsch-französische Treffen, der russisch-ukrainische Krieg.", "DE FR RU UA"),
        ("pl", "Granica polsko-ukraińska, wojna rosyjsko-gruzińska.", "GE PL RU UA"),
        ("es", "Las relaciones greco-turcas y el arte greco-romano.", "GR TR"),
        ("en", "An Indo-French deal in the Indo-Pacific.", "FR IN"),
        # A street, and a family.
        ("es", "Los juzgados de Vía Alemania citan a Cristina de Borbón y Grecia.", ""),
        ("it", "Un bar in Via Germania.", ""),
        # Words that only begin alike.
        ("pl", "Polskie piosenki dyskotekowe i czescy śpiewacy.", "CZ PL"),
        ("ru", "Он пил воду из цинковой кружки.", ""),
    ],
)
def test_forms_of_peoples(tagger: Tagger, lang: str, text: str, expected: str) -> None:
    """A people is found whoever of it is named, and an adjective in its plural and in compounds."""
    assert " ".join(sorted(tag.code for tag in tagger.analyse("", text, lang=lang).countries)) == expected
