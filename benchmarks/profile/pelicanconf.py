"""The bench profile: home, entries, countries, topics, indexes and RSS feeds; benchmarks/hugo publishes the same."""

from pouch.settings import *  # noqa: F403  # a settings file is the one place where names may come unseen

SITENAME = "Bench"
SITEURL = "https://bench.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
POUCH_SITE_ID = "0b5e8f53-2c1e-4a47-9a0d-6f4f4a7d1c90"
POUCH_FEATURES = []
PLUGINS = ["pouch_archives", "pouch_taxonomies", "pouch_feeds"]
THEME = "theme"
