"""/corrections/: every correction of the archive, newest first, over all versions of its briefings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.languages import direction
from pouch.pages.models import Link
from pouch.pages.outputs import Output, last_change
from pouch.pages.view import View
from pouch_archives.models import Corrected, CorrectionsPage, CorrectionView

MOST = 200
"""How many corrections the page shows; where there are more, each year has a page of its own."""


def plan_corrections(view: View) -> Iterator[Group]:
    """The page, and where it cannot show all of them a page for each year, where the site has "corrections"."""
    if not view.has("corrections"):
        return
    corrected = [
        briefing
        for briefing in view.archive.briefings
        if any(record.corrections for record in briefing.versions.values())
    ]
    yield Group(f"corrections {view.lang}", partial(_pages, view.interface), (corrected,))


def _pages(interface: Interface, members: Sequence[Briefing]) -> Iterator[Output]:
    # Of one day, those of the newer briefing first.
    every = [each for briefing in reversed(members) for each in _of(interface, briefing)]
    every = sorted(every, key=lambda each: each.correction.date[:10], reverse=True)
    base = addresses.CORRECTIONS
    years = sorted({each.correction.date[:4] for each in every}, reverse=True) if len(every) > MOST else ()
    links = tuple(interface.link_to(f"{base}{year}/", year) for year in years)
    title = interface.translate(messages.CORRECTIONS)
    description = interface.translate(messages.CORRECTIONS_OF).format(site=interface.site.name)
    feeds = interface.short_feed(base, title)
    shown = [(base, title, every[:MOST])]
    for year in years:
        of_year = [each for each in every if each.correction.date.startswith(year)]
        shown.append((f"{base}{year}/", f"{title}: {year}", of_year))
    for address, heading, corrections in shown:
        trail = (*interface.home_trail, interface.link_to(base, title))
        page = CorrectionsPage(
            **interface.head(
                address,
                heading,
                description,
                feeds=feeds,
                trail=interface.home_trail if address == base else trail,
            ),
            corrections=tuple(corrections),
            years=links,
        )
        modified = last_change(members) if members else ""
        yield interface.output(address, "corrections.html", page, origin="corrections", modified=modified)


def _of(interface: Interface, briefing: Briefing) -> Iterator[Corrected]:
    """The corrections of all versions. Each leads to the version that it was made in."""
    for record in briefing.versions.values():
        for moment, note in record.corrections:
            yield Corrected(
                correction=CorrectionView(
                    date=moment, note=note, lang=record.lang, dir=direction(record.lang)
                ),
                briefing=Link(
                    href=interface.root_href(addresses.briefing(record.slug)),
                    label=record.title,
                    lang="" if record.lang == interface.lang else record.lang,
                ),
                dir=direction(record.lang),
            )
