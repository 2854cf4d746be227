"""Pelican plugin: feeds for the site and for every slice of it."""

from pouch import hosting


def register() -> None:
    """Called by Pelican."""
    hosting.enlist(__name__)
