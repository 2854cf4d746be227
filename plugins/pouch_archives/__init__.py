"""Pelican plugin: the home page, every briefing, the archive by year and month, and the pages that editors write.

`home`, `briefings`, `calendar`, `corrections`, `own_language` and `pages` each plan the pages of their name; `models`
are what their templates show, `structured_data` what programs read of a briefing.
"""

from pouch.citing.names import highwire_names
from pouch.hosting import register
from pouch.pages import addresses, messages
from pouch.plugins import MenuItem
from pouch_archives.briefings import plan_briefings
from pouch_archives.calendar import plan_calendar
from pouch_archives.corrections import plan_corrections
from pouch_archives.home import plan_home
from pouch_archives.own_language import own_language, plan_own_language
from pouch_archives.pages import plan_not_found, plan_pages
from pouch_archives.structured_data import news_article

PAGES = [
    plan_home,
    plan_calendar,
    plan_own_language,
    plan_briefings,
    plan_corrections,
    plan_pages,
    plan_not_found,
]
FEATURES = ["months", "corrections"]
MENU = [MenuItem(40, addresses.ARCHIVE, messages.ARCHIVE, link="months")]
FOOTER = [MenuItem(60, addresses.CORRECTIONS, messages.CORRECTIONS, link="corrections")]
LINKS = {
    "home": lambda interface: interface.href(addresses.HOME),
    "briefing": lambda interface, slug: interface.root_href(addresses.briefing(slug)),
    "corrections": lambda interface: (
        interface.href(addresses.CORRECTIONS) if interface.has("corrections") else ""
    ),
    "page": lambda interface, slug: interface.href(addresses.page(slug)),
    "own language": own_language,
    "months": lambda interface: interface.href(addresses.ARCHIVE) if interface.has("months") else "",
}
FILTERS = {"highwire_names": highwire_names, "news_article": news_article}

__all__ = ["FEATURES", "FILTERS", "FOOTER", "LINKS", "MENU", "PAGES", "register"]
