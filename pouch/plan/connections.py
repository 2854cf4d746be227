"""How briefings lead to one another: threads by country, and related briefings with the reason why.

Both are chosen so that a new briefing touches few old pages. A thread links to the neighbours in a country's river, so
a new one changes the page before it. Related briefings are always older ones, so a new one changes none.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Sequence

from pouch.archive.archive import Archive, Briefing

# How many of the newest briefings of a country-and-topic are considered, and how many are shown.
CONSIDERED = 4
SHOWN = 3

_NONE = -1


class Connections:
    """Threads and related briefings of a whole archive."""

    def __init__(self, archive: Archive, kept: bytes = b"") -> None:
        """`kept` is that of another archive with the same briefings in the same order, each with the same countries
        and topics, so that what is related need not be found again; empty where there is none.
        """
        self._briefings = archive.briefings
        self._threads, self._starts = _threads(self._briefings)
        self._related = array("i", kept)
        if len(self._related) != SHOWN * len(self._briefings):
            self._related = _related(self._briefings)

    @property
    def kept(self) -> bytes:
        """What is related to what, for another archive of the same shape on the same machine."""
        return self._related.tobytes()

    def threads(self, briefing: Briefing) -> list[tuple[Briefing | None, Briefing | None]]:
        """The briefings before and after this one in the river of each of its primary countries, in their order."""
        found = [self._briefings[place] if place != _NONE else None for place in self._beside(briefing)]
        return list(zip(found[::2], found[1::2], strict=True))

    def around(self, briefing: Briefing) -> list[Briefing]:
        """Every briefing that this one leads to; where a thread ends, this one itself."""
        briefings = self._briefings
        found = [briefings[place] if place != _NONE else briefing for place in self._beside(briefing)]
        return found + self.related(briefing)

    def related(self, briefing: Briefing) -> list[Briefing]:
        """Up to SHOWN older briefings that share a country and a topic with this one, the closest first."""
        start = SHOWN * briefing.place
        briefings = self._briefings
        return [briefings[place] for place in self._related[start : start + SHOWN] if place != _NONE]

    def _beside(self, briefing: Briefing) -> array[int]:
        place = briefing.place
        return self._threads[self._starts[place] : self._starts[place + 1]]


def shared(briefing: Briefing, other: Briefing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Primary countries and topics that both have, in the order of `briefing`."""
    countries, topics = other.original.countries, other.original.topics
    return (
        tuple(code for code in briefing.original.countries if code in countries),
        tuple(key for key in briefing.original.topics if key in topics),
    )


def _threads(briefings: Sequence[Briefing]) -> tuple[array[int], array[int]]:
    """For each briefing and each of its primary countries: the places before and after it, _NONE where there is none;
    and where those of a briefing begin.
    """
    found, starts = array("i"), array("i")
    newest: dict[
        str, tuple[int, int]
    ] = {}  # by country: the place so far, and where what comes after it belongs
    for place, briefing in enumerate(briefings):
        starts.append(len(found))
        for code in briefing.original.countries:
            before = newest.get(code)
            if before is not None:
                found[before[1]] = place
            found.append(before[0] if before is not None else _NONE)
            newest[code] = place, len(found)
            found.append(_NONE)
    starts.append(len(found))
    return found, starts


def _related(briefings: Sequence[Briefing]) -> array[int]:
    """The places of what is related to each briefing, SHOWN for each, _NONE where there are fewer."""
    # Briefings stand for themselves by their place, oldest first: whole numbers are counted and compared quickest.
    recent: defaultdict[tuple[str, str], deque[int]] = defaultdict(lambda: deque(maxlen=CONSIDERED))
    found = array("i")
    missing = [_NONE] * SHOWN
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
        found.extend(([rank % total for rank in ranked[:SHOWN]] + missing)[:SHOWN])
        for members in pairs:
            members.append(place)
    return found
