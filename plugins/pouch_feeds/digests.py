"""/digests/feed.xml: an item for each week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing
from pouch.content.weeks import Week
from pouch.digesting.selection import by_week
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.identity import guid
from pouch.pages.interface import Interface
from pouch.pages.languages import direction
from pouch.pages.outputs import Fragment, Output
from pouch.pages.view import View
from pouch_feeds.items import feed_date
from pouch_feeds.models import ItemModel
from pouch_feeds.render import rss_fragment
from pouch_feeds.site_feed import site_feed


def plan_digests_feed(view: View) -> Iterator[Group]:
    """The newest weeks, where the site has digests."""
    if view.interface.link("digests"):
        weeks = list(by_week(view.archive.briefings).items())
        newest = weeks[-view.site.feed_items :]
        inputs = (
            [str(week) for week, _ in newest],
            len(newest) == len(weeks),
            *[members for _, members in newest],
        )
        yield Group("feeds digests", partial(_feed, view.interface), inputs)


def _feed(
    interface: Interface, names: Sequence[str], complete: bool, *rivers: Sequence[Briefing]
) -> Iterator[Output]:
    """`rivers` are the briefings of each of the weeks that `names` names; `complete`: there are no others."""
    site, say = interface.site, interface.translate
    items = [_item(interface, name, members) for name, members in zip(names, rivers, strict=True)]
    # An item belongs to an entry, with which it leaves the store.
    fragments = [
        Fragment(f"rss:digest {name}", members[0].original.id, rss_fragment, item)
        for name, members, item in zip(names, rivers, items, strict=True)
    ][::-1]
    yield site_feed(
        interface,
        addresses.DIGESTS,
        "digests",
        say(messages.DIGESTS),
        say(messages.DIGEST_OF).format(site=site.name),
        fragments=fragments,
        updated=items[-1].updated if items else "",
        complete=complete,
    )


def _item(interface: Interface, name: str, members: Sequence[Briefing]) -> ItemModel:
    site, week = interface.site, Week(int(name[:4]), int(name[6:]))
    newest = max(each.original.publish_at for each in members if each.original.publish_at)
    when = feed_date(newest, site.zone)
    return ItemModel(
        path=f"digest {name}",
        id=guid(site.site_id, f"digest/{name}"),
        url=interface.url(addresses.digest(name)),
        title=interface.translate(messages.DIGEST).format(number=week.number, year=week.year),
        lang=site.lang,
        dir=direction(site.lang),
        key_points=tuple(each.version(site.lang).title for each in reversed(members)),
        summary="",
        body="",
        authors=(site.name,),
        sources=(),
        categories=(),
        published=when,
        updated=when,
        corrections=(),
        correction_label="",
        source_label="",
    )
