"""Which feeds a site has and what each holds. Pure, and run at every build: it builds no element.

Membership and addresses follow DESIGN.md, "Addresses"; the archive documents are those of RFC 5005, section 4.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby

import msgspec

from pouch.archive.archive import Briefing
from pouch.archive.records import Record
from pouch.feeds.items import Items
from pouch.feeds.models import FeedModel, ItemModel
from pouch.feeds.months import ORIGINALS, Months, Span, Year
from pouch.feeds.opml import plan_opml
from pouch.feeds.slices import Slice, description, feed_id, full_slices, summary_slices, title
from pouch.feeds.voices import Voices
from pouch.pages import addresses, messages
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.messages import Translate
from pouch.pages.outputs import Output, path_of
from pouch.pages.views import Views
from pouch.problems import Problem, Severity
from pouch.site import SETTINGS_FILE

SUMMARY_ITEMS = 20
"""How many items the feeds of pairs, regions and mentions hold."""


class FeedPlan:
    """Every feed of a site, and the items that they hold."""

    def __init__(self, planner: _Planner) -> None:
        self._planner = planner
        self.chapters = list(planner.chapters())
        self.problems = list(_problems(planner.views))

    @property
    def items(self) -> Mapping[str, ItemModel]:
        """The items of all feeds planned so far, by fragment key (see `pouch.feeds.items`)."""
        return self._planner.items.found


def plan_feeds(
    all_views: dict[str, Views], translator: Callable[[str], Translate] = lambda _: str
) -> FeedPlan:
    """The feeds of a site. `all_views` are by interface language, the site's first; `translator` gives the texts of
    a language, for feeds in those that the interface has not.
    """
    return FeedPlan(_Planner(all_views, Voices(all_views, translator)))


def _problems(views: Views) -> Iterator[Problem]:
    if not views.site.url:
        yield Problem(
            path=SETTINGS_FILE,
            line=0,
            column=0,
            code="no-siteurl",
            message="SITEURL is empty, so that feeds have no absolute addresses and readers cannot follow them",
            hint='set it, such as SITEURL = "https://briefings.example"',
            severity=Severity.WARNING,
        )


class _Planner:
    def __init__(self, all_views: dict[str, Views], voices: Voices) -> None:
        self.all_views = all_views
        self.voices = voices
        self.views = next(iter(all_views.values()))
        self.site = self.views.site
        self.items = Items(self.views, voices)
        self.formats = ("rss", *[f for f in ("atom", "json") if self.site.has(f)])
        self._ranks: dict[str, tuple[float, str]] = {}
        self._months = Months(languages=self.site.has("feed_languages"))

    def chapters(self) -> Iterator[Chapter]:
        """The newest of each slice, and its documents by year; the short feeds of a country's pairs together."""
        for part in full_slices(self.views):
            name = " ".join(("feeds", part.kind, *part.keys))
            yield Chapter(name, mark_of(part.members), partial(self._current, part))
            if self.site.has("feed_archives"):
                for year in self._months.years(part.members):
                    mark = mark_of(year.members, year.spans)
                    yield Chapter(f"{name} {year.year}", mark, partial(self._year, part, year))
        for key, parts in groupby(summary_slices(self.views), lambda part: (part.kind, part.keys[0])):
            together = list(parts)
            members = chain.from_iterable(part.members for part in together)
            facts = [(part.keys, len(part.members)) for part in together]
            yield Chapter(" ".join(("feeds", *key)), mark_of(members, facts), partial(self._short, together))
        if self.site.has("opml"):
            yield Chapter("opml", mark_of(self.views.archive.briefings), self._opml)

    def _current(self, part: Slice) -> Iterator[Output]:
        """The newest items of every edition, in every format."""
        for edition, records in self._editions(part.members):
            newest = self._newest(records, self.site.feed_items)
            head = self._head(part, edition, newest)
            last = self._months.of(newest[0]) if newest and self.site.has("feed_archives") else ""
            for feed_format in self.formats:
                address = part.base + file_name(feed_format, edition)
                previous = part.base + file_name(feed_format, edition, last) if last else ""
                yield self._output(part, feed_format, address, head, newest, previous=previous)

    def _year(self, part: Slice, year: Year) -> Iterator[Output]:
        """The complete documents of a year's months, of every edition and in every format."""
        spans = {span.edition: span for span in year.spans}
        for edition, records in self._editions(year.members):
            if edition in spans:
                within = [record for record in records if self._months.of(record).startswith(year.year)]
                yield from self._documents(part, spans[edition], within)

    def _documents(self, part: Slice, span: Span, records: Sequence[Record]) -> Iterator[Output]:
        edition = span.edition
        newest = self._newest(records, len(records))
        months = [(month, list(group)) for month, group in groupby(newest, self._months.of)]
        names = [span.after, *[month for month, _ in months], span.before]
        head = self._head(part, edition, ())
        heads = [msgspec.structs.replace(head, updated=self._updated(group)) for _, group in months]
        for feed_format in self.formats:
            there = [part.base + file_name(feed_format, edition, month) if month else "" for month in names]
            now = part.base + file_name(feed_format, edition)
            for number, (_, group) in enumerate(months):
                following, address, previous = there[number : number + 3]
                yield self._output(
                    part,
                    feed_format,
                    address,
                    heads[number],
                    group,
                    current=now,
                    previous=previous,
                    following=following,
                )

    def _editions(self, members: Sequence[Briefing]) -> Iterator[tuple[str, list[Record]]]:
        """What each edition shows of these briefings."""
        yield ORIGINALS, [briefing.original for briefing in members]
        if self.site.has("feed_languages"):
            for lang in sorted({lang for briefing in members for lang in briefing.versions}):
                yield lang, [b.versions[lang] for b in members if lang in b.versions]

    def _short(self, parts: Iterable[Slice]) -> Iterator[Output]:
        for part in parts:
            newest = self._newest([b.original for b in part.members], SUMMARY_ITEMS)
            head = self._head(part, "", newest)
            yield self._output(part, "rss", f"{part.base}{part.stem}.xml", head, newest, full=False)

    def _opml(self) -> Iterator[Output]:
        originals = (briefing.original for briefing in self.views.archive.briefings)
        yield plan_opml(self.views, self.items.newest_change(originals))

    def _rank(self, record: Record) -> tuple[float, str]:
        """The newest has the highest: by publish_at, then id (DESIGN.md, "Dates")."""
        rank = self._ranks.get(record.id)
        if rank is None:
            # In seconds, since times of one zone compare by the clock on the wall.
            rank = record.publish_at.timestamp() if record.publish_at else 0.0, record.id
            self._ranks[record.id] = rank
        return rank

    def _newest(self, records: Sequence[Record], count: int) -> list[Record]:
        """The `count` newest, newest first. `records` are in the order of pages, which is nearly this one's."""
        if count < len(records):
            # From the newer end the heap fills with what stays.
            return heapq.nlargest(count, reversed(records), key=self._rank)
        return sorted(records, key=self._rank, reverse=True)

    def _head(self, part: Slice, lang: str, records: Sequence[Record]) -> FeedModel:
        """What a feed's documents share; addresses and items are put in later."""
        views = self.all_views.get(lang, self.views)
        voice = self.voices.of(lang or self.site.lang)
        about = self.site.url + views.address(addresses.SUBSCRIBE)
        return FeedModel(
            title=title(part, views, voice, lang),
            description=description(part, views, voice),
            note=voice.say(messages.FEED_NOTE).format(url=about),
            author=self.site.name,
            lang=lang or self.site.lang,
            id=feed_id(part, self.site.site_id, lang),
            updated=self._updated(records),
            self_url="",
            page_url=views.url(part.base),
            about_url=about,
            icon=self.site.url + addresses.ICON,
            hub=self.site.hub or "",
            items=(),
        )

    def _updated(self, records: Sequence[Record]) -> str:
        of = self.items.updated.of
        return max([of(record) for record in records])[1] if records else ""

    def _output(
        self,
        part: Slice,
        feed_format: str,
        address: str,
        head: FeedModel,
        records: Sequence[Record],
        *,
        full: bool = True,
        current: str = "",
        previous: str = "",
        following: str = "",
    ) -> Output:
        url = self.site.url
        model = msgspec.structs.replace(
            head,
            self_url=url + address,
            current=url + current if current else "",
            previous=url + previous if previous else "",
            next=url + following if following else "",
            items=self.items.keys(feed_format, records, full=full),
        )
        return Output(path_of(address), "feed", feed_format, model, head.lang, f"feed of {part.base}")


def file_name(feed_format: str, lang: str = "", month: str = "") -> str:
    """Such as feed.xml, atom.fr-2025-03.xml, feed.json."""
    stem = "atom" if feed_format == "atom" else "feed"
    ending = "json" if feed_format == "json" else "xml"
    return f"{stem}{f'.{lang}' if lang else ''}{f'-{month}' if month else ''}.{ending}"
