"""Voices: the texts of feeds and items in their own languages, which are more than those of the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pouch.pages import messages
from pouch.pages.messages import Translate
from pouch.pages.views import Views


class Voice(NamedTuple):
    """A language, and what the interface says in it."""

    lang: str
    say: Translate


class Voices:
    """The voice for each language. A German briefing has its labels in German though no page is."""

    def __init__(self, all_views: dict[str, Views], translator: Callable[[str], Translate]) -> None:
        """`all_views` are by interface language, the site's first; `translator` gives the texts of a language."""
        self._translator = translator
        self._found = {lang: Voice(lang, views.translate) for lang, views in all_views.items()}
        self._first = next(iter(self._found.values()))

    def of(self, lang: str) -> Voice:
        """That of a primary subtag; the site's own where the theme has no catalogue of the language."""
        found = self._found.get(lang)
        if found is None:
            say = self._translator(lang)
            # Without a catalogue, texts come back as they are: in English.
            known = lang == "en" or say(messages.LATEST) != messages.LATEST
            found = self._found[lang] = Voice(lang, say) if known else self._first
        return found
