"""Plans the index: a stub for each entry, in shards, each of which is one output. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pouch.archive.archive import Archive, Briefing, primary_subtag
from pouch.archive.records import Record
from pouch.digests import digest, encode
from pouch.pages import addresses
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.outputs import Deferred, Output, path_of
from pouch.pages.views import iso_day
from pouch.search.models import ENTRY, Shard, Stub
from pouch.search.shards import Leaf, leaves

LANGUAGES = ("en", "fr", "de", "es")
"""Readers of these find an entry by the names of its countries and topics, whatever its own language; and those of the
interface's languages."""


def archive_leaves(archive: Archive) -> list[Leaf]:
    """The shards of every entry that is out: drafts and embargoed ones are in no archive."""
    return leaves(archive.briefing_of)


def folder_of(bits: str, *, first: bool) -> str:
    """The address of a shard's folder: the first one's is that of the index itself."""
    return addresses.SEARCH_INDEX if first else f"{addresses.SEARCH_INDEX}{bits}/"


def plan_index(archive: Archive) -> Iterator[Chapter]:
    """Each shard: an output of kind "index", which stands for all files of its folder."""
    stubs = _Stubs(archive)
    for number, leaf in enumerate(archive_leaves(archive)):
        first = number == 0
        held = [archive.briefing_of[entry_id] for entry_id in leaf.ids]
        shard = partial(_shard, archive, stubs, leaf, first)
        yield Chapter(f"search {leaf.bits}", mark_of(held, leaf.ids, first), shard)


def _shard(archive: Archive, stubs: _Stubs, leaf: Leaf, first: bool) -> Iterator[Output]:
    signature = digest(b"\0".join((stubs.common, *[stubs.mark(entry_id) for entry_id in leaf.ids])))
    path = path_of(folder_of(leaf.bits, first=first) + ENTRY)
    model = Deferred(signature, partial(stubs.shard, leaf, first), None)
    yield Output(path, "index", "pagefind", model, archive.site.lang, "search")


class _Stubs:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._languages = tuple(dict.fromkeys((*archive.site.languages, *LANGUAGES)))
        self._names: dict[tuple[str, str], tuple[str, ...]] = {}
        self._marks: dict[tuple[str, str], bytes] = {}
        self.common = encode((archive.site.lang, self._languages))

    def _of(self, entry_id: str) -> tuple[Record, Briefing]:
        briefing = self._archive.briefing_of[entry_id]
        record = briefing.original
        if record.id != entry_id:
            record = next(version for version in briefing.versions.values() if version.id == entry_id)
        return record, briefing

    def mark(self, entry_id: str) -> bytes:
        """Bytes that change with the stub."""
        record, briefing = self._of(entry_id)
        original = briefing.original
        terms = encode((original.countries, original.mentions, briefing.topics, iso_day(original)))
        names = [self._mark("country", code) for code in (*original.countries, *original.mentions)]
        names += [self._mark("topic", key) for key in briefing.topics]
        return b"".join((encode(record), terms, *names))

    def _mark(self, kind: str, key: str) -> bytes:
        mark = self._marks.get((kind, key))
        if mark is None:
            mark = self._marks[kind, key] = encode(self._names_of(kind, key))
        return mark

    def _names_of(self, kind: str, key: str) -> tuple[str, ...]:
        names = self._names.get((kind, key))
        if names is None:
            known = self._archive.vocabulary.known_names
            names = known("country" if kind == "country" else "topic", key, self._languages)
            self._names[kind, key] = names
        return names

    def shard(self, leaf: Leaf, first: bool) -> Shard:
        """The model of a shard."""
        stubs = tuple(self._stub(entry_id) for entry_id in leaf.ids)
        return Shard(lang=primary_subtag(self._archive.site.lang), bits=leaf.bits, first=first, stubs=stubs)

    def _stub(self, entry_id: str) -> Stub:
        record, briefing = self._of(entry_id)
        original = briefing.original
        names: dict[str, None] = {}
        for code in original.countries:
            names.update(dict.fromkeys(self._names_of("country", code)))
        for key in original.topics:
            names.update(dict.fromkeys(self._names_of("topic", key)))
        # Countries that are only mentioned, and wider topics, are found by their labels, not by all their aliases.
        for lang in self._languages:
            label = partial(self._archive.vocabulary.label, lang=lang)
            names.update(dict.fromkeys(label("country", code) for code in original.mentions))
            names.update(dict.fromkeys(label("topic", key) for key in briefing.topics))
        return Stub(
            href=addresses.briefing(record.slug),
            title=record.title,
            lang=record.lang,
            day=iso_day(original),
            summary=record.summary,
            key_points=record.key_points,
            body=record.body,
            countries=original.countries,
            topics=briefing.topics,
            names=tuple(names),
        )
