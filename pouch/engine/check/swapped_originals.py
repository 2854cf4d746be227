"""Translations that became originals since the last commit: the plain feed would show an old briefing as new.

A feed reader knows a briefing by the id of the version that its feed holds, and the plain feed holds the original.
Git's last commit says which version that was. `pouch diff REV` compares whole sites; this asks git only for the entries
that changed, and only where the archive has translations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pouch.archive.archive import Archive
from pouch.archive.records import Record, record_of
from pouch.content.entry_files import read_path
from pouch.content.fields import Context
from pouch.content.parse import read_bytes
from pouch.errors import EnvironmentFault
from pouch.git import GitError, git
from pouch.problems import Problem

_LAST_COMMIT = "HEAD"


def swapped_originals(archive: Archive) -> Iterator[Problem]:
    """An error for each original that was a published translation, in the last commit, of what translates it now."""
    briefings = [briefing for briefing in archive.briefings if len(briefing.versions) > 1]
    if not briefings:
        return
    context = Context(archive.site, archive.vocabulary)
    before = _changed_entries(context, archive.now)
    if not any(record.translation_of for record in before.values()):
        return
    for briefing in briefings:
        record = briefing.original
        earlier = before.get(record.id)
        other = before.get(earlier.translation_of or "") if earlier else None
        if other is None or all(version.id != other.id for version in briefing.versions.values()):
            continue
        message = (
            f"subscribers would see this briefing as new: it was a translation of {other.id!r} in the last commit,"
            " and feeds know a briefing by its original's id"
        )
        line = read_path(record.path, context).lines.get("id", 1)
        hint = f"write translation_of: {other.id} here, and remove it from the other"
        yield Problem(record.path, line, 0, "new-to-subscribers", message, hint)


def _changed_entries(context: Context, now: datetime) -> dict[str, Record]:
    """The entries that readers saw at the last commit and whose files have changed since, by id.

    Empty where there is no git, no repository or no commit.
    """
    site = context.site
    root = Path(site.root)
    content = Path(site.content)
    if not content.is_relative_to(root):
        return {}
    folder = (content / "entries").relative_to(root).as_posix()
    try:
        names = git(
            root,
            "diff",
            "--name-only",
            "--no-renames",
            "--no-ext-diff",
            "-z",
            "--relative",
            _LAST_COMMIT,
            "--",
            folder,
        )
        paths = [name for name in names.split(b"\0") if name.endswith(b".md") and b"\n" not in name]
        requests = b"".join(b"%s:./%s\n" % (_LAST_COMMIT.encode(), path) for path in paths)
        texts = dict(zip(paths, _objects(git(root, "cat-file", "--batch", stdin=requests)), strict=True))
    except (GitError, EnvironmentFault):
        return {}
    if not any(b"translation_of" in text for text in texts.values()):
        return {}
    return {record.id: record for record in _records(texts.items(), context) if _seen(record, now)}


def _objects(batch: bytes) -> Iterator[bytes]:
    """The objects that `git cat-file --batch` prints; an empty one for a file that is new."""
    place = 0
    while place < len(batch):
        end = batch.index(b"\n", place)
        *_, size = batch[place:end].split(b" ")
        place = end + 1
        if not size.isdigit():
            yield b""
            continue
        yield batch[place : place + int(size)]
        place += int(size) + 1


def _records(texts: Iterable[tuple[bytes, bytes]], context: Context) -> Iterator[Record]:
    for name, text in texts:
        path = name.decode("utf-8", "replace")
        if (entry := read_bytes(text, path, context).entry) is not None:
            yield record_of(entry, path=path, site=context.site, body="", words=0, first_paragraph="")


def _seen(record: Record, now: datetime) -> bool:
    return record.published and record.publish_at is not None and record.publish_at <= now
