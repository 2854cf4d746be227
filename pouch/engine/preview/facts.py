"""The facts that a preview shows beside the pages: faults, entries that no reader sees yet, each file's address.

A build of a site with `Site.preview` goes on where a file has faults. The file's last good text stands in for it. A
file without one, and a file that claims the id or address of another, is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.engine.parsed_files import ParsedFile
from pouch.pages import addresses
from pouch.problems import Problem, Severity

_CONTRADICTIONS = {"duplicate-id", "given-twice", "slug-taken"}
"""Codes of cross-file problems with which no archive can be built."""


class Waiting(msgspec.Struct, frozen=True):
    """An entry that readers do not see yet."""

    path: str
    title: str
    address: str  # that it will have, without the site's path
    until: str = ""  # ISO date-time when it becomes public; empty for a draft


class PreviewFacts(msgspec.Struct, frozen=True):
    """The facts that the preview's server shows on pages, at /_drafts/ and at /_faults/."""

    faults: tuple[Problem, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    outdated: tuple[str, ...] = ()  # files whose pages show their last good text
    addresses: dict[str, tuple[str, ...]] = {}  # source file → its pages, without the site's path


def waiting_entry(record: Record) -> Waiting:
    """An entry that is a draft, or is published later."""
    until = record.publish_at.isoformat() if record.published and record.publish_at else ""
    return Waiting(record.path, record.title, addresses.briefing(record.slug), until)


def is_waiting(record: Record, now: datetime) -> bool:
    """Whether readers do not see an entry yet."""
    return not record.published or (record.publish_at is not None and record.publish_at > now)


def with_record(facts: PreviewFacts, record: Record, now: datetime) -> PreviewFacts:
    """The facts once an entry has been saved whose text is without error."""
    address = addresses.briefing(record.slug)
    waiting = [entry for entry in facts.waiting if entry.path != record.path and entry.address != address]
    if is_waiting(record, now):
        waiting.append(waiting_entry(record))
    return msgspec.structs.replace(
        facts,
        waiting=tuple(sorted(waiting, key=_by_moment)),
        addresses=facts.addresses | {record.path: (address,)},
    )


def _by_moment(entry: Waiting) -> tuple[bool, str, str]:
    return bool(entry.until), entry.until, entry.path


def with_last_good(parsed: ParsedFile, before: ParsedFile | None) -> ParsedFile:
    """A faulty parsed file with the record that it had before, if there is one; any other file as it is."""
    if before is None or not _is_faulty(parsed):
        return parsed
    if parsed.entry or parsed.dossier or parsed.page:
        # The front matter is right and the body is at fault.
        parsed = msgspec.structs.replace(parsed, entry=None, dossier=None, page=None)
    return msgspec.structs.replace(parsed, entry=before.entry, dossier=before.dossier, page=before.page)


def without_contradictions(
    parsed: Iterable[ParsedFile], cross_file_problems: Iterable[Problem]
) -> list[ParsedFile]:
    """The files whose records an archive can hold together."""
    at_fault = {problem.path for problem in cross_file_problems if problem.code in _CONTRADICTIONS}
    return [each for each in parsed if each.path not in at_fault]


def preview_facts(
    archive: Archive, problems: Collection[Problem], parsed: Iterable[ParsedFile]
) -> PreviewFacts:
    """The facts of an archive that was built in spite of `problems`."""
    site, vocabulary = archive.site, archive.vocabulary
    waiting: list[Waiting] = []
    pages: dict[str, tuple[str, ...]] = {}
    for briefing in (*archive.briefings, *archive.unpublished):
        for record in briefing.versions.values():
            pages[record.path] = (addresses.briefing(record.slug),)
    waiting += [waiting_entry(briefing.original) for briefing in archive.unpublished]
    for dossier in archive.dossiers.values():
        if dossier.kind == "home":
            pages[dossier.path] = tuple(
                addresses.in_language(addresses.HOME, lang, site.lang) for lang in site.languages
            )
            continue
        if dossier.kind == "digest":
            pages[dossier.path] = tuple(
                addresses.in_language(addresses.digest(dossier.key), lang, site.lang)
                for lang in site.languages
            )
            continue
        terms = vocabulary.countries if dossier.kind == "country" else vocabulary.topics
        if (term := terms.get(dossier.key)) is not None:
            address = addresses.term(dossier.kind, term.slug)
            pages[dossier.path] = tuple(
                addresses.in_language(address, lang, site.lang) for lang in site.languages
            )
    for page in archive.pages:
        pages[page.path] = (addresses.in_language(addresses.page(page.slug), page.lang, site.lang),)
    waiting.sort(key=_by_moment)
    outdated = tuple(each.path for each in parsed if _is_faulty(each) and each.path in pages)
    return PreviewFacts(tuple(sorted(problems)), tuple(waiting), outdated, pages)


def _is_faulty(parsed: ParsedFile) -> bool:
    return any(problem.severity is Severity.ERROR for problem in parsed.problems)
