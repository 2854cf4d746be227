"""Which feeds a site has and what each holds. Pure, and run at every build: it builds no element.

Membership and addresses follow DESIGN.md, "Addresses"; the archive documents are those of RFC 5005, section 4.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

import msgspec

from pouch.archive.briefing import Briefing
from pouch.checks.registry import checks
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.outputs import Output, path_of
from pouch.pages.view import View
from pouch.problems import Problem
from pouch.site import SETTINGS_FILE
from pouch_feeds.items import Items, Version
from pouch_feeds.models import FeedModel
from pouch_feeds.months import ORIGINALS, Months, Span
from pouch_feeds.opml import opml_outputs
from pouch_feeds.render import FEED_RENDERERS
from pouch_feeds.slices import (
    Slice,
    description,
    feed_id,
    full_slices,
    page_of,
    slice_terms,
    summary_slices,
    title,
)
from pouch_feeds.texts import FeedTexts

SUMMARY_ITEMS = 20
"""How many items the feeds of pairs, regions and mentions hold."""


def plan_feeds(view: View) -> Iterator[Group]:
    """The feeds of a site."""
    yield from _Planner(view).groups(view)


def check_address(view: View) -> Iterator[Problem]:
    """Feeds need a SITEURL."""
    if not view.site.url:
        message = "SITEURL is empty, so that feeds have no absolute addresses and readers cannot follow them"
        hint = 'set it, such as SITEURL = "https://briefings.example"'
        yield checks()["no-siteurl"].problem(SETTINGS_FILE, message, hint=hint)


class _Planner:
    """Plans groups of feeds. It knows the interfaces, not the archive: briefings come as the groups' inputs."""

    def __init__(self, view: View) -> None:
        self.interface = view.interface
        self.interfaces = view.interfaces
        self.texts = FeedTexts(view.interfaces, view.translator)
        self.site = view.site
        self.items = Items(self.interface, self.texts)
        self.formats = ("rss", *[f for f in ("atom", "json") if self.interface.has(f)])
        self._ranks: dict[str, tuple[float, str]] = {}
        self._months = Months(languages=self.interface.has("feed_languages"))

    def groups(self, view: View) -> Iterator[Group]:
        """The newest of each slice, and its documents by year; the short feeds of a country's pairs together."""
        for part in full_slices(view):
            name = " ".join(("feeds", part.kind, *part.keys))
            yield Group(name, self._current, part)
            if view.has("feed_archives"):
                for year in self._months.years(part.members):
                    yield Group(
                        f"{name} {year.year}",
                        self._year,
                        (part.kind, part.keys, part.base, year.year, year.members, year.spans),
                    )
        for key, parts in groupby(summary_slices(view), lambda part: (part.kind, part.keys[0])):
            together = list(parts)
            facts = [(part.kind, part.keys, part.base, part.stem) for part in together]
            yield Group(" ".join(("feeds", *key)), self._short, (facts, *[part.members for part in together]))
        if view.has("opml"):
            originals = (briefing.original for briefing in view.archive.briefings)
            changed = self.items.newest_change(originals)
            yield Group("opml", partial(opml_outputs, self.interface), (slice_terms(view), changed))

    def _current(
        self, kind: str, keys: tuple[str, ...], base: str, stem: str, members: Sequence[Briefing]
    ) -> Iterator[Output]:
        """The newest items of every edition, in every format."""
        part = Slice(kind, keys, base, stem, members)
        for edition, versions in self._editions(members):
            newest = self._newest(versions, self.site.feed_items)
            head = self._head(part, edition, newest)
            archived = newest and self.interface.has("feed_archives")
            last = self._months.of(newest[0].record) if archived else ""
            for feed_format in self.formats:
                address = part.base + file_name(feed_format, edition)
                previous = part.base + file_name(feed_format, edition, last) if last else ""
                yield self._output(part, feed_format, address, head, newest, previous=previous)

    def _year(
        self,
        kind: str,
        keys: tuple[str, ...],
        base: str,
        year: str,
        members: Sequence[Briefing],
        spans: Iterable[Span],
    ) -> Iterator[Output]:
        """The complete documents of a year's months, of every edition and in every format."""
        part = Slice(kind, keys, base, "feed", members)
        by_edition = {span.edition: span for span in spans}
        for edition, versions in self._editions(members):
            if edition in by_edition:
                within = [version for version in versions if self._months.of(version.record).startswith(year)]
                yield from self._documents(part, by_edition[edition], within)

    def _documents(self, part: Slice, span: Span, versions: Sequence[Version]) -> Iterator[Output]:
        edition = span.edition
        newest = self._newest(versions, len(versions))
        months = [
            (month, list(group))
            for month, group in groupby(newest, lambda version: self._months.of(version.record))
        ]
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

    def _editions(self, members: Sequence[Briefing]) -> Iterator[tuple[str, list[Version]]]:
        """What each edition shows of these briefings."""
        yield ORIGINALS, [Version(briefing.original, briefing.original) for briefing in members]
        if self.interface.has("feed_languages"):
            for lang in sorted({lang for briefing in members for lang in briefing.versions}):
                yield lang, [Version(b.versions[lang], b.original) for b in members if lang in b.versions]

    def _short(
        self, facts: Sequence[tuple[str, tuple[str, ...], str, str]], *rivers: Sequence[Briefing]
    ) -> Iterator[Output]:
        """`rivers` are the members of each slice, in the order of `facts`: kind, keys, base and stem."""
        for fact, members in zip(facts, rivers, strict=True):
            part = Slice(*fact, members)
            newest = self._newest([Version(b.original, b.original) for b in members], SUMMARY_ITEMS)
            head = self._head(part, "", newest)
            yield self._output(part, "rss", f"{part.base}{part.stem}.xml", head, newest, full=False)

    def _rank(self, version: Version) -> tuple[float, str]:
        """The newest has the highest: by publish_at, then id (DESIGN.md, "Dates")."""
        record = version.record
        rank = self._ranks.get(record.id)
        if rank is None:
            # In seconds, since times of one zone compare by the clock on the wall.
            rank = record.publish_at.timestamp() if record.publish_at else 0.0, record.id
            self._ranks[record.id] = rank
        return rank

    def _newest(self, versions: Sequence[Version], count: int) -> list[Version]:
        """The `count` newest, newest first. `versions` are in the order of pages, which is nearly this one's."""
        if count < len(versions):
            # From the newer end the heap fills with what stays.
            return heapq.nlargest(count, reversed(versions), key=self._rank)
        return sorted(versions, key=self._rank, reverse=True)

    def _head(self, part: Slice, lang: str, versions: Sequence[Version]) -> FeedModel:
        """What a feed's documents share; addresses and items are put in later."""
        interface = self.interfaces.get(lang, self.interface)
        texts = self.texts.of(lang or self.site.lang)
        about = interface.url(addresses.SUBSCRIBE)
        return FeedModel(
            title=title(part, interface, texts, lang),
            description=description(part, interface, texts),
            note=texts.say(messages.FEED_NOTE).format(url=about),
            author=self.site.name,
            lang=lang or self.site.lang,
            id=feed_id(part, self.site.site_id, lang),
            updated=self._updated(versions),
            self_url="",
            page_url=interface.url(page_of(interface, part.base)),
            about_url=about,
            icon=self.site.url + addresses.ICON,
            hub=self.site.hub or "",
            items=(),
        )

    def _updated(self, versions: Sequence[Version]) -> str:
        of = self.items.updated.of
        return max([of(version.record) for version in versions])[1] if versions else ""

    def _output(
        self,
        part: Slice,
        feed_format: str,
        address: str,
        head: FeedModel,
        versions: Sequence[Version],
        *,
        full: bool = True,
        current: str = "",
        previous: str = "",
        following: str = "",
    ) -> Output:
        url = self.site.url
        fragments = tuple([self.items.fragment(feed_format, version, full=full) for version in versions])
        model = msgspec.structs.replace(
            head,
            self_url=url + address,
            current=url + current if current else "",
            previous=url + previous if previous else "",
            next=url + following if following else "",
            items=tuple([key for key, _ in fragments]),
        )
        return Output(
            path=path_of(address),
            render=FEED_RENDERERS[feed_format],
            model=model,
            lang=head.lang,
            origin=f"feed of {part.base}",
            fragments=fragments,
        )


def file_name(feed_format: str, lang: str = "", month: str = "") -> str:
    """Such as feed.xml, atom.fr-2025-03.xml, feed.json."""
    stem = "atom" if feed_format == "atom" else "feed"
    ending = "json" if feed_format == "json" else "xml"
    return f"{stem}{f'.{lang}' if lang else ''}{f'-{month}' if month else ''}.{ending}"
