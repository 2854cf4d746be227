"""How briefings lead to one another: threads by country, and related briefings with the reason why.

Both are chosen so that a new briefing touches few old pages. A thread links to the neighbours in a country's river, so
a new one changes the page before it. Related briefings are always older ones, so a new one changes none.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from pouch.archive.archive import Archive, Briefing

# How many of the newest briefings of a country-and-topic are considered, and how many are shown.
CONSIDERED = 4
SHOWN = 3


class Connections:
    """Threads and related briefings of a whole archive, found in one pass."""

    def __init__(self, archive: Archive) -> None:
        self._neighbours: dict[tuple[str, str], tuple[Briefing | None, Briefing | None]] = {}
        for code, members in archive.of_country.items():
            for earlier, briefing, later in zip(
                (None, *members), members, (*members[1:], None), strict=False
            ):
                self._neighbours[code, briefing.original.id] = earlier, later
        self._related = _related(archive.briefings)

    def neighbours(self, briefing: Briefing, country: str) -> tuple[Briefing | None, Briefing | None]:
        """The briefings before and after this one in the river of one of its primary countries."""
        return self._neighbours[country, briefing.original.id]

    def around(self, briefing: Briefing) -> Iterator[Briefing]:
        """Every briefing that this one leads to; where a thread ends, this one itself."""
        entry_id = briefing.original.id
        for code in briefing.original.countries:
            for other in self._neighbours[code, entry_id]:
                yield other or briefing
        yield from self._related[entry_id]

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


def _related(briefings: Sequence[Briefing]) -> dict[str, list[Briefing]]:
    # Briefings stand for themselves by their place, oldest first: whole numbers are counted and compared quickest.
    recent: defaultdict[tuple[str, str], deque[int]] = defaultdict(lambda: deque(maxlen=CONSIDERED))
    found: dict[str, list[Briefing]] = {}
    total = len(briefings)
    for place, briefing in enumerate(briefings):
        original = briefing.original
        pairs = [recent[country, topic] for country in original.countries for topic in original.topics]
        times: dict[int, int] = {}
        for members in pairs:
            for other in members:
                times[other] = times.get(other, 0) + 1
        # Who stands in more of the pairs shares more; among equals the newer.
        ranked = sorted([count * total + other for other, count in times.items()], reverse=True)
        found[original.id] = [briefings[rank % total] for rank in ranked[:SHOWN]]
        for members in pairs:
            members.append(place)
    return found
