"""What the template of the map page sees."""

from __future__ import annotations

from pouch.pages.models import Page, WorldMap


class MapPage(Page, frozen=True, kw_only=True):
    """/map/."""

    world: WorldMap
