"""Pelican plugin: pages of countries, topics and regions, of pairs, and of the years and languages of a term.

`taxonomies` says which pages there are, `dossiers` makes a term's page, `narrowing` its years and languages,
`combinations` what it goes together with; `indexes` list all terms. `models` are what their templates show.
"""

from pouch.hosting import register
from pouch.pages import addresses, messages
from pouch.plugins import MenuItem
from pouch_taxonomies.combinations import pair_link
from pouch_taxonomies.taxonomies import (
    index_links,
    plan_countries,
    plan_pairs,
    plan_regions,
    plan_topics,
    term_pages,
)

PAGES = [plan_countries, plan_topics, plan_regions, plan_pairs]
FEATURES = ["pairs", "regions", "years", "languages", "mentions"]
MENU = [
    MenuItem(10, addresses.COUNTRIES, messages.COUNTRIES),
    MenuItem(20, addresses.TOPICS, messages.TOPICS),
]
LINKS = {"pair": pair_link, "indexes": index_links}
TERMS = [term_pages]

__all__ = ["FEATURES", "LINKS", "MENU", "PAGES", "TERMS", "register"]
