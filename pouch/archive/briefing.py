"""A briefing: one story in all its languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pouch.archive.records import Record
from pouch.digests import digest, encode
from pouch.errors import ContentError
from pouch.problems import Problem


def primary_subtag(lang: str) -> str:
    """The language alone, in lower case: "pt-BR" is "pt" (RFC 5646, section 2.2.1)."""
    return lang.split("-", 1)[0].lower()


class Briefing:
    """One story in all its languages. Its date, countries and topics are the original's."""

    __slots__ = ("changed", "mark", "original", "place", "publication_key", "sort_key", "topics", "versions")

    def __init__(self, original: Record, versions: dict[str, Record], topics: tuple[str, ...]) -> None:
        self.original = original
        self.versions = versions  # by primary language subtag, the original's among them
        self.topics = topics  # with their ancestors, each once
        assert original.date is not None  # `pouch.content.parse` refuses a published entry without one
        assert original.publish_at is not None
        self.sort_key = (original.date, original.publish_at, original.id)
        self.publication_key = publication_key(original)
        self.place = 0  # among all briefings, oldest first
        alone = len(versions) == 1
        # When a reader could last see a difference: for programs that ask what to read again.
        self.changed = _changed(original) if alone else max(map(_changed, versions.values()))
        # A digest of all its records: a page that shows the briefing changes only if this does.
        self.mark = digest(_encoded(original) if alone else encode([*map(_encoded, versions.values())]))

    def version(self, lang: str) -> Record:
        """The version that an interface in `lang` shows: its own, else the original."""
        if len(self.versions) == 1:
            return self.original
        return self.versions.get(primary_subtag(lang), self.original)


def publication_key(record: Record) -> tuple[float, str]:
    """A sort key: when a published entry entered the archive, then its id (DESIGN.md, "Dates")."""
    # In seconds, since times of one zone compare by the clock on the wall.
    return record.publish_at.timestamp() if record.publish_at else 0.0, record.id


def languages_apart(members: Sequence[Briefing]) -> tuple[str, ...]:
    """The languages, by tag, whose briefings are others than the originals of `members`.

    Only these are worth a page or a feed of their own: that of any other language would repeat the plain one.
    """
    languages: set[str] = set().union(*[briefing.versions for briefing in members])
    if len(languages) < 2:
        return ()
    originals = {primary_subtag(briefing.original.lang) for briefing in members}
    return tuple(sorted(lang for lang in languages if originals != {lang}))


def _changed(record: Record) -> datetime:
    changed = record.updated or record.publish_at
    assert changed is not None  # as above
    return changed


def _encoded(record: Record) -> bytes:
    try:
        return encode(record)
    except UnicodeEncodeError as error:
        message = f"the entry holds half a character: {error.object[error.start : error.end]!a}"
        hint = "write the character itself, not an escape"
        raise ContentError([Problem(record.path, 0, 0, "half-a-character", message, hint)]) from error
