"""The model of a picture for social media."""

from __future__ import annotations

from pouch.pages.models import Model

WIDTH, HEIGHT = 1200, 630
"""What readers of the Open Graph protocol show whole, in pixels."""


class Picture(Model, frozen=True, kw_only=True):
    """One picture. Where no font has the signs of a text, the picture goes without that text."""

    title: str
    dir: str  # of the title
    lines: tuple[str, ...]  # "The Pouch · 5 March 2025"; the first that can be drawn stands below the title
    countries: tuple[str, ...]
    drawing: bytes  # digest of the theme's world.svg
    fonts: tuple[tuple[str, bytes], ...] = ()  # POUCH_CARD_FONTS: path relative to the site, digest
