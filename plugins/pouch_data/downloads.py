"""The downloads that a dossier offers."""

from __future__ import annotations

from pouch.citing.formats import FORMATS
from pouch.pages import addresses, messages
from pouch.pages.interface import Interface
from pouch.pages.models import Link
from pouch.vocabulary.vocabulary import Kind


def downloads(interface: Interface, kind: Kind, key: str) -> tuple[Link, ...]:
    """The files beside the dossier of a country or topic that has briefings."""
    base = addresses.term(kind, interface.slug(kind, key))
    files = [("data.json", interface.translate(messages.DOWNLOAD))] if interface.has("dossier_data") else []
    if interface.has("references"):
        files += [(f"references.{each.ending}", each.label) for each in FORMATS]
    return tuple(Link(href=interface.root_href(base + name), label=label) for name, label in files)
