"""Gives an entry another slug. Its id stays, and its old slug is kept among its former ones."""

from __future__ import annotations

from pathlib import Path

from pouch.content.entry_files import errors_of, find_entry, read_entries, slug_of
from pouch.editing.edit import set_keys
from pouch.editing.rename_term import Renaming, former_slugs, refuse_slug, refuse_taken
from pouch.errors import ContentError
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary


def plan_entry_renaming(reference: str, new: str, site: Site, vocabulary: Vocabulary) -> Renaming:
    """The files that renaming an entry would write. `reference` is its id, its slug, a former one, or a path.

    Raises EnvironmentFault where there is no such entry or `new` cannot be its slug, ContentError where its file
    has faults.
    """
    readings = read_entries(site, vocabulary)
    reading = find_entry(reference, readings, site)
    if faults := errors_of(reading):
        raise ContentError(faults)
    refuse_slug(new, site)
    for other in readings:
        if other is not reading:
            refuse_taken(new, slug_of(other), other.values.get("formerly", ()), other.path)
    old = slug_of(reading)
    formerly = former_slugs(old, new, tuple(reading.values.get("formerly", ())))
    file = Path(site.root) / reading.path
    before = file.read_bytes().decode("utf-8")
    after = before
    if new != old:
        # A file named like its slug need not say it.
        slug = None if new == file.stem else new
        after = set_keys(before, {"slug": slug, "formerly": formerly or None})
    return Renaming(file, before, after, str(reading.values["id"]), old, new, formerly)
