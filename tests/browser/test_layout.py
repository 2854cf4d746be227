"""What stands where on a reader's screen: on every page of the sample, at the sizes that readers have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pouch.site import Site
from tests.browser.conftest import open_tab

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}
# Puts one page after the other into the same document, whose stylesheet is that of all: some milliseconds a page.
# What stands where is known without any painting.
WALK = """async ([addresses, measure]) => {
    const judge = eval(measure);
    document.documentElement.style.visibility = "hidden";
    const found = [];
    for (const address of addresses) {
        const text = await (await fetch(address)).text();
        const other = new DOMParser().parseFromString(text, "text/html");
        document.documentElement.lang = other.documentElement.lang;
        document.documentElement.dir = other.documentElement.dir;
        document.body.replaceWith(document.adoptNode(other.body));
        const fault = judge();
        if (fault) found.push([address, fault]);
    }
    return found;
}"""


LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""Whether every page is looked at (`make test-long`), or every fortieth or so: all take minutes."""


def addresses(site: Site, *patterns: str) -> list[str]:
    """Absolute addresses of the pages that match, in every interface language."""
    output = Path(site.output)
    pages = {
        page.relative_to(output).as_posix().removesuffix("index.html")
        for pattern in patterns
        for page in (*output.glob(pattern), *output.glob(f"??/{pattern}"))
    }
    return [f"{site.url}/{page}" for page in sorted(pages)]


def walk(browser: Browser, site: Site, viewport: dict[str, int], pages: list[str], measure: str) -> Any:
    """What `measure`, a function in JavaScript, says of each page that it does not find in order."""
    with tab_at(browser, site, viewport) as page:
        return page.evaluate(WALK, [pages, measure])


@contextmanager
def tab_at(browser: Browser, site: Site, viewport: dict[str, int]) -> Iterator[Page]:
    """A tab of that size, in which `WALK` runs."""
    with open_tab(browser, viewport=viewport, bypass_csp=True) as page:
        page.goto(f"{site.url}/404.html")
        for sheet in ("parts", "search", "subscribe"):
            page.add_style_tag(url=f"{site.url}/theme/{sheet}.css")
        yield page


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_dossier_opens_with_its_news(browser: Browser, site: Site, viewport: dict[str, int]) -> None:
    """The first headline of a dossier stands within the first screen, whole."""
    pages = addresses(site, "countries/*/index.html", "topics/*/index.html", "regions/*/index.html")
    assert len(pages) > 100
    # 37 has no divisor in common with the four languages, so each of them is met.
    pages = pages if LONG else pages[::37]
    late = """() => {
        const first = document.querySelector("main article :is(h2, h3)");
        const foot = first ? first.getBoundingClientRect().bottom : 0;
        return foot > innerHeight ? foot : 0;
    }"""
    assert walk(browser, site, viewport, pages, late) == []


def test_the_home_page_is_six_screens_of_a_phone(browser: Browser, site: Site) -> None:
    """In every interface language, and the lead stands on the first."""
    pages = addresses(site, "index.html")
    assert len(pages) == 4
    long = """() => {
        const lead = document.querySelector("main h3").getBoundingClientRect().bottom;
        const height = document.documentElement.scrollHeight;
        return height > 6 * innerHeight || lead > innerHeight ? [height, lead] : 0;
    }"""
    assert walk(browser, site, PHONE, pages, long) == []


def test_no_page_scrolls_sideways(browser: Browser, site: Site) -> None:
    """Pages of every kind, on the smallest phone."""
    pages = addresses(site, "**/*.html")
    assert len(pages) > 1000
    pages = pages if LONG else pages[::53]
    broad = """() => {
        const more = document.documentElement.scrollWidth - innerWidth;
        return more > 0 ? more : 0;
    }"""
    assert walk(browser, site, SMALLEST, pages, broad) == []


def test_the_masthead_has_room(browser: Browser, site: Site) -> None:
    """Neither the menu nor the languages wrap, whatever the screen's width."""
    pages = addresses(
        site, "countries/ukraine/index.html", "index.html", "briefings/thailand-cambodia-ceasefire/index.html"
    )
    wrapped = """() => {
        const lists = [...document.querySelectorAll(".site-nav__list, .languages__list")];
        const tops = lists.map((list) => new Set([...list.children].map((each) => each.offsetTop)).size);
        return tops.some((rows) => rows > 1) ? tops : 0;
    }"""
    # What stands below the masthead takes most of the time to lay out, and nothing in it moves the masthead.
    alone = "() => document.querySelector('main').remove()"
    with tab_at(browser, site, DESK) as page:
        for address in pages:
            page.evaluate(WALK, [[address], alone])
            for width in (992, 1000, 1060, 1120, 1180, 1240, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(wrapped) == 0, (address, width)


def test_paper_has_no_controls(page: Page, site: Site) -> None:
    """What can be ticked, typed into or pressed is not printed; of the map's two spans the chosen one is named."""
    page.emulate_media(media="print")
    for address in (
        "/map/",
        "/countries/ukraine/",
        "/countries/",
        "/archive/2025/",
        "/briefings/myanmar-earthquake/",
    ):
        page.goto(f"{site.url}{address}")
        controls = page.locator("main :is(input:not([type=radio]), select, button, .action):visible")
        assert controls.all_inner_texts() == [], address
    page.goto(f"{site.url}/map/")
    assert page.locator("main label:visible").all_inner_texts() == ["All years"]
