"""Shape: what of a file decides how the archive hangs together.

Where no file has another shape than at the last build, what follows from all of them is as it was: that they agree
with each other, and what leads where. So an edit of what a briefing says asks neither question again.
"""

from __future__ import annotations

from pouch.archive.records import DossierRecord, PageRecord
from pouch.engine.readings import Reading

Shape = tuple[
    tuple[object, ...], tuple[object, ...], tuple[str, ...], DossierRecord | None, PageRecord | None
]


def shape_of(reading: Reading) -> Shape:
    """Everything that `pouch.checks.site` and `pouch_archives.connections` look at; lines, which only messages name,
    aside.
    """
    key, entry = reading.key, reading.entry
    known = key and (
        key.id,
        key.path,
        key.slug,
        key.formerly,
        key.lang,
        key.status,
        key.publish_at,
        key.translation_of,
        key.broken,
    )
    place = entry and (
        entry.published,
        entry.date,
        entry.publish_at,
        entry.lang,
        entry.countries,
        entry.topics,
    )
    links = tuple(link.address for link in reading.links)
    return known or (), place or (), links, reading.dossier, reading.page
