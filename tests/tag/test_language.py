"""The language of a text, and whether that is sure."""

from __future__ import annotations

import pytest

from pouch.tag.language import detect_language

TEXTS = {
    "en": "The government said on Monday that it would send more aid to the flooded villages in the north.",
    "fr": "Le gouvernement a annoncé lundi l’envoi de nouvelles aides aux villages inondés du nord du pays.",
    "de": "Die Regierung kündigte am Montag weitere Hilfe für die überschwemmten Dörfer im Norden an.",
    "es": "El Gobierno anunció el lunes el envío de más ayuda a las aldeas inundadas del norte del país.",
    "uk": "Уряд оголосив у понеділок, що надішле більше допомоги до затоплених сіл на півночі країни.",
}


@pytest.mark.parametrize(("lang", "text"), TEXTS.items())
def test_language_of_a_paragraph(lang: str, text: str) -> None:
    """A paragraph's language is told, and told surely."""
    assert detect_language(text) == (lang, True)


@pytest.mark.parametrize("text", ["", "123 – 456", "..."])
def test_no_language(text: str) -> None:
    """A text without letters is in no language."""
    assert detect_language(text) == ("und", False)


def test_short_text_is_unsure() -> None:
    """A word or two are never sure; the answer is then one of the languages that the site knows."""
    lang, sure = detect_language("Chad", ["en", "fr"])
    assert (lang in ("en", "fr"), sure) == (True, False)


def test_capitals() -> None:
    """A title in capitals is in the language of its words."""
    assert detect_language(TEXTS["fr"].upper())[0] == "fr"


SCRIPTS = {
    "zh": "人民网北京12月15日电（记者）“CCTV体坛风云人物年度评选” NBA WTA CBA Sports News 2011",
    "ja": "気象庁は五日、東京で桜の開花を発表した。NHK World Japan News Online",
    "ko": "기상청은 오늘 서울에서 벚꽃이 피었다고 발표했다. KBS World News Online",
    "el": "Η Μετεωρολογική Υπηρεσία ανακοίνωσε βροχές στο βόρειο Αιγαίο. ERT News Online",
}


@pytest.mark.parametrize(("lang", "text"), SCRIPTS.items())
def test_a_script_of_one_language(lang: str, text: str) -> None:
    """A script that one language has tells it, whatever names in Latin letters stand among it."""
    assert detect_language(text, ["en", "sl"]) == (lang, True)
