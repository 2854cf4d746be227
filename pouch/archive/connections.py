"""Links between briefings: threads by country, and related briefings.

Both are chosen so that a new briefing changes few old pages. A thread links to the neighbours in a country's river, so
a new briefing changes the page before it. Related briefings are always older, so a new one changes none.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from pouch.archive.briefing import Briefing
from pouch.digests import digest, encode

# How many of the newest briefings of a country-and-topic are considered, and how many are shown.
CONSIDERED = 4
SHOWN = 3

_TERMS = attrgetter("original.countries", "original.topics")

Remember = Callable[[str, bytes, Callable[[], bytes]], bytes]
"""A function that calls the last argument, or gives what it returned when it was called for that name and that mark."""


def forgetful(_name: str, _mark: bytes, make: Callable[[], bytes]) -> bytes:
    """Make it: a `Remember` that remembers nothing."""
    return make()


class Connections:
    """Threads and related briefings of a whole archive."""

    def __init__(self, briefings: Sequence[Briefing], remember: Remember = forgetful) -> None:
        """`briefings` are all of the archive's, oldest first."""
        self._briefings = briefings
        # A briefing is represented by its index. The first numbers are offsets, one for each briefing; there follow the
        # indexes before and after it in each thread, then the related ones. Its own index means "none".
        self._neighbours = array("i")
        terms = list(map(_TERMS, briefings))
        # Most edits change no country or topic, and to encode these costs a sixth of counting what they share.
        data = remember("neighbours", digest(encode(terms)), lambda: _neighbours(terms).tobytes())
        self._neighbours.frombytes(data)

    def around(self, members: Iterable[Briefing]) -> list[Briefing]:
        """The neighbours of these briefings, one briefing's after another's.

        Of each: for each of its primary countries the briefings before and after it, then SHOWN related ones. The
        briefing itself means "none".
        """
        neighbours, briefings = self._neighbours, self._briefings
        around = array("i")
        for briefing in members:
            place = briefing.place
            around += neighbours[neighbours[place] : neighbours[place + 1]]
        return [briefings[place] for place in around]


class Neighbours(NamedTuple):
    """The briefings around one briefing."""

    threads: list[tuple[Briefing | None, Briefing | None]]
    """Before and after it in the river of each of its primary countries, in their order."""
    related: list[Briefing]
    """Older briefings that share a country and a topic with it, the closest first."""


def neighbours_of(
    members: Iterable[Briefing], around: Sequence[Briefing]
) -> Iterator[tuple[Briefing, Neighbours]]:
    """Each of `members` with its neighbours. `around` is what `Connections.around` gives for `members`."""
    start = 0
    for briefing in members:
        related = start + 2 * len(briefing.original.countries)
        threads = [other if other is not briefing else None for other in around[start:related]]
        yield (
            briefing,
            Neighbours(
                list(zip(threads[::2], threads[1::2], strict=True)),
                [other for other in around[related : related + SHOWN] if other is not briefing],
            ),
        )
        start = related + SHOWN


def shared(briefing: Briefing, other: Briefing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Primary countries and topics that both have, in the order of `briefing`."""
    countries, topics = other.original.countries, other.original.topics
    return (
        tuple(code for code in briefing.original.countries if code in countries),
        tuple(key for key in briefing.original.topics if key in topics),
    )


def _neighbours(terms: Sequence[tuple[Sequence[str], Sequence[str]]]) -> array[int]:
    """The indexes of every briefing's neighbours, from the countries and topics of each; see `Connections`."""
    total = len(terms)
    neighbours = array("i", [0] * (total + 1))
    # By country: the newest place so far, and where the place of what comes after it belongs.
    newest: dict[str, tuple[int, int]] = {}
    recent: defaultdict[tuple[str, str], deque[int]] = defaultdict(lambda: deque(maxlen=CONSIDERED))
    for place, (countries, topics) in enumerate(terms):
        neighbours[place] = len(neighbours)
        for code in countries:
            before, after = newest.get(code, (place, None))
            if after is not None:
                neighbours[after] = place
            neighbours.append(before)
            newest[code] = place, len(neighbours)
            neighbours.append(place)
        pairs = [recent[country, topic] for country in countries for topic in topics]
        neighbours.extend(([*_closest(pairs, total), *[place] * SHOWN])[:SHOWN])
        for members in pairs:
            members.append(place)
    neighbours[total] = len(neighbours)
    return neighbours


def _closest(pairs: Iterable[Iterable[int]], total: int) -> list[int]:
    """The places that stand in most of these pairs; among equals the newer ones."""
    times: dict[int, int] = {}
    for members in pairs:
        for other in members:
            times[other] = times.get(other, 0) + 1
    ranked = sorted([count * total + other for other, count in times.items()], reverse=True)
    return [rank % total for rank in ranked[:SHOWN]]
