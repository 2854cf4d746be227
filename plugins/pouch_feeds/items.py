"""Items: the entries in feeds. Each item, and each of its fragments, is built once, at its first use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec

from pouch.archive.archive import primary_subtag
from pouch.archive.records import ImageRecord, Record
from pouch.content.dates import instant
from pouch.content.entry import Moment
from pouch.pages import addresses, messages
from pouch.pages.identity import guid
from pouch.pages.interface import Interface
from pouch.pages.languages import direction
from pouch.pages.outputs import Fragment
from pouch.vocabulary.vocabulary import Kind
from pouch_feeds.formats import FeedFormat
from pouch_feeds.models import Category, FeedSource, ItemModel, Picture
from pouch_feeds.texts import FeedTexts

_HALF_HOUR = 1800


Form = Literal["full", "short", "shortest"]
"""How much of an item a feed shows: the full text; key points and summary; the summary, else the first key point."""


class Version(NamedTuple):
    """A version of a briefing, beside the original, whose countries and topics are the briefing's."""

    record: Record
    original: Record


class Items:
    """The items of one plan."""

    def __init__(self, interface: Interface, texts: FeedTexts) -> None:
        self.interface = interface
        self._texts = texts
        self._site = interface.site
        self.zone = self._site.zone
        self._categories: dict[tuple[str, str, str], Category] = {}
        self._models: dict[str, ItemModel] = {}
        self._fragments: dict[tuple[str, Form, str], tuple[str, Fragment]] = {}
        self.updated = _Updated(self)  # entry id → (seconds since 1970, ISO text)

    def fragment(self, feed_format: FeedFormat, version: Version, form: Form) -> tuple[str, Fragment]:
        """The fragment of a version in one format, with its key."""
        cached = self._fragments.get((feed_format.name, form, version.record.id))
        if cached is None:
            model = self.model(version)
            if form != "full":
                model = msgspec.structs.replace(model, body="", corrections=(), image=None)
            if form == "shortest":
                points = () if model.summary else model.key_points[:1]
                model = msgspec.structs.replace(model, key_points=points)
            fragment = Fragment(f"{feed_format.name}:{form}", version.record.id, feed_format.fragment, model)
            cached = self._fragments[feed_format.name, form, version.record.id] = fragment.key, fragment
        return cached

    def model(self, version: Version) -> ItemModel:
        """The item with its full text."""
        item = self._models.get(version.record.id)
        if item is None:
            item = self._models[version.record.id] = self._model(version)
        return item

    def _model(self, version: Version) -> ItemModel:
        record, original = version
        lang = primary_subtag(record.lang)
        say = self._texts.of(lang).say
        published = record.publish_at
        assert published is not None  # an entry that is due has one
        return ItemModel(
            path=record.path,
            id=guid(self._site.site_id, record.id),
            url=self._url(record),
            title=record.title,
            lang=record.lang,
            dir=direction(record.lang),
            key_points=record.key_points,
            summary=record.summary,
            body=record.body,
            # The authors of the briefing, else the archive; the author of the source wrote the source.
            authors=record.authors or (self._site.name,),
            sources=tuple(
                [
                    FeedSource(name=source.name, title=source.title, url=source.url)
                    for source in record.sources
                    if source.name or source.title or source.url
                ]
            ),
            categories=(
                *[self._category("country", code, lang) for code in original.countries],
                *[self._category("topic", key, lang) for key in original.topics],
            ),
            published=feed_date(published, self.zone),
            updated=self.updated.of(record)[1],
            corrections=record.corrections,
            correction_label=say(messages.CORRECTION),
            source_label=say(messages.SOURCE),
            image=self._picture(record.image) if record.image else None,
        )

    def _picture(self, image: ImageRecord) -> Picture:
        caption = " ".join(text for text in (image.caption, image.credit) if text)
        return Picture(url=f"{self._site.url}/{quote(image.file)}", alt=image.alt, caption=caption)

    def _url(self, record: Record) -> str:
        """The address of an entry's page; of a site without such pages, that of its source, else of the site."""
        if self.interface.link("briefing", record.slug):
            return self._site.url + addresses.briefing(record.slug)
        return record.source.url or f"{self._site.url}{addresses.SUBSCRIBE}"

    def _category(self, kind: Kind, key: str, lang: str) -> Category:
        category = self._categories.get((kind, key, lang))
        if category is None:
            # Countries and topics stay apart, whether they have indexes or not (RFC 4287, section 4.2.2.2).
            index = addresses.COUNTRIES if kind == "country" else addresses.TOPICS
            if not self.interface.link("indexes"):
                index = f"{addresses.SUBSCRIBE}#{index.strip('/')}"
            category = self._categories[kind, key, lang] = Category(
                scheme=self._site.url + index,
                term=key,
                label=self.interface.vocabulary.label(kind, key, lang),
            )
        return category

    def newest_change(self, records: Iterable[Record]) -> str:
        """The moment when one of these records last changed, for feeds; empty without records."""
        untouched: tuple[float, Record] | None = None
        candidates = []
        for record in records:
            if record.updated or record.corrections:
                candidates.append(record)
            elif record.publish_at and (untouched is None or record.publish_at.timestamp() > untouched[0]):
                # Most were not changed since publication: compare dates before formatting one.
                untouched = record.publish_at.timestamp(), record
        if untouched:
            candidates.append(untouched[1])
        return max(map(self.updated.of, candidates), default=(0.0, ""))[1]

    def last_change(self, record: Record) -> datetime:
        """The moment of the last change for subscribers: publication, `updated` or the last correction."""
        latest = record.publish_at
        assert latest is not None
        moments = [record.updated] if record.updated else []
        moments += [instant(moment_of(day), self.zone) for day, _ in record.corrections]
        for moment in moments:
            # Compared in UTC: two times of one zone compare by the clock on the wall, which is set back in autumn.
            if moment.timestamp() > latest.timestamp():
                latest = moment
        return latest


class _Updated(dict[str, tuple[float, str]]):
    def __init__(self, items: Items) -> None:
        self._items = items

    def of(self, record: Record) -> tuple[float, str]:
        updated = self.get(record.id)
        if updated is None:
            moment = self._items.last_change(record)
            updated = self[record.id] = (moment.timestamp(), feed_date(moment, self._items.zone))
        return updated


def moment_of(text: str) -> Moment:
    """The date or date-time of an ISO text."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def feed_date(moment: datetime, zone: ZoneInfo) -> str:
    """An aware date-time for feeds: in the site's zone where the offset is one that every reader knows, else in UTC.

    Historic offsets such as +00:17:30 cannot be written in RFC 3339 or RFC 2822 at all, and quarters of an hour are
    outside what RFC 2822 parsers agree on.
    """
    moment = moment.replace(microsecond=0).astimezone(zone)
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() % _HALF_HOUR:
        moment = moment.astimezone(UTC)
    return moment.isoformat()
