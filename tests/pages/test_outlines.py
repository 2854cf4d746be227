"""Where countries lie on the map's sheet: windows around them for thumbnails and pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.pages.outlines import LEAST, SHEET, Outlines, area, outlines_of
from pouch.settings import THEME

OUTLINES = outlines_of(THEME)


def test_every_country_of_the_drawing_is_read() -> None:
    """As an outline whose rings have an area, or as a dot."""
    assert len(OUTLINES.codes) > 240
    for code in OUTLINES.codes:
        shape = OUTLINES.shape(code)
        assert shape, code
        assert bool(shape.dot) != bool(shape.rings), code
        assert all(area(ring) for ring in shape.rings), code


@pytest.mark.parametrize("ratio", [0.9, 1.5, 2.5])
def test_a_window_holds_its_countries(ratio: float) -> None:
    """With room around them, in the shape that is asked for, never so narrow that nobody sees where it is."""
    for codes in (("UA",), ("MT",), ("US", "RU"), ("CL",), ("FJ",), ("UA", "TR"), ("NO",)):
        window = OUTLINES.window(codes, ratio)
        assert window, codes
        assert window.width >= LEAST
        assert abs(window.width / window.height - ratio) < 0.03, codes
        for code in codes:
            shape = OUTLINES.shape(code)
            assert shape
            points = [point for ring in shape.main for point in ring] or [(shape.dot.x, shape.dot.y)]  # type: ignore[union-attr]  # one of both
            for x, y in points:
                assert window.x - 1 <= x <= window.x + window.width + 1, (code, ratio)
                assert window.y - 1 <= y <= window.y + window.height + 1, (code, ratio)
        if window.width <= SHEET[0] and window.height <= SHEET[1]:
            assert window.x >= 0
            assert window.y >= 0


def test_a_far_island_does_not_widen_a_window() -> None:
    """The United States without Hawaii, France without its departments: what is small beside the largest piece."""
    window = OUTLINES.window(("US",), 1.5)
    shape = OUTLINES.shape("US")
    assert window
    assert shape
    hawaii = [ring for ring in shape.rings if max(y for _, y in ring) > 330]
    assert hawaii
    assert not any(ring in shape.main for ring in hawaii)


@pytest.mark.parametrize("drawing", [b"", b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_theme_without_the_drawing_has_no_windows(drawing: bytes, tmp_path: Path) -> None:
    """Pages then go without such pictures."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static/world.svg").write_bytes(drawing)
    for outlines in (Outlines(drawing), outlines_of(str(tmp_path)), outlines_of(str(tmp_path / "none"))):
        assert outlines.codes == []
        assert outlines.window(("UA",), 1.5) is None
