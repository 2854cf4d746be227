"""Draws a picture: the countries on the land around them, the title and the date beside them. Sixteen colours.

The same model gives the same bytes: shapes and fonts are files that the model names by digest, and every colour is a
step of a fixed palette, so nothing is left to an algorithm that reduces colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from pouch.pages.outlines import SHEET, Outlines, Point, Shape, Window, area, outlines_of
from pouch.site import Site
from pouch_cards.lettering import cleaned, fitted
from pouch_cards.models import HEIGHT, WIDTH, Picture

_DATA = Path(__file__).parent / "data"
_SERIF, _SANS = str(_DATA / "NotoSerif-Bold.ttf"), str(_DATA / "NotoSans-Regular.ttf")

Colour = tuple[int, int, int]
# The light scheme of theme/static/css/tokens.css; land is paler, since text stands on it.
PAPER, LAND, WAX, INK = (252, 251, 247), (238, 233, 221), (143, 31, 26), (28, 26, 22)

BAND = 14  # height of the rules at the top and at the foot
MARGIN = 64
COLUMN = 580  # width of the text
TOP, FOOT = 72, 96  # of the title's room, and below it
SIZES = (88, 80, 72, 64, 56, 50, 44, 40)
LEADING = 1.22
LINE = 30  # size of the line below
# Shapes are drawn this many times as large, then reduced: Pillow's polygons have hard edges.
FINE = 3
RING = 46  # radius of the ring around a country that would be lost, in pixels
LOST = 26  # a country less wide and high than this is
MOST_RINGS = 4  # of more small countries, as in Europe's picture, rings would hide each other


class Ramp(NamedTuple):
    """Steps of the palette from one colour to another; the first index is that of the first step."""

    start: int
    steps: int

    def step(self, cover: int) -> int:
        """The palette's index for a cover of 1 to 255."""
        return self.start + min(self.steps - 1, cover * self.steps // 256)


LAND_RAMP, WAX_RAMP, INK_RAMP = Ramp(1, 1), Ramp(2, 6), Ramp(8, 8)


def _palette() -> list[int]:
    def between(a: Colour, b: Colour, steps: int) -> list[Colour]:
        parts = [(number + 1) / steps for number in range(steps)]
        return [(_mix(a[0], b[0], p), _mix(a[1], b[1], p), _mix(a[2], b[2], p)) for p in parts]

    colours = [
        PAPER,
        *between(PAPER, LAND, LAND_RAMP.steps),
        *between(LAND, WAX, WAX_RAMP.steps),
        *between(LAND, INK, INK_RAMP.steps),
    ]
    return [part for colour in colours for part in colour]


def _mix(a: int, b: int, part: float) -> int:
    return round(a + (b - a) * part)


PALETTE = _palette()


def picture(model: Picture, site: Site) -> bytes:
    """The picture as PNG."""
    fonts = [str(Path(site.root) / path) for path, _ in model.fonts]
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette(PALETTE)
    rtl = model.dir == "rtl"
    outlines = outlines_of(site.theme)
    window = _window(outlines, model.countries, rtl=rtl)
    _lay(image, _land(outlines, window), LAND_RAMP)
    _lay(image, _countries(outlines, model.countries, window), WAX_RAMP)
    rules = Image.new("L", (WIDTH, HEIGHT))
    for top in (0, HEIGHT - BAND):
        rules.paste(255, (0, top, WIDTH, top + BAND))
    _lay(image, rules, WAX_RAMP)
    _lay(image, _texts(model, fonts, rtl=rtl), INK_RAMP)
    file = BytesIO()
    image.save(file, "PNG", optimize=True, bits=4)
    return file.getvalue()


def _lay(image: Image.Image, cover: Image.Image, ramp: Ramp) -> None:
    """Paint what is covered, in the steps of a ramp; the faintest covers leave what is there."""
    indices = cover.point([ramp.step(value) for value in range(256)])
    image.paste(
        indices, mask=cover.point([255 if value >= 256 // ramp.steps // 2 else 0 for value in range(256)])
    )


def _window(outlines: Outlines, countries: Sequence[str], *, rtl: bool) -> Window:
    """The part of the sheet that the whole picture shows, so that the countries lie in the room beside the text."""
    left, right = MARGIN + COLUMN + 24, WIDTH - 40
    room_width, room_height = right - left, HEIGHT - 2 * BAND - 48
    whole = round(SHEET[0] * room_height / room_width)
    near = outlines.window(countries, room_width / room_height)
    near = near or Window(0, round((SHEET[1] - whole) / 2), round(SHEET[0]), whole)
    scale = near.width / room_width
    from_left = WIDTH - right if rtl else left
    return Window(
        round(near.x - from_left * scale),
        round(near.y - (BAND + 24) * scale),
        round(WIDTH * scale),
        round(HEIGHT * scale),
    )


def _land(outlines: Outlines, window: Window) -> Image.Image:
    """The cover of all land: hard edges, which the faint colour does not show. Soft ones, or borders, would double the
    file.
    """
    image = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    for code in outlines.codes:
        shape = outlines.shape(code)
        for ring in shape.rings if shape else ():
            points = _on_sheet(ring, window, WIDTH / window.width)
            if _is_seen(points):
                draw.polygon(points, fill=255)
    return image


def _countries(outlines: Outlines, codes: Iterable[str], window: Window) -> Image.Image:
    image = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    draw = ImageDraw.Draw(image)
    scale = WIDTH * FINE / window.width
    shapes = (outlines.shape(code) for code in codes)
    lost = [place for shape in shapes if shape and (place := _draw_country(draw, shape, window, scale))]
    for place in lost if len(lost) <= MOST_RINGS else ():
        _ring_around(draw, *place)
    return image.reduce(FINE)


def _draw_country(draw: ImageDraw.ImageDraw, shape: Shape, window: Window, scale: float) -> Point | None:
    """Draw a country; returns its middle if it is so small that it would be lost."""
    if shape.dot:
        ((x, y),) = _on_sheet(((shape.dot.x, shape.dot.y),), window, scale)
        radius = 9 * FINE
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        return x, y
    main = shape.main
    # What runs the other way round than the largest piece is a hole; it is cut out after the pieces.
    outward = area(max(main, key=lambda ring: abs(area(ring)))) > 0
    rings = sorted(shape.rings, key=lambda ring: (area(ring) > 0) != outward)
    for ring in rings:
        points = _on_sheet(ring, window, scale)
        if _is_seen(points):
            draw.polygon(points, fill=255 if (area(ring) > 0) == outward else 0)
    whole = [point for ring in main for point in _on_sheet(ring, window, scale)]
    xs, ys = [x for x, _ in whole], [y for _, y in whole]
    is_lost = max(max(xs) - min(xs), max(ys) - min(ys)) < LOST * FINE
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2) if is_lost else None


def _ring_around(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    radius = RING * FINE
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=255, width=4 * FINE)


def _on_sheet(ring: Iterable[Point], window: Window, scale: float) -> list[Point]:
    return [((x - window.x) * scale, (y - window.y) * scale) for x, y in ring]


def _is_seen(ring: Sequence[Point]) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) >= 0 and min(xs) <= WIDTH * FINE and max(ys) >= 0 and min(ys) <= HEIGHT * FINE


def _texts(model: Picture, fonts: Sequence[str], *, rtl: bool) -> Image.Image:
    """The cover of the title and of the line below it."""
    image = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    edge, anchor = (WIDTH - MARGIN, "ra") if rtl else (MARGIN, "la")
    room = HEIGHT - TOP - FOOT - 2 * LINE
    title = fitted(cleaned(model.title), (_SERIF, *fonts), SIZES, COLUMN, room, LEADING)
    for number, text in enumerate(title.texts if title else ()):
        assert title is not None
        draw.text((edge, TOP + number * title.height), text, fill=255, font=title.font, anchor=anchor)
    below = (fitted(cleaned(text), (_SANS, *fonts), (LINE,), COLUMN, 2 * LINE, 1.3) for text in model.lines)
    if line := next((each for each in below if each), None):
        draw.text((edge, HEIGHT - FOOT), line.texts[0], fill=255, font=line.font, anchor=anchor)
    return image
