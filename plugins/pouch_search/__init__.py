"""Pelican plugin: the search page, and the index of every briefing that it searches.

- `words`: how a text is taken apart into words; `postings`: the inverted index; `packing`: its files
- `names`: by what a query may call a country or a topic
- `models`, `shards`, `planner`, `indexing`: what is indexed, in which parts it is made, and by whom
- `page`, `page_models`: the page
"""

from pouch.hosting import register
from pouch_search.page import plan_search_page, search_link
from pouch_search.planner import plan_index

PAGES = [plan_search_page, plan_index]
FEATURES = ["search"]
LINKS = {"search": search_link}

__all__ = ["FEATURES", "LINKS", "PAGES", "register"]
