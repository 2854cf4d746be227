"""What the archive has of an article already: the article itself, or entries that are much like it."""

from __future__ import annotations

from collections.abc import Iterator

from pouch.content.entry import Entry
from pouch.content.identity import candidates
from pouch.convert.drafts.archive_index import ArchiveIndex, Held
from pouch.convert.drafts.drafting import Draft
from pouch.convert.drafts.near_duplicates import text_signature
from pouch.desk.answers import Like
from pouch.desk.files import EntryFiles

MOST_LIKE = 5
"""Entries with nearly the same text that are listed."""


def identity_of(made: Draft, index: ArchiveIndex) -> tuple[str, Held | None]:
    """The id that an article's entry will have, and the entry that is this article already."""
    url = made.entry.source.url if made.entry.source else None
    if url and (held := index.from_address(url)) is not None:
        return held.id, held
    for entry_id in candidates(made.seed):
        held = index.with_id(entry_id)
        if held is None or not (held.url and url):
            return entry_id, held
    raise AssertionError(f"no id is left for {made.article.origin}")


def entries_like(index: ArchiveIndex, files: EntryFiles, entry: Entry, own: str) -> Iterator[Like]:
    """The entries with the same address or nearly the same text, the most alike first; the entry `own` is none."""
    found: dict[str, Like] = {}
    for held, share, differs in index.alike(text_signature(entry.title, entry.body)):
        if held.id != own:
            path, title = files.title_at(held.path)
            found[held.id] = Like(held.id, path, title, share, differs)
    address = entry.source.url if entry.source else None
    same = index.from_address(address) if address else None
    if same is not None and same.id != own and same.id not in found:
        found[same.id] = Like(same.id, *files.title_at(same.path), 0.0)
    yield from sorted(found.values(), key=lambda each: -each.share)[:MOST_LIKE]
