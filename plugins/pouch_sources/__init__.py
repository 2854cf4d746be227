"""Pelican plugin: the organisations behind briefings, at /sources/, where a site asks for it."""

from pouch.hosting import register
from pouch.pages import addresses, messages
from pouch.plugins import MenuItem
from pouch_sources.pages import plan_sources

PAGES = [plan_sources]
FEATURES = ["sources"]
FOOTER = [MenuItem(70, addresses.SOURCES, messages.SOURCES, link="sources")]
LINKS = {"sources": lambda interface: interface.href(addresses.SOURCES) if interface.has("sources") else ""}

__all__ = ["FEATURES", "FOOTER", "LINKS", "PAGES", "register"]
