"""Pelican plugin: what entered the archive, week by week, at /digests/. `pouch digest` writes the same as a mail."""

from pouch.hosting import register
from pouch.pages import addresses, messages
from pouch.plugins import MenuItem
from pouch_digests.pages import digest_href, plan_digests

PAGES = [plan_digests]
FEATURES = ["digests"]
FOOTER = [MenuItem(50, addresses.DIGESTS, messages.DIGESTS, link="digests")]
LINKS = {
    "digests": lambda interface: interface.href(addresses.DIGESTS) if interface.has("digests") else "",
    "digest": digest_href,
}

__all__ = ["FEATURES", "FOOTER", "LINKS", "PAGES", "register"]
