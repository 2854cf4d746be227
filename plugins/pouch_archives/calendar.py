"""The archive by date: years and months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.coverage import even_steps, scale, shade
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.models import Link
from pouch.pages.outputs import Output, last_change
from pouch.pages.periods import month as month_label
from pouch.pages.rivers import Numbering, listed, river_outputs
from pouch.pages.view import View
from pouch_archives.models import ArchivePage, CalendarMonth, CalendarYear

Months = Mapping[int, Sequence[Briefing]]


def plan_calendar(view: View) -> Iterator[Group]:
    """/archive/, its years and their months, where the site has "months"."""
    if not view.has("months"):
        return
    members: dict[int, dict[int, list[Briefing]]] = defaultdict(lambda: defaultdict(list))
    for briefing in view.archive.briefings:
        day = briefing.sort_key[0]
        members[day.year][day.month].append(briefing)
    counts = [
        (year, month, len(river)) for year, months in members.items() for month, river in months.items()
    ]
    modified = last_change(view.archive.briefings)
    yield Group(f"archive {view.lang}", partial(_archive, view.interface), (counts, modified))
    years = sorted(members, reverse=True)
    for year in years:
        months = sorted(members[year])
        rivers = [members[year][month] for month in months]
        yield Group(
            f"archive {year} {view.lang}", partial(_of_year, view.interface), (year, years, months, *rivers)
        )


def _archive(interface: Interface, counts: Sequence[tuple[int, int, int]], modified: str) -> Iterator[Output]:
    """`counts` are numbers of briefings, each with its year and month."""
    bounds = even_steps(count for _, _, count in counts)
    by_year: dict[int, dict[int, int]] = defaultdict(dict)
    for year, month, count in counts:
        by_year[year][month] = count
    title = interface.translate(messages.ARCHIVE)
    page = ArchivePage(
        **interface.head(addresses.ARCHIVE, title),
        years=tuple(_year(interface, year, by_year[year], bounds) for year in sorted(by_year, reverse=True)),
        shades=scale(bounds),
        own_language=interface.link("own language", default=None),
    )
    yield interface.output(addresses.ARCHIVE, "archive.html", page, origin="archive", modified=modified)


def _of_year(
    interface: Interface, year: int, years: Sequence[int], months: Sequence[int], *rivers: Sequence[Briefing]
) -> Iterator[Output]:
    """The page of a year and those of its months. `years` are all that the archive has, newest first; `rivers` are the
    briefings of each month.
    """
    here = interface.link_to(addresses.ARCHIVE, interface.translate(messages.ARCHIVE))
    trail = (*interface.home_trail, here)
    month_links = tuple(_month_link(interface, year, month) for month in months)
    heading = interface.translate(messages.ARCHIVE_OF).format(period=year)
    of_year = Numbering(
        base=addresses.year(addresses.ARCHIVE, year), title=heading, trail=trail, section=here.href
    )
    of_all = [briefing for river in rivers for briefing in river]
    yield from river_outputs(
        interface,
        of_all,
        listed(interface, of_all, of_year),
        "year",
        period=str(year),
        months=month_links,
        siblings=tuple(_year_link(interface, other) for other in years),
    )
    for month, river in zip(months, rivers, strict=True):
        period = f"{year}-{month:02}"
        heading = month_label(period, interface.lang)
        of_month = Numbering(
            base=addresses.month(month, year),
            title=heading,
            trail=(*trail, _year_link(interface, year)),
            section=here.href,
        )
        yield from river_outputs(
            interface,
            river,
            listed(interface, river, of_month),
            "month",
            description=interface.translate(messages.ARCHIVE_OF).format(period=heading),
            period=period,
            siblings=month_links,
        )


def _year_link(interface: Interface, year: int) -> Link:
    return interface.link_to(addresses.year(addresses.ARCHIVE, year), str(year))


def _month_link(interface: Interface, year: int, month: int) -> Link:
    return interface.link_to(addresses.month(month, year), f"{year}-{month:02}")


def _year(interface: Interface, year: int, counts: Mapping[int, int], bounds: Sequence[int]) -> CalendarYear:
    months = []
    for month in range(1, 13):
        link = _month_link(interface, year, month)
        count = counts.get(month, 0)
        months.append(
            CalendarMonth(
                period=link.label,
                count=count,
                shade=shade(count, bounds),
                href=link.href if count else "",
            )
        )
    return CalendarYear(year=_year_link(interface, year), months=tuple(months))
