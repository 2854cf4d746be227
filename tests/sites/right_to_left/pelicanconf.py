"""Briefings written from right to left, in an interface that is not."""

from pouch.settings import *

SITENAME = "Right to left"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
POUCH_LANGUAGES = ["en", "ar"]
POUCH_SITE_ID = "2f1d7d0c-93a5-4a2e-8a0a-5f27ad6d9b11"
