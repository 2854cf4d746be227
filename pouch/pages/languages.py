"""What a page must know of a language: its direction and its own name."""

from __future__ import annotations

from functools import lru_cache

from pouch.pages.periods import locale_of

# Languages written from right to left; CLDR's `layout/orientation` says so of these.
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"}


def direction(lang: str) -> str:
    """ "rtl" or "ltr", by the primary subtag."""
    return "rtl" if lang.split("-", 1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


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
