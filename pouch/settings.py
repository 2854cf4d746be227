"""Default settings of a Pouch site: `from pouch.settings import *` opens a site's pelicanconf.py.

The first part is Pouch's own. The second turns off what Pelican would write.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent

SITENAME = "Briefings"
SITEURL = ""
# Who wrote the briefings that name no authors; empty: feeds name the source or the site instead.
AUTHOR = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"

# A UUID, made once by `pouch init`. Every GUID follows from it: never change it.
POUCH_SITE_ID = ""
# Interface languages. DEFAULT_LANG always comes first.
POUCH_LANGUAGES: list[str] = []
POUCH_PER_PAGE = 20
POUCH_FEED_ITEMS = 50
POUCH_SLICE_MINIMUM = 3
# Of how many briefings of the archive one must be a pair's for its page to begin; 0: however large the archive is.
POUCH_PAIR_SHARE = 1000
# The address of a WebSub hub, or None.
POUCH_HUB: str | None = None
# Where the site is published: "github-pages", "cloudflare-pages", "gitlab-pages" or "netlify"; or None.
POUCH_HOST: str | None = None
ALL_FEATURES = (
    "pairs",
    "regions",
    "years",
    "languages",
    "months",
    "mentions",
    "corrections",
    "search",
    "map",
    "atom",
    "json",
    "feed_languages",
    "feed_archives",
    "opml",
)
# Features that publish many more files; a site asks for them: [*ALL_FEATURES, "references"].
FURTHER_FEATURES = ("references", "cards", "data", "dossier_data", "markdown", "digests", "sources")
POUCH_FEATURES: list[str] = list(ALL_FEATURES)

# The look; docs/theming.md shows each with its result. Texts may be tables by language: {"en": "…", "fr": "…"}.
# Addresses, or (label, address); None: what the plugins bring.
POUCH_MENU: list[Any] | None = None
# Files in one of STATIC_PATHS.
POUCH_LOGO = ""
POUCH_STYLESHEETS: list[str] = []
POUCH_TAGLINE: str | dict[str, str] = ""
# Markdown.
POUCH_FOOTER: str | dict[str, str] = ""
# Sources that are added to every page's Content-Security-Policy, by directive.
POUCH_CSP: dict[str, str | list[str]] = {}
# Fonts for letters that the bundled fonts of social cards lack: files of the site, such as "fonts/Vazirmatn-Bold.ttf".
POUCH_CARD_FONTS: list[str] = []
# Where readers subscribe by e-mail: a page; with {feed} in its address, a service that sends any feed by e-mail.
POUCH_NEWSLETTER = ""
# Where readers report a mistake: a mail address or a web address.
POUCH_CONTACT = ""
# Where readers see a briefing's history: the repository's address.
POUCH_REPOSITORY = ""
# Where copies of sources are stored: a folder, relative to the settings file. It is never published.
POUCH_SOURCES = ".pouch/sources"
# The archive of the web that `pouch sources --archive` asks.
POUCH_WEB_ARCHIVE = "https://web.archive.org"
# The address of the licence that texts and data are under.
POUCH_LICENSE = ""

# In a checkout the theme lies next to the package, in a wheel inside it.
THEME = str(next(p for p in (_PACKAGE / "theme", _PACKAGE.parent / "theme") if p.is_dir()))
PLUGINS: list[Any] = [
    "pouch_archives",
    "pouch_taxonomies",
    "pouch_feeds",
    "pouch_search",
    "pouch_maps",
    "pouch_data",
    "pouch_digests",
    "pouch_sources",
    "pouch_cards",
    "pouch_incremental",
]

# Folders with the site's own plugins.
PLUGIN_PATHS: list[str] = []
# Folders with templates that go before the theme's.
THEME_TEMPLATES_OVERRIDES: list[str] = []
# Functions and values for templates, and templates that are pages.
JINJA_FILTERS: dict[str, Any] = {}
JINJA_TESTS: dict[str, Any] = {}
JINJA_GLOBALS: dict[str, Any] = {}
TEMPLATE_PAGES: dict[str, str] = {}

# Folders and files under content/ that are published as they are.
STATIC_PATHS = ["images", "extra"]
EXTRA_PATH_METADATA: dict[str, dict[str, str]] = {}
