"""Pelican plugin: a page for each country, topic and region, for each pair, and for each year of a term."""

from pouch import hosting


def register() -> None:
    """Called by Pelican."""
    hosting.enlist(__name__)
