"""Plans the index: a stub for each entry, in shards, each of which is one output. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal

from pouch.archive.briefing import Briefing, primary_subtag
from pouch.pages import addresses
from pouch.pages.groups import Group
from pouch.pages.interface import iso_day
from pouch.pages.outputs import Output, path_of
from pouch.pages.view import View
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from pouch_search.forms import installed_form
from pouch_search.indexing import index_shard
from pouch_search.models import ENTRY, Shard, Stub
from pouch_search.page import is_searchable
from pouch_search.shards import Leaf, Packing, folder_of, leaves, packing_of

LANGUAGES = ("en", "fr", "de", "es")
"""Readers of these languages, and of the interface's, find an entry by the names of its countries and topics, whatever
its own language."""


def plan_index(view: View) -> Iterator[Group]:
    """Each shard: an output that is rendered to a folder of files."""
    if not view.is_main or not is_searchable(view.interface):
        return
    archive = view.archive
    stubs = _Stubs(view.site, view.vocabulary)
    program = installed_form(view.site.root).version
    shards = leaves(archive.briefing_of)
    packing = packing_of(len(shards))
    for number, leaf in enumerate(shards):
        briefings = [archive.briefing_of[entry_id] for entry_id in leaf.ids]
        yield Group(
            f"search {leaf.name}", partial(_shard, stubs), (leaf, number == 0, packing, program, briefings)
        )


def _shard(
    stubs: _Stubs, leaf: Leaf, first: bool, packing: Packing, program: str, briefings: Sequence[Briefing]
) -> Iterator[Output]:
    """`briefings` are those of the entries `leaf.ids`, in their order."""
    site = stubs.site
    in_order = sorted(
        (stubs.stub(entry_id, briefing) for entry_id, briefing in zip(leaf.ids, briefings, strict=True)),
        key=lambda stub: stub.day,
        reverse=True,
    )
    model = Shard(
        lang=primary_subtag(site.lang),
        name=leaf.name,
        first=first,
        bundle=packing.bundle,
        chunk=packing.chunk,
        program=program,
        stubs=tuple(in_order),
    )
    yield Output(
        path=path_of(folder_of(leaf.name, first=first) + ENTRY),
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

    def _names_of(self, kind: Literal["country", "topic"], key: str) -> tuple[str, ...]:
        names = self._names.get((kind, key))
        if names is None:
            # Aliases of topics are numerous: in four languages they would be half of the index.
            languages = self._languages if kind == "country" else self.site.languages
            names = self._vocabulary.known_names(kind, key, languages)
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
        # In further languages topics, and in all languages wider topics and mentioned countries, are found by their
        # labels, not by their aliases.
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
