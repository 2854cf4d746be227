"""All entries of a site as their files tell them, for commands that look for some of them."""

from __future__ import annotations

from pathlib import Path

from pouch.content.fields import Context
from pouch.content.files import ContentFile, content_files, read_content
from pouch.content.parse import ParsedEntry, read_bytes
from pouch.errors import EnvironmentFault
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.wording import closest


def read_entries(site: Site, vocabulary: Vocabulary) -> list[ParsedEntry]:
    """Every entry's file, parsed, in order of path."""
    context = Context(site, vocabulary)
    return [
        read_file(content_file, context)
        for content_file in content_files(site)
        if content_file.kind == "entry"
    ]


def read_file(content_file: ContentFile, context: Context) -> ParsedEntry:
    """One entry's file, parsed."""
    try:
        data = read_content(content_file.file)
    except OSError as error:
        return ParsedEntry(content_file.path, problems=[unreadable(content_file.path, error)])
    return read_bytes(data, content_file.path, context)


def read_path(path: str, context: Context) -> ParsedEntry:
    """The entry at a path that is relative to the site's folder, parsed."""
    return read_file(ContentFile("entry", path, Path(context.site.root) / path), context)


def unreadable(path: str, error: OSError) -> Problem:
    """The Problem of a file that cannot be opened."""
    message = f"cannot be read: {error.strerror or error}"
    hint = (
        "give your user the right to read it"
        if isinstance(error, PermissionError)
        else "put a text file in its place"
    )
    return Problem(path, 0, 0, "unreadable-file", message, hint)


def find_entry(reference: str, entries: list[ParsedEntry], site: Site) -> ParsedEntry:
    """The entry that `reference` means: an id, a slug (live, else former), or a path (from here or from the site).

    Raises EnvironmentFault where there is none.
    """
    for entry in entries:
        if entry.values.get("id") == reference:
            return entry
    for entry in entries:
        if slug_of(entry) == reference:
            return entry
    for entry in entries:
        if reference in entry.values.get("formerly", ()):
            return entry
    places = {Path(reference).resolve(), (Path(site.root) / reference).resolve()}
    for entry in entries:
        if (Path(site.root) / entry.path).resolve() in places:
            return entry
    hint = f"{_close_to(reference, entries)}`pouch list` shows them all"
    raise EnvironmentFault(f"no entry has the id, the slug or the path {reference!r}; {hint}")


def _close_to(reference: str, entries: list[ParsedEntry]) -> str:
    names = {name: slug_of(entry) for entry in entries for name in (slug_of(entry), entry.values.get("id"))}
    stem = Path(reference).stem
    # The beginning of one slug alone is that slug; else what is spelt like it.
    begin = [name for name in names if name and stem and name.startswith(stem)]
    close = begin[0] if len(begin) == 1 else closest(stem, filter(None, names))
    return f"did you mean {close!r}? " if close else ""


def slug_of(entry: ParsedEntry) -> str:
    """The slug of an entry, faults and all."""
    slug: str = entry.values.get("slug") or Path(entry.path).stem
    return slug


def errors_of(entry: ParsedEntry) -> list[Problem]:
    """The problems that are more than warnings."""
    return [problem for problem in entry.problems if problem.severity is Severity.ERROR]
