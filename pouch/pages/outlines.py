"""The shapes of countries in a theme's world.svg, as numbers: where a country lies on the sheet, and what is around it.

Pages show these shapes by code (`pouch.pages.maps`); only who frames or draws them itself needs the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pouch.digests import digest

Point = tuple[float, float]
SHEET = (2000.0, 875.0)
"""Width and height of the drawing."""
LEAST = 150.0
"""The narrowest window: so much of the sheet shows in which part of the world a country lies. Around what is smaller
than a sixth of it, the window is twice as wide.
"""
_ROOM = 1.35
_RING = 36.0  # a ring's radius, with its line
_PART = 0.15  # islands and exclaves smaller than this share of the largest piece do not widen a window
_CODE = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Dot(NamedTuple):
    """A country that is too small for an outline."""

    x: float
    y: float
    radius: float


class Shape(NamedTuple):
    """A country: rings of points, or a dot. Inner rings run the other way round."""

    rings: tuple[tuple[Point, ...], ...] = ()
    dot: Dot | None = None

    @property
    def extent(self) -> float:
        """Width or height of its main part, the larger one."""
        boxes = list(_boxes(self))
        width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
        return max(width, max(box[3] for box in boxes) - min(box[1] for box in boxes))

    @property
    def main(self) -> list[tuple[Point, ...]]:
        """The largest ring and those that come near it."""
        sizes = [abs(area(ring)) for ring in self.rings]
        return [ring for ring, size in zip(self.rings, sizes, strict=True) if size >= _PART * max(sizes)]


class Window(NamedTuple):
    """A part of the sheet, as an SVG `viewBox` says it."""

    x: int
    y: int
    width: int
    height: int

    @property
    def view_box(self) -> str:
        """The attribute's text."""
        return f"{self.x} {self.y} {self.width} {self.height}"


class Outlines:
    """All countries of one drawing. A theme without such a drawing has none."""

    def __init__(self, drawing: bytes) -> None:
        """`drawing` is the file; what is no XML draws nothing."""
        self.digest = digest(drawing)
        self._drawing = drawing
        self._shapes: dict[str, Shape | None] = {}

    @cached_property
    def _elements(self) -> dict[str, Any]:
        if not self._drawing:
            return {}
        # Imported here: most builds do not ask.
        from lxml import etree

        try:
            tree = etree.fromstring(self._drawing, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return {}
        elements = {element.get("id", ""): element for element in tree.iter(etree.Element)}
        return {name: element for name, element in elements.items() if _CODE.fullmatch(name)}

    @property
    def codes(self) -> list[str]:
        """The countries that are drawn."""
        return list(self._elements)

    def shape(self, code: str) -> Shape | None:
        """A country's shape; None where it is not drawn."""
        if code not in self._shapes:
            element = self._elements.get(code)
            self._shapes[code] = _shape(element) if element is not None else None
        return self._shapes[code]

    def window(self, codes: Iterable[str], ratio: float) -> Window | None:
        """The part of the sheet around these countries, `ratio` times as wide as high; None where none is drawn."""
        shapes = [shape for code in codes if (shape := self.shape(code))]
        boxes = [box for shape in shapes for box in (*_boxes(shape), *_around(shape))]
        if not boxes:
            return None
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        least = LEAST if max(shape.extent for shape in shapes) > LEAST / 6 else 2 * LEAST
        width = max((right - left) * _ROOM, (bottom - top) * _ROOM * ratio, least)
        # At most the whole sheet, in width or in height.
        width = min(width, max(SHEET[0], SHEET[1] * ratio))
        height = width / ratio
        return Window(
            _placed((left + right - width) / 2, width, SHEET[0]),
            _placed((top + bottom - height) / 2, height, SHEET[1]),
            round(width),
            round(height),
        )


def outlines_of(theme: str) -> Outlines:
    """The outlines of the theme in this folder. A drawing is parsed once."""
    try:
        return _outlines((Path(theme) / "static" / "world.svg").read_bytes())
    except OSError:
        return _outlines(b"")


_outlines = lru_cache(maxsize=4)(Outlines)


def area(ring: Sequence[Point]) -> float:
    """A ring's area, signed by its direction: the shoelace formula."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def _shape(element: Any) -> Shape | None:
    """Of the element itself or of the one within it."""
    for each in element.iter():
        if data := each.get("d"):
            rings = tuple(_ring(part) for part in data.split("M")[1:])
            return Shape(rings=tuple(ring for ring in rings if len(ring) > 2)) if rings else None
        if each.get("r"):
            x, y, radius = (float(each.get(name, "0")) for name in ("cx", "cy", "r"))
            return Shape(dot=Dot(x, y, radius))
    return None


def _ring(data: str) -> tuple[Point, ...]:
    """A ring as tools/natural_earth.py writes it: a point, then steps from each point to the next."""
    numbers = [float(number) for number in _NUMBER.findall(data)]
    x = y = 0.0
    points = []
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=False):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return tuple(points)


def _boxes(shape: Shape) -> Iterable[tuple[float, float, float, float]]:
    if shape.dot:
        x, y, radius = shape.dot
        yield x - radius, y - radius, x + radius, y + radius
    for ring in shape.main:
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        yield min(xs), min(ys), max(xs), max(ys)


def _around(shape: Shape) -> Iterable[tuple[float, float, float, float]]:
    """The room of the ring around a small country, as tools/natural_earth.py draws it."""
    boxes = list(_boxes(shape))
    if shape.extent < 2 * _RING / 3:
        x = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
        y = (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2
        yield x - _RING, y - _RING, x + _RING, y + _RING


def _placed(start: float, length: float, whole: float) -> int:
    """The beginning of a window, so that it lies within the sheet, or the sheet in its middle where it is larger."""
    return round(max(0.0, min(start, whole - length)) if length <= whole else (whole - length) / 2)
