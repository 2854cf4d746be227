"""The facts that a preview shows beside the pages: faults, entries that no reader sees yet, each file's address.

A build of a site with `Site.preview` goes on where a file has faults. The file's last good text stands in for it. A
file without one, and a file that claims the id or address of another, is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from pouch.archive.archive import Archive
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
    waiting = []
    pages: dict[str, tuple[str, ...]] = {}
    for briefing in (*archive.briefings, *archive.unpublished):
        for record in briefing.versions.values():
            pages[record.path] = (addresses.briefing(record.slug),)
    for briefing in archive.unpublished:
        record = briefing.original
        until = record.publish_at.isoformat() if record.published and record.publish_at else ""
        waiting.append(Waiting(record.path, record.title, addresses.briefing(record.slug), until))
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
    waiting.sort(key=lambda entry: (bool(entry.until), entry.until, entry.path))
    outdated = tuple(each.path for each in parsed if _is_faulty(each) and each.path in pages)
    return PreviewFacts(tuple(sorted(problems)), tuple(waiting), outdated, pages)


def _is_faulty(parsed: ParsedFile) -> bool:
    return any(problem.severity is Severity.ERROR for problem in parsed.problems)
