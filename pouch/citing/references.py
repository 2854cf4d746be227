"""A reference: what a bibliography says of a briefing."""

from __future__ import annotations

import msgspec

from pouch.archive.records import Record
from pouch.pages import addresses
from pouch.site import Site


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One briefing. Texts are empty where nothing is said."""

    key: str  # what a text cites it by: its slug
    title: str
    authors: tuple[str, ...]
    publisher: str  # the archive
    date: str  # ISO date
    lang: str  # BCP 47
    url: str
    abstract: str  # empty where it would repeat the title


def reference_of(record: Record, site: Site) -> Reference:
    """The reference of a version of a briefing."""
    assert record.date is not None  # only published entries are cited
    abstract = record.summary or " ".join(record.key_points)
    return Reference(
        key=record.slug,
        title=record.title,
        authors=record.authors,
        publisher=site.name,
        date=record.date.date().isoformat(),
        lang=record.lang,
        url=site.url + addresses.briefing(record.slug),
        abstract=abstract if abstract != record.title else "",
    )
