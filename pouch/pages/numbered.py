"""The numbered pages of a river."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Required, TypedDict, TypeVar, Unpack

import msgspec

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.models import FeedLink, Link, RiverPage, TermLink, TermPage
from pouch.pages.outputs import Output, deferred, path_of
from pouch.pages.pagination import landing, numbered_pages, page_of
from pouch.pages.views import Views

P = TypeVar("P", RiverPage, TermPage)


# How many numbered pages make a chapter: an edit of one entry plans so many again for each river that it is in.
PAGES_A_CHAPTER = 25


class Numbering(TypedDict, total=False):
    """How the numbered pages of a river look, whatever they hold."""

    title: Required[str]
    feeds: tuple[FeedLink, ...]
    terms: tuple[TermLink, ...]
    trail: tuple[Link, ...]
    section: str


def numbered_chapters(
    views: Views, members: Sequence[Briefing], base: str, key: str, **looks: Unpack[Numbering]
) -> Iterator[Chapter]:
    """The numbered pages of a long river, PAGES_A_CHAPTER at a time. `key` is that of the landing page's chapter."""
    per_page = views.site.per_page
    last = numbered_pages(len(members), per_page)
    for start in range(0, last, PAGES_A_CHAPTER):
        end = min(start + PAGES_A_CHAPTER, last)
        yield Chapter(
            f"{key} pages {start // PAGES_A_CHAPTER + 1}",
            # The newest of all leads to the landing page, any other to the next.
            mark_of(members[start * per_page : end * per_page], end == last),
            partial(numbered_outputs, views, members, base, numbers=range(start + 1, end + 1), **looks),
        )


def numbered_outputs(
    views: Views,
    members: Sequence[Briefing],
    base: str,
    *,
    numbers: range | None = None,
    title: str,
    feeds: tuple[FeedLink, ...] = (),
    terms: tuple[TermLink, ...] = (),
    trail: tuple[Link, ...] = (),
    section: str = "",
    shown: str = "",
) -> Iterator[Output]:
    """The pages /page/<k>/ below `base`, a landing page's address: those of `numbers`, or all. `members` are oldest
    first.

    Their cards are in the language `shown`, where it is not the interface's that decides.
    """
    here = Link(href=views.href(base), label=title)
    for number in numbers or range(1, numbered_pages(len(members), views.site.per_page) + 1):
        chunk = page_of(members, views.site.per_page, number)
        address = addresses.numbered(base, number)
        heading = views.translate(messages.PAGE_OF).format(title=title, number=number)
        page = RiverPage(
            href=views.href(address),
            url=views.url(address),
            lang=views.lang,
            title=heading,
            description=heading,
            section=section,
            trail=(*trail, here),
            feeds=feeds,
            alternates=views.alternates(address),
            kind="numbered",
            terms=terms,
            river=views.numbered_river(base, number, len(members)),
            number=number,
        )
        model = deferred(
            page, partial(with_cards, page, views, chunk, shown), views.card_marks(chunk, shown), shows=chunk
        )
        yield Output(path_of(views.address(address)), "html", "river.html", model, views.lang, base)


def river_outputs(
    views: Views,
    members: Sequence[Briefing],
    base: str,
    *,
    kind: str,
    title: str,
    description: str,
    terms: tuple[TermLink, ...] = (),
    trail: tuple[Link, ...] = (),
    section: str = "",
    feeds: tuple[FeedLink, ...] = (),
    period: str = "",
    months: tuple[Link, ...] = (),
    siblings: tuple[Link, ...] = (),
    shown: str = "",
) -> Iterator[Output]:
    """A river with no dossier around it (a pair, a year, a language, a month, mentions): all its pages."""
    page = RiverPage(
        href=views.href(base),
        url=views.url(base),
        lang=views.lang,
        title=title,
        description=description,
        section=section,
        trail=trail,
        feeds=feeds,
        alternates=views.alternates(base),
        kind=kind,
        terms=terms,
        river=views.landing_river(len(members), base),
        period=period,
        months=months,
        siblings=siblings,
    )
    newest = landing(members, views.site.per_page)
    model = deferred(
        page, partial(with_cards, page, views, newest, shown), views.card_marks(newest, shown), shows=newest
    )
    yield Output(path_of(views.address(base)), "html", "river.html", model, views.lang, base)
    yield from numbered_outputs(
        views,
        members,
        base,
        title=title,
        feeds=feeds,
        terms=terms,
        trail=trail,
        section=section,
        shown=shown,
    )


def with_cards(page: P, views: Views, briefings: Sequence[Briefing], shown: str = "") -> P:
    """The page with the cards of its river, in the order given."""
    river = msgspec.structs.replace(page.river, cards=views.cards(briefings, shown))
    return msgspec.structs.replace(page, river=river)
