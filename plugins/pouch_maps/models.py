"""The model of the map page."""

from __future__ import annotations

from pouch.pages.models import Page, WorldMap


class MapPage(Page, frozen=True, kw_only=True):
    """/map/."""

    world: WorldMap
