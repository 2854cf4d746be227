"""Asks an archive of the web, such as the Wayback Machine, to make a copy of a source, and notes it in front matter.

The archive's "Save Page Now" answers /save/ADDRESS with the copy that it has made, /web/20250305120000/ADDRESS;
/web/20250305120000id_/ADDRESS is the same as it came, without the archive's own bar.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pouch.content.entry import Archived, Entry, Source
from pouch.content.files import read_content, write_whole
from pouch.convert.intake.fetching import FetchError
from pouch.editing.edit import set_keys
from pouch.sourcing.visiting import Visitor

_COPY = re.compile(r"/web/(\d{14})(?:[a-z]{2}_)?/")


def archived(url: str, archive: str, visitor: Visitor) -> Archived:
    """The copy that the archive at the address `archive` makes of `url`. Raises FetchError."""
    answer = visitor.visit(f"{archive}/save/{url}")
    match = _COPY.search(answer.url)
    if match is None:
        raise FetchError("no-copy", f"{archive} names no copy of it", "ask it in a browser what is wrong")
    when = datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    copy = answer.url[: match.start()] + f"/web/{match[1]}"
    data = visitor.visit(f"{copy}id_/{url}").data
    return Archived(url=f"{copy}/{url}", date=when, sha256=hashlib.sha256(data).hexdigest())


def note(file: Path, entry: Entry, copies: dict[str, Archived]) -> bool:
    """Write the copies into the sources of an entry's file, by address; whether there was something to write.

    Everything else in the file stays as it was. Raises EnvironmentFault.
    """
    sources = [_with_copy(source, copies) for source in entry.sources]
    if tuple(sources) == entry.sources:
        return False
    text = read_content(file).decode("utf-8")
    value = sources if len(sources) > 1 else sources[0]
    write_whole(file, set_keys(text, {"source": value}).encode())
    return True


def _with_copy(source: Source, copies: dict[str, Archived]) -> Source:
    has_copy = source.archived is not None and source.archived.url
    if has_copy or source.url not in copies:
        return source
    return replace(source, archived=copies[source.url])
