"""How briefings lead to one another: threads by country, and related briefings with the reason why.

Both are chosen so that a new briefing touches few old pages. A thread links to the neighbours in a country's river, so
a new one changes the page before it. Related briefings are always older ones, so a new one changes none.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from pouch.archive.archive import Archive, Briefing

# How many of the newest briefings of a country-and-topic are considered, and how many are shown.
CONSIDERED = 4
SHOWN = 3


class Connections:
    """Threads and related briefings of a whole archive."""

    def __init__(self, archive: Archive, kept: bytes = b"") -> None:
        """`kept` is that of another archive with the same briefings in the same order, each with the same countries
        and topics, so that they need not be found again; empty where there is none.
        """
        self._briefings = archive.briefings
        # Briefings stand for themselves by their place. The first numbers say where those of each briefing begin: the
        # places before and after it in each thread, then those related to it. Its own place stands for none.
        self._leads = array("i", kept)
        if self._leads[:1] != array("i", [len(self._briefings) + 1]):
            self._leads = _leads(self._briefings)

    @property
    def kept(self) -> bytes:
        """What leads where, for another archive of the same shape on the same machine."""
        return self._leads.tobytes()

    def threads(self, briefing: Briefing) -> list[tuple[Briefing | None, Briefing | None]]:
        """The briefings before and after this one in the river of each of its primary countries, in their order."""
        found = [other if other is not briefing else None for other in self.around((briefing,))[:-SHOWN]]
        return list(zip(found[::2], found[1::2], strict=True))

    def related(self, briefing: Briefing) -> list[Briefing]:
        """Up to SHOWN older briefings that share a country and a topic with this one, the closest first."""
        return [other for other in self.around((briefing,))[-SHOWN:] if other is not briefing]

    def around(self, members: Iterable[Briefing]) -> list[Briefing]:
        """Every briefing that one of these leads to; where there is none, itself."""
        leads, briefings = self._leads, self._briefings
        found = array("i")
        for briefing in members:
            place = briefing.place
            found += leads[leads[place] : leads[place + 1]]
        return [briefings[place] for place in found]


def shared(briefing: Briefing, other: Briefing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Primary countries and topics that both have, in the order of `briefing`."""
    countries, topics = other.original.countries, other.original.topics
    return (
        tuple(code for code in briefing.original.countries if code in countries),
        tuple(key for key in briefing.original.topics if key in topics),
    )


def _leads(briefings: Sequence[Briefing]) -> array[int]:
    """What each briefing leads to; see `Connections`."""
    total = len(briefings)
    leads = array("i", [0] * (total + 1))
    # By country: the newest place so far, and where the place of what comes after it belongs.
    newest: dict[str, tuple[int, int]] = {}
    recent: defaultdict[tuple[str, str], deque[int]] = defaultdict(lambda: deque(maxlen=CONSIDERED))
    for place, briefing in enumerate(briefings):
        leads[place] = len(leads)
        countries, topics = briefing.original.countries, briefing.original.topics
        for code in countries:
            before, after = newest.get(code, (place, None))
            if after is not None:
                leads[after] = place
            leads.append(before)
            newest[code] = place, len(leads)
            leads.append(place)
        pairs = [recent[country, topic] for country in countries for topic in topics]
        leads.extend(([*_closest(pairs, total), *[place] * SHOWN])[:SHOWN])
        for members in pairs:
            members.append(place)
    leads[total] = len(leads)
    return leads


def _closest(pairs: Iterable[Iterable[int]], total: int) -> list[int]:
    """The places that stand in most of these pairs; among equals the newer ones."""
    times: dict[int, int] = {}
    for members in pairs:
        for other in members:
            times[other] = times.get(other, 0) + 1
    ranked = sorted([count * total + other for other, count in times.items()], reverse=True)
    return [rank % total for rank in ranked[:SHOWN]]
