"""axe-core finds nothing on any kind of page: light and dark, on a phone and on a desk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from pouch.site import Site
from tests.browser.conftest import Witness, open_tab

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WIDTHS = (320, 1280)
ALL_RULES = "{}"
SIZES = "{ runOnly: ['target-size', 'scrollable-region-focusable'] }"
COLOURS = "{ runOnly: ['color-contrast', 'link-in-text-block'] }"
View = tuple[Literal["light", "dark"], int, str]
"""Colour scheme, width, axe-core's options."""
# A narrow page has the names, roles and colours of the wide one, and a colour scheme changes colours and nothing else.
VIEWS: tuple[View, ...] = (
    ("light", 320, SIZES),
    ("light", 1280, ALL_RULES),
    ("dark", 1280, COLOURS),
)
# Only a phone shows the masthead's phone form, which is the same on every page.
HOME_VIEWS: tuple[View, ...] = (("light", 320, COLOURS), *VIEWS)
# The sixth of a kind looks like the fifth, and axe-core's rules of colour take most of the time of these tests. The
# search's script still fills its form then.
SHORTEN = """() => {
    for (const parent of document.querySelectorAll("body :not(.prose, .prose *, form, form *)")) {
        const counts = {};
        for (const child of [...parent.children]) {
            const kind = `${child.tagName} ${child.getAttribute("class")}`;
            counts[kind] = (counts[kind] || 0) + 1;
            if (counts[kind] > 5) child.remove();
        }
    }
}"""
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""Whether whole pages are looked at (`make test-long`)."""
# One page of each kind, the first that matches.
KINDS = {
    "home": r"index\.html",
    "entry": r"briefings/coalition-of-the-willing-ukraine/index\.html",
    "entry in another language": r"briefings/seisme-[^/]+/index\.html",
    "countries": r"countries/index\.html",
    "country": r"countries/ukraine/index\.html",
    "country's language": r"countries/ukraine/[a-z]{2}/index\.html",
    "pair": r"countries/ukraine/ceasefire/index\.html",
    "topics": r"topics/index\.html",
    "topic": r"topics/ceasefire/index\.html",
    "topic without briefings": r"topics/esports/index\.html|topics/[^/]+/index\.html",
    "region": r"regions/europe/index\.html",
    "map": r"map/index\.html",
    "search": r"search/index\.html",
    "archive": r"archive/index\.html",
    "archive's year": r"archive/\d{4}/index\.html",
    "archive's month": r"archive/\d{4}/\d\d/index\.html",
    "about": r"about/index\.html",
    "not found": r"404\.html",
    "home in French": r"fr/index\.html",
    "country in French": r"fr/countries/ukraine/index\.html",
}


@pytest.fixture(scope="module")
def pages(site: Site) -> list[str]:
    """All pages of the sample site, in order of path."""
    output = Path(site.output)
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))


def faults(page: Page, views: Iterable[View] = VIEWS) -> list[str]:
    """What axe-core finds wrong with the page, in each view. The page must hold `AXE`."""
    found = []
    for scheme, width, options in views:
        # A colour that fades into the other scheme would be judged on its way.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        for violation in page.evaluate(f"async () => (await axe.run({options})).violations"):
            nodes = [node["html"][:200] for node in violation["nodes"]]
            found += [f"{scheme} {width}: {violation['id']}: {node}" for node in nodes]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found


def assert_fits(page: Page, widths: Iterable[int] = WIDTHS) -> None:
    """Nothing sticks out at any of these widths."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        sticks_out = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert sticks_out <= 0, f"{page.url} is {sticks_out} px too wide at {width}"


@pytest.fixture(scope="module")
def tab(browser: Browser, site: Site) -> Iterator[tuple[Page, Witness]]:
    """One tab for all pages, and what it did."""
    with open_tab(browser) as page:
        yield page, Witness(page, site.url)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(tab: tuple[Page, Witness], site: Site, pages: list[str], kind: str) -> None:
    """Contrast, names, landmarks, headings, targets: every rule that axe-core has; and nothing sticks out."""
    page, witness = tab
    path = next(path for path in pages if re.fullmatch(KINDS[kind], path))
    page.goto(f"{site.url}/{path.removesuffix('index.html')}")
    assert_fits(page)
    page.evaluate(AXE)
    if not LONG:
        page.evaluate(SHORTEN)
    assert faults(page, HOME_VIEWS if kind == "home" else VIEWS) == []
    assert witness.take() == []
