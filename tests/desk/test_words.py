"""The desk speaks each of its languages whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pouch.convert.intake.documents import read_document
from pouch.desk.words import PAGES, TRANSLATIONS
from tests.desk.sites import make_desk, make_site, opened, with_fields

PLACEHOLDER = re.compile(r"\{\w+\}")
SPOKEN = {
    text
    for file, form in (
        ("base.html", r'_\("(.+?)"\)'),
        ("inbox.html", r'_\("(.+?)"\)'),
        ("entry.html", r'_\("(.+?)"\)'),
        ("desk.js", r'\bt\("(.+?)"[,)]'),
    )
    for text in re.findall(form, (PAGES / file).read_text("utf-8"))
}
# The server's own sentences; what convert, check and git say is English, as it is on the command line.
SPOKEN |= {
    text
    for file in PAGES.parent.glob("*.py")
    for text in re.findall(
        r"""(?:FieldError\("?\w*"?, |message=|EnvironmentFault\(|"fault": )"([A-Z][^"{]+)\"""",
        file.read_text("utf-8"),
    )
}
FROM_ELSEWHERE = (
    "no country: the entry is on no country's page",
    "name one in `countries`",
    "no topic: the entry is on no topic's page",
    "name one in `topics`",
    "`source.url`: {address} is a home page, where readers do not find the document",
    "give the document's own address, or its `title` beside it",
    "`source.url`: {value} is not a web address",
    "an address starts with https:// or http:// and has no spaces",
    "`lang`: {value} is not a language tag (BCP 47)",
    "a tag such as en, fr or pt-BR",
    "in this language ({lang}) countries are found by their plain names only, not in other cases",
    "its language is not certain, perhaps {lang}",
    "the page declares {tag}, and its words are {lang}",
    "no line reads as its title; its first sentence stands in",
    "{address} is no web address; left out",
    "it is perhaps only the beginning: the page has a paywall ({notice})",
    "it holds no article",
    "no article is left when the boilerplate is taken out",
)
"""What convert and check say most often; the rest is English, as on the command line, and marked as such."""
SPOKEN |= set(FROM_ELSEWHERE)


@pytest.mark.parametrize("lang", ["de", "es", "fr"])
def test_every_text_is_translated(lang: str) -> None:
    """No English word for this language's editors, no text that nothing shows, and every placeholder in its place."""
    with (TRANSLATIONS / lang / "LC_MESSAGES" / "pouch.po").open("rb") as file:
        texts = {
            str(one.id): str(one.string) for one in read_po(file, abort_invalid=True) if one.id and one.string
        }
    assert texts.keys() == SPOKEN
    for key, text in texts.items():
        assert sorted(PLACEHOLDER.findall(key)) == sorted(PLACEHOLDER.findall(text))


def test_what_others_say_is_what_is_translated(tmp_path: Path) -> None:
    """The sentences of convert and check that editors see most are still these, word for word."""
    work = make_site(tmp_path)
    desk = make_desk(work)
    words = "Οι ψαράδες γύρισαν στο λιμάνι με λίγα ψάρια και οι έμποροι περίμεναν στην προκυμαία. "
    paragraph = (
        "The boats came back to the quay with little fish, and the traders had waited since the morning. "
    )
    own = '<html lang="{}"><link rel="canonical" href="{}"><title>Boats</title><h1>{}</h1><p>{}</p>'
    pages = (
        own.format("en", "https://boats.example/", "The boats are back", paragraph * 6),
        own.format("en", "https://boats.example/%zz b", "Τα καΐκια γύρισαν", words * 9),
        own.format("de", "", "", paragraph * 6).replace("<h1></h1>", "").replace("<title>Boats</title>", ""),
        own.format("en", "", "The boats", paragraph * 5 + "</p><p>This article is for subscribers only."),
        "<p>Subscribe to our newsletter</p>",
        "<p></p>",
        "Boa quai\n\nBoa quai ven",
    )
    heard: list[str] = []
    for page in pages:
        waiting, refused = desk.take_in(read_document(page.encode(), "-"))
        heard += refused
        for each in waiting:
            sheet, found = opened(desk, each.id), desk.open(each.id)
            assert found is not None
            heard += found.notes
            for problem in desk.look(sheet).problems:
                heard += [problem.message, problem.hint]
    wrong = with_fields(opened(desk, "harbour-1"), lang="englisch", source_url="nowhere")
    for problem in desk.look(wrong).problems:
        heard += [problem.message, problem.hint]
    missing = [
        text for text in FROM_ELSEWHERE if not any(re.fullmatch(_pattern(text), each) for each in heard)
    ]
    assert missing == [], heard


def _pattern(text: str) -> str:
    return PLACEHOLDER.sub(".+", re.escape(text).replace(r"\{", "{").replace(r"\}", "}"))
