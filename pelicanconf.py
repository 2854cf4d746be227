"""This site's settings, on top of Pouch's defaults. publishconf.py adds what only production has."""

from pouch.settings import *  # noqa: F403  # a settings file is the one place where names may come unseen

SITENAME = "The Pouch"
SITEURL = "http://localhost:8000"
TIMEZONE = "Europe/Brussels"
DEFAULT_LANG = "en"
POUCH_LANGUAGES = ["en", "fr", "de", "es"]
POUCH_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
POUCH_SITE_ID = "5c0f1b9e-7a3d-4c52-9d61-2f8a4be0c7d3"
POUCH_TAGLINE = {
    "en": "What was reported, by country and topic",
    "fr": "L’actualité par pays et par thème",
    "de": "Meldungen nach Land und Thema",
    "es": "La actualidad por país y por tema",
}
