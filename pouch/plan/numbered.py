"""The numbered pages of a river."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

import msgspec

from pouch.archive.archive import Briefing
from pouch.plan import addresses, messages
from pouch.plan.models import FeedLink, Link, RiverPage, TermLink, TermPage
from pouch.plan.outputs import Output, deferred, path_of
from pouch.plan.pagination import landing, pages
from pouch.plan.views import Views

P = TypeVar("P", RiverPage, TermPage)


def numbered_outputs(
    views: Views,
    members: Sequence[Briefing],
    base: str,
    *,
    title: str,
    feeds: tuple[FeedLink, ...] = (),
    terms: tuple[TermLink, ...] = (),
    trail: tuple[Link, ...] = (),
    section: str = "",
    shown: str = "",
) -> Iterator[Output]:
    """The pages /page/<k>/ below `base`, a landing page's address. `members` are oldest first.

    Their cards are in the language `shown`, where it is not the interface's that decides.
    """
    here = Link(href=views.href(base), label=title)
    for number, chunk in pages(members, views.site.per_page):
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
