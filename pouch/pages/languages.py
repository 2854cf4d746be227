"""The direction and the name of a language, from CLDR."""

from __future__ import annotations

from functools import lru_cache

from pouch.pages.periods import locale_of


@lru_cache(maxsize=1024)
def direction(lang: str) -> str:
    """ "rtl" or "ltr", as CLDR says of the language and its script."""
    return locale_of(lang).text_direction


@lru_cache(maxsize=1024)
def name_of(tag: str, lang: str) -> str:
    """A language's name in another: "French" for ("fr", "en"); the tag itself where CLDR has none."""
    names = locale_of(lang).languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0]) or tag)


@lru_cache(maxsize=256)
def own_name(lang: str) -> str:
    """The language's name in that language, "français"; the tag itself where CLDR has none."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang, sep="-").get_display_name() or lang
    except (UnknownLocaleError, ValueError):
        return lang
