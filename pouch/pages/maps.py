"""The world map: how much the archive has on each country. The theme has the shapes; models have codes and shades."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from urllib.parse import quote

from pouch.archive.archive import Briefing
from pouch.pages import addresses
from pouch.pages.coverage import quantile_steps, scale, shade, steps
from pouch.pages.interface import Interface, collation
from pouch.pages.models import MapCountry, MapRegion, Place, Thumbnail, WorldMap
from pouch.pages.outlines import outlines_of

# Countries so small on the map that they stand on top of their neighbours, with room around them to be hit. A test
# holds this against theme/static/world.svg.
_SMALL = """
AD AG AI AL AM AQ AS AW AX BB BE BH BI BL BM BN BQ BS BV BZ CC CK CV CW CX CY
DJ DK DM FJ FK FM FO GD GG GI GM GP GQ GS GU GW HK HM HT IL IM IO JE JM KI KM
KN KW KY LB LC LI LS LU MC MD ME MF MH MK MO MP MQ MS MT MU MV NC NF NL NR NU
PF PM PN PR PS PW QA RE RW SB SC SG SH SI SM ST SV SX SZ TC TF TK TL TO TT TV
TW UM VA VC VG VI VU WF WS XK YT
"""
SMALL = frozenset(_SMALL.split())


def world(interface: Interface, counts: Mapping[str, int], recent: Mapping[str, int]) -> WorldMap:
    """Every country with primary coverage, by continent. `counts` are numbers of briefings by country code, `recent`
    those of the last twelve months.
    """
    bounds, recent_bounds = quantile_steps(counts.values()), quantile_steps(recent.values())
    by_continent: dict[str, list[str]] = {}
    for code in counts:
        by_continent.setdefault(interface.vocabulary.continent(code), []).append(code)
    headings = [interface.term("region", code) for code in by_continent]
    return WorldMap(
        regions=tuple(
            MapRegion(
                heading=heading,
                countries=tuple(
                    MapCountry(
                        term=term,
                        count=counts[term.key],
                        shade=shade(counts[term.key], bounds),
                        recent=recent.get(term.key, 0),
                        recent_shade=shade(recent.get(term.key, 0), recent_bounds),
                        small=term.key in SMALL,
                    )
                    for term in interface.sorted_terms("country", by_continent[heading.key])
                ),
            )
            for heading in sorted(headings, key=lambda link: (collation(link.label), link.key))
        ),
        shades=scale(bounds, counts.values()),
        recent_shades=scale(recent_bounds, recent.values()),
        href=interface.href(addresses.MAP),
    )


def latest_year(members: Sequence[Briefing]) -> Sequence[Briefing]:
    """The briefings of the twelve months that end with the newest one's. `members` are oldest first."""
    if not members:
        return ()
    newest = members[-1].sort_key[0]
    first = newest.year - (newest.month < 12), newest.month % 12 + 1
    start = bisect_left(members, first, key=lambda b: (b.sort_key[0].year, b.sort_key[0].month))
    return members[start:]


def places(interface: Interface, members: Sequence[Briefing], only: Container[str]) -> tuple[Place, ...]:
    """The countries of these briefings, those in `only`, shaded among themselves, in the order of their codes."""
    if not interface.link("map"):
        return ()
    counts: dict[str, int] = {}
    for briefing in members:
        for code in briefing.original.countries:
            if code in only:
                counts[code] = counts.get(code, 0) + 1
    bounds = steps(counts.values())
    places = [Place(key=code, shade=shade(count, bounds)) for code, count in counts.items()]
    return tuple(sorted(places, key=lambda place: (place.key in SMALL, place.key)))


THUMBNAIL = 3 / 2
"""Width to height of a thumbnail that shows countries."""


LOST = 0.09
"""A country that takes less than this share of a thumbnail's width has a ring around it."""


def thumbnail(interface: Interface, briefing: Briefing) -> Thumbnail | None:
    """A briefing's small picture; None where it has neither an image nor a country on the map."""
    original = briefing.original
    image = briefing.version(interface.lang).image or original.image
    if image:
        src = interface.root_href(f"/{quote(image.file)}")
        return Thumbnail(src=src, width=image.width, height=image.height)
    outlines = outlines_of(interface.site.theme)
    window = outlines.window(original.countries, THUMBNAIL)
    if window is None:
        return None
    shapes = {code: shape for code in original.countries if (shape := outlines.shape(code))}
    return Thumbnail(
        view_box=window.view_box,
        countries=tuple(shapes),
        rings=tuple(code for code, shape in shapes.items() if shape.extent < LOST * window.width),
    )
