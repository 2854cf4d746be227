"""Entries that are probably one: nearly one text, or one source address. `pouch check` and `pouch list` tell them.

Texts are compared by the index that `pouch convert` keeps (`convert.drafts.archive_index`): it follows the files, so a
check signs only those that changed, and bands of MinHash find the few pairs that are worth comparing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pouch.archive.records import Record
from pouch.content.addresses import is_home_page
from pouch.content.entry_files import read_path
from pouch.content.fields import Context
from pouch.content.identity import canonical_address
from pouch.convert.drafts.archive_index import ArchiveIndex
from pouch.errors import EnvironmentFault
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary


class Pair(NamedTuple):
    """Two entries that are probably one; `later` is the one whose path comes later."""

    earlier: Record
    later: Record
    address: str = ""  # the one source address of both; empty where their texts are alike


def duplicate_pairs(records: Iterable[Record], site: Site) -> Iterator[Pair]:
    """The pairs, those of nearly one text first. Versions of one briefing are none.

    Raises EnvironmentFault where the index cannot be opened.
    """
    by_path = {record.path: record for record in records}
    seen_pairs: set[tuple[str, str]] = set()
    for one, other in _alike(site):
        pair = sorted((one, other))
        if pair[0] in by_path and pair[1] in by_path and not _versions(*map(by_path.__getitem__, pair)):
            seen_pairs.add((pair[0], pair[1]))
            yield Pair(by_path[pair[0]], by_path[pair[1]])
    for earlier, later, address in _of_one_source(by_path[path] for path in sorted(by_path)):
        if (earlier.path, later.path) not in seen_pairs:
            yield Pair(earlier, later, address)


def _alike(site: Site) -> Iterator[tuple[str, str]]:
    root = Path(site.root)
    try:
        index = ArchiveIndex(site)
    except EnvironmentFault:
        # A conversion is under way, or the folder is read-only.
        index = ArchiveIndex(site, keep=False)
    with index:
        for one, other in index.near_pairs():
            yield one.relative_to(root).as_posix(), other.relative_to(root).as_posix()


def _versions(one: Record, other: Record) -> bool:
    """Whether two entries are one briefing in two languages."""
    return (one.translation_of or one.id) == (other.translation_of or other.id)


def _document(url: str) -> str:
    """The document that an address names, with and without TLS, `www.` and a last slash alike.

    Raises ValueError for what is no address. An id is minted of `canonical_address`, which may not change.
    """
    scheme, _, rest = canonical_address(url).partition("://")
    return f"{scheme.removesuffix('s')}://{rest.removeprefix('www.').rstrip('/')}"


def _of_one_source(records: Iterable[Record]) -> Iterator[tuple[Record, Record, str]]:
    first: dict[str, Record] = {}
    for record in records:
        url = record.source.url
        if not url or is_home_page(url):
            continue
        try:
            address = _document(url)
        except ValueError:
            continue
        other = first.setdefault(address, record)
        if other is not record and not _versions(other, record):
            yield other, record, url


def duplicate_problems(records: Iterable[Record], site: Site, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A warning for each pair, at the later file. Raises EnvironmentFault."""
    for earlier, later, address in duplicate_pairs(records, site):
        lines = read_path(later.path, Context(site, vocabulary)).lines
        if address:
            line = lines.get("source.url", lines.get("source", 0))
            message = f"the source's address is that of {earlier.path} too"
            hint = "keep one of the two, or give each the address of its own document"
            yield Problem(later.path, line, 0, "same-source", message, hint, Severity.WARNING)
        else:
            message = f"the text is nearly that of {earlier.path}"
            hint = "keep one of the two; a translation says translation_of"
            yield Problem(
                later.path, lines.get("body", 0), 0, "near-duplicate", message, hint, Severity.WARNING
            )
