"""`pouch new`: a fresh draft with an id of its own."""

from __future__ import annotations

from pathlib import Path

from pouch.content.entry import Entry
from pouch.content.entry_files import slug_of
from pouch.content.identity import mint_random
from pouch.content.parse import ParsedEntry
from pouch.content.render import render_front_matter
from pouch.site import Site
from pouch.vocabulary.slugs import reserved, slugify_title


def new_draft(entry: Entry, site: Site, readings: list[ParsedEntry]) -> tuple[Path, str]:
    """The path of a new entry, and the text of its file: keys that it still lacks stand there empty."""
    slugs = {slug for reading in readings for slug in (slug_of(reading), *reading.values.get("formerly", ()))}
    slug = slugify_title(entry.title)
    if not slug or reserved(slug, site):
        slug = f"{slug or 'briefing'}-{entry.id[:4]}"
    elif slug in slugs:
        slug = f"{slug}-{entry.id[:4]}"
    lines = [render_front_matter(entry)]
    if entry.translation_of is None:
        lines += [f"{name}: []\n" for name in ("countries", "topics") if not getattr(entry, name)]
    file = site.entries_path / "drafts" / f"{slug}.md"
    return file, f"---\n{''.join(lines)}---\n\n"


def free_id(readings: list[ParsedEntry]) -> str:
    """An id that no entry has."""
    ids = {reading.values.get("id") for reading in readings}
    while (new_id := mint_random()) in ids:
        pass
    return new_id
