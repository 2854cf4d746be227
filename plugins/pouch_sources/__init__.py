"""Pelican plugin: the organisations behind briefings, at /sources/, where a site asks for it."""

from pouch.hosting import register
from pouch.pages import addresses
from pouch_sources.pages import plan_sources

PAGES = [plan_sources]
FEATURES = ["sources"]
LINKS = {"sources": lambda interface: interface.href(addresses.SOURCES) if interface.has("sources") else ""}

__all__ = ["FEATURES", "LINKS", "PAGES", "register"]
