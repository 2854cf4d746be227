"""The archive: due entries grouped into briefings, and briefings into slices.

Pure: records, vocabulary and one reading of the clock go in; the same archive comes out.
Who is in what follows DESIGN.md, "Who is in what".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter

import msgspec

from pouch.archive.briefing import Briefing as Briefing
from pouch.archive.briefing import languages_apart as languages_apart
from pouch.archive.briefing import primary_subtag as primary_subtag
from pouch.archive.connections import Connections, Remember, forgetful
from pouch.archive.records import DossierRecord, PageRecord, Record
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary

_PLACE = attrgetter("place")
_SORT_KEY = attrgetter("sort_key")


class Archive:
    """Everything that a plan may ask. Sequences of briefings are oldest first."""

    def __init__(
        self,
        site: Site,
        vocabulary: Vocabulary,
        records: Iterable[Record],
        dossiers: Iterable[DossierRecord] = (),
        pages: Iterable[PageRecord] = (),
        *,
        now: datetime,
        remember: Remember = forgetful,
    ) -> None:
        """Raises ContentError for an entry whose text is no Unicode."""
        self.site = site
        self._remember = remember
        self.pairs_with_page: Collection[tuple[str, str]] | None = None
        """Countries and topics that have a page together, where these are not all records; None: as `of_pair` says."""
        self.vocabulary = vocabulary
        self.now = now
        self.dossiers: dict[tuple[str, str, str], DossierRecord] = {
            (d.kind, d.key, d.lang): d for d in dossiers
        }
        self.pages = sorted(pages, key=lambda page: page.path)
        records = self.records = tuple(records)  # of every entry, drafts too
        published = [record for record in records if record.published]
        waiting = [(r.publish_at, r.path, r) for r in published if r.publish_at and r.publish_at > now]
        self.waiting = [record for _, _, record in sorted(waiting, key=lambda item: item[:2])]
        self.next_due = self.waiting[0].publish_at if self.waiting else None
        due = [r for r in published if r.publish_at is not None and r.publish_at <= now]
        # A clock that is set back before this moment (SOURCE_DATE_EPOCH) finds another archive too.
        self.last_due = max((r.publish_at for r in due if r.publish_at), default=None)
        self.by_id = {record.id: record for record in due}
        self.briefings = self._briefings(due)
        self.unpublished = self._unpublished(records) if site.preview else []
        """In a preview: entries that no reader sees yet, each a briefing of its own. No list holds them."""
        self.briefing_of = {v.id: b for b in self.briefings for v in b.versions.values()}

    def _briefings(self, due: Iterable[Record]) -> list[Briefing]:
        originals = []
        versions: dict[str, list[Record]] = defaultdict(list)
        for record in due:
            if record.translation_of is None:
                originals.append(record)
            else:
                versions[record.translation_of].append(record)
        with_ancestors: dict[str, tuple[str, ...]] = {}
        briefings = []
        for original in originals:
            # Primary subtags decide: a reader of "pt" is served by "pt-BR".
            by_language = {primary_subtag(original.lang): original}
            for record in sorted(
                versions.get(original.id, ()), key=lambda version: (version.lang, version.id)
            ):
                by_language.setdefault(primary_subtag(record.lang), record)
            topics: dict[str, None] = {}
            for key in original.topics:
                line = with_ancestors.get(key)
                if line is None:
                    line = with_ancestors[key] = (key, *self.vocabulary.ancestors(key))
                topics.update(dict.fromkeys(line))
            briefings.append(Briefing(original, by_language, tuple(topics)))
        briefings.sort(key=lambda briefing: briefing.sort_key)
        for place, briefing in enumerate(briefings):
            briefing.place = place
        return briefings

    def _unpublished(self, records: Iterable[Record]) -> list[Briefing]:
        unpublished = []
        for record in records:
            if record.id in self.by_id:
                continue
            # An entry without a date would be dated today.
            day = record.date or self.now.astimezone(self.site.zone).replace(
                hour=0, minute=0, second=0, microsecond=0
            )
            record = msgspec.structs.replace(record, date=day, publish_at=record.publish_at or day)
            unpublished.append(Briefing(record, {primary_subtag(record.lang): record}, record.topics))
        return unpublished

    @cached_property
    def of_country(self) -> Mapping[str, Sequence[Briefing]]:
        """Primary coverage by country code."""
        return self._grouped((b, b.original.countries) for b in self.briefings)

    @cached_property
    def mentioning(self) -> Mapping[str, Sequence[Briefing]]:
        """Briefings that name a country without being about it."""
        return self._grouped((b, b.original.mentions) for b in self.briefings)

    @cached_property
    def of_topic(self) -> Mapping[str, Sequence[Briefing]]:
        """By topic key, descendants included, each briefing once."""
        return self._grouped((b, b.topics) for b in self.briefings)

    @cached_property
    def of_region(self) -> Mapping[str, Sequence[Briefing]]:
        """By M49 code, narrower regions included, each briefing once."""
        regions = {code: self.vocabulary.regions_of(code) for code in self.vocabulary.countries}
        return self._grouped(
            (b, dict.fromkeys(region for code in b.original.countries for region in regions.get(code, ())))
            for b in self.briefings
        )

    @cached_property
    def of_pair(self) -> Mapping[tuple[str, str], Sequence[Briefing]]:
        """By country and topic together, those that have a page."""
        if self.pairs_with_page is not None:
            return {pair: self._pairs.get(pair, ()) for pair in self.pairs_with_page}
        return {pair: members for pair, members in self._pairs.items() if self._has_page(members)}

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], Sequence[Briefing]]:
        pairs: dict[tuple[str, str], list[Briefing]] = defaultdict(list)
        for briefing in self.briefings:
            for country in briefing.original.countries:
                for topic in briefing.topics:
                    pairs[country, topic].append(briefing)
        return pairs

    def _has_page(self, members: Iterable[Briefing], place: Callable[[Briefing], int] = _PLACE) -> bool:
        """Whether a pair of these has a page: from POUCH_SLICE_MINIMUM briefings, if at some time one briefing in
        POUCH_PAIR_SHARE was the pair's.

        What counts is the archive as it was at each of the pair's briefings, so what is added later takes no page away.
        """
        least, share = self.site.slice_minimum, self.site.pair_share
        if not share:
            return sum(1 for _ in members) >= least
        return any(
            count >= least and count * share > place(briefing)
            for count, briefing in enumerate(members, start=1)
        )

    def pairs_of(self, briefing: Briefing) -> set[tuple[str, str]]:
        """The pairs of a briefing that have a page once it is in the archive, in place of the one with its id."""
        before = self.briefing_of.get(briefing.original.id)

        def place(each: Briefing) -> int:
            if each is briefing:
                return bisect_left(self.briefings, each.sort_key, key=_SORT_KEY) - is_after(each)
            return each.place - is_after(each) + (each.sort_key > briefing.sort_key)

        def is_after(each: Briefing) -> bool:
            return before is not None and each.sort_key > before.sort_key

        pairs = set()
        for country in briefing.original.countries:
            for topic in briefing.topics:
                others = [each for each in self._pairs.get((country, topic), ()) if each is not before]
                at = bisect_left(others, briefing.sort_key, key=_SORT_KEY)
                if self._has_page([*others[:at], briefing, *others[at:]], place):
                    pairs.add((country, topic))
        return pairs

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Codes of the countries that have a page: named by a due entry, or introduced by a dossier."""
        introduced = {key for kind, key, _ in self.dossiers if kind == "country"}
        return tuple(sorted({*self.of_country, *self.mentioning, *introduced}))

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Keys of the topics, every one of the vocabulary, in its order."""
        return tuple(self.vocabulary.topics)

    @cached_property
    def empty_topics(self) -> frozenset[str]:
        """Keys of the topics that have no briefing and no dossier, nor has any topic below them."""
        introduced = {
            key for kind, key, _ in self.dossiers if kind == "topic" and key in self.vocabulary.topics
        }
        above = {ancestor for key in introduced for ancestor in self.vocabulary.ancestors(key)}
        return frozenset(self.topics) - self.of_topic.keys() - introduced - above

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """M49 codes of the regions that have a page: those with primary coverage."""
        return tuple(sorted(self.of_region))

    @cached_property
    def connections(self) -> Connections:
        """Threads and related briefings."""
        return Connections(self.briefings, self._remember)

    def dossier(self, kind: str, key: str, lang: str) -> DossierRecord | None:
        """A term's introduction in `lang`, else in the site's language, else in any."""
        dossiers = self.dossiers
        exact = dossiers.get((kind, key, lang)) or dossiers.get((kind, key, self.site.lang))
        return exact or self._dossiers_in_any_language.get((kind, key))

    @cached_property
    def _dossiers_in_any_language(self) -> dict[tuple[str, str], DossierRecord]:
        """By kind and key of the term: the introduction in the language that comes first in the alphabet."""
        by_term: dict[tuple[str, str], DossierRecord] = {}
        for (kind, key, _), dossier in sorted(self.dossiers.items(), key=lambda item: item[0]):
            by_term.setdefault((kind, key), dossier)
        return by_term

    @staticmethod
    def _grouped(members: Iterable[tuple[Briefing, Iterable[str]]]) -> dict[str, list[Briefing]]:
        groups: dict[str, list[Briefing]] = defaultdict(list)
        for briefing, keys in members:
            for key in keys:
                groups[key].append(briefing)
        return dict(groups)
