"""The desk's pages in an interface language: templates, and the texts that the script shows."""

from __future__ import annotations

import gettext
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from pouch.pages.languages import direction
from pouch.theming.catalogues import catalogue_path, load_catalogue

_HERE = Path(__file__).resolve().parent
PAGES = _HERE / "pages"
TRANSLATIONS = _HERE / "translations"


def chosen_language(accepted: str, languages: Sequence[str]) -> str:
    """The interface language of the site that a browser would rather have (RFC 9110, section 12.5.4), else its first.

    A language without a catalogue is left out: its words would be English.
    """
    preferences = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            preferences.append((-float(weight or 1), place, tag.strip().lower()))
        except ValueError:
            continue
    for _, _, tag in sorted(preferences):
        for lang in languages:
            spoken = lang.partition("-")[0] == "en" or catalogue_path(TRANSLATIONS, lang)
            if spoken and tag.partition("-")[0] == lang.partition("-")[0].lower():
                return lang
    return languages[0]


def page(name: str, lang: str, token: str, **facts: Any) -> bytes:
    """A page of the desk. `facts` are what its template shows."""
    catalogue = _catalogue(lang)
    shown = _environment(lang).get_template(name)
    words = json.dumps(_texts(catalogue), ensure_ascii=False).replace("<", "\\u003c")
    text = shown.render(lang=lang, dir=direction(lang), token=token, words=words, **facts)
    return text.encode()


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return load_catalogue(catalogue_path(TRANSLATIONS, lang))


@cache
def _environment(lang: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = _catalogue(lang).gettext
    return environment


def _texts(catalogue: gettext.NullTranslations) -> Mapping[str, str]:
    """The texts of a catalogue, by their English."""
    texts: dict[Any, Any] = getattr(catalogue, "_catalog", {})
    return {
        key: text for key, text in texts.items() if key and isinstance(key, str) and isinstance(text, str)
    }
