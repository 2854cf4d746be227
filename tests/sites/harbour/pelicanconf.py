"""The golden site: a little of everything, frozen. tests/engine/test_golden.py says what it must become."""

from pouch.settings import *  # noqa: F403

SITENAME = "Harbour Briefings"
SITEURL = "https://harbour.example/briefings"
TIMEZONE = "Pacific/Auckland"
DEFAULT_LANG = "en"
POUCH_LANGUAGES = ["en", "fr"]
POUCH_SITE_ID = "0b6f5a0e-6f0c-4c51-9d0e-3f2a7c9b1d24"
POUCH_PER_PAGE = 2
POUCH_FEED_ITEMS = 3
POUCH_SLICE_MINIMUM = 2
