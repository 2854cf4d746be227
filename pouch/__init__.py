"""Pouch: a curated briefing archive, published with Pelican."""

__version__ = "0.1.0"
