"""Selects the briefings of a digest, and puts them in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pouch.archive.briefing import Briefing
from pouch.content.weeks import Week, week_of
from pouch.digesting.models import DigestGroup, DigestPage
from pouch.pages import addresses, messages
from pouch.pages.interface import Interface
from pouch.pages.models import Dossier


def by_week(briefings: Iterable[Briefing]) -> dict[Week, list[Briefing]]:
    """The briefings of each week in which some entered the archive, in the site's time zone; weeks in order."""
    weeks: defaultdict[Week, list[Briefing]] = defaultdict(list)
    for briefing in briefings:
        assert briefing.original.publish_at is not None  # what is due has one
        weeks[week_of(briefing.original.publish_at.date())].append(briefing)
    return dict(sorted(weeks.items()))


def digest_page(
    interface: Interface,
    week: Week,
    members: Sequence[Briefing],
    note: Dossier | None,
    pinned: Sequence[Briefing] = (),
    **fields: Any,
) -> DigestPage:
    """The digest of a week. `members` are oldest first; `pinned` are those that the note names."""
    first, last = week.first.isoformat(), week.last.isoformat()
    title = interface.translate(messages.DIGEST).format(number=week.number, year=week.year)
    description = interface.translate(messages.DIGEST_OF).format(site=interface.site.name)
    return DigestPage(
        **(interface.head(addresses.digest(str(week)), title, description) | fields),
        week=str(week),
        first=first,
        last=last,
        note=note,
        groups=_groups(interface, [each for each in members if each not in pinned]),
        count=len(members),
    )


def _groups(interface: Interface, members: Sequence[Briefing]) -> tuple[DigestGroup, ...]:
    """By continent of the first country, those with most briefings first."""
    groups: defaultdict[str, list[Briefing]] = defaultdict(list)
    for briefing in reversed(members):
        countries = briefing.original.countries
        groups[interface.vocabulary.continent(countries[0]) if countries else ""].append(briefing)
    ordered = sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))
    return tuple(
        DigestGroup(
            heading=interface.term("region", code) if code else None, cards=interface.cards(briefings)
        )
        for code, briefings in ordered
    )
