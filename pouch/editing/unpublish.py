"""`pouch unpublish`: a published entry becomes a draft again, and readers find nothing at its address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pouch.checks.entries import cross_check, entry_key, key_of
from pouch.content.dossier import parse_dossier
from pouch.content.entry_files import errors_of, find_entry, read_entries, slug_of
from pouch.content.files import content_files, read_content
from pouch.editing.edit import set_keys
from pouch.editing.publish import taken_place, write_and_move
from pouch.errors import ContentError
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary


class Withdrawal(NamedTuple):
    """An entry that becomes a draft. Nothing is written yet."""

    file: Path
    target: Path
    text: str
    slugs: tuple[str, ...]  # that readers find nothing at afterwards: its own, then former ones
    pinned_by: tuple[str, ...]  # dossiers that pin it
    linked_from: tuple[str, ...]  # entries whose text links to it
    already: bool = False  # a draft already; nothing to do

    def carry_out(self) -> None:
        """Write the entry, then move it. Raises EnvironmentFault where that cannot be."""
        write_and_move(self.file, self.target, self.text)


def plan_withdrawal(reference: str, site: Site, vocabulary: Vocabulary) -> Withdrawal:
    """The files that taking an entry back writes. `reference` is its id, a slug or a path.

    Raises EnvironmentFault where there is no such entry, ContentError where it or what depends on it has faults.
    """
    readings = read_entries(site, vocabulary)
    reading = find_entry(reference, readings, site)
    if reading.entry is None:
        raise ContentError(errors_of(reading))
    entry = reading.entry
    file = Path(site.root) / reading.path
    text = file.read_bytes().decode("utf-8")
    slugs = (slug_of(reading), *entry.formerly)
    if entry.status == "draft":
        return Withdrawal(file, file, text, slugs, (), (), already=True)
    target = site.entries_path / "drafts" / file.name
    keys = [key for other in readings if (key := key_of(other, site)) is not None]
    draft = entry_key(replace(entry, status="draft"), reading.path, site)
    before = set(cross_check(keys))
    after = [draft if key.path == reading.path else key for key in keys]
    problems = [problem for problem in cross_check(after) if problem not in before]
    if target.exists():
        problems.append(taken_place(reading.path, target, site))
    if problems:
        raise ContentError(problems)
    addresses = {f"/briefings/{slug}/" for slug in slugs} | {file.name}
    return Withdrawal(
        file,
        target,
        set_keys(text, {"status": "draft"}),
        slugs,
        tuple(_pinning(entry.id, site, vocabulary)),
        tuple(
            other.path
            for other in readings
            if other is not reading and any(address in other.body for address in addresses)
        ),
    )


def _pinning(identity: str, site: Site, vocabulary: Vocabulary) -> list[str]:
    """The dossiers that pin an entry."""
    pinning = []
    for item in content_files(site):
        if item.kind == "dossier":
            parsed = parse_dossier(read_content(item.file), item.path, vocabulary=vocabulary, site=site)
            if parsed.dossier is not None and identity in parsed.dossier.pinned:
                pinning.append(item.path)
    return pinning
