"""Pelican plugin: the world map of coverage, at /map/ and on the home page, and small maps on dossiers."""

from pouch.hosting import register
from pouch.pages import addresses, messages
from pouch.plugins import MenuItem
from pouch_maps.maps import map_link, plan_map

PAGES = [plan_map]
FEATURES = ["map"]
MENU = [MenuItem(30, addresses.MAP, messages.MAP, link="map")]
LINKS = {"map": map_link}

__all__ = ["FEATURES", "LINKS", "MENU", "PAGES", "register"]
