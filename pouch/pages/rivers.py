"""Rivers: lists of briefings that go on over numbered pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, iso_day
from pouch.pages.models import FeedLink, Link, MonthCards, River, RiverPage, TermLink
from pouch.pages.outputs import Output, last_change
from pouch.pages.pagination import landing, numbered_pages, page_of

PAGES_A_GROUP = 25
"""Numbered pages in a group. An edit of one entry plans this many again for each of its rivers."""


LINES = 5
"""How many times as many briefings a page holds where they are lines and not cards."""


class Numbering(msgspec.Struct, frozen=True, gc=False):
    """The facts that the pages of a river share."""

    base: str  # address of the landing page, without the site's path
    title: str
    feeds: tuple[FeedLink, ...] = ()
    terms: tuple[TermLink, ...] = ()
    trail: tuple[Link, ...] = ()
    section: str = ""
    shown: str = ""  # the language of the cards, if it is not that of the interface
    alone: bool = False  # in other interface languages there is no such river
    lines: bool = False  # its briefings are lines below months, LINES times as many a page
    cards: int = 0  # how many of the newest are cards all the same


def listed(interface: Interface, members: Sequence[Briefing], numbering: Numbering) -> Numbering:
    """The river as lines, if it has more briefings than a page has cards.

    So are rivers that are looked through rather than read: a year, a month, mentions.
    """
    return msgspec.structs.replace(numbering, lines=len(members) > interface.site.per_page)


def listed_below(interface: Interface, members: Sequence[Briefing], numbering: Numbering) -> Numbering:
    """The river with lines for what is older than its first page, if there is more than one."""
    return msgspec.structs.replace(
        numbering,
        lines=numbered_pages(len(members), interface.site.per_page) > 0,
        cards=interface.site.per_page,
    )


def page_size(interface: Interface, numbering: Numbering) -> int:
    """The number of briefings on a numbered page."""
    return interface.site.per_page * (LINES if numbering.lines else 1)


def months_of(interface: Interface, briefings: Iterable[Briefing], shown: str = "") -> tuple[MonthCards, ...]:
    """Briefings, newest first, below the months that they are dated; `shown` as in Numbering."""
    by_month: dict[str, list[Briefing]] = {}
    for briefing in briefings:
        by_month.setdefault(iso_day(briefing.original)[:7], []).append(briefing)
    return tuple(
        MonthCards(period=period, cards=tuple([interface.line(briefing, shown) for briefing in river]))
        for period, river in by_month.items()
    )


def landing_river(
    interface: Interface, newest: Sequence[Briefing], count: int, numbering: Numbering
) -> River:
    """The river of a landing page over `count` briefings, which shows the `newest`."""
    last = numbered_pages(count, page_size(interface, numbering))
    older = interface.href(addresses.numbered(numbering.base, last)) if last else ""
    return _river(interface, newest, numbering, numbering.cards, older=older)


def _river(
    interface: Interface, shown: Sequence[Briefing], numbering: Numbering, cards: int = 0, **ways: str
) -> River:
    cards = cards if numbering.lines else len(shown)
    return River(
        cards=interface.cards(shown[:cards], numbering.shown),
        months=months_of(interface, shown[cards:], numbering.shown),
        **ways,
    )


def numbered_groups(
    interface: Interface, members: Sequence[Briefing], key: str, numbering: Numbering
) -> Iterator[Group]:
    """The numbered pages of a long river, PAGES_A_GROUP at a time. `members` are oldest first; `key` is that of the
    landing page's group.
    """
    per_page = page_size(interface, numbering)
    last = numbered_pages(len(members), per_page)
    for start in range(0, last, PAGES_A_GROUP):
        end = min(start + PAGES_A_GROUP, last)

        def outputs(
            chunk: Sequence[Briefing], start: int, newest: bool, numbering: Numbering
        ) -> Iterator[Output]:
            for number in range(1, len(chunk) // per_page + 1):
                shown = page_of(chunk, per_page, number)
                last_of_all = newest and number == len(chunk) // per_page
                yield _numbered(interface, shown, start + number, last_of_all, numbering)

        yield Group(
            f"{key} pages {start // PAGES_A_GROUP + 1}",
            outputs,
            (members[start * per_page : end * per_page], start, end == last, numbering),
        )


def river_outputs(
    interface: Interface, members: Sequence[Briefing], numbering: Numbering, kind: str, **fields: Any
) -> Iterator[Output]:
    """All pages of a river with no dossier around it: a pair, a year, a language, a month, mentions.

    `members` are oldest first; `fields` complete the landing page's RiverPage.
    """
    per_page, base = page_size(interface, numbering), numbering.base
    newest = landing(members, per_page)
    page = RiverPage(
        **{
            **_head(interface, base, numbering, numbering.title),
            "kind": kind,
            "river": landing_river(interface, newest, len(members), numbering),
            **fields,
        }
    )
    yield interface.output(base, "river.html", page, modified=last_change(newest))
    last = numbered_pages(len(members), per_page)
    for number in range(1, last + 1):
        yield _numbered(interface, page_of(members, per_page, number), number, number == last, numbering)


def _numbered(
    interface: Interface, shown: Sequence[Briefing], number: int, newest: bool, numbering: Numbering
) -> Output:
    """The page /page/<number>/ with these briefings, newest first; `newest`: no numbered page comes after it."""
    base = numbering.base
    address = addresses.numbered(base, number)
    heading = interface.translate(messages.PAGE_OF).format(title=numbering.title, number=number)
    here = interface.link_to(base, numbering.title)
    page = RiverPage(
        **{
            **_head(interface, address, numbering, heading),
            "trail": (*numbering.trail, here),
            "kind": "numbered",
            "river": _river(
                interface,
                shown,
                numbering,
                # The newest numbered page points to the landing page: the one change that a full page sees, once.
                newer=interface.href(base if newest else addresses.numbered(base, number + 1)),
                older=interface.href(addresses.numbered(base, number - 1)) if number > 1 else "",
            ),
            "number": number,
        }
    )
    return interface.output(address, "river.html", page, origin=base, modified=last_change(shown))


def _head(interface: Interface, address: str, numbering: Numbering, title: str) -> dict[str, Any]:
    return interface.head(
        address,
        title,
        section=numbering.section,
        trail=numbering.trail,
        feeds=numbering.feeds,
        terms=numbering.terms,
        alternates=() if numbering.alone else interface.alternates(address),
    )
