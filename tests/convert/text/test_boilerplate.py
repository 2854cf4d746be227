"""Residue rules: what goes, in seven languages, and what stays."""

from __future__ import annotations

import re

import pytest

from pouch.convert.text.boilerplate import boilerplate_rule, rules


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Subscribe to our newsletter", "subscription"),
        ("Abonnez-vous ici pour lire tous nos articles", "subscription"),
        ("Jetzt Newsletter abonnieren!", "subscription"),
        ("Suscríbete a nuestro boletín", "subscription"),
        ("Iscriviti alla newsletter", "subscription"),
        ("Schrijf je in voor onze nieuwsbrief", "subscription"),
        ("Assine nossa newsletter", "subscription"),
        ("Read also: Talks resume", "read-also"),
        ("Lire aussi : L’Éthiopie et la mer", "read-also"),
        ("Lesen Sie auch: Wahl in Ghana", "read-also"),
        ("Lea también: Elecciones en Chile", "read-also"),
        ("Lea aquí: Elecciones en Chile", "read-also"),
        ("Nota relacionada: Elecciones en Chile", "read-also"),
        ("For the latest stories and breaking news updates download the Harbour Post apps for iOS", "appeal"),
        ("CONTINUA DEPOIS DA PUBLICIDADE", "advertisement"),
        ("Continúa después de la publicidad", "advertisement"),
        ("Leggi anche: Il voto", "read-also"),
        ("Lees ook: De kabinetsformatie", "read-also"),
        ("Leia também: A eleição", "read-also"),
        ("Share on Facebook", "share"),
        ("Partager sur Facebook", "share"),
        ("Auf Facebook teilen", "share"),
        ("Facebook | X | WhatsApp", "share"),
        ("Advertisement", "advertisement"),
        ("Publicité", "advertisement"),
        ("Anzeige", "advertisement"),
        ("We use cookies to improve your visit.", "cookies"),
        ("Ce site utilise des cookies.", "cookies"),
        ("3 min read", "reading-time"),
        ("Temps de lecture\u00a0: 4 min", "reading-time"),
        ("Select the text and press Ctrl + Enter to tell the editors", "report-error"),
        ("El contenido de los comentarios es la opinión de los usuarios", "comment-rules"),
        ("El diario se reserva el derecho de eliminar cualquier comentario ofensivo.", "comment-rules"),
        ("الآراء الواردة أدناه لا تعبر عن رأي الموقع.", "comment-rules"),
        ("この投稿を共有", "share"),
        ("About the author", "author-box"),
        ("À propos de l’auteur", "author-box"),
    ],
)
def test_boilerplate_goes(text: str, rule: str) -> None:
    """Lines that a page added to its article are known by their rule, typographic apostrophes and spaces or not."""
    assert boilerplate_rule(text, edge=False) == rule


def test_an_agency_s_end_is_no_line_of_the_article() -> None:
    """A word in parentheses that says that the text ends goes at the end, and stays within."""
    for text in ("(END)", "(Fin)", "(完)"):
        assert (boilerplate_rule(text, edge=True), boilerplate_rule(text, edge=False)) == ("end-marker", None)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Plus",
            "More",
            "Mehr",
            "Más",
            "Altro",
            "Meer",
            "Mais",
            "© 2025 Example News. All rights reserved.",
        ),
        *("Crédit photo : Jeanne Dupont / Le Port", "Photo credit: Ann Doe", "Auteur : Jeanne Dupont"),
    ],
)
def test_boilerplate_at_the_edges(text: str) -> None:
    """A bare "More" or a credit goes where the article has ended, and stays inside it."""
    assert boilerplate_rule(text, edge=True) is not None
    assert boilerplate_rule(text, edge=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "More than 200 people took part.",
        "Share prices fell in Tokyo.",
        "The Facebook page was blocked.",
        "Read by millions, the paper closed in 2011.",
        "Auteur : la police cherche un homme de trente ans.",
        "For more than an hour the crew tried to download the chart of the bay.",
        "Photo credits rose to a tenth of the budget.",
        "Continua depois o debate sobre o porto.",
        "See how the border moved: a map of 1921 shows it.",
        "Plus de la moitié des électeurs ont voté.",
        "Le partage des eaux divise les deux pays.",
        "Die Anzeige wurde bei der Polizei erstattet.",
        "Weiter südlich blieb es ruhig.",
        "Compartir el agua es una obligación del tratado.",
        "By signing up, the state accepts the court's jurisdiction.",
        "Related disputes are before the court.",
        "The subscribers' vote is on 5 May.",
    ],
)
def test_prose_stays(text: str) -> None:
    """A sentence of the article is not taken for boilerplate because of its first word."""
    assert boilerplate_rule(text, edge=True) is None


def test_seven_languages() -> None:
    """Every language that the documentation names has its rules."""
    assert {rule.lang for rule in rules()} >= {"en", "fr", "de", "es", "it", "nl", "pt"}


def test_patterns_are_in_small_letters() -> None:
    """A pattern with a capital would never be found: units are compared in small letters."""
    patterns = [one.pattern for rule in rules() for one in (rule.opening, rule.within) if one]
    literal = [re.sub(r"\\.", "", pattern) for pattern in patterns]
    assert [text for text in literal if text != text.lower()] == []


@pytest.mark.parametrize(
    "text",
    [
        "Read more poetry than prose, the old captain advised his crew.",
        "Lees ook de kleine letters, waarschuwde de notaris.",
        "Leia também prometeu voltar ao porto antes do inverno.",
        "Siehe auch jenseits des Flusses",
        "Watch also how the tide turns, the pilot said.",
    ],
)
def test_sentences_that_open_like_teasers(text: str) -> None:
    """A sentence or a subhead of the article that opens like a teaser is no boilerplate."""
    assert boilerplate_rule(text, edge=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "Læs også: Havnen lukker",
        "Läs också: Hamnen stänger",
        "Les også: Havna stenger",
        "Lue myös: Satama suljetaan",
        "Čtěte také: Přístav se zavírá",
        "Lire aussi Le port ferme",
        "La entrada El puerto cierra apareció primero en Diario.",
        "Der Beitrag Der Hafen schließt erschien zuerst auf Hafenblatt.",
        "Listen to this article",
        "Advertisement 4",
        "Suivez notre chaîne WhatsApp",
        "Empfohlener externer Inhalt",
    ],
)
def test_teasers_appeals_and_markers(text: str) -> None:
    """Teasers, appeals, footers of feeds and markers between paragraphs are boilerplate in each language."""
    assert boilerplate_rule(text, edge=False) is not None
