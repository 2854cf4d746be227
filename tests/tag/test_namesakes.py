"""What bears a country's name and is not the country, in several languages."""

from __future__ import annotations

import pytest

from pouch.tag.analysis import Tagger
from pouch.tag.gazetteer import language_data
from pouch.tag.namesakes import bodies, namesake_data
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(Vocabulary(registry_countries(), {}, registry_regions()))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # Waters
        ("en", "A storm crossed the Sea of Japan and the Norwegian Sea near Iceland.", "IS"),
        ("fr", "Un navire a coulé dans le détroit du Danemark, au large de l’Islande.", "IS"),
        ("es", "El barco cruzó el golfo de Omán y llegó a Pakistán.", "PK"),
        ("nl", "In de Golf van Guinee worden schepen uit Ghana overvallen.", "GH"),
        ("ru", "В Мексиканском заливе и в Японском море бушует шторм, сообщают в Канаде.", "CA"),
        ("pl", "Na Morzu Japońskim trwają manewry, podała Kanada.", "CA"),
        ("es", "El canal de Panamá reduce el paso de barcos.", "PA"),
        # Ships
        ("en", "The frigate HMAS Canada Star docked in Fiji.", "FJ"),
        ("fr", "Le paquebot France a quitté les Açores pour le Chili.", "CL PT"),
        ("sv", "Färjan gick till Norge.", "NO"),
        # Persons
        ("en", "Peter England won in Oslo. England thanked his coach.", "NO"),
        ("en", "Chad Smith lives in Oslo, where Chad teaches.", "NO"),
        ("en", "Michael Jordan flew to Amman. Jordan is at peace.", "JO"),
        # Both of two
        ("pl", "Obie Koree wznowiły rozmowy.", "KP KR"),
        ("ru", "Две Кореи возобновили переговоры.", "KP KR"),
        ("en", "Both Sudans pump oil; inter-Korean talks go on.", "SD SS KP KR"),
        # Things
        ("it", "Il coltellino svizzero e la roulette russa in una mostra a Oslo.", "NO"),
        ("pl", "Owczarek niemiecki wygrał w Oslo.", "NO"),
        ("en", "The Paris Agreement and the Rome Statute, explained in Oslo.", "NO"),
        ("en", "The Oneida Indian Nation and the Klamath Indian Tribes signed in Oslo.", "US NO"),
        ("en", "St. Martin's Press prints a novel from Oslo.", "NO"),
        ("fr", "À Saint-Denis, les étudiants ont occupé l’université.", "FR"),
        ("fr", "À Saint-Denis de La Réunion, le cyclone a coupé le courant.", "RE"),
        # The Union, bodies, credits
        ("fr", "Bruxelles met en garde la Hongrie. La Commission européenne peut retenir des fonds.", "HU"),
        ("en", "Brussels voted on a new tram line; Belgian mayors were pleased.", "BE"),
        ("en", "GENEVA, May 3 - The World Health Organization sent vaccines to Chad.", "TD"),
        ("en", "GENEVA, May 3 - The city council of the Swiss town opened a park.", "CH"),
        ("de", "DEN HAAG (dpa) - Der Internationale Strafgerichtshof verurteilt einen Mann aus Mali.", "ML"),
        ("en", "Rain fell in Ghana.\n\nAdditional reporting by a correspondent in Lagos", "GH"),
        # Regions and places abroad
        ("de", "Ein Brand in Zentralmakedonien, im Norden Griechenlands.", "GR"),
        ("en", "A truck overturned in London, in Ontario.", "CA"),
        ("en", "Shops closed in Macedonia, Greece and Albania.", "MK GR AL"),
        ("fr", "Une tempête dans la province de Luxembourg, en Belgique.", "BE"),
        # Firms, and places whose name is an everyday word in capitals
        ("en", "Chester Financial Group sold a mill in Norway. Chester said the price was fair.", "NO"),
        ("en", "Chester Financial Group sold a mill near Leeds. The town of Chester was not asked.", "GB"),
        ("en", "NORWAY'S CAR SALES FELL", "NO"),
        ("en", "U.S. CAR SALES ROSE", "US"),
        ("en", "NEWPORT BEACH, Calif., June 1 - A kit for tests was sold.", "US"),
        # Clubs
        ("es", "El América de Cali perdió en Oslo.", "CO NO"),
        # Other scripts and languages
        ("ar", "وقالت السلطات العراقية إن للمغرب وفرنسا خططا", "IQ MA FR"),
        ("ar", "قال الوزير إن المبلغ المالي كبير في مصر", "EG"),
        ("zh", "日本和法国在约旦河西岸问题上达成一致", "JP FR PS"),
        ("zh", "印度洋发生地震，斯里兰卡受影响", "LK"),
        ("ja", "タイトルを発表したドイツの会社、中国地方で開業", "DE JP"),
        ("ko", "한국은 독일과 인도적 지원을 논의했다", "KR DE"),
        ("th", "เยอรมนีและญี่ปุ่นลงนามกับสภากาชาด", "DE JP"),
        ("hi", "भारत और जापान ने समझौता किया", "IN JP"),
        ("tr", "Almanya'ya giden Türkler ve Fransız bakan", "DE TR FR"),
        ("fa", "وزیر ایرانی به عراق رفت", "IR IQ"),
        ("id", "Presiden Indonesia bertemu menteri Jepang di Selandia Baru", "ID JP NZ"),
        ("sw", "Rais wa Kenya alikutana na waziri wa Tanzania", "KE TZ"),
    ],
)
def test_countries_and_what_only_bears_their_names(
    tagger: Tagger, lang: str, text: str, expected: str
) -> None:
    """A text names the countries that a reader would say, in either role."""
    found = tagger.analyse("", text, lang=lang).countries
    assert {country.code for country in found} == set(expected.split()), [
        (country.code, [evidence.text for evidence in country.evidence]) for country in found
    ]


def test_an_institution_in_its_seat_is_mentioned_and_no_subject(tagger: Tagger) -> None:
    """Ministers who meet in Brussels make a mention of Belgium at most."""
    text = "Ministers of the European Union met in Brussels to speak about Moldova and the aid for Moldova."
    roles = {country.code: country.role for country in tagger.analyse("", text, lang="en").countries}
    assert roles == {"MD": "primary", "BE": "mention"}


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        (
            "en",
            "Norway lent forty million Canadian dollars. In Oslo the Canadian dollars were counted.",
            "CA",
        ),
        ("fr", "La Norvège prête quarante millions de dollars australiens, dit-on à Oslo.", "AU"),
    ],
)
def test_money_is_no_subject(tagger: Tagger, lang: str, text: str, code: str) -> None:
    """A country in whose money a sum is counted is mentioned at most; a title about the money is about the country."""
    roles = {country.code: country.role for country in tagger.analyse("", text, lang=lang).countries}
    assert roles == {"NO": "primary", code: "mention"}


def test_a_title_about_money(tagger: Tagger) -> None:
    """A title about the money is about the country that prints it."""
    (country,) = tagger.analyse("The Canadian dollar falls", "Traders sold it.", lang="en").countries
    assert (country.code, country.role) == ("CA", "primary")


def test_data_name_known_countries() -> None:
    """Every code of the shared tables is a country's."""
    codes = {body.seat for body in bodies()} | set(namesake_data()["regions"]) | set(language_data("clubs"))
    codes |= {code for rows in namesake_data()["both"].values() for row in rows for code in row["codes"]}
    assert codes <= set(registry_countries())
