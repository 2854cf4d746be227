"""Months in the reader's words, from CLDR through Babel, which is imported at the first use."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """CLDR's locale for a language tag; the nearest one that it knows, English at last.

    Plain "en" is the world's English (5 March 2025); "en-US" keeps its own order (March 5, 2025).
    """
    from babel import Locale, UnknownLocaleError

    if lang == "en":
        return Locale.parse("en_001")
    parts = lang.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale.parse("en_001")


@lru_cache(maxsize=2048)
def month(period: str, lang: str) -> str:
    """The month of "2025-03": "March 2025". A bare year, "2025", stays as it is."""
    if len(period) == 4:
        return period
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", date.fromisoformat(f"{period[:7]}-01"), locale=locale_of(lang)))


@lru_cache(maxsize=2048)
def month_name(period: str, lang: str, width: Literal["wide", "abbreviated", "narrow"] = "wide") -> str:
    """The month of "2025-03" without its year, as it stands alone: "March", "Mar" or "M"."""
    from babel.dates import get_month_names

    return str(get_month_names(width, "stand-alone", locale_of(lang))[int(period[-2:])])
