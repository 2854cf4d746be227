"""How briefings lead to one another: threads by country, and related briefings with the reason why.

Both are chosen so that a new briefing touches few old pages. A thread links to the neighbours in a country's river, so
a new one changes the page before it. Related briefings are always older ones, so a new one changes none.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence

from pouch.archive.archive import Archive, Briefing

# How many of the newest briefings of a country-and-topic are considered, and how many are shown.
CONSIDERED = 4
SHOWN = 3


class Connections:
    """Threads and related briefings of a whole archive, found in one pass."""

    def __init__(self, archive: Archive) -> None:
        self._neighbours: dict[tuple[str, str], tuple[Briefing | None, Briefing | None]] = {}
        for code, members in archive.of_country.items():
            for place, briefing in enumerate(members):
                earlier = members[place - 1] if place else None
                later = members[place + 1] if place + 1 < len(members) else None
                self._neighbours[code, briefing.original.id] = earlier, later
        self._related = _related(archive.briefings)

    def neighbours(self, briefing: Briefing, country: str) -> tuple[Briefing | None, Briefing | None]:
        """The briefings before and after this one in the river of one of its primary countries."""
        return self._neighbours[country, briefing.original.id]

    def related(self, briefing: Briefing) -> Sequence[Briefing]:
        """Up to SHOWN older briefings that share a country and a topic with this one, the closest first."""
        return self._related[briefing.original.id]


def shared(briefing: Briefing, other: Briefing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Primary countries and topics that both have, in the order of `briefing`."""
    countries, topics = other.original.countries, other.original.topics
    return (
        tuple(code for code in briefing.original.countries if code in countries),
        tuple(key for key in briefing.original.topics if key in topics),
    )


def _related(briefings: Iterable[Briefing]) -> dict[str, list[Briefing]]:
    recent: defaultdict[tuple[str, str], deque[Briefing]] = defaultdict(lambda: deque(maxlen=CONSIDERED))
    found: dict[str, list[Briefing]] = {}
    for briefing in briefings:
        original = briefing.original
        pairs = [recent[country, topic] for country in original.countries for topic in original.topics]
        # Who stands in more of the pairs shares more; among equals the newer, which the sort key ends with an id for.
        times = Counter(other for members in pairs for other in members)
        ranked = sorted(times, key=lambda other: (times[other], other.sort_key), reverse=True)
        found[original.id] = ranked[:SHOWN]
        for members in pairs:
            members.append(briefing)
    return found
