"""The archive by date: years and months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pouch.archive.archive import Briefing
from pouch.plan import addresses, messages
from pouch.plan.models import ArchivePage, Link, YearMonths
from pouch.plan.numbered import river_outputs
from pouch.plan.outputs import Output, path_of
from pouch.plan.periods import month as month_label
from pouch.plan.views import Views


def plan_calendar(views: Views) -> Iterator[Output]:
    """/archive/, its years and their months, where POUCH_FEATURES has "months"."""
    if not views.site.has("months"):
        return
    members: dict[int, dict[int, list[Briefing]]] = defaultdict(lambda: defaultdict(list))
    for briefing in views.archive.briefings:
        day = briefing.sort_key[0]
        members[day.year][day.month].append(briefing)
    years = [_year(views, year, sorted(members[year])) for year in sorted(members, reverse=True)]
    title = views.translate(messages.ARCHIVE)
    home = Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME))
    here = Link(href=views.href(addresses.ARCHIVE), label=title)
    page = ArchivePage(
        href=here.href,
        url=views.url(addresses.ARCHIVE),
        lang=views.lang,
        title=title,
        description=title,
        section=here.href,
        trail=(home,),
        alternates=views.alternates(addresses.ARCHIVE),
        years=tuple(years),
    )
    yield Output(
        path_of(views.address(addresses.ARCHIVE)), "html", "archive.html", page, views.lang, "archive"
    )
    siblings = tuple(entry.year for entry in years)
    for entry in years:
        year = int(entry.year.label)
        of_year = members[year]
        heading = views.translate(messages.ARCHIVE_OF).format(period=year)
        yield from river_outputs(
            views,
            [briefing for month in sorted(of_year) for briefing in of_year[month]],
            addresses.year(addresses.ARCHIVE, year),
            kind="year",
            title=heading,
            description=heading,
            trail=(home, here),
            section=here.href,
            period=str(year),
            months=entry.months,
            siblings=siblings,
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
                trail=(home, here, entry.year),
                section=here.href,
                period=period,
                siblings=entry.months,
            )


def _year(views: Views, year: int, months: list[int]) -> YearMonths:
    return YearMonths(
        year=Link(href=views.href(addresses.year(addresses.ARCHIVE, year)), label=str(year)),
        months=tuple(
            Link(href=views.href(addresses.month(month, year)), label=f"{year}-{month:02}")
            for month in months
        ),
    )
