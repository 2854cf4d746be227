"""The texts of feeds and items in the languages of entries, of which there may be more than interface languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pouch.pages import messages
from pouch.pages.interface import Interface
from pouch.pages.messages import Translate


class LanguageTexts(NamedTuple):
    """A language, and the interface texts in it."""

    lang: str
    say: Translate


class FeedTexts:
    """The texts for each language: a German briefing has its labels in German though no page is."""

    def __init__(self, interfaces: Mapping[str, Interface], translator: Callable[[str], Translate]) -> None:
        """`interfaces` are by language, the site's first; `translator` gives the interface texts of any language."""
        self._translator = translator
        self._texts = {lang: LanguageTexts(lang, each.translate) for lang, each in interfaces.items()}
        self._site_texts = next(iter(self._texts.values()))

    def of(self, lang: str) -> LanguageTexts:
        """The texts for a primary subtag; the site's own if the theme has no translation into that language."""
        texts = self._texts.get(lang)
        if texts is None:
            say = self._translator(lang)
            # Without a translation, texts are returned as they are: in English.
            is_translated = lang == "en" or say(messages.LATEST) != messages.LATEST
            texts = self._texts[lang] = LanguageTexts(lang, say) if is_translated else self._site_texts
        return texts
