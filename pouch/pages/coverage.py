"""Coverage: the number of briefings on a term, month by month and on a scale of shades."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pouch.archive.archive import Briefing
from pouch.pages.models import MonthCount, Shade

# The length of a chart: the bars of five years are still wide enough to tap on a phone.
MONTHS = 60
# From how many briefings a chart says more than the list below it.
CHARTED = 12
# How many terms a page names as the most frequent.
FREQUENT = 8
# How many shades a map or a calendar has.
SHADES = 5


def months(members: Sequence[Briefing], hrefs: Mapping[int, str]) -> tuple[MonthCount, ...]:
    """Briefings in each month from the first to the last that has any, oldest first, empty months included. Nothing
    below CHARTED briefings.

    `hrefs` are the targets of bars, by year.
    """
    if len(members) < CHARTED:
        return ()
    counts = Counter((b.sort_key[0].year, b.sort_key[0].month) for b in members)
    (year, month), last = min(counts), max(counts)
    bars = []
    while (year, month) <= last:
        count = counts[year, month]
        href = hrefs.get(year, "") if count else ""
        bars.append(MonthCount(period=f"{year}-{month:02}", count=count, href=href))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(bars[-MONTHS:])


def steps(counts: Iterable[int]) -> tuple[int, ...]:
    """The least count of each shade, palest first: at most SHADES of them, evenly apart by ratio, on round numbers.

    Round numbers (1, 2, 5, 10, 20, …) rarely move, so a new briefing rarely changes the shade of other countries.
    """
    most = max(counts, default=0)
    if not most:
        return ()
    return tuple(sorted({_round(most ** (step / SHADES)) for step in range(SHADES)}))


def quantile_steps(counts: Iterable[int]) -> tuple[int, ...]:
    """The least count of each shade, palest first: at most SHADES of them, each for about as many counts.

    Equal counts have one shade. Where many are equal, the shades above share what is left.
    """
    ordered = sorted(counts)
    starts: list[int] = []
    for place, count in enumerate(ordered):
        is_new = not starts or count != ordered[place - 1]
        if is_new and len(starts) < SHADES and place * SHADES >= len(starts) * len(ordered):
            starts.append(count)
    return tuple(starts)


def even_steps(counts: Iterable[int]) -> tuple[int, ...]:
    """The least count of each shade, palest first: at most SHADES of them, evenly apart by difference.

    For what is on one page, which changes anyway.
    """
    most = max(counts, default=0)
    return tuple(sorted({1 + most * step // SHADES for step in range(SHADES)} - {most + 1})) if most else ()


def shade(count: int, bounds: Sequence[int]) -> int:
    """The shade of a count: 1 is the palest, SHADES the deepest, 0 none at all.

    Fewer steps than SHADES stand further apart, so that the most is always the deepest; one alone is in the middle.
    """
    step = bisect_right(bounds, count)
    if not step:
        return 0
    if len(bounds) == 1:
        return (SHADES + 1) // 2
    return 1 + (step - 1) * (SHADES - 1) // (len(bounds) - 1)


def scale(bounds: Sequence[int], counts: Iterable[int] = ()) -> tuple[Shade, ...]:
    """The legend: the counts of each shade. With `counts`, those that are shaded, a shade reaches to the most that has
    it; else to the next shade, and the last is open.
    """
    most = {bisect_right(bounds, count): count for count in sorted(counts)}
    return tuple(
        Shade(
            number=shade(least, bounds),
            least=least,
            most=most.get(step, bounds[step] - 1 if step < len(bounds) else 0),
        )
        for step, least in enumerate(bounds, 1)
    )


def _round(number: float) -> int:
    """The largest of 1, 2, 5, 10, 20, 50, … that is not greater."""
    largest = 1
    for power in range(len(str(int(number)))):
        for lead in (1, 2, 5):
            # A root may come out a hair below a whole number.
            if lead * 10**power <= number + 1e-9:
                largest = lead * 10**power
    return largest
