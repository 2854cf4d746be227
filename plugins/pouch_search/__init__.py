"""Pelican plugin: the search page, and the index that Pagefind makes of every entry."""

import msgspec

from pouch.checks.registry import checks
from pouch.hosting import register
from pouch_search.page import check_program, plan_search_page, search_link
from pouch_search.planner import plan_index

PAGES = [plan_search_page, plan_index]
CHECKS = [msgspec.structs.replace(checks()["no-search-program"], run=check_program)]
FEATURES = ["search"]
LINKS = {"search": search_link}

__all__ = ["CHECKS", "FEATURES", "LINKS", "PAGES", "register"]
