"""Rivers: lists of briefings that go on over numbered pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.models import FeedLink, Link, River, RiverPage, TermLink
from pouch.pages.outputs import Output, last_change
from pouch.pages.pagination import landing, numbered_pages, page_of

PAGES_A_GROUP = 25
"""Numbered pages in a group. An edit of one entry plans this many again for each of its rivers."""


class Numbering(msgspec.Struct, frozen=True, gc=False):
    """The facts that the numbered pages of a river share."""

    base: str  # address of the landing page, without the site's path
    title: str
    feeds: tuple[FeedLink, ...] = ()
    terms: tuple[TermLink, ...] = ()
    trail: tuple[Link, ...] = ()
    section: str = ""
    shown: str = ""  # the language of the cards, if it is not that of the interface
    alone: bool = False  # in other interface languages there is no such river


def numbered_groups(
    interface: Interface, members: Sequence[Briefing], key: str, numbering: Numbering
) -> Iterator[Group]:
    """The numbered pages of a long river, PAGES_A_GROUP at a time. `members` are oldest first; `key` is that of the
    landing page's group.
    """
    per_page = interface.site.per_page
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
    per_page, base = interface.site.per_page, numbering.base
    newest = landing(members, per_page)
    page = RiverPage(
        **{
            **_head(interface, base, numbering, numbering.title),
            "kind": kind,
            "river": interface.landing_river(newest, len(members), base, numbering.shown),
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
    here = Link(href=interface.href(base), label=numbering.title)
    page = RiverPage(
        **{
            **_head(interface, address, numbering, heading),
            "trail": (*numbering.trail, here),
            "kind": "numbered",
            "river": River(
                cards=interface.cards(shown, numbering.shown),
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
