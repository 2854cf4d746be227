"""The world map: its countries, their shades, and where it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pouch import settings
from pouch.pages.coverage import even_steps, quantile_steps, scale, shade, steps
from pouch.pages.maps import SMALL, world
from pouch.pages.outlines import area, outlines_of
from pouch.vocabulary.registry import registry_countries
from pouch_archives.calendar import plan_calendar
from pouch_archives.home import plan_home
from pouch_archives.models import ArchivePage, HomePage
from pouch_maps.maps import plan_map
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

DRAWING = (Path(settings.THEME) / "static" / "world.svg").read_text(encoding="utf-8")


def test_every_country_has_a_shape_and_small_ones_have_room() -> None:
    """Whatever country an entry is about can be seen on the map, and hit with a finger however small it is."""
    assert set(re.findall(r'id="([A-Z]{2})"', DRAWING)) == set(registry_countries())
    assert set(re.findall(r'<g id="([A-Z]{2})">', DRAWING)) == SMALL
    assert set(re.findall(r'<circle id="([A-Z]{2})-near"', DRAWING)) == SMALL


def test_the_map_counts_primary_coverage_by_continent() -> None:
    """A country that is only mentioned has no shade; continents and countries stand in the alphabet."""
    archive = an_archive(
        a_record("aaaa", countries=("UA", "MT"), mentions=("US",)),
        a_record("bbbb", countries=("UA",)),
        a_record("cccc", countries=("KE",)),
        a_record("dddd", countries=("UA",)),
    )
    counts = {code: len(members) for code, members in archive.of_country.items()}
    found = world(view_of(archive).interface, counts, {"UA": 1})
    assert [
        (region.heading.label, [(c.term.label, c.count, c.shade, c.small) for c in region.countries])
        for region in found.regions
    ] == [
        ("Africa", [("Kenya", 1, 1, False)]),
        ("Europe", [("Malta", 1, 1, True), ("Ukraine", 3, 5, False)]),
    ]
    assert [(s.number, s.least, s.most) for s in found.shades] == [(1, 1, 1), (5, 3, 3)]
    # Of late, only Ukraine.
    recent = {c.term.key: (c.recent, c.recent_shade) for region in found.regions for c in region.countries}
    assert recent == {"KE": (0, 0), "MT": (0, 0), "UA": (1, 3)}
    assert [(s.number, s.least, s.most) for s in found.recent_shades] == [(3, 1, 1)]


def test_a_dot_is_no_larger_than_a_neighbour() -> None:
    """Luxembourg does not look larger than Belgium, nor Bahrain than Qatar."""
    outlines = outlines_of(settings.THEME)
    for dot, neighbours in {
        "LU": ("BE", "NL"),
        "BH": ("QA", "KW"),
        "AD": ("ES", "FR"),
        "SG": ("MY",),
        "MT": ("TN",),
        "LI": ("AT", "CH"),
        "BB": ("TT",),
    }.items():
        shape = outlines.shape(dot)
        assert shape
        assert shape.dot, dot
        for code in neighbours:
            neighbour = outlines.shape(code)
            assert neighbour
            assert 3.15 * shape.dot.radius**2 <= sum(abs(area(ring)) for ring in neighbour.rings), code


def test_western_sahara_is_drawn_as_iso_3166_has_it() -> None:
    """South of 27° 40′ nothing is Morocco's; the two meet there and do not overlap."""
    outlines = outlines_of(settings.THEME)
    morocco, sahara = outlines.shape("MA"), outlines.shape("EH")
    assert morocco
    assert sahara
    south = max(y for ring in morocco.rings for _, y in ring)
    assert south == min(y for ring in sahara.rings for _, y in ring)
    sizes = [sum(abs(area(ring)) for ring in shape.rings) for shape in (sahara, morocco)]
    # 266,000 and 446,550 km², on a sheet whose areas compare.
    assert 0.5 < sizes[0] / sizes[1] < 0.75


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], []),
        ([7], [(7, 7)]),
        ([1] * 9 + [3], [(1, 1), (3, 3)]),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 40], [(1, 2), (3, 4), (5, 6), (7, 8), (9, 40)]),
        ([1] * 5 + [2, 3, 4, 5, 9], [(1, 1), (2, 2), (3, 3), (4, 4), (5, 9)]),
    ],
)
def test_the_map_has_classes_of_about_one_size(counts: list[int], expected: list[tuple[int, int]]) -> None:
    """Each class says the least and the most that is in it."""
    shades = scale(quantile_steps(counts), counts)
    assert [(step.least, step.most) for step in shades] == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], ()),
        ([1], (1,)),
        ([11], (1, 2, 5)),
        ([400], (1, 2, 10, 20, 100)),
    ],
)
def test_shades_stand_on_round_numbers(counts: list[int], expected: tuple[int, ...]) -> None:
    """A legend that can be read, and steps that one more briefing seldom moves."""
    assert steps(counts) == expected
    # The most is always the deepest, and what is nowhere has no shade.
    if len(expected) > 1:
        assert shade(max(counts), expected) == 5
    assert shade(0, expected) == 0
    assert [step.least for step in scale(expected)] == list(expected)


def test_a_calendar_is_shaded_evenly() -> None:
    """Months differ less than countries do: their shades are as far apart as their numbers."""
    assert even_steps([6, 1]) == (1, 2, 3, 4, 5)
    assert even_steps([100]) == (1, 21, 41, 61, 81)
    assert even_steps([2]) == (1, 2)
    assert even_steps([]) == ()


def test_a_site_without_a_map_has_none() -> None:
    """POUCH_FEATURES decides: no page, nothing on the home page."""
    without = view_of(an_archive(a_record("aaaa"), site=a_site(features=("months",))))
    assert list(plan_map(without)) == []
    home = next(outputs_of(plan_home(without))).model
    assert isinstance(home, HomePage)
    assert (home.places, home.map) == ((), "")
    with_map = view_of(an_archive(a_record("aaaa")))
    assert [output.path for output in outputs_of(plan_map(with_map))] == ["map/index.html"]


def test_the_calendar_has_every_month_of_every_year() -> None:
    """A month without briefings keeps its place, and leads nowhere."""
    archive = an_archive(
        a_record("aaaa", "2024-12-31"), a_record("bbbb", "2025-02-01"), a_record("cccc", "2025-02-02")
    )
    page = next(outputs_of(plan_calendar(view_of(archive)))).model
    assert isinstance(page, ArchivePage)
    assert [(year.year.label, len(year.months)) for year in page.years] == [("2025", 12), ("2024", 12)]
    assert [(m.period, m.count, m.shade, m.href) for year in page.years for m in year.months if m.count] == [
        ("2025-02", 2, 5, "/archive/2025/02/"),
        ("2024-12", 1, 1, "/archive/2024/12/"),
    ]
    assert {(m.shade, m.href) for year in page.years for m in year.months if not m.count} == {(0, "")}
