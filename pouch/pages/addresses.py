"""Addresses: where each page and feed lives (DESIGN.md, "Addresses"). All start with "/" and know no site path."""

from __future__ import annotations

HOME = "/"
COUNTRIES = "/countries/"
TOPICS = "/topics/"
REGIONS = "/regions/"
ARCHIVE = "/archive/"
SEARCH = "/search/"
MAP = "/map/"
SUBSCRIBE = "/subscribe/"
ABOUT = "/about/"
DATA = "/data/"
SOURCES = "/sources/"
DIGESTS = "/digests/"
CORRECTIONS = "/corrections/"
CORRECTIONS_POLICY = "corrections-policy"
"""The slug of the page that says how the archive corrects itself."""
PRINCIPLES = "principles"
"""Likewise, of the page that says how it works."""
NOT_FOUND = "/404.html"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
STYLESHEET = "/theme/pouch.css"
FAVICON = "/theme/favicon.svg"
ICON = "/theme/icon.png"
OPML = "/opml.xml"
PAGE_SCRIPT = "/theme/page.js"
SUBSCRIBE_SCRIPT = "/theme/subscribe.js"
SEARCH_SCRIPT = "/theme/search.js"
SEARCH_ENGINE = "/theme/search-engine.js"
SEARCH_INDEX = "/search/index/"
SEARCH_NAMES = "/search/index/all.names"
SEARCH_PLACES = "/search/index/places.names"

_TERM_ROOTS = {"country": COUNTRIES, "topic": TOPICS, "region": REGIONS}


def briefing(slug: str) -> str:
    """An entry's page."""
    return f"/briefings/{slug}/"


def term(kind: str, slug: str) -> str:
    """A term's page: kind is "country", "topic" or "region"."""
    return f"{_TERM_ROOTS[kind]}{slug}/"


def pair(country_slug: str, topic_slug: str) -> str:
    """A country and a topic together."""
    return f"/countries/{country_slug}/{topic_slug}/"


def mentions(country_slug: str) -> str:
    """The address where a country's mentions go on past the newest."""
    return f"/countries/{country_slug}/mentions/"


def year(base: str, number: int) -> str:
    """A year below a term's page or below the archive."""
    return f"{base}{number}/"


def language(base: str, lang: str) -> str:
    """A language below a term's page: no slug is a language's code."""
    return f"{base}{lang}/"


def month(number: int, of_year: int) -> str:
    """A month of the archive."""
    return f"/archive/{of_year}/{number:02}/"


def numbered(base: str, number: int) -> str:
    """A numbered page of the river that lands on `base`."""
    return f"{base}page/{number}/"


def search_aliases(lang: str) -> str:
    """Further words for topics in one language, for the search."""
    return f"{SEARCH_INDEX}aliases.{lang}.names"


def page(slug: str) -> str:
    """A page of content/pages/."""
    return f"/{slug}/"


def source(slug: str) -> str:
    """The briefings that rest on documents of an organisation."""
    return f"{SOURCES}{slug}/"


def digest(week: str) -> str:
    """The digest of a week, "2025-W20"."""
    return f"{DIGESTS}{week.lower()}/"


def in_language(address: str, lang: str, site_lang: str) -> str:
    """The address in a further interface language: "/countries/" is "/fr/countries/" in French."""
    return address if lang == site_lang else f"/{lang}{address}"
