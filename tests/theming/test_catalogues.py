"""Catalogues: the interface speaks each language whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from pouch import settings
from pouch.caching import build_cache
from pouch.errors import EnvironmentFault
from pouch.pages import messages
from pouch.theming.catalogues import catalogue_path, load_catalogue
from pouch.theming.theme import Theme
from tests.theming.material import BODIES, PLUGINS, site, view
from tests.theming.specimens import entry, home_page

TRANSLATIONS = Path(settings.THEME) / "translations"
LANGUAGES = ("de", "es", "fr")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def msgids() -> set[str]:
    """Every text that templates and plans hand to gettext."""
    environment = Theme(site(), PLUGINS)._environment
    found = set(messages.ALL)
    for name in environment.list_templates():
        source = (Path(settings.THEME) / "templates" / name).read_text(encoding="utf-8")
        for _, _, message in environment.extract_translations(source):  # type: ignore[attr-defined]  # the i18n extension adds it
            found.update([message] if isinstance(message, str) else [part for part in message if part])
    return found


def read(lang: str) -> Catalog:
    """A catalogue as a translator edits it."""
    path = catalogue_path(TRANSLATIONS, lang)
    assert path is not None
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def plural_forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """A message's forms, singular first; most have one."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_translated(lang: str) -> None:
    """A reader of this language meets no English word, and translators keep no text that nothing shows."""
    catalogue = read(lang)
    translated: set[str] = set()
    for message in catalogue:
        forms, texts = plural_forms(message.id), plural_forms(message.string)
        if all((*forms, *texts)) and not message.fuzzy:
            translated.update(forms)
    assert translated == msgids()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_translations_keep_their_placeholders(lang: str) -> None:
    """A name, a date or a number that the English text shows is in the translation too."""
    for message in read(lang):
        if message.id:
            for form, text in zip(plural_forms(message.id), plural_forms(message.string), strict=True):
                assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(form))


def test_pages_speak_the_language_of_their_view() -> None:
    """One theme prints English and French pages in turn, each wholly in its own language."""
    theme = Theme(site(), PLUGINS)
    for _ in range(2):
        english = theme.render("home.html", home_page(), view(), BODIES)
        french = theme.render("home.html", home_page("fr"), view("fr"), BODIES)
        assert ("Latest briefings" in english, "Dernières synthèses" in english) == (True, False)
        assert ("Latest briefings</h2>" in french, "Dernières synthèses</h2>" in french) == (False, True)
        assert ("5 March 2025" in english, "5 mars 2025" in french) == (True, True)
    assert "4\N{NO-BREAK SPACE}Min. Lesezeit" in theme.render("entry.html", entry(), view("de"), BODIES)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("fr", "Thèmes"), ("fr-CA", "Thèmes"), ("en", "Topics"), ("en-GB", "Topics"), ("ja", "Topics")],
)
def test_the_nearest_catalogue_is_taken(lang: str, text: str) -> None:
    """A regional tag falls back on its language, and a language without a catalogue on English."""
    assert load_catalogue(catalogue_path(TRANSLATIONS, lang)).gettext("Topics") == text


def test_fuzzy_translations_wait(tmp_path: Path) -> None:
    """A translation that a tool guessed is not shown before a person has confirmed it."""
    file = tmp_path / "pouch.po"
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#, fuzzy\nmsgid "Topics"\nmsgstr "Thèmes"\n\nmsgid "Source"\nmsgstr "Origine"\n',
        encoding="utf-8",
    )
    catalogue = load_catalogue(file)
    assert [catalogue.gettext(text) for text in ("Topics", "Source")] == ["Topics", "Origine"]


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    """A translator who breaks the file learns its name and the line."""
    file = tmp_path / "pouch.po"
    file.write_text('msgid "Topics"\nThèmes\n', encoding="utf-8")
    for _ in range(2):
        with pytest.raises(EnvironmentFault, match=r"pouch\.po:2: "):
            load_catalogue(file, build_cache(str(tmp_path)))


def test_a_translation_shows_at_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled is read for the same file alone, and only where it is whole."""
    monkeypatch.setattr(
        "pouch.theming.theme.build_cache", build_cache
    )  # the site's own, not the tests' shared one
    shutil.copytree(settings.THEME, tmp_path / "theme")
    file = tmp_path / "theme" / "translations" / "fr" / "LC_MESSAGES" / "pouch.po"
    theirs = site(str(tmp_path / "theme"), root=str(tmp_path))
    kept = tmp_path / ".pouch" / "cache" / "catalogue-fr.kept"
    before = file.read_text(encoding="utf-8")
    for text in ("Thèmes", "Sujets", "Thèmes"):
        file.write_text(before.replace('msgstr "Thèmes"', f'msgstr "{text}"'), encoding="utf-8")
        assert [Theme(theirs, PLUGINS).translator("fr")("Topics") for _ in range(2)] == [text, text]
    whole = kept.read_bytes()
    for damaged in (b"", whole[:-1], whole.replace("Thèmes".encode(), "Thèmez".encode())):
        kept.write_bytes(damaged)
        assert Theme(theirs, PLUGINS).translator("fr")("Topics") == "Thèmes"
        assert kept.read_bytes() == whole
