"""The archive by date: years and months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.coverage import even_steps, scale, shade
from pouch.pages.models import ArchivePage, CalendarMonth, CalendarYear, Link
from pouch.pages.numbered import river_outputs
from pouch.pages.outputs import Output, path_of
from pouch.pages.periods import month as month_label
from pouch.pages.views import Views

Months = dict[int, list[Briefing]]


def plan_calendar(views: Views) -> Iterator[Chapter]:
    """/archive/, its years and their months, where POUCH_FEATURES has "months"."""
    if not views.site.has("months"):
        return
    members: dict[int, Months] = defaultdict(lambda: defaultdict(list))
    for briefing in views.archive.briefings:
        day = briefing.sort_key[0]
        members[day.year][day.month].append(briefing)
    yield Chapter(
        f"archive {views.lang}", mark_of(views.archive.briefings), partial(_archive, views, members)
    )
    years = sorted(members, reverse=True)
    for year in years:
        of_year = members[year]
        river = [briefing for month in sorted(of_year) for briefing in of_year[month]]
        yield Chapter(
            f"archive {year} {views.lang}",
            mark_of(river, years),
            partial(_of_year, views, year, years, of_year, river),
        )


def _archive(views: Views, members: dict[int, Months]) -> Iterator[Output]:
    bounds = even_steps(len(found) for of_year in members.values() for found in of_year.values())
    newest_first = sorted(members, reverse=True)
    title = views.translate(messages.ARCHIVE)
    home, here = _trail(views)
    page = ArchivePage(
        href=here.href,
        url=views.url(addresses.ARCHIVE),
        lang=views.lang,
        title=title,
        description=title,
        section=here.href,
        trail=(home,),
        alternates=views.alternates(addresses.ARCHIVE),
        years=tuple(_year(views, year, members[year], bounds) for year in newest_first),
        shades=scale(bounds),
    )
    yield Output(
        path_of(views.address(addresses.ARCHIVE)), "html", "archive.html", page, views.lang, "archive"
    )


def _of_year(
    views: Views, year: int, years: Sequence[int], of_year: Months, river: Sequence[Briefing]
) -> Iterator[Output]:
    """The page of a year and those of its months. `years` are all that the archive has, newest first."""
    home, here = _trail(views)
    months = tuple(_month_link(views, year, month) for month in sorted(of_year))
    heading = views.translate(messages.ARCHIVE_OF).format(period=year)
    yield from river_outputs(
        views,
        river,
        addresses.year(addresses.ARCHIVE, year),
        kind="year",
        title=heading,
        description=heading,
        trail=(home, here),
        section=here.href,
        period=str(year),
        months=months,
        siblings=tuple(_year_link(views, other) for other in years),
    )
    for month in sorted(of_year):
        period = f"{year}-{month:02}"
        heading = month_label(period, views.lang)
        yield from river_outputs(
            views,
            of_year[month],
            addresses.month(month, year),
            kind="month",
            title=heading,
            description=views.translate(messages.ARCHIVE_OF).format(period=heading),
            trail=(home, here, _year_link(views, year)),
            section=here.href,
            period=period,
            siblings=months,
        )


def _trail(views: Views) -> tuple[Link, Link]:
    """Home and the archive."""
    return (
        Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME)),
        Link(href=views.href(addresses.ARCHIVE), label=views.translate(messages.ARCHIVE)),
    )


def _year_link(views: Views, year: int) -> Link:
    return Link(href=views.href(addresses.year(addresses.ARCHIVE, year)), label=str(year))


def _month_link(views: Views, year: int, month: int) -> Link:
    return Link(href=views.href(addresses.month(month, year)), label=f"{year}-{month:02}")


def _year(
    views: Views, year: int, months: Mapping[int, Sequence[Briefing]], bounds: Sequence[int]
) -> CalendarYear:
    fields = []
    for month in range(1, 13):
        link = _month_link(views, year, month)
        count = len(months.get(month, ()))
        fields.append(
            CalendarMonth(
                period=link.label,
                count=count,
                shade=shade(count, bounds),
                href=link.href if count else "",
            )
        )
    return CalendarYear(year=_year_link(views, year), months=tuple(fields))
