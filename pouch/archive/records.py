"""Records: what the archive keeps of a file once it is read. Small, plain, and quick to load by the hundred thousand.

The HTML of a body lies in the build's store under its key; a record only holds the key.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from pouch.content.dates import instant
from pouch.content.entry import Archived, Entry, Moment, Source
from pouch.site import Site
from pouch.tag.sentences import opening


class SourceRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A document that an entry rests on. Texts are empty where nothing is said; dates are ISO texts as written."""

    name: str = ""
    url: str = ""
    author: str = ""
    published: str = ""
    title: str = ""
    archived_url: str = ""
    archived_date: str = ""
    archived_sha256: str = ""


class ImageRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The picture of an entry, with what is known of its file."""

    file: str  # under content/, such as images/harbour.jpg
    alt: str
    caption: str = ""
    credit: str = ""
    width: int = 0  # in pixels; 0 where its size cannot be told
    height: int = 0


_NO_SOURCE = SourceRecord()


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One entry, read. Date-times are aware, in the site's time zone."""

    id: str
    path: str  # of the file, relative to the site's folder
    slug: str
    title: str
    lang: str
    published: bool  # status; whether it is due is the archive's business
    date: datetime | None  # what orders pages; None only in a draft without one
    publish_at: datetime | None  # what orders feeds
    date_is_bare: bool  # a date without a time of day
    updated: datetime | None
    updated_is_bare: bool
    summary: str  # its own, or the opening of its text; empty only where key points say it
    key_points: tuple[str, ...]
    countries: tuple[str, ...]
    mentions: tuple[str, ...]
    topics: tuple[str, ...]
    sources: tuple[SourceRecord, ...]  # the main one first
    authors: tuple[str, ...]  # of the briefing; the settings' where it names none
    formerly: tuple[str, ...]
    translation_of: str | None
    corrections: tuple[tuple[str, str], ...]  # (ISO date, note)
    body: str  # key of its HTML
    words: int
    summary_is_own: bool = True  # an editor wrote it
    image: ImageRecord | None = None
    extra: dict[str, Any] = {}  # a site's own keys, as `page.extra` in templates
    row: str = ""  # as a row of data, in JSON (`pouch.exporting.rows`), where the site publishes data

    @property
    def source(self) -> SourceRecord:
        """The main source; one that says nothing where the entry names none."""
        return self.sources[0] if self.sources else _NO_SOURCE


class DossierRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A term's introduction, read."""

    path: str
    kind: Literal["country", "topic", "home", "digest"]
    key: str
    lang: str
    pinned: tuple[str, ...]  # ids of entries
    links: tuple[tuple[str, str], ...]  # (title, address)
    body: str
    title: str = ""  # the heading of the introduction; empty where it has none


class PageRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page of content/pages/, read."""

    path: str
    slug: str
    lang: str
    title: str
    body: str
    description: str  # its first paragraph


def iso(moment: Moment | None) -> str:
    """ISO 8601 text of what the editor wrote; empty for None."""
    return moment.isoformat() if moment is not None else ""


def is_bare(moment: Moment | None) -> bool:
    """Whether an editor gave a day and no time."""
    return isinstance(moment, date) and not isinstance(moment, datetime)


@lru_cache(maxsize=65536)
def _local(moment: Moment, zone: ZoneInfo) -> datetime:
    """The moment on the site's clock, with its offset rather than the zone: times of one zone compare by the wall."""
    local = instant(moment, zone).astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)


def source_record(source: Source) -> SourceRecord:
    """The record of one source."""
    archived = source.archived or Archived()
    return SourceRecord(
        name=source.name or "",
        url=source.url or "",
        author=source.author or "",
        published=iso(source.published),
        title=source.title or "",
        archived_url=archived.url or "",
        archived_date=iso(archived.date),
        archived_sha256=archived.sha256 or "",
    )


def record_of(
    entry: Entry,
    *,
    path: str,
    site: Site,
    body: str,
    words: int,
    first_paragraph: str,
    image_size: tuple[int, int] = (0, 0),
) -> Record:
    """The record of an entry whose body was rendered under the key `body`; `image_size` is in pixels."""
    zone = site.zone
    day = _local(entry.date, zone) if entry.date is not None else None
    image = entry.image
    return Record(
        id=entry.id,
        path=path,
        slug=entry.address_slug(path),
        title=entry.title,
        lang=entry.lang or site.lang,
        published=entry.status == "published",
        date=day,
        publish_at=_local(entry.publish_at, zone) if entry.publish_at is not None else day,
        date_is_bare=is_bare(entry.date),
        updated=_local(entry.updated, zone) if entry.updated is not None else None,
        updated_is_bare=is_bare(entry.updated),
        # Pages and feeds fall back to key points first, then to the first paragraph.
        summary=entry.summary or ("" if entry.key_points else opening(first_paragraph)),
        summary_is_own=entry.summary is not None,
        key_points=entry.key_points,
        countries=entry.countries,
        mentions=entry.mentions,
        topics=entry.topics,
        sources=tuple([source_record(source) for source in entry.sources]),
        authors=entry.authors or ((site.author,) if site.author else ()),
        formerly=entry.formerly,
        translation_of=entry.translation_of,
        corrections=tuple((iso(c.date), c.note) for c in entry.corrections),
        body=body,
        words=words,
        image=ImageRecord(image.file, image.alt, image.caption or "", image.credit or "", *image_size)
        if image
        else None,
        extra=entry.extra,
    )
