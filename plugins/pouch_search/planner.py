"""Plans the index: the folder of its files, and the names of terms. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing
from pouch.archive.records import Record
from pouch.pages import addresses
from pouch.pages.groups import Group
from pouch.pages.interface import iso_day
from pouch.pages.outputs import Fragment, Output, path_of
from pouch.pages.view import View
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from pouch_search.indexing import index_archive, index_shard, index_text
from pouch_search.models import ENTRY, Index, IndexedBriefing, IndexedVersion, Shard
from pouch_search.names import (
    aliases_of,
    further_names,
    names_of,
    places_of,
    render_further_names,
    render_names,
)
from pouch_search.page import is_searchable
from pouch_search.shards import Leaf, Packing, leaves, packing_of


def plan_index(view: View) -> Iterator[Group]:
    """The index, an output that is rendered to a folder of files, and the names of terms."""
    archive = view.archive
    if not view.is_main or not is_searchable(view.interface) or not archive.briefings:
        return
    yield Group("search index", partial(_index, view.site), (archive.briefings,))
    countries, topics = sorted({*archive.of_country, *archive.mentioning}), sorted(archive.of_topic)
    yield Group("search names", partial(_names, view.site, view.vocabulary), (countries, topics))


def _index(site: Site, briefings: Sequence[Briefing]) -> Iterator[Output]:
    briefing_of = {briefing.original.id: briefing for briefing in briefings}
    shards = leaves(briefing_of)
    packing = packing_of(len(shards))
    fragments = [_shard(leaf, packing, [briefing_of[entry_id] for entry_id in leaf.ids]) for leaf in shards]
    keys = tuple([fragment.key for fragment in fragments])
    yield Output(
        path=path_of(addresses.SEARCH_INDEX + ENTRY),
        render_folder=index_archive,
        model=Index(bundle=packing.bundle, chunk=packing.chunk, shards=keys),
        lang=site.lang,
        origin="search",
        fragments=tuple(zip(keys, fragments, strict=True)),
    )


def _shard(leaf: Leaf, packing: Packing, briefings: Sequence[Briefing]) -> Fragment:
    """`briefings` are those of `leaf.ids`."""
    texts: dict[str, Fragment] = {}
    in_order = sorted(briefings, key=lambda briefing: briefing.sort_key)
    model = Shard(bundle=packing.bundle, briefings=tuple([_indexed(each, texts) for each in in_order]))
    return Fragment("search shard", leaf.name, index_shard, model, tuple(texts.items()))


def _indexed(briefing: Briefing, fragments: dict[str, Fragment]) -> IndexedBriefing:
    """A briefing of a shard. The fragments of its versions are added to `fragments`."""
    original = briefing.original
    versions = sorted(briefing.versions.values(), key=lambda version: (version is not original, version.lang))
    texts = {fragment.key: fragment for fragment in map(_text, versions)}
    fragments.update(texts)
    return IndexedBriefing(
        day=iso_day(original),
        countries=original.countries,
        mentions=original.mentions,
        topics=briefing.topics,
        languages=tuple([version.lang for version in versions]),
        texts=tuple(texts),
    )


def _text(record: Record) -> Fragment:
    model = IndexedVersion(
        href=addresses.briefing(record.slug),
        lang=record.lang,
        title=record.title,
        summary=record.summary,
        key_points=record.key_points,
        body=record.body,
    )
    return Fragment("search", record.id, index_text, model)


def _names(
    site: Site, vocabulary: Vocabulary, countries: Sequence[str], topics: Sequence[str]
) -> Iterator[Output]:
    yield Output(
        path=path_of(addresses.SEARCH_NAMES),
        render=render_names,
        model=names_of(vocabulary, site.languages, sorted(vocabulary.countries), sorted(vocabulary.topics)),
        lang=site.lang,
        origin="search",
    )
    aliases = {lang: aliases_of(vocabulary, lang, topics) for lang in site.languages}
    for part, names in enumerate(further_names(aliases, places_of(site.languages, countries))):
        yield Output(
            path=path_of(addresses.search_further_names(part)),
            render=render_further_names,
            model=names,
            lang=site.lang,
            origin="search",
        )
