"""Topics are suggested by the vocabulary's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.tag.analysis import Tagger
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.standard import standard_topics
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.vocabulary.sites import site_with

TOPICS = """
[conflict]
labels = { en = "Conflict", fr = "Conflit" }
aliases = { en = ["war", "troops"], fr = ["guerre", "troupes"] }
iptc = "medtop:16000000"

[ceasefire]
labels = { en = "Ceasefire", fr = "Cessez-le-feu" }
aliases = { en = ["truce", "cease-fire"], fr = ["trêve"] }
parent = "conflict"

[economy]
labels = { en = "Economy", fr = "Économie" }
aliases = { en = ["profit", "inflation", "bank"], fr = ["inflation", "banque"] }
iptc = "medtop:04000000"

[technology]
labels = { en = "Technology" }
aliases = { en = ["AI", "IT", "software"] }
iptc = "medtop:13000000"

[local]
labels = { en = "Town hall" }
"""


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    vocabulary, problems = load_vocabulary(site_with(tmp_path_factory.mktemp("site"), topics=TOPICS))
    assert problems == []
    return Tagger(vocabulary)


@pytest.fixture(scope="module")
def standard() -> Tagger:
    """A tagger of the topics that come with Pouch."""
    return Tagger(Vocabulary(registry_countries(), standard_topics(), registry_regions()))


@pytest.mark.parametrize(
    ("lang", "title", "text", "expected"),
    [
        ("en", "Truce holds", "Troops left the town.", "ceasefire conflict"),
        ("en", "Profits fall", "Inflation hit banks.", "economy"),
        ("en", "", "It said AI and IT matter.", "technology"),
        ("en", "", "it is an aid", ""),
        ("fr", "Cessez\u2010le\u2010feu", "Les trêves et la guerre", "ceasefire conflict"),
        ("fr", "TREVE", "", "ceasefire"),
        ("de", "Krieg", "", ""),
        ("en", "A talk at the town hall", "", "local"),
        ("en", "", "Nothing.\n\nRead more: war in the north", ""),
    ],
)
def test_topics_of_a_text(tagger: Tagger, lang: str, title: str, text: str, expected: str) -> None:
    """A text suggests the topics whose words it has, the plainest first; links elsewhere suggest nothing."""
    assert [topic.key for topic in tagger.analyse(title, text, lang=lang).topics] == expected.split()


def test_title_counts_most(tagger: Tagger) -> None:
    """What the title is about comes before what the text only touches."""
    topics = tagger.analyse("Inflation rises", "The war goes on.", lang="en").topics
    assert [topic.key for topic in topics] == ["economy", "conflict"]


def test_root_and_evidence(tagger: Tagger) -> None:
    """Each suggestion says which IPTC class it is under, and shows the words that speak for it."""
    title, text = "Accord", "La tre\u0302ve tient."
    (topic,) = tagger.analyse(title, text, lang="fr").topics
    assert (topic.key, topic.root) == ("ceasefire", "medtop:16000000")
    whole = f"{title}\n{text}"
    assert [(e.text, e.kind) for e in topic.evidence] == [("tre\u0302ve", "alias")]
    assert [whole[e.start : e.start + len(e.text)] for e in topic.evidence] == ["tre\u0302ve"]


def test_own_topic_without_code(tagger: Tagger) -> None:
    """A site's own root topic needs no IPTC code."""
    (topic,) = tagger.analyse("Town hall opens", "", lang="en").topics
    assert topic.root is None


def test_adding_a_topic_takes_one_table(tmp_path: Path) -> None:
    """A new table in topics.toml is suggested at once."""
    site = site_with(tmp_path, topics=TOPICS + '[whales]\nlabels = { en = "Whales" }\n')
    (topic,) = Tagger(load_vocabulary(site)[0]).analyse("Whales return", "", lang="en").topics
    assert topic.key == "whales"


def test_an_alias_counts_at_once(tmp_path: Path) -> None:
    """A topic needs one table and no code: its words suggest it as soon as the file is read again."""
    text = "Der Tunnelbohrer steht still."
    before, _ = load_vocabulary(site_with(tmp_path, topics=TOPICS))
    assert Tagger(before).analyse("", text, lang="de").topics == ()
    added = TOPICS + '\n[tunnels]\naliases = { de = ["Tunnelbohrer"] }\nparent = "economy"\n'
    after, problems = load_vocabulary(site_with(tmp_path, topics=added))
    assert problems == []
    (topic,) = Tagger(after).analyse("", text, lang="de").topics
    assert (topic.key, topic.root) == ("tunnels", "medtop:04000000")
    assert [(e.text, e.kind) for e in topic.evidence] == [("Tunnelbohrer", "alias")]


def test_without_aliases(tmp_path: Path) -> None:
    """A vocabulary without a single alias, and none at all, still give an analysis."""
    for topics in ("[war]\n[peace]\n", ""):
        vocabulary, _ = load_vocabulary(site_with(tmp_path, topics=topics))
        found = Tagger(vocabulary).analyse("War in Sudan", "Troops moved.", lang="en")
        assert (found.topics, found.countries[0].code) == ((), "SD")


@pytest.mark.parametrize(
    ("lang", "text", "topic", "expected"),
    [
        ("en", "The canoe lay on the bank of the river.", "banking", False),
        ("en", "The bank raised the rate for mortgages and loans.", "banking", True),
        ("fr", "Le but de la loi est clair.", "sport", False),
        ("fr", "Le bac traverse le fleuve.", "education", False),
        ("de", "Eine Bank steht am See.", "banking", False),
        ("es", "Un banco de arena cierra el puerto.", "banking", False),
        ("en", "The goal of the plan is clear.", "football", False),
        ("en", "The goalkeeper saved twice, and the only goal came late.", "football", True),
        ("en", "Nurses go on strike.", "strikes", True),
        ("fr", "Le président du club a signé sa démission.", "politics-and-government", False),
        ("fr", "Le président a nommé les ministres de son gouvernement.", "politics-and-government", True),
        ("fr", "La garde présidentielle défile.", "elections", False),
        ("fr", "Les candidats à la présidentielle se préparent.", "elections", True),
    ],
)
def test_a_word_of_two_meanings_needs_another_word(
    standard: Tagger, lang: str, text: str, topic: str, expected: bool
) -> None:
    """The bank of a river is no bank; beside loans it is one."""
    found = {one.key for one in standard.analyse("", text, lang=lang).topics}
    assert (topic in found) == expected


@pytest.mark.parametrize(
    ("lang", "text", "topic", "expected"),
    [
        # A name is written with a capital.
        ("fr", "Le Mondial commence demain.", "football", True),
        ("fr", "Le marché mondial du blé recule.", "football", False),
        ("en", "The Rangers are out of the cup.", "football", True),
        ("en", "Park rangers counted the herons.", "football", False),
        ("es", "La Bolsa sube.", "stock-markets", True),
        ("es", "Una bolsa de papel.", "stock-markets", False),
        # German writes every noun with one, and an adjective of the same letters without.
        ("de", "Der krieg geht weiter, schrieb er in kleinen Buchstaben.", "conflict-war-and-peace", True),
        # Accents are missing in capitals, and where a text has lost them all.
        ("fr", "GREVE DES CHEMINOTS", "strikes", True),
        ("fr", "Une traite fut signée.", "treaties", False),
        ("fr", "Le " + "texte sans accent va loin et " * 8 + "un cheminot vote la greve.", "strikes", True),
        # A capital may lack its accent within a phrase, in any text.
        ("fr", "Un coup d'Etat a été déjoué à l'aube.", "coup-d-etat", True),
        ("fr", "Un coup d'etat a été déjoué à l'aube.", "coup-d-etat", False),
        ("fr", "Les Etats-Unis ont été cités.", "coup-d-etat", False),
        # Feminines and plurals that change more than an ending.
        ("fr", "Les joueuses ont gagné.", "sport", True),
        ("fr", "Une policière a été entendue.", "police", True),
        # Verbs change theirs; a noun that ends as a verb does has no such forms.
        ("fr", "La ville annexera la plaine.", "military-occupation", True),
        ("fr", "La réunion est reportée.", "mass-media", False),
        # Short words become others with an ending.
        ("fr", "À la fois, une autre fois.", "religion", False),
        ("fr", "Elle ouvre la porte du bureau.", "shipping", False),
        ("fr", "Les ports sont fermés.", "shipping", True),
    ],
)
def test_a_word_of_the_same_letters_is_another(
    standard: Tagger, lang: str, text: str, topic: str, expected: bool
) -> None:
    """Capitals, accents and endings tell a name or a noun from another word."""
    assert (topic in {one.key for one in standard.analyse("", text, lang=lang).topics}) == expected


@pytest.mark.parametrize(
    ("lang", "text", "topic", "expected"),
    [
        ("pt", "O Real Madrid e a Juventus empataram.", "football", True),
        ("nl", "Unilever en Procter & Gamble praten over zeep.", "economy-business-and-finance", True),
        ("en", "Orioles were seen in the garden.", "north-american-sport", True),
        ("en", "Two orioles were seen in the garden.", "north-american-sport", False),
        # A name of two meanings needs another word of its topic.
        ("en", "The Angels sang.", "north-american-sport", False),
        ("en", "The Angels lost to the Yankees.", "north-american-sport", True),
    ],
)
def test_names_of_the_world_need_no_alias(
    standard: Tagger, lang: str, text: str, topic: str, expected: bool
) -> None:
    """Clubs and firms speak for a topic in languages whose aliases do not name them, with their capitals."""
    assert (topic in {one.key for one in standard.analyse("", text, lang=lang).topics}) == expected


@pytest.mark.parametrize(
    ("lang", "text", "topic"),
    [
        ("it", "La banca centrale alza i tassi di interesse.", "central-banks"),
        ("it", "Gli elettori tornano alle urne per il ballottaggio.", "elections"),
        ("it", "Il treno è partito in un clima teso.", None),
        ("pt", "O guarda-redes defendeu e o avançado marcou.", "football"),
        ("pt", "A greve dos professores fecha escolas.", "strikes"),
        ("pt", "O copo estava partido.", None),
    ],
)
def test_italian_and_portuguese_news_has_topics(
    standard: Tagger, lang: str, text: str, topic: str | None
) -> None:
    """Common words of news speak for standard topics; words of two meanings do not by themselves."""
    found = {one.key for one in standard.analyse("", text, lang=lang).topics}
    assert topic in found if topic else not found


def test_capitals_of_a_vocabulary_that_writes_all_with_one() -> None:
    """Where most aliases have a capital, it is the writer's habit, and no sign of a name."""
    topics = {"flood": Topic(key="flood", slug="flood", aliases={"en": ("Deluge", "Inundation")})}
    tagger = Tagger(Vocabulary(registry_countries(), topics, registry_regions()))
    assert [one.key for one in tagger.analyse("", "A deluge hit.", lang="en").topics] == ["flood"]


@pytest.mark.parametrize(
    ("lang", "words", "topic"),
    [
        ("fr", "soldat soldats rebelle rebelles", "conflict-war-and-peace"),
        ("fr", "socialiste socialistes travailliste travaillistes", "political-parties"),
        ("fr", "paysan paysans paysanne paysannes agriculteur agricultrice", "agriculture"),
        ("fr", "lycéen lycéens lycéenne", "schools"),
        ("fr", "poumon poumons allaiter", "health"),
        ("fr", "vacciner vaccinée vaccine vaccinent vaccinait vaccinera vaccina", "vaccination"),
        ("fr", "échographie échographies pulmonaire pulmonaires", "health"),
        ("es", "soldado soldados rebelde rebeldes", "conflict-war-and-peace"),
        ("es", "pasajero pasajeros", "aviation"),
        ("de", "Soldat Soldaten", "conflict-war-and-peace"),
        ("de", "Passagier Passagiere Pilot Piloten", "aviation"),
        ("en", "soldier soldiers gunman gunmen", "conflict-war-and-peace"),
        ("en", "tenant tenants", "property"),
    ],
)
def test_a_word_counts_in_each_number(standard: Tagger, lang: str, words: str, topic: str) -> None:
    """Whether a text has one soldier or many, one passenger or many, it speaks for the standard topic."""
    silent = [
        word
        for word in words.split()
        if topic not in {one.key for one in standard.analyse("", f"{word}.", lang=lang).topics}
    ]
    assert silent == []


def test_confidence_needs_more_than_a_word(standard: Tagger) -> None:
    """A text about a topic makes it surer than a text that names it in passing does."""
    about = "Voters chose a parliament. Turnout was high at polling stations, and ballots are being counted."
    passing = "Bakers sold bread. Nobody asked about the election. The oven was hot. " * 4
    sure, unsure = (
        {each.key: each.confidence for each in standard.analyse(title, text, lang="en").topics}
        for title, text in (("Election day", about), ("A bakery", passing))
    )
    assert sure["elections"] > 0.8 > 0.5 > unsure["elections"]
