"""Near-duplicates in the archive of what is on the desk: the article itself, or entries that are much like it."""

from __future__ import annotations

from collections.abc import Iterator

from pouch.content.entry import Entry
from pouch.content.identity import candidates
from pouch.convert.drafts.archive_index import ArchiveIndex, IndexedEntry
from pouch.convert.drafts.drafting import Draft
from pouch.convert.drafts.near_duplicates import text_signature
from pouch.desk.answers import Like
from pouch.desk.files import EntryFiles

MOST_LIKE = 5
"""Entries with nearly the same text that are listed."""


def identity_of(made: Draft, index: ArchiveIndex) -> tuple[str, IndexedEntry | None]:
    """The id that an article's entry will have, and the entry that is this article already."""
    url = made.entry.source.url if made.entry.source else None
    if url and (same_entry := index.from_address(url)) is not None:
        return same_entry.id, same_entry
    for entry_id in candidates(made.seed):
        same_entry = index.with_id(entry_id)
        if same_entry is None or not (same_entry.url and url):
            return entry_id, same_entry
    raise AssertionError(f"no id is left for {made.article.origin}")


def entries_like(index: ArchiveIndex, files: EntryFiles, entry: Entry, own: str) -> Iterator[Like]:
    """The entries with the same address or nearly the same text, the most alike first; the entry `own` is none."""
    by_id: dict[str, Like] = {}
    for indexed_entry, share, differs in index.alike(text_signature(entry.title, entry.body)):
        if indexed_entry.id != own:
            path, title = files.title_at(indexed_entry.path)
            by_id[indexed_entry.id] = Like(indexed_entry.id, path, title, share, differs)
    address = entry.source.url if entry.source else None
    same = index.from_address(address) if address else None
    if same is not None and same.id != own and same.id not in by_id:
        by_id[same.id] = Like(same.id, *files.title_at(same.path), 0.0)
    yield from sorted(by_id.values(), key=lambda each: -each.share)[:MOST_LIKE]
