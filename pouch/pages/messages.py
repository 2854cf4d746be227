"""The interface texts that planners put into models. A test holds that catalogues have every one.

A plan gets a `Translate` for each interface language: msgid in, text out.
"""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]

COUNTRIES = "Countries"
TOPICS = "Topics"
REGIONS = "Regions"
ARCHIVE = "Archive"
MAP = "Map"
MAP_OF = "World map of the briefings in {site}, country by country"
ABOUT = "About"
HOME = "Home"
BRIEFINGS = "Briefings"
NOT_FOUND = "Page not found"
MENTIONS_OF = "Mentions: {term}"
TERM_IN_YEAR = "{term} in {year}"
TERM_IN_LANGUAGE = "{term}: briefings in {language}"
PAIR = "{country}: {topic}"
PAGE_OF = "{title}, page {number}"
ARCHIVE_OF = "Archive of {period}"
ALL_IN = "All briefings in {language}"
LATEST = "Latest briefings from {site}"
BRIEFINGS_ON = "Briefings on {term}"
MOVED = "This page has moved"
CORRECTION = "Correction"
CORRECTIONS = "Corrections"
DIGESTS = "Digests"
DIGEST = "Week {number}, {year}"
DIGEST_OF = "What entered {site}, week by week"
MORE_ON_SITE = "{count} more on the site"
READ_ON_SITE = "Read on the site"
SOURCES = "Sources"
SOURCES_OF = "What the briefings of {site} rest on"
DATA = "Data"
DATA_OF = "The briefings of {site} as files for other programs"
DOWNLOAD = "Download as data"
CORRECTIONS_OF = "What was wrong in briefings of {site}, and what is right"
SOURCE = "Source"
SUBSCRIBE = "Subscribe"
SUBSCRIBE_TO = "Follow {site} by country and by topic, in a feed reader of your choice"
SEARCH = "Search"
SEARCH_IN = "Search every briefing in {site}, by word, country, topic, year and language"
FEED_NOTE = "This is a feed: put its address into a feed reader. What that is: {url}"

ALL = tuple(text for name, text in globals().items() if name.isupper())
