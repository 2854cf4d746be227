"""Publication: the order in which a feed's items entered the archive, and the documents that they fill.

A feed has editions: that of the originals, and those of languages whose briefings are others. With F items to a
document and N items in an edition there are max(0, N // F - 1) archive documents (RFC 5005, section 4); document k
holds the items (k - 1) F + 1 to k F from the oldest, and the current document has the rest. Documents do not overlap,
and a full one changes only when an entry in it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from pouch.archive.briefing import Briefing
from pouch.archive.records import Record
from pouch.pages.pagination import numbered_pages
from pouch_feeds.items import Version

ORIGINALS = ""
"""The edition that shows each briefing's original; others are named by a primary language subtag."""


class PublicationOrder:
    """Sorts briefings by when they entered the archive, then by id (DESIGN.md, "Dates"). An entry is in many slices,
    so its place is kept.
    """

    def __init__(self) -> None:
        self._ranks: dict[str, tuple[float, str]] = {}

    def sorted(self, edition: str, members: Sequence[Briefing]) -> list[Briefing]:
        """The briefings of an edition, oldest first."""
        rank = self._rank
        if edition == ORIGINALS:
            return sorted(members, key=lambda briefing: rank(briefing.original))
        members = [briefing for briefing in members if edition in briefing.versions]
        return sorted(members, key=lambda briefing: rank(briefing.versions[edition]))

    def _rank(self, record: Record) -> tuple[float, str]:
        rank = self._ranks.get(record.id)
        if rank is None:
            # In seconds, since times of one zone compare by the clock on the wall.
            rank = record.publish_at.timestamp() if record.publish_at else 0.0, record.id
            self._ranks[record.id] = rank
        return rank


def archive_documents(count: int, size: int) -> int:
    """The number of archive documents of `count` items, `size` to a document: as many as a river has pages."""
    return numbered_pages(count, size)


def versions_of(edition: str, members: Sequence[Briefing]) -> list[Version]:
    """The versions of these briefings that an edition shows, newest first. `members` are oldest first."""
    return [
        Version(briefing.versions[edition] if edition else briefing.original, briefing.original)
        for briefing in reversed(members)
    ]
