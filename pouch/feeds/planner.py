"""Which feeds a site has and what each holds. Pure, and run at every build: it builds no element.

Membership and addresses follow DESIGN.md, "Addresses"; the archive documents are those of RFC 5005, section 4.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import msgspec

from pouch.archive.records import Record
from pouch.feeds.items import Items
from pouch.feeds.models import FeedModel, ItemModel
from pouch.feeds.opml import plan_opml
from pouch.feeds.slices import Slice, description, feed_id, full_slices, summary_slices, title
from pouch.feeds.voices import Voices
from pouch.plan import addresses, messages
from pouch.plan.messages import Translate
from pouch.plan.outputs import Output, path_of
from pouch.plan.views import Views
from pouch.problems import Problem, Severity
from pouch.site import SETTINGS_FILE

SUMMARY_ITEMS = 20
"""How many items the feeds of pairs, regions and mentions hold."""


class FeedPlan(msgspec.Struct, frozen=True):
    """Every feed of a site, and the items that they hold."""

    outputs: list[Output]
    items: Mapping[str, ItemModel]  # by fragment key; the format stands before its colon
    problems: list[Problem]


def plan_feeds(
    all_views: dict[str, Views], translator: Callable[[str], Translate] = lambda _: str
) -> FeedPlan:
    """The feeds of a site. `all_views` are by interface language, the site's first; `translator` gives the texts of
    a language, for feeds in those that the interface has not.

    Raises ContentError where an entry cannot be put in a feed.
    """
    plan = _Planner(all_views, Voices(all_views, translator))
    return FeedPlan(
        outputs=list(plan.outputs()), items=plan.items.found, problems=list(_problems(plan.views))
    )


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
        # Newest last: by publish_at, then id (DESIGN.md, "Dates"). In seconds, since times of one zone compare by
        # the clock on the wall.
        records = [r for b in self.views.archive.briefings for r in b.versions.values()]
        order = sorted((r.publish_at.timestamp() if r.publish_at else 0.0, r.id) for r in records)
        self.rank = {entry_id: number for number, (_, entry_id) in enumerate(order)}
        # Where originals go by the order of pages, as they do unless one was published long after its date.
        originals = [self.rank[briefing.original.id] for briefing in self.views.archive.briefings]
        self.in_order = all(before < after for before, after in pairwise(originals))
        self.month: dict[str, str] = {}  # entry id → "2025-03", the month of publish_at
        if self.site.has("feed_archives"):
            zone = self.site.zone
            for record in records:
                if record.publish_at:
                    day = record.publish_at.astimezone(zone)
                    self.month[record.id] = f"{day.year:04}-{day.month:02}"

    def outputs(self) -> Iterator[Output]:
        for part in full_slices(self.views):
            yield from self._slice(part, "", [b.original for b in part.members])
            if self.site.has("feed_languages"):
                languages = sorted({lang for b in part.members for lang in b.versions})
                for lang in languages:
                    yield from self._slice(
                        part, lang, [b.versions[lang] for b in part.members if lang in b.versions]
                    )
        for part in summary_slices(self.views):
            newest = self._newest([b.original for b in part.members], SUMMARY_ITEMS, originals=True)
            head = self._head(part, "", newest)
            yield self._output(part, "rss", f"{part.base}{part.stem}.xml", head, newest, full=False)
        if self.site.has("opml"):
            yield plan_opml(self.views, self.items.updated)

    def _newest(self, records: Sequence[Record], count: int, *, originals: bool) -> list[Record]:
        """The `count` newest, newest first. `originals`: all of them are, in the order of pages."""
        if originals and self.in_order:
            return list(reversed(records[-count:]))
        rank = self.rank
        if count < len(records):
            # Members come oldest first: from the other end the heap fills with what stays.
            return heapq.nlargest(count, reversed(records), key=lambda record: rank[record.id])
        return sorted(records, key=lambda record: rank[record.id], reverse=True)

    def _slice(self, part: Slice, lang: str, records: Sequence[Record]) -> Iterator[Output]:
        """The current document and those of the months, in every format."""
        months: list[tuple[str, list[Record]]] = []
        if not self.site.has("feed_archives"):
            current = self._newest(records, self.site.feed_items, originals=not lang)
        else:
            newest = self._newest(records, len(records), originals=not lang)
            current = newest[: self.site.feed_items]
            months = [
                (month, list(group)) for month, group in groupby(newest, lambda record: self.month[record.id])
            ]
        head = self._head(part, lang, current)
        month_heads = [msgspec.structs.replace(head, updated=self._updated(group)) for _, group in months]
        for feed_format in self.formats:
            now = part.base + file_name(feed_format, lang)
            there = [part.base + file_name(feed_format, lang, month) for month, _ in months]
            yield self._output(part, feed_format, now, head, current, previous=there[0] if there else "")
            for number, (_, group) in enumerate(months):
                yield self._output(
                    part,
                    feed_format,
                    there[number],
                    month_heads[number],
                    group,
                    current=now,
                    previous=there[number + 1] if number + 1 < len(there) else "",
                    following=there[number - 1] if number else "",
                )

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
