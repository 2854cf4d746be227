"""Derives theme/static/world.svg, the shapes of every map, from Natural Earth's countries (public domain).

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python tools/natural_earth.py package/countries-50m.json > theme/static/world.svg

world-atlas is Natural Earth 4.1 as TopoJSON. The result is one SVG whose parts pages use by id: `land`, all
countries; `UA`, one of them, as an outline or, where that would be too small to see, as a dot; `MT-near`, the room
around a country that is too small to hit; `UA-at`, a ring around a small country, for maps on which it would be lost.
The ids are those of the vocabulary: ISO 3166-1's alpha-2 codes and XK. Projection: Equal Earth (Šavrič, Patterson and
Jenny 2018), whose areas compare, as a map of shades must.

Natural Earth draws who holds a place. Where ISO 3166 and the United Nations count it differently, or give it a code of
its own, MOVED and NAMED say so. Standard library and Pouch's registry only; same input, same bytes.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from pouch.vocabulary.registry import registry_countries

Point = tuple[float, float]
Edge = tuple[Point, Point]

WIDTH = 2000
SOUTH, NORTH = -58.0, 84.0  # degrees: without Antarctica, which would take a quarter of the sheet
# The map is cut in the Bering Strait, so that Chukotka stands with Russia. Degrees.
CUT = -168.9
# A point goes where the triangle with its neighbours is smaller than this (Visvalingam and Whyatt 1993); so do islands.
# All areas and lengths from here on are in the sheet's units.
DETAIL = 3.0
ISLAND = 5.0
# A country smaller than DOT on the sheet is a dot; one up to HIT has room around it to be hit; one up to LOST wants a
# ring on a map of a continent.
# A dot takes no more of the sheet than a small neighbour does.
DOT, DOT_RADIUS = 12.0, 2.2
HIT, HIT_RADIUS = 120.0, 26
LOST, RING_RADIUS = 1500.0, 34

# Names without a code of their own in the source.
NAMED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
# Pieces that the source counts with another country: from, to, a box around their middle (west, south, east, north).
MOVED = (
    ("RU", "UA", (32.0, 44.0, 37.0, 46.5)),  # Crimea and Sevastopol: ISO 3166-2:UA, UN A/RES/68/262
    ("FR", "GF", (-55.0, 1.0, -50.0, 7.0)),
    ("FR", "GP", (-62.5, 15.5, -60.5, 17.0)),
    ("FR", "MQ", (-61.5, 14.0, -60.5, 15.2)),
    ("FR", "RE", (55.0, -22.0, 56.5, -20.0)),
    ("FR", "YT", (44.5, -13.5, 45.8, -12.0)),
    ("NO", "SJ", (8.0, 74.0, 36.0, 82.0)),  # Svalbard
    ("NO", "SJ", (-10.0, 70.0, -7.0, 72.0)),  # Jan Mayen
)
# What the source counts with one country as far as it holds it, and what has a code of its own: from, to, north.
CUT_OFF = (("MA", "EH", 27.667),)  # Western Sahara, south of its border of 1958: ISO 3166-1, UN list of 1963
# What is in the source at no scale, or too small to be there: degrees east and north.
PLACES = {
    "AQ": (11.0, -57.0),
    "BQ": (-68.3, 12.2),
    "BV": (3.4, -54.4),
    "CC": (96.8, -12.2),
    "CX": (105.6, -10.5),
    "GI": (-5.35, 36.14),
    "TK": (188.2, -9.2),
    "TV": (179.2, -8.5),
    "UM": (166.6, 19.3),
}


def equal_earth(lon: float, lat: float) -> Point:
    """Longitude from the middle meridian and latitude, in degrees, to units of the sphere's radius."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    slope = a1 + 3 * a2 * theta**2 + theta**6 * (7 * a3 + 9 * a4 * theta**2)
    height = theta * (a1 + a2 * theta**2 + theta**6 * (a3 + a4 * theta**2))
    return 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta) / (3 * slope), height


EAST = equal_earth(180.0, 0.0)[0]
SCALE = WIDTH / (2 * EAST)
TOP = equal_earth(0.0, NORTH)[1]
HEIGHT = round((TOP - equal_earth(0.0, SOUTH)[1]) * SCALE)


def sheet(point: Point) -> Point:
    """Degrees east and north, those west of the cut already east of 180, to the sheet's units."""
    x, y = equal_earth(point[0] - (CUT + 180.0), point[1])
    return (x + EAST) * SCALE, (TOP - y) * SCALE


def area(ring: list[Point]) -> float:
    """Twice-signed area of a closed ring, halved: the shoelace formula."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def middle(ring: list[Point]) -> Point:
    """The middle of a ring's bounding box."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def simplified(line: list[Point]) -> list[Point]:
    """A line in degrees with its ends kept, and between them the points that make a difference on the sheet."""
    points = [sheet(point) for point in line]
    kept = list(range(len(line)))
    fewest = 4 if line[0] == line[-1] else 2
    while len(kept) > fewest:
        triangles = [
            (abs(area([points[kept[i - 1]], points[kept[i]], points[kept[i + 1]]])), i)
            for i in range(1, len(kept) - 1)
        ]
        smallest, place = min(triangles)
        if smallest >= DETAIL:
            break
        # What is far too small goes at once, but no two neighbours: each must be looked at again without the other.
        gone = {place}
        for size, i in sorted(triangles):
            if size < DETAIL / 5 and len(kept) - len(gone) > fewest and not {i - 1, i + 1} & gone:
                gone.add(i)
        kept = [index for i, index in enumerate(kept) if i not in gone]
    return [line[index] for index in kept]


def decoded(topology: Any) -> list[list[Point]]:
    """The arcs of a quantised topology in degrees, simplified (the TopoJSON specification, section 2.1.3)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((round(x * kx + dx, 6), round(y * ky + dy, 6)))
        arcs.append(simplified(line))
    return arcs


def unwrapped(ring: list[Point]) -> list[Point]:
    """A ring that goes on past 180 degrees where it crosses them, and lies east of our cut for its greater part."""
    turn, found = 0.0, [ring[0]]
    for (before, _), (x, y) in pairwise(ring):
        turn += -360.0 if x - before > 180.0 else 360.0 if x - before < -180.0 else 0.0
        found.append((x + turn, y))
    turns = -360.0 * math.floor((sum(x for x, _ in found) / len(found) - CUT) / 360.0)
    return [(round(x + turns, 6), y) for x, y in found]


def rings_of(geometry: Any, arcs: list[list[Point]]) -> Iterator[list[list[Point]]]:
    """The polygons of a geometry, each as its rings; the last point of a ring is not its first."""
    polygons = geometry.get("arcs", [])
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        rings = []
        for ring in polygon:
            line: list[Point] = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                line += arc[:-1]
            line = unwrapped(line)
            rings.append(line)
        yield rings


def codes(geometry: Any, polygon: list[list[Point]], numbers: dict[str, str]) -> str:
    """The country that a polygon belongs to; empty for what has no code."""
    code = numbers.get(geometry.get("id", "")) or NAMED.get(geometry["properties"]["name"], "")
    x, y = middle(polygon[0])
    for source, target, (west, south, east, north) in MOVED:
        if code == source and west <= x <= east and south <= y <= north:
            return target
    return code


def joined(rings: list[list[Point]]) -> list[list[Point]]:
    """Rings without the borders between them."""
    edges: dict[Edge, int] = defaultdict(int)
    for ring in rings:
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            if edges.get((b, a)):
                edges[b, a] -= 1
            else:
                edges[a, b] += 1
    onward: dict[Point, list[Point]] = defaultdict(list)
    for (a, b), times in edges.items():
        onward[a] += [b] * times
    found = []
    for start in list(onward):
        while onward[start]:
            ring, here = [start], onward[start].pop()
            while here != start and onward[here]:
                ring.append(here)
                here = onward[here].pop()
            found.append(ring)
    return found


def outline(rings: list[list[Point]]) -> str:
    """Path data: whole units, each line relative to the point before."""
    parts = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        whole = [p for i, p in enumerate(whole) if p != whole[i - 1]]
        if len(whole) < 3:
            continue
        x, y = whole[0]
        part = f"M{x} {y}l"
        steps = []
        for next_x, next_y in whole[1:]:
            step_x, step_y = next_x - x, next_y - y
            steps.append(f"{step_x}{step_y}" if step_y < 0 else f"{step_x} {step_y}")
            x, y = next_x, next_y
        joined_steps = steps[0]
        for step in steps[1:]:
            joined_steps += step if step.startswith("-") else f" {step}"
        parts.append(f"{part}{joined_steps}z")
    return "".join(parts)


def drawn(code: str, rings: list[list[Point]]) -> tuple[str, str]:
    """One country's elements: its shape, and what lies around it."""
    shapes = [[sheet(point) for point in ring] for ring in joined(rings)]
    shapes = [shape for shape in shapes if len(shape) > 2]
    largest = max(shapes, key=lambda shape: abs(area(shape)), default=[])
    size = abs(area(largest)) if largest else 0.0
    # Between two borders that became one line, as Monaco's, nothing is left of a country but where it is.
    x, y = middle(largest) if largest else sheet(PLACES.get(code) or middle(rings[0]))
    at = f'cx="{x:.0f}" cy="{y:.0f}"'
    if size < DOT:
        shape = f'<circle {at} r="{DOT_RADIUS}"/>'
    else:
        kept = [shape for shape in shapes if abs(area(shape)) >= ISLAND or shape is largest]
        shape = f'<path d="{outline(kept)}"/>'
    around = ""
    if size < HIT:
        shape = f'<g id="{code}">{shape}</g>'
        around = f'<circle id="{code}-near" {at} r="{HIT_RADIUS}"/>\n'
    else:
        shape = shape.replace("<path", f'<path id="{code}"')
    ring = f'<circle {at} r="{RING_RADIUS}"/>' if size < LOST else ""
    return f"{shape}\n", f'{around}<g id="{code}-at">{ring}</g>\n'


def half(ring: list[Point], border: float, *, north: bool) -> list[Point]:
    """What of a ring lies north of a parallel, or south of it (Sutherland and Hodgman 1974)."""
    found = []
    for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
        if (before[1] > border) != (point[1] > border):
            part = (border - before[1]) / (point[1] - before[1])
            found.append((round(before[0] + part * (point[0] - before[0]), 6), border))
        if (point[1] > border) == north:
            found.append(point)
    return found


def main(source: str) -> str:
    """The SVG's text."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    numbers = {
        number: names[0] for number, names in get_global("territory_aliases").items() if number.isdigit()
    }
    arcs = decoded(topology)
    rings: dict[str, list[list[Point]]] = {code: [] for code in sorted(registry_countries())}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for polygon in rings_of(geometry, arcs):
            code = codes(geometry, polygon, numbers)
            if code in rings and code != "AQ":
                rings[code] += polygon
    for whole, part, border in CUT_OFF:
        rings[part] += [cut for ring in rings[whole] if len(cut := half(ring, border, north=False)) > 2]
        rings[whole] = [cut for ring in rings[whole] if len(cut := half(ring, border, north=True)) > 2]
    if lost := [code for code, found in rings.items() if not found and code not in PLACES]:
        raise SystemExit(f"no shape and no place for {' '.join(lost)}: add them to PLACES")
    elements = [drawn(code, found) for code, found in rings.items()]
    # Dots stand on the land, whatever their letters.
    land = sorted((shape for shape, _ in elements), key=lambda shape: shape.startswith("<g"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f'<g id="land" fill-rule="evenodd">\n{"".join(land)}</g>\n'
        f'<g visibility="hidden">\n{"".join(around for _, around in elements)}</g>\n</svg>\n'
    )


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1]))
