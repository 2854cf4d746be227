"""Items: the entries that feeds hold, and the keys of their fragments. Each is made once, when a feed first asks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from pouch.archive.archive import primary_subtag
from pouch.archive.records import Record
from pouch.content.dates import instant
from pouch.content.entry import Moment
from pouch.digests import digest, encode
from pouch.feeds.models import Category, ItemModel
from pouch.feeds.voices import Voices
from pouch.pages import addresses, messages
from pouch.pages.identity import guid
from pouch.pages.languages import direction
from pouch.pages.views import Views
from pouch.vocabulary.vocabulary import Kind

_HALF_HOUR = 1800


class Items:
    """The items of one plan."""

    def __init__(self, views: Views, voices: Voices) -> None:
        self._views = views
        self._voices = voices
        self._site = views.site
        self.zone = self._site.zone
        self._categories: dict[tuple[str, str, str], Category] = {}
        self._models: dict[str, ItemModel] = {}
        self._signatures: dict[str, bytes] = {}
        self._labels: dict[tuple[str, tuple[str, ...], str], bytes] = {}
        self._surroundings: dict[str, bytes] = {}
        self._keys: dict[tuple[str, bool], _Keys] = {}
        self.updated = _Updated(self)  # entry id → (seconds since 1970, ISO text)

    def keys(self, feed_format: str, records: Sequence[Record], *, full: bool = True) -> tuple[str, ...]:
        """The fragment keys of `records`, in their order; with the full text, or summaries only."""
        keys = self._keys.get((feed_format, full))
        if keys is None:
            keys = self._keys[feed_format, full] = _Keys(self, feed_format, full)
        try:
            return tuple([keys[record.id] for record in records])
        except KeyError:
            for record in records:
                if record.id not in keys:
                    keys.add(record)
            return tuple([keys[record.id] for record in records])

    @property
    def found(self) -> Mapping[str, ItemModel]:
        """The models of all keys that a feed asked for, those of an entry beside each other: they share work."""
        every = self._keys.values()
        return _Found(
            {
                keys[entry_id]: (keys, keys.records[keys[entry_id]])
                for entry_id in self._signatures
                for keys in every
                if entry_id in keys
            }
        )

    def model(self, record: Record) -> ItemModel:
        """The item with its full text."""
        found = self._models.get(record.id)
        if found is None:
            found = self._models[record.id] = self._model(record)
        return found

    def signature(self, record: Record) -> bytes:
        """Everything that `_model` takes its facts from; a property test holds that nothing is missing.

        Every item of a feed needs one when it is planned, and few need their model.
        """
        found = self._signatures.get(record.id)
        if found is None:
            lang = primary_subtag(record.lang)
            original = self._views.archive.briefing_of[record.id].original
            facts = (
                record.path,
                record.id,
                record.slug,
                record.title,
                record.lang,
                record.key_points,
                record.summary,
                record.body,
                record.source_author,
                record.source_name,
                record.source_url,
                record.publish_at,
                record.updated,
                record.corrections,
            )
            found = self._signatures[record.id] = b"".join(
                (
                    self._surrounding(lang),
                    self._labels_of("country", original.countries, lang),
                    self._labels_of("topic", original.topics, lang),
                    encode(facts),
                )
            )
        return found

    def _surrounding(self, lang: str) -> bytes:
        """What an item takes from its site, and from the interface texts of its language."""
        found = self._surroundings.get(lang)
        if found is None:
            site, say = self._site, self._voices.of(lang).say
            facts = (site.site_id, site.url, site.name, site.timezone)
            found = self._surroundings[lang] = encode((facts, say(messages.CORRECTION), say(messages.SOURCE)))
        return found

    def _labels_of(self, kind: Kind, keys: tuple[str, ...], lang: str) -> bytes:
        found = self._labels.get((kind, keys, lang))
        if found is None:
            categories = [self._category(kind, key, lang) for key in keys]
            found = self._labels[kind, keys, lang] = encode(categories)
        return found

    def _model(self, record: Record) -> ItemModel:
        lang = primary_subtag(record.lang)
        say = self._voices.of(lang).say
        original = self._views.archive.briefing_of[record.id].original
        published = record.publish_at
        assert published is not None  # an entry that is due has one
        return ItemModel(
            path=record.path,
            id=guid(self._site.site_id, record.id),
            url=self._site.url + addresses.briefing(record.slug),
            title=record.title,
            lang=record.lang,
            dir=direction(record.lang),
            key_points=record.key_points,
            summary=record.summary,
            body=record.body,
            # A creator is always told: the author, else the organisation, else the archive itself.
            author=record.source_author or record.source_name or self._site.name,
            source_name=record.source_name,
            source_url=record.source_url,
            categories=(
                *[self._category("country", code, lang) for code in original.countries],
                *[self._category("topic", key, lang) for key in original.topics],
            ),
            published=feed_date(published, self.zone),
            updated=self.updated.of(record)[1],
            corrections=record.corrections,
            correction_label=say(messages.CORRECTION),
            source_label=say(messages.SOURCE),
        )

    def _category(self, kind: Kind, key: str, lang: str) -> Category:
        found = self._categories.get((kind, key, lang))
        if found is None:
            index = addresses.COUNTRIES if kind == "country" else addresses.TOPICS
            found = self._categories[kind, key, lang] = Category(
                scheme=self._site.url + index, term=key, label=self._views.vocabulary.label(kind, key, lang)
            )
        return found

    def newest_change(self, records: Iterable[Record]) -> str:
        """When one of these last changed, for feeds; empty where there is none."""
        untouched: tuple[float, Record] | None = None
        candidates = []
        for record in records:
            if record.updated or record.corrections:
                candidates.append(record)
            elif record.publish_at and (untouched is None or record.publish_at.timestamp() > untouched[0]):
                # Nothing happened to it since it was published, as to most: dates are compared, not written.
                untouched = record.publish_at.timestamp(), record
        if untouched:
            candidates.append(untouched[1])
        return max(map(self.updated.of, candidates), default=(0.0, ""))[1]

    def last_change(self, record: Record) -> datetime:
        """When a subscriber should look again: publication, `updated` or the last correction, whichever is latest."""
        latest = record.publish_at
        assert latest is not None
        moments = [record.updated] if record.updated else []
        moments += [instant(_moment(day), self.zone) for day, _ in record.corrections]
        for moment in moments:
            # Compared in UTC: two times of one zone compare by the clock on the wall, which is set back in autumn.
            if moment.timestamp() > latest.timestamp():
                latest = moment
        return latest


class _Updated(dict[str, tuple[float, str]]):
    def __init__(self, items: Items) -> None:
        self._items = items

    def of(self, record: Record) -> tuple[float, str]:
        found = self.get(record.id)
        if found is None:
            moment = self._items.last_change(record)
            found = self[record.id] = (moment.timestamp(), feed_date(moment, self._items.zone))
        return found


class _Keys(dict[str, str]):
    """Entry id → fragment key, of one format."""

    def __init__(self, items: Items, feed_format: str, full: bool) -> None:
        self._items = items
        self._format = feed_format
        self._full = full
        self._salt = f"{feed_format} {full} ".encode() + maker()
        self.records: dict[str, Record] = {}

    def add(self, record: Record) -> None:
        facts = self._salt + self._items.signature(record)
        # The format stands in front so that a worker can tell it from the key; what the digest is of, before it, so
        # that a fragment which has become another is known.
        key = f"{self._format}:{'full' if self._full else 'short'}:{record.id}:{digest(facts).hex()}"
        self[record.id] = key
        self.records[key] = record

    def model(self, record: Record) -> ItemModel:
        model = self._items.model(record)
        return model if self._full else msgspec.structs.replace(model, body="", corrections=())


class _Found(Mapping[str, ItemModel]):
    """Fragment key → model, made when it is asked for."""

    def __init__(self, places: dict[str, tuple[_Keys, Record]]) -> None:
        self._places = places

    def __getitem__(self, key: str) -> ItemModel:
        keys, record = self._places[key]
        return keys.model(record)

    def __contains__(self, key: object) -> bool:
        # A Mapping's own asks for the value, which would make the model.
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def superseded(stored: Iterable[str], current: Iterable[str], live: Callable[[str], bool]) -> list[str]:
    """The fragment keys among `stored` that no feed can hold any more: of entries that went, or became others.

    `current` are keys that feeds hold now, not all of them; `live` says whether an entry is still there.
    """
    now = {key.rpartition(":")[0]: key for key in current}
    found = []
    for key in stored:
        fragment = key.rpartition(":")[0]
        if now.get(fragment, key) != key or not live(fragment.rpartition(":")[2]):
            found.append(key)
    return found


def _moment(text: str) -> Moment:
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


@cache
def maker() -> bytes:
    """A digest of the code that decides a fragment's bytes beside its item: an upgrade builds fragments again."""
    from importlib.metadata import version

    from feedgen.version import version_str

    from pouch.feeds import content, fragments
    from pouch.markdown import links, sanitise

    whole = hashlib.blake2b(f"{version_str} {version('nh3')}".encode(), digest_size=16)
    for module in (fragments, content, sanitise, links):
        whole.update(Path(str(module.__file__)).read_bytes())
    return whole.digest()
