"""Plans the index: a stub for each entry, in shards, each of which is one output. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing, primary_subtag
from pouch.pages import addresses
from pouch.pages.groups import Group
from pouch.pages.interface import iso_day
from pouch.pages.outputs import Output, path_of
from pouch.pages.view import View
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from pouch_search.indexing import index_shard
from pouch_search.models import ENTRY, Shard, Stub
from pouch_search.page import is_searchable
from pouch_search.shards import Leaf, folder_of, leaves

LANGUAGES = ("en", "fr", "de", "es")
"""Readers of these find an entry by the names of its countries and topics, whatever its own language; and those of the
interface's languages."""


def plan_index(view: View) -> Iterator[Group]:
    """Each shard: an output that is rendered to a folder of files."""
    if not view.is_main or not is_searchable(view.interface):
        return
    archive = view.archive
    stubs = _Stubs(view.site, view.vocabulary)
    for number, leaf in enumerate(leaves(archive.briefing_of)):
        briefings = [archive.briefing_of[entry_id] for entry_id in leaf.ids]
        yield Group(f"search {leaf.bits}", partial(_shard, stubs), (leaf, number == 0, briefings))


def _shard(stubs: _Stubs, leaf: Leaf, first: bool, briefings: Sequence[Briefing]) -> Iterator[Output]:
    """`briefings` are those of the entries `leaf.ids`, in their order."""
    site = stubs.site
    model = Shard(
        lang=primary_subtag(site.lang),
        bits=leaf.bits,
        first=first,
        stubs=tuple(
            stubs.stub(entry_id, briefing) for entry_id, briefing in zip(leaf.ids, briefings, strict=True)
        ),
    )
    yield Output(
        path=path_of(folder_of(leaf.bits, first=first) + ENTRY),
        render_folder=index_shard,
        model=model,
        lang=site.lang,
        origin="search",
    )


class _Stubs:
    """Makes stubs; the names of each term are collected once."""

    def __init__(self, site: Site, vocabulary: Vocabulary) -> None:
        self.site = site
        self._vocabulary = vocabulary
        self._languages = tuple(dict.fromkeys((*site.languages, *LANGUAGES)))
        self._names: dict[tuple[str, str], tuple[str, ...]] = {}

    def _names_of(self, kind: str, key: str) -> tuple[str, ...]:
        names = self._names.get((kind, key))
        if names is None:
            known_names = self._vocabulary.known_names
            names = known_names("country" if kind == "country" else "topic", key, self._languages)
            self._names[kind, key] = names
        return names

    def stub(self, entry_id: str, briefing: Briefing) -> Stub:
        """The stub of one version of a briefing."""
        record = next(version for version in briefing.versions.values() if version.id == entry_id)
        original = briefing.original
        names: dict[str, None] = {}
        for code in original.countries:
            names.update(dict.fromkeys(self._names_of("country", code)))
        for key in original.topics:
            names.update(dict.fromkeys(self._names_of("topic", key)))
        # Countries that are only mentioned, and wider topics, are found by their labels, not by all their aliases.
        for lang in self._languages:
            label = partial(self._vocabulary.label, lang=lang)
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
