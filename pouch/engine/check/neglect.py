"""The additional checks of `pouch check --strict`: not errors, but signs of neglect in an archive."""

from __future__ import annotations

from collections.abc import Iterator

from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.content.entry_files import read_path
from pouch.content.fields import Context
from pouch.content.files import site_path
from pouch.problems import Problem, Severity

_LISTED = 8
"""Topics without entries that are listed one by one."""


def thorough_problems(archive: Archive) -> Iterator[Problem]:
    """Topics without entries, and translations whose terms are not the original's."""
    yield from _empty_topics(archive)
    yield from _differing_terms(archive)


def _empty_topics(archive: Archive) -> Iterator[Problem]:
    path = site_path(archive.site.vocabulary_path / "topics.toml", archive.site)
    if (empty := len(archive.empty_topics)) > _LISTED:
        # A new archive has the whole list; a line for each would hide everything else.
        keys = ", ".join(sorted(archive.empty_topics)[:_LISTED])
        message = f"no entry is on {empty} of {len(archive.vocabulary.topics)} topics: {keys}, …"
        hint = "remove those that this archive does not need; a list with the others is easier to choose from"
        yield Problem(path, 0, 0, "empty-topic", message, hint, Severity.WARNING)
        return
    for key in sorted(archive.empty_topics):
        topic = archive.vocabulary.topics[key]
        message = f"no entry is on the topic {key!r}, nor on one under it"
        hint = "remove it, or merge it into another with `pouch merge topic`"
        yield Problem(path, topic.line, 0, "empty-topic", message, hint, Severity.WARNING)


def _differing_terms(archive: Archive) -> Iterator[Problem]:
    """A briefing's terms are the original's; what a translation says of its own is not shown."""
    originals = {record.id: record for record in archive.records if record.translation_of is None}
    for record in sorted(archive.records, key=lambda record: record.path):
        original = originals.get(record.translation_of or "")
        if original is None:
            continue
        for name in ("countries", "topics"):
            own, shown = getattr(record, name), getattr(original, name)
            if own and set(own) != set(shown):
                yield _difference(archive, record, original, name)


def _difference(archive: Archive, record: Record, original: Record, name: str) -> Problem:
    context = Context(archive.site, archive.vocabulary)
    line = read_path(record.path, context).lines.get(name, 0)
    message = f"`{name}` is not that of the original, {original.path}, whose terms the briefing has"
    hint = f"write {name}: [{', '.join(getattr(original, name))}]"
    return Problem(record.path, line, 0, "translation-terms", message, hint, Severity.WARNING)
