"""axe-core finds nothing on any kind of page: light and dark, on a phone and on a desk."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pouch.site import Site
from tests.browser.conftest import Witness, open_tab

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WIDTHS = (320, 1280)
# A colour scheme changes contrasts and nothing else, so in the dark only the rules of colour are asked.
SCHEMES = {"light": "{}", "dark": "{ runOnly: ['color-contrast', 'link-in-text-block'] }"}
# By scheme: widths and axe-core's options. A narrow page has the names and roles of the wide one, so on a phone only
# the rules of size are asked.
VIEWS = {
    "light": (
        (320, "{ runOnly: ['target-size', 'scrollable-region-focusable', 'color-contrast'] }"),
        (1280, SCHEMES["light"]),
    ),
    "dark": ((1280, SCHEMES["dark"]),),
}
# The ninth item of a list looks like the eighth, and axe-core's rules of colour take most of the time of these tests.
SHORTEN = """() => document
    .querySelectorAll(":is(li, tr, option, svg a, svg g, svg path):nth-child(n + 9)")
    .forEach((item) => item.remove())"""
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


def first(site: Site, pattern: str) -> str:
    """The first page of the output, in order of path, that matches."""
    output = Path(site.output)
    pages = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    found = [page for page in pages if re.fullmatch(pattern, page)]
    assert found, f"the sample site has no page {pattern}"
    return found[0]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(browser: Browser, site: Site, kind: str, scheme: str) -> None:
    """Contrast, names, landmarks, headings, targets: every rule that axe-core has; and nothing sticks out."""
    address = first(site, KINDS[kind]).removesuffix("index.html")
    faults = []
    with open_tab(browser, color_scheme="dark" if scheme == "dark" else "light") as page:
        witness = Witness(page, site.url)
        page.goto(f"{site.url}/{address}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            sticks_out = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert sticks_out <= 0, f"{address} is {sticks_out} px too wide at {width}"
        page.evaluate(AXE)
        if not LONG:
            page.evaluate(SHORTEN)
        for width, options in VIEWS[scheme]:
            page.set_viewport_size({"width": width, "height": 900})
            for violation in page.evaluate(f"async () => (await axe.run({options})).violations"):
                faults += [f"{width}: {violation['id']}: {node['html'][:200]}" for node in violation["nodes"]]
        assert witness.seen == []
    assert faults == []
