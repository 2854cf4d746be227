"""Coverage: how much was written on a term month by month, and what it goes together with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pouch.archive.archive import Briefing
from pouch.plan import addresses
from pouch.plan.models import MonthCount, TermLink
from pouch.plan.views import Views
from pouch.vocabulary.vocabulary import Kind

# How far back a chart reaches: five years of bars are still wide enough to hit on a phone.
MONTHS = 60
FREQUENT = 8


def months(views: Views, members: Sequence[Briefing], base: str) -> tuple[MonthCount, ...]:
    """Briefings in each month from the first to the last that has any, oldest first, empty months included.

    `base` is the term's address: a bar leads to the term's year, where the site has years; empty for a region,
    which has none.
    """
    if not members:
        return ()
    counts = Counter((b.sort_key[0].year, b.sort_key[0].month) for b in members)
    (year, month), last = min(counts), max(counts)
    found = []
    while (year, month) <= last:
        href = views.href(addresses.year(base, year)) if base and views.site.has("years") else ""
        count = counts[year, month]
        found.append(MonthCount(period=f"{year}-{month:02}", count=count, href=href if count else ""))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(found[-MONTHS:])


def frequent(
    views: Views, kind: Kind, terms: Iterable[Iterable[str]], without: Iterable[str] = ()
) -> tuple[TermLink, ...]:
    """The terms that most of the briefings have; `terms` are those of each briefing. Ties go by key."""
    counts = Counter(key for keys in terms for key in keys)
    for key in without:
        counts.pop(key, None)
    return views.terms(kind, sorted(counts, key=lambda key: (-counts[key], key))[:FREQUENT])
