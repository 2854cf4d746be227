"""Filters that templates may use: dates and languages in the reader's words, addresses made absolute.

All names come from CLDR through Babel, imported at the first use. Each filter is a pure function of its
arguments, so a result is kept: a river's twenty cards share a handful of dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from pouch.markdown.sanitise import absolute_html
from pouch.markdown.tags import Tag, replace_tags
from pouch.markdown.text import first_paragraph, tree_of
from pouch.pages.coverage import FREQUENT
from pouch.pages.languages import name_of
from pouch.pages.models import Card, Page, River, SiteView, TermLink
from pouch.pages.periods import locale_of, month, month_name
from pouch.theming.data_blocks import source_hash
from pouch.theming.policy import policy


@lru_cache(maxsize=8192)
def day(iso: str, lang: str) -> str:
    """The day of an ISO date or date-time: "5 March 2025"."""
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(iso[:10]), "long", locale=locale_of(lang)))


@lru_cache(maxsize=1024)
def days(first: str, last: str, lang: str) -> str:
    """From one ISO date to another, without what both have in common (CLDR's interval formats): "13 – 19 Oct 2025"."""
    from babel.dates import format_interval

    text = format_interval(
        date.fromisoformat(first), date.fromisoformat(last), "yMMMd", locale=locale_of(lang)
    )
    # CLDR's thin space is missing from the fonts of some mail programs.
    return str(text).replace("\u2009", " ")


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


@lru_cache(maxsize=1024)
def locale_name(tag: str) -> str:
    """A language with the territory where most of its speakers live, as the Open Graph protocol writes it: "fr_FR"."""
    from babel.core import get_global

    language, *rest = tag.split("-")
    territory = next((part for part in rest if len(part) == 2), None)
    likely = get_global("likely_subtags").get(language, language)
    return f"{language}_{territory or likely.rpartition('_')[2].upper()}"


@lru_cache(maxsize=4096)
def listed(links: tuple[TermLink, ...], lang: str) -> str:
    """Terms as a sentence lists them: "Ukraine, Russia and Ceasefire"."""
    from babel.lists import format_list

    return str(format_list([link.label for link in links], locale=locale_of(lang)))


def briefings(river: River) -> tuple[Card, ...]:
    """All briefings of a river, newest first: its cards, then its lines."""
    return (*river.cards, *(card for month in river.months for card in month.cards))


def in_other_languages(cards: tuple[Card, ...], lang: str) -> int:
    """The number of cards in another language than `lang`."""
    return sum([card.lang != lang for card in cards])


def frequent(cards: tuple[Card, ...], kind: str, without: tuple[TermLink, ...]) -> tuple[TermLink, ...]:
    """The countries ("country") or topics ("topic") that most of the cards have; of equals, the newer card's first."""
    # Counted by key: a term is hashed as a whole.
    terms = [term for card in cards for term in (card.countries if kind == "country" else card.topics)]
    counts = Counter([term.key for term in terms])
    own = {term.key for term in without if term.kind == kind}
    links = {term.key: term for term in terms}
    return tuple([links[key] for key, _ in counts.most_common(FREQUENT + len(own)) if key not in own])[
        :FREQUENT
    ]


_COMPOUND = re.compile(r"\w+(?:[-\u2010]\w+)+")
_SHORT = 20


@lru_cache(maxsize=8192)
def compounds(text: str) -> Markup:
    """The text as HTML in which short words with hyphens ("thirty-day") stay on one line; longer ones may break."""

    def unbroken(match: re.Match[str]) -> str:
        word = match.group()
        return f'<span class="compound">{word}</span>' if len(word) <= _SHORT else word

    return Markup(_COMPOUND.sub(unbroken, str(escape(text))))  # noqa: S704  # escaped; the words have no markup


@lru_cache(maxsize=256)
def opening(html: str, most: int = 200) -> str:
    """The first words of a text, from its first paragraph: at most `most` characters, whole words and an ellipsis."""
    text = first_paragraph(tree_of(html))
    if len(text) <= most:
        return text
    words = text[: most + 1].rpartition(" ")[0] or text[:most]
    return f"{words.rstrip(' ,;:–—-')}…"


def boxed_tables(html: str, label: str) -> str:
    """The HTML with each table in a box that scrolls on its own and that the keyboard can reach (WCAG 2.1.1)."""
    if "<table" not in html:
        return html
    box = f'<div class="table-box" role="group" aria-label="{escape(label)}" tabindex="0">'
    depth = 0

    def boxed(tag: Tag) -> str | None:
        # A table inside a table scrolls with it.
        nonlocal depth
        if tag.name != "table":
            return None
        depth += 1 if tag.opens else -1
        markup = html[tag.start : tag.end]
        if tag.opens:
            return box + markup if depth == 1 else None
        return f"{markup}</div>" if depth == 0 else None

    return replace_tags(html, boxed)


def absolute(href: str, site: SiteView) -> str:
    """The absolute address of an href, which starts with the site's path; itself where SITEURL is empty."""
    origin = site.url[: len(site.url) - len(site.path)]
    return f"{origin}{href}"


def absolute_links(html: str, site: SiteView) -> str:
    """Sanitised HTML with absolute addresses, for what is read elsewhere than on the site."""
    return absolute_html(html, f"{site.url}/")


def report_href(page: Page, site: SiteView) -> str:
    """The address where a reader reports a mistake in a page: the site's own form, or a mail that names the page."""
    if "@" not in site.contact or "/" in site.contact:
        return site.contact
    return f"mailto:{site.contact}?subject={quote(page.title)}&body={quote(page.url)}%0A%0A"


_FUNCTIONS = (
    absolute, absolute_links, boxed_tables, briefings, compounds, day, days, frequent, in_other_languages, listed,
    locale_name, moment, month, month_name, opening, policy, report_href, source_hash, time,
)  # fmt: skip
FILTERS: dict[str, Callable[..., Any]] = {each.__name__: each for each in _FUNCTIONS} | {"language": name_of}
