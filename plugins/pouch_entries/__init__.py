"""Pelican plugin: reads the entries, and publishes home, briefings, pages and archives.

It is the host's side of a Pouch build: it takes Pelican's settings, hands them to the engine once every generator has
had its turn, and ends Pelican with the engine's exit code.
"""

from pouch import hosting


def register() -> None:
    """Called by Pelican."""
    hosting.register()
