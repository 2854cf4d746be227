"""The home page: what is new, and the numbered pages behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from pouch.archive.archive import Briefing
from pouch.archive.briefing import languages_apart
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.maps import world
from pouch.pages.models import FeedLink
from pouch.pages.outputs import Output, last_change
from pouch.pages.pagination import landing
from pouch.pages.rivers import Numbering, numbered_groups
from pouch.pages.view import View
from pouch_archives.models import HomePage

RECENT = 120
"""How many of the newest briefings decide which terms the home page names."""
PROMINENT = 12
"""How many countries, and how many topics, it names."""


def plan_home(view: View) -> Iterator[Group]:
    """The landing page of the site's river, and its numbered pages."""
    archive, interface = view.archive, view.interface
    members = archive.briefings
    key = f"home {view.lang}"
    newest = landing(members, view.site.per_page)
    feeds = interface.feeds(addresses.HOME, interface.site.name, languages_apart(members))
    counts = {code: len(covered) for code, covered in archive.of_country.items()}
    yield Group(
        key,
        partial(_home, interface),
        (newest, members[-RECENT:], len(members), counts, feeds, last_change(members)),
    )
    numbering = Numbering(base=addresses.HOME, title=interface.translate(messages.BRIEFINGS), feeds=feeds)
    yield from numbered_groups(interface, members, key, numbering)


def _home(
    interface: Interface,
    newest: Sequence[Briefing],
    recent: Sequence[Briefing],
    count: int,
    counts: Mapping[str, int],
    feeds: tuple[FeedLink, ...],
    modified: str,
) -> Iterator[Output]:
    """`newest` are shown, newest first; `counts` are numbers of briefings by country, `count` is that of all."""
    countries = Counter(code for b in recent for code in b.original.countries)
    topics = Counter(key for b in recent for key in b.original.topics)
    title = interface.site.name
    page = HomePage(
        **interface.head(
            addresses.HOME,
            title,
            interface.translate(messages.LATEST).format(site=title),
            section="",
            trail=(),
            feeds=feeds,
        ),
        river=interface.landing_river(newest, count, addresses.HOME),
        countries=interface.terms("country", _most(countries)),
        topics=interface.terms("topic", _most(topics)),
        world=world(interface, counts) if interface.link("map") else None,
    )
    yield interface.output(addresses.HOME, "home.html", page, origin="home", modified=modified)


def _most(counts: Counter[str]) -> list[str]:
    """Keys by count, then by name: Counter's own order for ties is that of insertion."""
    return sorted(counts, key=lambda key: (-counts[key], key))[:PROMINENT]
