"""Maps, charts and calendars under a reader's hands: the mouse, the keyboard, no JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pouch.site import Site

PHONE = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}


# The address of the link that a click at a place meets.
HIT = "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.getAttribute('href')"


def place(page: Page, country: str, aside: float) -> tuple[float, float]:
    """So many pixels to the right of a country's middle on the map, which is scrolled into view."""
    shape = page.locator(f'.world-map__country[href$="/countries/{country}/"]')
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2 + aside, box["y"] + box["height"] / 2


def assert_hit(page: Page, country: str, aside: float) -> None:
    """A click there is a click on the country's link."""
    assert str(page.evaluate(HIT, place(page, country, aside))).endswith(f"/countries/{country}/"), country


def test_a_country_is_hit_on_the_map(page: Page, site: Site) -> None:
    """From the largest to the smallest state, among neighbours or alone: a click on it arrives, also a bit aside."""
    page.goto(f"{site.url}/map/")
    for country in ("brazil", "lebanon", "tonga", "vatican-city", "mauritius"):
        assert_hit(page, country, 0)
    for country in ("tonga", "vatican-city", "mauritius"):
        assert_hit(page, country, 12)
    page.mouse.click(*place(page, "vatican-city", 12))
    expect(page).to_have_url(f"{site.url}/countries/vatican-city/")


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_a_finger_hits_an_island(page: Page, site: Site) -> None:
    """On a phone an island is a dot of two pixels; the sea around it, 24 pixels across, leads there too."""
    page.goto(f"{site.url}/map/")
    for country, aside in (("tonga", 11), ("vanuatu", -11), ("mauritius", 11), ("mauritius", -11)):
        assert_hit(page, country, aside)


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_the_map_shows_a_continent_and_the_last_year(page: Page, site: Site) -> None:
    """A continent fills the map, so that a finger hits its countries; the last year has its own shades and counts."""
    page.goto(f"{site.url}/map/")
    belgium = page.locator('.world-map__country[href$="/countries/netherlands/"]')
    before = belgium.bounding_box()
    page.get_by_role("link", name="Europe").first.click()
    after = belgium.bounding_box()
    assert before
    assert after
    assert after["width"] > 3 * before["width"]
    row = page.get_by_role("row", name=re.compile("^Ukraine"))
    expect(row).to_contain_text("11")
    page.get_by_label("The last twelve months").check()
    expect(row).not_to_contain_text("11", use_inner_text=True)
    page.get_by_label("Filter").fill("fran")
    expect(page.locator(".tally tbody tr:visible")).to_have_count(1)
    link = page.locator(".tally tbody tr:visible a").bounding_box()
    assert link
    assert link["height"] >= 24


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_the_last_year_needs_no_script(page: Page, site: Site) -> None:
    """Without JavaScript the choice works by the stylesheet, and continents lead to their tables."""
    page.goto(f"{site.url}/fr/map/")
    rows = page.locator(".tally tbody tr:visible")
    everything = rows.count()
    page.get_by_label("Les douze derniers mois").check()
    assert 0 < rows.count() < everything
    page.locator(".atlas__choice").get_by_role("link", name="Europe").click()
    expect(page.locator("#_tally-150")).to_be_in_viewport()


def test_the_keyboard_passes_the_map_or_walks_it(page: Page, site: Site) -> None:
    """The first stop at the map skips it; the next one is a country, which the enter key opens."""
    page.goto(f"{site.url}/map/")
    skip = page.get_by_role("link", name="Skip the map")
    skip.focus()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    href = focused.get_attribute("href") or ""
    assert re.fullmatch(rf"{site.path}/countries/[a-z-]+/", href)
    name = focused.locator("title").text_content() or ""
    assert re.fullmatch(r".+: \d+ briefings?", name)
    assert page.get_by_role("link", name=name, exact=True).count() == 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#"))
    page.keyboard.press("Tab")
    assert page.locator(".world-map :focus").count() == 0
    assert page.locator(".atlas > .filter :focus").count() == 1


def test_a_bar_leads_to_its_year(page: Page, site: Site) -> None:
    """The mouse may hit anywhere above a month; the keyboard opens the table, whose links are the same."""
    page.goto(f"{site.url}/topics/diplomacy/")
    bar = page.locator(".coverage__chart a").last
    target = bar.get_attribute("href") or ""
    bar.click()
    expect(page).to_have_url(re.compile(re.escape(target) + "$"))
    # A year without a page of its own is a search, which goes on loading after the page is there.
    page.wait_for_load_state("networkidle")
    page.goto(f"{site.url}/topics/diplomacy/")
    summary = page.get_by_text("Briefings by month")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(target) + "$"))
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_phone_without_javascript_narrows_by_language_and_by_month(page: Page, site: Site) -> None:
    """Ukraine in French; then a month of the archive: each is a page behind a link."""
    page.goto(f"{site.url}/countries/ukraine/")
    page.locator(".facts").get_by_role("link", name="français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ukraine: briefings in French")
    page.wait_for_load_state()
    assert set(page.locator(".card__link").evaluate_all("all => all.map(each => each.lang)")) == {"fr"}
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Archive").click()
    expect(page).to_have_url(f"{site.url}/archive/")
    page.wait_for_load_state()
    page.get_by_role("link", name=re.compile(r"^March 2025: ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("March 2025")
