"""The home page: what matters first, then the news by region and by month; and the numbered pages behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from pouch.archive.archive import Briefing
from pouch.archive.briefing import languages_apart, primary_subtag
from pouch.archive.records import DossierRecord
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, iso_day
from pouch.pages.maps import latest_year, places, thumbnail
from pouch.pages.models import FeedLink
from pouch.pages.outputs import Output, last_change
from pouch.pages.pagination import landing, numbered_pages
from pouch.pages.rivers import Numbering, months_of, numbered_groups
from pouch.pages.view import View
from pouch_archives.models import HomePage, Strip

RECENT = 120
"""How many of the newest briefings decide which terms the home page names, and stand in its strips."""
PROMINENT = 10
"""How many countries, and how many topics, it names."""
CARDS = 3
"""How many cards stand beside the lead, and how many headlines in the strip of a region."""


def plan_home(view: View) -> Iterator[Group]:
    """The landing page of the site's river, and its numbered pages."""
    archive, interface = view.archive, view.interface
    members = archive.briefings
    key = f"home {view.lang}"
    newest = landing(members, view.site.per_page)
    record, pinned = view.dossier("home", "home")
    recent = members[-max(RECENT, len(newest)) :]
    feeds = interface.feeds(addresses.HOME, interface.site.name, languages_apart(members))
    yield Group(
        key,
        partial(_home, interface),
        (newest, recent, len(members), latest_year(members), record, pinned, feeds, last_change(members)),
    )
    numbering = Numbering(base=addresses.HOME, title=interface.translate(messages.BRIEFINGS), feeds=feeds)
    yield from numbered_groups(interface, members, key, numbering)


def _home(
    interface: Interface,
    newest: Sequence[Briefing],
    recent: Sequence[Briefing],
    count: int,
    year: Sequence[Briefing],
    record: Any,
    pinned: Sequence[Briefing],
    feeds: tuple[FeedLink, ...],
    modified: str,
) -> Iterator[Output]:
    """`newest` are shown, newest first; `recent` are oldest first; `count` is the number of all briefings; `year` are
    those on the map; `record` is the home page's dossier, `pinned` what it pins.
    """
    countries = Counter(code for b in recent for code in b.original.countries)
    topics = Counter(key for b in recent for key in b.original.topics)
    title = interface.site.name
    lead = _lead(interface, recent, pinned)
    strips, shown = _strips(interface, recent, {briefing.original.id for briefing in lead})
    rest = [briefing for briefing in newest if briefing.original.id not in shown]
    last = numbered_pages(count, interface.site.per_page)
    cards = interface.cards(lead)
    page = HomePage(
        **interface.head(
            addresses.HOME,
            title,
            interface.translate(messages.LATEST).format(site=title),
            section="",
            trail=(),
            feeds=feeds,
        ),
        lead=cards[0] if cards else None,
        cards=cards[1:],
        thumbnails=tuple(thumbnail(interface, briefing) for briefing in lead),
        strips=strips,
        months=months_of(interface, (b for b in rest if _is_own(interface, b))),
        others=interface.cards(b for b in rest if not _is_own(interface, b)),
        older=interface.href(addresses.numbered(addresses.HOME, last)) if last else "",
        until=iso_day(newest[-1].original) if newest else "",
        countries=interface.terms("country", _most(countries)),
        topics=interface.terms("topic", _most(topics)),
        places=places(interface, year, interface.vocabulary.countries),
        map=interface.link("map"),
        own_language=interface.link("own language", default=None),
        dossier=interface.dossier(record, ()) if isinstance(record, DossierRecord) else None,
    )
    yield interface.output(addresses.HOME, "home.html", page, origin="home", modified=modified)


def _is_own(interface: Interface, briefing: Briefing) -> bool:
    """Whether a briefing has a version in the interface's language."""
    return primary_subtag(briefing.version(interface.lang).lang) == primary_subtag(interface.lang)


def _lead(
    interface: Interface, recent: Sequence[Briefing], pinned: Sequence[Briefing]
) -> tuple[Briefing, ...]:
    """The lead and the cards beside it: what the editor pins, then the newest in the interface's language.

    Where nothing is in that language, the newest of all.
    """
    own = [briefing for briefing in reversed(recent) if _is_own(interface, briefing)]
    chosen = dict.fromkeys([*pinned, *(own or reversed(recent))])
    return tuple(chosen)[: 1 + CARDS]


def _strips(
    interface: Interface, recent: Sequence[Briefing], shown: set[str]
) -> tuple[tuple[Strip, ...], set[str]]:
    """The newest headlines of each continent, none of those in `shown`; and the ids of all that is shown by then.

    What is in the interface's language comes first.
    """
    vocabulary = interface.vocabulary
    shown = set(shown)
    by_continent: dict[str, list[Briefing]] = {}
    for briefing in reversed(recent):
        if briefing.original.id in shown:
            continue
        for continent in dict.fromkeys(vocabulary.continent(code) for code in briefing.original.countries):
            river = by_continent.setdefault(continent, [])
            if continent and len(river) < CARDS:
                river.append(briefing)
                shown.add(briefing.original.id)
                break
    headings = interface.sorted_terms("region", [code for code, river in by_continent.items() if river])
    strips = tuple(
        Strip(
            heading=link,
            cards=interface.cards(sorted(by_continent[link.key], key=lambda b: not _is_own(interface, b))),
        )
        for link in headings
    )
    return strips, shown


def _most(counts: Counter[str]) -> list[str]:
    """Keys by count, then by name: Counter's own order for ties is that of insertion."""
    return sorted(counts, key=lambda key: (-counts[key], key))[:PROMINENT]
