"""/digests/, and a page for each week in which briefings entered the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing
from pouch.archive.records import DossierRecord
from pouch.content.weeks import Week
from pouch.digesting.models import DigestsPage
from pouch.digesting.selection import by_week, digest_page
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.models import Link
from pouch.pages.outputs import Output, last_change
from pouch.pages.view import View


def digest_href(interface: Interface, week: str) -> str:
    """The page of a week, "2025-W20"; empty where the site has no digests."""
    return interface.href(addresses.digest(week)) if interface.has("digests") else ""


def plan_digests(view: View) -> Iterator[Group]:
    """The page of each week, and the list of them."""
    if not view.has("digests"):
        return
    weeks = by_week(view.archive.briefings)
    names = [str(week) for week in weeks]
    for number, (week, members) in enumerate(weeks.items()):
        record, pinned = view.dossier("digest", str(week))
        older, newer = names[number - 1] if number else "", (*names, "")[number + 1]
        yield Group(
            f"digest {week} {view.lang}",
            partial(_page, view.interface, week),
            (members, record, [each for each in pinned if each in members], older, newer),
        )
    counts = {str(week): len(members) for week, members in weeks.items()}
    yield Group(f"digests {view.lang}", partial(_list, view.interface), (counts,))


def _page(
    interface: Interface,
    week: Week,
    members: Sequence[Briefing],
    record: DossierRecord | None,
    pinned: Sequence[Briefing],
    older: str,
    newer: str,
) -> Iterator[Output]:
    title = interface.translate(messages.DIGESTS)
    trail = interface.link_to(addresses.DIGESTS, title)
    page = digest_page(
        interface,
        week,
        members,
        interface.dossier(record, pinned),
        pinned,
        older=_link(interface, older) if older else None,
        newer=_link(interface, newer) if newer else None,
        trail=(*interface.home_trail, trail),
        section=trail.href,
        feeds=interface.short_feed(addresses.DIGESTS, title),
    )
    yield interface.output(
        addresses.digest(str(week)),
        "digest.html",
        page,
        origin=f"digest {week}",
        modified=last_change(members),
    )


def _link(interface: Interface, name: str) -> Link:
    """The digest of a week, "2025-W20"."""
    title = interface.translate(messages.DIGEST).format(number=int(name[6:]), year=name[:4])
    return Link(href=digest_href(interface, name), label=title)


def _list(interface: Interface, counts: dict[str, int]) -> Iterator[Output]:
    title = interface.translate(messages.DIGESTS)
    digests = []
    for name, count in reversed(counts.items()):
        week = Week(int(name[:4]), int(name[6:]))
        digests.append((_link(interface, name), week.first.isoformat(), week.last.isoformat(), count))
    page = DigestsPage(
        **interface.head(
            addresses.DIGESTS,
            title,
            interface.translate(messages.DIGEST_OF).format(site=interface.site.name),
            feeds=interface.short_feed(addresses.DIGESTS, title),
        ),
        digests=tuple(digests),
    )
    yield interface.output(addresses.DIGESTS, "digests.html", page, origin="digests")
