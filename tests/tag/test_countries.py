"""Countries are found where they are named, and only there."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.tag import analysis
from pouch.tag.analysis import Analysis, Tagger
from pouch.tag.gazetteer import Gazetteer, build_gazetteer
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.vocabulary.sites import site_with

HOUSE = '[GB]\naliases = { en = ["Blighty"], fr = ["perfide Albion"] }\n'


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    vocabulary, problems = load_vocabulary(
        site_with(tmp_path_factory.mktemp("site"), topics="", countries=HOUSE)
    )
    assert problems == []
    return Tagger(vocabulary)


def codes(analysis: Analysis) -> set[str]:
    return {country.code for country in analysis.countries}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # Names, abbreviations, official forms
        ("en", "The U.K. and the United States met Côte d’Ivoire’s envoy.", "GB US CI"),
        ("en", "Talks between the Democratic Republic of Congo and Rwanda.", "CD RW"),
        ("en", "South Korea and North Korea exchanged letters.", "KR KP"),
        ("en", "He left South Sudan for Papua New Guinea and Equatorial Guinea.", "SS PG GQ"),
        ("en", "Blighty votes.", "GB"),
        ("en", "US-led forces, the UAE and Saudi Arabia", "US AE SA"),
        ("fr", "Les États\u00a0Unis et l\u2019E\u0301gypte", "US EG"),
        ("fr", "LA COTE D'IVOIRE ET LE TCHAD", "CI TD"),
        ("es", "EE. UU. y el Reino Unido", "US GB"),
        # Demonyms and adjectives
        ("en", "British, Norwegian and Burkinabe ministers; a Dutchman", "GB NO BF NL"),
        ("fr", "le gouvernement britannique, des soldats tchadiens, une Suédoise", "GB TD SE"),
        ("de", "die französische Regierung, polnischer Minister, die Ukrainerin", "FR PL UA"),
        ("de", "Frankreichs Präsident und Schwedens König", "FR SE"),
        ("es", "la ministra alemana y los agricultores franceses", "DE FR"),
        ("it", "il governo tedesco e le truppe ucraine", "DE UA"),
        ("pt", "os soldados ucranianos e a polícia alemã", "UA DE"),
        ("nl", "de Belgische regering en Oekraïense troepen", "BE UA"),
        # Inflected names
        ("ru", "Переговоры Украины с Великобританией и Соединёнными Штатами в Саудовской Аравии", "UA GB SA"),
        ("uk", "Посли Франції та Німеччини приїхали до Польщі", "FR DE PL"),
        ("pl", "Rozmowy w Wielkiej Brytanii o Ukrainie i Rosji", "GB UA RU"),
        ("cs", "Ve Velké Británii jednali zástupci Ukrajiny, Německa a Pákistánu", "GB UA DE PK"),
        ("sl", "V Franciji in Nemčiji so govorili o Rusiji", "FR DE RU"),
        ("bg", "България и Великобритания подкрепят Украйна", "BG GB UA"),
        # Places, institutions, leaders
        ("en", "Floods in Ohio and in Québec; a quake near Osaka", "US CA JP"),
        ("en", "Downing Street answered the Kremlin and the Bundestag", "GB RU DE"),
        ("en", "Police in Stamford, Conn., said", "US"),
        ("fr", "Le Kremlin et l’Élysée", "RU FR"),
        # What only looks like a country
        ("en", "Morgan Stanley and McDonnell Douglas shares rose", ""),
        ("en", "New Jersey police", "US"),
        ("en", "Georgia beat Alabama in Atlanta", "US"),
        ("en", "Georgia and Russia fought over South Ossetia; Tbilisi protested", "GE RU"),
        ("en", "Michael Jordan and Chad Smith met Paris Hilton", ""),
        ("en", "She speaks French and wrote it in English.", ""),
        ("en", "Mexican food and a French bulldog", ""),
        ("en", "Trade with Latin America and the South American bloc; the Indian Ocean", ""),
        ("en", "It cost US$300, or 200 US dollars.", ""),
        ("en", "LET US NOT FORGET", ""),
        ("en", "Oman is no woman; Romania has no Oman in it", "OM RO"),
        ("en", "a turkey, some china, and a guinea pig", ""),
        ("en", "The mayor of Paris, Texas, resigned", "US"),
        ("fr", "François Hollande est élu", "FR"),
        ("fr", "Maurice est venu avec son frère", ""),
        ("fr", "Un séisme à Maurice et au Salvador", "MU SV"),
        ("fr", "Il parle anglais et traduit de l’allemand.", ""),
        ("fr", "Un contrat de 1,6 milliard de livres sterling", ""),
        ("fr", "L’Europe, l’UE, l’OTAN et le Commonwealth", ""),
        ("fr", "Des inondations au Kenya.\nLire aussi : L’Éthiopie face à la sécheresse\n", "KE"),
        ("en", "Rain in Kenya.\n\nRead more: Drought in Ethiopia\n", "KE"),
        ("de", "Lateinamerika und der Indische Ozean", ""),
    ],
)
def test_countries_of_a_text(tagger: Tagger, lang: str, text: str, expected: str) -> None:
    """A sentence gives the countries that a reader would say it names, no more and no fewer."""
    assert codes(tagger.analyse("", text, lang=lang)) == set(expected.split())


def test_listed_on_an_exchange_is_no_subject(tagger: Tagger) -> None:
    """A bond that is listed in Luxembourg does not make a briefing on Luxembourg."""
    text = "Sweden issues a bond. The bonds will be listed in Luxembourg."
    roles = {c.code: c.role for c in tagger.analyse("Sweden issues bond", text, lang="en").countries}
    assert roles == {"SE": "primary", "LU": "mention"}


def test_leaders_count_while_in_office(tagger: Tagger) -> None:
    """A leader's name stands for the country only in articles of that time."""
    text = "Angela Merkel spoke."
    assert codes(tagger.analyse("", text, lang="en", on=date(2015, 1, 1))) == {"DE"}
    assert codes(tagger.analyse("", text, lang="en", on=date(2024, 1, 1))) == set()


def test_dateline(tagger: Tagger) -> None:
    """The place that a report was filed from is told apart from what it is about."""
    found = tagger.analyse(
        "Wheat harvest grows", "CLEVELAND, Feb 26 - The harvest grew.", lang="en"
    ).countries
    assert [(c.code, c.role, [e.kind for e in c.evidence]) for c in found] == [
        ("US", "primary", ["dateline"])
    ]


def test_home_country(tagger: Tagger) -> None:
    """Where nothing is named, the home country is meant; where something is, it is not."""
    text = "The company raised its dividend."
    assert codes(tagger.analyse("", text, lang="en")) == set()
    (home,) = tagger.analyse("", text, lang="en", home_country="US").countries
    assert (home.code, home.role, home.evidence) == ("US", "primary", ())
    assert codes(tagger.analyse("", "Norway votes.", lang="en", home_country="US")) == {"NO"}


ROLES = [
    (
        "en",
        "Kenya and Somalia reopen border",
        "NAIROBI (AP) — Kenya and Somalia reopened their border on Monday.\n\nThe talks were held in Turkey, and a "
        "diplomat from Qatar was present. Kenyan lorries crossed first; Somali traders followed.",
        "KE SO",
        "TR QA",
    ),
    (
        "fr",
        "Inondations : le Niger demande de l’aide",
        "Le Niger a déclaré l’état d’urgence après de fortes pluies.\n\nLe gouvernement nigérien a reçu des tentes du "
        "Maroc. Des crues semblables avaient touché le Tchad l’an dernier.",
        "NE",
        "MA TD",
    ),
    (
        "de",
        "Norwegen baut Windparks aus",
        "Oslo. Die norwegische Regierung vergibt neue Flächen.\n\nAuch Firmen aus Dänemark bewarben sich.",
        "NO",
        "DK",
    ),
    (
        "fr",
        "Des prévisions en baisse",
        "Les ministres, qui se réunissent jeudi à Sibiu (Roumanie), ont reçu de mauvaises prévisions.\n\n"
        "L’Italie reste le maillon faible. Le gouvernement italien a répondu à l’Autriche. L’Italie ne changera rien.",
        "IT",
        "AT RO",
    ),
    (
        "fr",
        "Attentat au marché",
        "Un attentat à Mogadiscio (Somalie) a fait douze morts, selon la police.\n\n"
        "Le Kenya a présenté ses condoléances.",
        "SO",
        "KE",
    ),
]


@pytest.mark.parametrize(("lang", "title", "text", "primary", "mentions"), ROLES)
def test_roles(tagger: Tagger, lang: str, title: str, text: str, primary: str, mentions: str) -> None:
    """The countries that a story is about come first, in the order of their weight; others are mentions."""
    found = tagger.analyse(title, text, lang=lang).countries
    assert [c.code for c in found if c.role == "primary"] == primary.split()
    assert {c.code for c in found if c.role == "mention"} == set(mentions.split())
    assert [c.role for c in found] == sorted((c.role for c in found), key=["primary", "mention"].index)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("L’Ukraine", "Le gouvernement\u00a0ukrainien et les E\u0301tats-Unis"),
        ("E\u0301gypte et Maroc", "La Co\u0302te d\u2019Ivoire gagne"),
        ("", "\n\n  Le Sénégal"),
    ],
)
def test_evidence_is_where_it_says(tagger: Tagger, title: str, text: str) -> None:
    """An editor who looks at title + newline + text, from `start` on, reads the evidence's very words."""
    analysis = tagger.analyse(title, text, lang="fr")
    whole = f"{title}\n{text}"
    evidence = [e for country in analysis.countries for e in country.evidence]
    assert evidence
    assert [whole[e.start : e.start + len(e.text)] for e in evidence] == [e.text for e in evidence]


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(max_size=40),
    words=st.lists(
        st.sampled_from(
            ["Georgia", "US", "France", "e\u0301", "l’", " ", "\n", "\n\n", ", ", ". ", "in ", "Chad", "U.S.", "İ",
             "New", "York", "Côte d", "’Ivoire", "-", "LONDON", " (AP) — ", "Read more: ", "listed in ", "ß", "Congo"]
        ),
        max_size=30,
    ),
)  # fmt: skip
def test_any_text_can_be_analysed(title: str, words: list[str]) -> None:
    """Whatever text comes, there is an analysis, and its evidence stands where it says."""
    text = "".join(words)
    whole = f"{title}\n{text}"
    for lang in ("en", "fr", "de", "ru"):
        analysis = _plain_tagger().analyse(title, text, lang=lang)
        found = [e for country in analysis.countries for e in country.evidence]
        for e in found + [e for topic in analysis.topics for e in topic.evidence]:
            assert e.text
            assert whole[e.start : e.start + len(e.text)] == e.text


_TAGGERS: list[Tagger] = []


def _plain_tagger() -> Tagger:
    if not _TAGGERS:
        from pouch.vocabulary.registry import registry_countries, registry_regions
        from pouch.vocabulary.terms import Topic

        words = ("New York", "Congo", "Read more", "ß", "é", "İ", "London")
        topic = Topic(key="x", slug="x", aliases=dict.fromkeys(("en", "fr", "de", "ru"), words))
        _TAGGERS.append(Tagger(Vocabulary(registry_countries(), {"x": topic}, registry_regions())))
    return _TAGGERS[0]


def test_surnames_and_relatives(tagger: Tagger) -> None:
    """Somebody called French, English or Obama does not make an article about a country."""
    cases = {
        "Later, French said the audit was over.": "",
        "The French said the audit was over.": "FR",
        "Mr English and Dr. Irish met Thomas Finn.": "",
        "A book by Michelle Obama sold well; her editor said Obama agreed.": "US",
        "In a book by Michelle Obama, he read on.": "",
        "They asked Leslie Gent and Naomi Osaka.": "",
        "Choctaw and Carib Indians traded; Indians voted in Delhi.": "IN",
    }
    for text, expected in cases.items():
        assert codes(tagger.analyse("", text, lang="en")) == set(expected.split()), text


def test_institutions_that_many_countries_have(tagger: Tagger) -> None:
    """A congress is the United States' only where no other country is named, or they are."""
    assert codes(tagger.analyse("", "Congress passed the bill.", lang="en")) == {"US"}
    assert codes(tagger.analyse("", "In Peru, Congress passed the bill.", lang="en")) == {"PE"}
    assert codes(tagger.analyse("", "Peru waits until the U.S. Congress votes.", lang="en")) == {"PE", "US"}


def test_names_of_several_words_are_declined(tagger: Tagger) -> None:
    """In languages that decline names, every word of a name may be in any case."""
    cases = [
        ("ru", "с Новой Зеландией и в Северной Македонии", "NZ MK"),
        ("uk", "із Саудівською Аравією та в Новій Зеландії", "SA NZ"),
        ("pl", "z Nową Zelandią i w Macedonii Północnej", "NZ MK"),
        ("cs", "s Novým Zélandem a v Severní Makedonii", "NZ MK"),
        ("sl", "z Novo Zelandijo in v Severni Makedoniji", "NZ MK"),
        ("bg", "Доминиканската република и Нова Зеландия", "DO NZ"),
    ]
    for lang, text, expected in cases:
        assert codes(tagger.analyse("", text, lang=lang)) == set(expected.split()), text


def test_additions_count_at_once(tmp_path: Path) -> None:
    """A name that the archive adds in countries.toml is found as soon as the vocabulary is read again."""
    text = "Les négociateurs de l’Hexagone profond sont arrivés."
    before, _ = load_vocabulary(site_with(tmp_path, countries=""))
    assert codes(Tagger(before).analyse("", text, lang="fr")) == set()
    added = '[FR]\naliases = { fr = ["Hexagone profond"] }\n'
    after, _ = load_vocabulary(site_with(tmp_path, countries=added))
    assert codes(Tagger(after).analyse("", text, lang="fr")) == {"FR"}


def test_other_languages(tagger: Tagger) -> None:
    """In a language without data of its own, CLDR's names are found; noise of a scan does no harm."""
    cases = [
        ("sv", "Frankrike och Tyskland möttes i Norge.", {"FR", "DE", "NO"}),
        ("ja", "フランスとドイツ", set()),
        ("und", "\x00 ^^ fraiice ~ Gerrnany |||", set()),
        ("en", "T H E  K I N G of Sp ain~ .,,; and Frahce", set()),
    ]
    for lang, text, expected in cases:
        assert codes(tagger.analyse("", text, lang=lang)) >= expected, text


def test_data_files_name_known_countries() -> None:
    """No row of the language files points at a country that does not exist."""
    from pouch.tag.gazetteer import language_data
    from pouch.tag.language import LANGUAGES
    from pouch.vocabulary.registry import registry_countries

    known = {*registry_countries(), ""}
    for name in (*LANGUAGES, "cities"):
        data = language_data(name)
        tables = [data] if name == "cities" else [t for k, t in data.items() if k not in ("weak", "context")]
        rows = {code for table in tables if isinstance(table, dict) for code in table}
        assert rows <= known, name
    assert {row["country"] for row in language_data("leaders")["leader"]} <= known


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Kapstadt spart Wasser, der Münchner Stadtrat auch; die Mailänder Messe wartet.", "ZA DE IT"),
        ("de", "Der Autor Jon Krakauer kam nach Krakau und aß Linzer Torte.", "PL"),
        ("fr", "Le conseil munichois, les tramways turinois et la police londonienne.", "DE IT GB"),
        ("fr", "Un flacon d'eau de Cologne.", ""),
        ("es", "El metro berlinés, el puerto de Amberes y la policía neoyorquina.", "DE BE US"),
        ("es", "Habla Florentino Pérez.", ""),
        ("it", "Il porto di Anversa, le strade berlinesi e Città del Capo.", "BE DE ZA"),
        ("pt", "A Cidade do Cabo, o porto de Antuérpia e a polícia londrina.", "ZA BE GB"),
        ("nl", "Kaapstad, de Antwerpse haven en de Londense metro.", "ZA BE GB"),
        ("pl", "W Kapsztadzie i w Monachium; londyńskie metro.", "ZA DE GB"),
        ("cs", "V Kapském Městě a v Mnichově; Milan Kundera četl.", "ZA DE"),
        ("ru", "В Кейптауне и Мюнхене; лондонское метро. Милан Кундера писал.", "ZA DE GB"),
        ("uk", "У Кейптауні та Мюнхені; лондонське метро.", "ZA DE GB"),
        ("bg", "В Кейптаун и Мюнхен; лондонското метро.", "ZA DE GB"),
        ("sl", "V Münchnu in v Benetkah; londonska podzemna.", "DE IT GB"),
    ],
)
def test_large_cities_in_the_words_of_a_language(tagger: Tagger, lang: str, text: str, expected: str) -> None:
    """A city abroad has another name in each language, and an adjective; a person of that name is no city."""
    assert codes(tagger.analyse("", text, lang=lang)) == set(expected.split())


@pytest.mark.parametrize(
    ("text", "primary"),
    [
        # Once, far below: a study's authors, where a plant is from.
        ("{0} {0} Researchers in Germany agreed.", ""),
        ("{0} {0} The firm has offices in Spain and Brazil.", ""),
        ("{0} {0} Germany agreed. Its cities follow, said Germany's minister.", "DE"),
        ("Germany plants trees. {0}", "DE"),
    ],
)
def test_no_country_rather_than_one_named_in_passing(tagger: Tagger, text: str, primary: str) -> None:
    """A text that names a country once, below its lead, is not about it, and about none if that is all it names."""
    council = (
        "The council met and spoke about lamps, libraries and lanes. Residents asked when works begin. " * 4
    )
    found = tagger.analyse("Council plants trees", text.format(council), lang="en").countries
    assert [country.code for country in found if country.role == "primary"] == primary.split()


def test_every_country_is_found_by_its_own_name(tagger: Tagger) -> None:
    """Each country's English and French name, in a sentence, gives that country."""
    from pouch.vocabulary.names import cldr_names

    shared = {"CD", "CG", "KP", "KR"}
    for lang, sentence in (("en", "They met in {}."), ("fr", "Une rencontre en {}.")):
        for code in sorted(set(tagger.vocabulary.countries) - shared):
            name = cldr_names(lang)[code]
            assert code in codes(tagger.analyse("", sentence.format(name), lang=lang)), name


def test_paths(tmp_path: Path) -> None:
    """The house's own names of countries are evidence of the kind alias."""
    vocabulary, _ = load_vocabulary(site_with(tmp_path, countries=HOUSE))
    (found,) = Tagger(vocabulary).analyse("", "Une colère contre la perfide Albion", lang="fr").countries
    assert [(e.text, e.kind) for e in found.evidence] == [("perfide Albion", "alias")]


def test_a_gazetteer_outlives_its_batch(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that gets a copy of the vocabulary builds its gazetteer again only where the terms have changed."""
    built: list[str] = []

    def build(lang: str, vocabulary: Vocabulary) -> Gazetteer:
        built.append(lang)
        return build_gazetteer(lang, vocabulary)

    monkeypatch.setattr(analysis, "build_gazetteer", build)
    monkeypatch.setattr(analysis, "_LATEST", [])
    vocabulary = tagger.vocabulary
    for _ in range(2):
        copy = pickle.loads(pickle.dumps(vocabulary))  # noqa: S301  # our own bytes
        assert codes(analysis.analyse("", "Blighty votes.", copy, lang="en")) == {"GB"}
    assert built == ["en"]
    britain = msgspec.structs.replace(vocabulary.countries["GB"], aliases={"en": ("Albion",)})
    renamed = Vocabulary({**vocabulary.countries, "GB": britain}, {}, vocabulary.regions)
    assert codes(analysis.analyse("", "Albion votes, Blighty sleeps.", renamed, lang="en")) == {"GB"}
    assert codes(analysis.analyse("", "Blighty votes.", renamed, lang="en")) == set()
    assert built == ["en", "en"]
