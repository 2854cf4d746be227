"""The inbox: articles that were handed in and have no file yet. They lie in .pouch/desk/inbox/, one file each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from pouch.content.dates import parse_moment
from pouch.content.entry import Source
from pouch.content.files import write_whole
from pouch.convert.intake.article import Article
from pouch.site import Site

_HINTS = get_type_hints(Article)


class Waiting(msgspec.Struct, frozen=True):
    """An article in the inbox, as far as a list shows it."""

    id: str
    title: str
    lang: str = ""
    source: str = ""
    countries: tuple[str, ...] = ()
    duplicate_of: str = ""  # path of the entry that has the same text or address
    share: float = 0.0  # how much the texts share


class Inbox:
    """The articles of one site, by the id that their entry will have."""

    def __init__(self, site: Site) -> None:
        self._folder = Path(site.root) / ".pouch" / "desk" / "inbox"

    def put(self, waiting: Waiting, article: Article) -> None:
        """Keep an article, until it is discarded. Raises EnvironmentFault."""
        listed, encoded = msgspec.msgpack.encode(waiting), msgspec.msgpack.encode(article)
        write_whole(self._file(waiting.id), msgspec.msgpack.encode([listed, encoded]))

    def article(self, entry_id: str) -> Article | None:
        """The article with this id; None where there is none, or where it cannot be read any more."""
        try:
            return _article(self._read(entry_id)[1])
        except (OSError, msgspec.MsgspecError, ValueError, TypeError, LookupError):
            return None

    def waiting(self) -> Iterator[Waiting]:
        """The drafts in the inbox, the newest first."""
        files = [(file.stat().st_mtime_ns, file) for file in self._folder.glob("*.article")]
        for _, file in sorted(files, reverse=True):
            try:
                yield msgspec.msgpack.decode(self._read(file.stem)[0], type=Waiting)
            except (OSError, msgspec.MsgspecError, LookupError):
                continue

    def discard(self, entry_id: str) -> None:
        """Take an article out."""
        self._file(entry_id).unlink(missing_ok=True)

    def _read(self, entry_id: str) -> list[bytes]:
        data = self._file(entry_id).read_bytes()
        return msgspec.msgpack.decode(data, type=list[bytes])

    def _file(self, entry_id: str) -> Path:
        if not entry_id.isascii() or not entry_id.isalnum():
            raise LookupError(entry_id)
        return self._folder / f"{entry_id}.article"


def _article(data: bytes) -> Article:
    """The article that was encoded. Its source is read by hand: msgspec has no type for a date or a date-time."""
    plain: dict[str, Any] = msgspec.msgpack.decode(data)
    values: dict[str, Any] = {
        name: msgspec.convert(value, _HINTS[name]) for name, value in plain.items() if name != "source"
    }
    if source := plain.get("source"):
        published = source.get("published")
        values["source"] = Source(
            name=source.get("name"),
            title=source.get("title"),
            url=source.get("url"),
            author=source.get("author"),
            published=parse_moment(published) if isinstance(published, str) else published,
        )
    return Article(**values)
