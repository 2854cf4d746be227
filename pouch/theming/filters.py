"""Filters that templates may use: dates and languages in the reader's words, addresses made absolute.

All names come from CLDR through Babel, imported at the first use. Each filter is a pure function of its
arguments, so a result is kept: a river's twenty cards share a handful of dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from pouch.plan.models import SiteView

if TYPE_CHECKING:
    from babel import Locale

_TABLE = re.compile(r"<table[\s>].*?</table>", re.DOTALL)


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


@lru_cache(maxsize=8192)
def day(iso: str, lang: str) -> str:
    """The day of an ISO date or date-time: "5 March 2025"."""
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(iso[:10]), "long", locale=locale_of(lang)))


@lru_cache(maxsize=8192)
def time(iso: str, lang: str) -> str:
    """The time of an ISO date-time, as its own offset has it: "14:30". Empty for a bare date."""
    if "T" not in iso:
        return ""
    from babel.dates import format_time

    return str(format_time(datetime.fromisoformat(iso).time(), "short", locale=locale_of(lang)))


@lru_cache(maxsize=8192)
def moment(iso: str, lang: str) -> str:
    """An ISO date-time: "5 March 2025, 14:30"; a bare date is its day."""
    at = time(iso, lang)
    if not at:
        return day(iso, lang)
    return str(locale_of(lang).datetime_formats["medium"]).format(at, day(iso, lang)).replace("'", "")


@lru_cache(maxsize=2048)
def month(period: str, lang: str) -> str:
    """The month of "2025-03": "March 2025". A bare year, "2025", stays as it is."""
    if len(period) == 4:
        return period
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", date.fromisoformat(f"{period[:7]}-01"), locale=locale_of(lang)))


@lru_cache(maxsize=2048)
def month_name(period: str, lang: str) -> str:
    """The month of "2025-03" without its year, as it stands alone: "March"."""
    from babel.dates import get_month_names

    return str(get_month_names("wide", "stand-alone", locale_of(lang))[int(period[5:7])])


@lru_cache(maxsize=1024)
def language(tag: str, lang: str) -> str:
    """The name of a language: "French" for ("fr", "en"); the tag itself where CLDR has none."""
    names = locale_of(lang).languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0]) or tag)


def boxed_tables(html: str, label: str) -> str:
    """The HTML with each table in a box that scrolls on its own and that the keyboard can reach (WCAG 2.1.1)."""
    if "<table" not in html:
        return html
    box = f'<div class="table-box" role="group" aria-label="{escape(label)}" tabindex="0">'
    return _TABLE.sub(lambda found: f"{box}{found[0]}</div>", html)


def absolute(href: str, site: SiteView) -> str:
    """The absolute address of an href, which starts with the site's path; itself where SITEURL is empty."""
    origin = site.url[: len(site.url) - len(site.path)]
    return f"{origin}{href}"


FILTERS: dict[str, Callable[..., Any]] = {
    "absolute": absolute,
    "boxed_tables": boxed_tables,
    "day": day,
    "language": language,
    "moment": moment,
    "month": month,
    "month_name": month_name,
    "time": time,
}
