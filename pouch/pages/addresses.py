"""The address of each page and feed, from "/" on; the site's own path comes before it."""

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
"""The slug of the page that says how the archive works."""
NOT_FOUND = "/404.html"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
FAVICON = "/theme/favicon.svg"
ICON = "/theme/icon.png"
OPML = "/opml.xml"
SEARCH_ENGINE = "/theme/search-engine.js"
SEARCH_INDEX = "/search/index/"
SEARCH_NAMES = "/search/index/all.names"

_TERM_ROOTS = {"country": COUNTRIES, "topic": TOPICS, "region": REGIONS}


def briefing(slug: str) -> str:
    """The page of a briefing in one language."""
    return f"/briefings/{slug}/"


def term(kind: str, slug: str) -> str:
    """A term's page: kind is "country", "topic" or "region"."""
    return f"{_TERM_ROOTS[kind]}{slug}/"


def pair(country_slug: str, topic_slug: str) -> str:
    """The page of a country and a topic together."""
    return f"/countries/{country_slug}/{topic_slug}/"


def mentions(country_slug: str) -> str:
    """The address where a country's mentions go on past the newest."""
    return f"/countries/{country_slug}/mentions/"


def year(base: str, number: int) -> str:
    """The page of a year, below a term's page or below the archive."""
    return f"{base}{number}/"


def language(base: str, lang: str) -> str:
    """The page of a language, below a term's page: no slug is a language's code."""
    return f"{base}{lang}/"


def month(number: int, of_year: int) -> str:
    """The page of a month of the archive."""
    return f"/archive/{of_year}/{number:02}/"


def numbered(base: str, number: int) -> str:
    """A numbered page of the river whose newest briefings are at `base`."""
    return f"{base}page/{number}/"


def search_further_names(part: int) -> str:
    """A file of further names for terms, which the search reads."""
    return f"{SEARCH_INDEX}further.{part}.names"


def page(slug: str) -> str:
    """A page of content/pages/."""
    return f"/{slug}/"


def source(slug: str) -> str:
    """The page of the briefings that cite documents of an organisation."""
    return f"{SOURCES}{slug}/"


def digest(week: str) -> str:
    """The page of the digest of a week, such as "2025-W20"."""
    return f"{DIGESTS}{week.lower()}/"


def in_language(address: str, lang: str, site_lang: str) -> str:
    """The address in a further interface language: "/countries/" is "/fr/countries/" in French."""
    return address if lang == site_lang else f"/{lang}{address}"
