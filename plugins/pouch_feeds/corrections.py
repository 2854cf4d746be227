"""/corrections/feed.xml: the newest corrections, over all versions of every briefing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

import msgspec

from pouch.archive.briefing import Briefing
from pouch.content.dates import instant
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.identity import guid
from pouch.pages.outputs import Fragment, Output
from pouch.pages.view import View
from pouch_feeds.items import Items, Version, feed_date, moment_of
from pouch_feeds.models import ItemModel
from pouch_feeds.render import rss_fragment
from pouch_feeds.site_feed import site_feed
from pouch_feeds.texts import FeedTexts


def plan_corrections_feed(view: View) -> Iterator[Group]:
    """One feed, where the site has a page of corrections."""
    if not view.interface.link("corrections"):
        return
    corrected = [
        briefing
        for briefing in view.archive.briefings
        if any(record.corrections for record in briefing.versions.values())
    ]
    texts = FeedTexts(view.interfaces, view.translator)
    yield Group("feeds corrections", partial(_feed, Items(view.interface, texts), texts), (corrected,))


def _feed(items: Items, texts: FeedTexts, members: Sequence[Briefing]) -> Iterator[Output]:
    interface = items.interface
    site = interface.site
    every = [each for briefing in members for each in _items_of(items, texts, briefing)]
    every.sort(
        key=lambda each: (datetime.fromisoformat(each[1].published).timestamp(), each[1].id), reverse=True
    )
    newest = every[: site.feed_items]
    # An entry's fragments have names of their own: of one name, the store keeps the newest.
    fragments = [
        Fragment(f"rss:correction {item.id.removeprefix('urn:uuid:')}", entry_id, rss_fragment, item)
        for entry_id, item in newest
    ]
    say = interface.translate
    yield site_feed(
        interface,
        addresses.CORRECTIONS,
        "corrections",
        say(messages.CORRECTIONS),
        say(messages.CORRECTIONS_OF).format(site=site.name),
        fragments=fragments,
        updated=newest[0][1].published if newest else "",
        complete=len(newest) == len(every),
    )


def _items_of(items: Items, texts: FeedTexts, briefing: Briefing) -> Iterator[tuple[str, ItemModel]]:
    """(id of the entry, item). An item is known by its day and its place among those of that day, so that an edited
    note does not come back as new.
    """
    site = items.interface.site
    for record in briefing.versions.values():
        of_day: Counter[str] = Counter()
        say = texts.of(record.lang.partition("-")[0].lower()).say
        for moment, note in record.corrections:
            of_day[moment] += 1
            when = feed_date(instant(moment_of(moment), items.zone), items.zone)
            item = msgspec.structs.replace(
                items.model(Version(record, briefing.original)),
                id=guid(site.site_id, f"correction/{record.id}/{moment}/{of_day[moment]}"),
                title=f"{say(messages.CORRECTION)}: {record.title}",
                key_points=(),
                summary=note,
                body="",
                sources=(),
                corrections=(),
                image=None,
                published=when,
                updated=when,
            )
            yield record.id, item
