"""Publication: the order in which a feed's items entered the archive, and the documents that they fill.

A feed has editions: that of the originals, and those of languages whose briefings are others. With F items to a
document and N items in an edition there are max(0, N // F - 1) archive documents (RFC 5005, section 4); document k
holds the items (k - 1) F + 1 to k F from the oldest, and the current document has the rest. Documents do not overlap,
and a full one changes only when an entry in it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from pouch.archive.briefing import Briefing, publication_key
from pouch.pages.pagination import numbered_pages
from pouch_feeds.items import Version

ORIGINALS = ""
"""The edition that shows each briefing's original; others are named by a primary language subtag."""


_KEY = attrgetter("publication_key")


def in_publication_order(edition: str, members: Sequence[Briefing]) -> list[Briefing]:
    """The briefings of an edition by when they entered the archive, then by id, oldest first."""
    if edition == ORIGINALS:
        return sorted(members, key=_KEY)
    members = [briefing for briefing in members if edition in briefing.versions]
    return sorted(members, key=lambda briefing: publication_key(briefing.versions[edition]))


def archive_documents(count: int, size: int) -> int:
    """The number of archive documents of `count` items, `size` to a document: as many as a river has pages."""
    return numbered_pages(count, size)


def versions_of(edition: str, members: Sequence[Briefing]) -> list[Version]:
    """The versions of these briefings that an edition shows, newest first. `members` are oldest first."""
    return [
        Version(briefing.versions[edition] if edition else briefing.original, briefing.original)
        for briefing in reversed(members)
    ]
