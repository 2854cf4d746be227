"""A reader's way through the built sample site, in a real browser."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from pouch.site import Site

READERS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desk"),
    pytest.param({"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}, id="phone-dark"),
    pytest.param(
        {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}, id="no-javascript"
    ),
]

FETCH = """async (address) => {
    const answer = await fetch(address);
    return [answer.headers.get("content-type"), await answer.text()];
}"""


def arrived(page: Page, address: str | re.Pattern[str]) -> None:
    """The page has that address, and stands still: what is clicked next does not move away."""
    expect(page).to_have_url(address)
    page.wait_for_load_state()


@pytest.mark.parametrize("page", READERS, indirect=True)
def test_from_the_home_page_to_a_source_and_a_feed(page: Page, site: Site) -> None:
    """Home, Ukraine, Ukraine and the ceasefire, a briefing, its source, and the feed to follow: by links alone."""
    page.goto(f"{site.url}/")
    expect(page).to_have_title(re.compile(re.escape(site.name)))
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Countries").click()
    arrived(page, f"{site.url}/countries/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Countries")
    page.get_by_role("main").get_by_role("link", name="Ukraine").first.click()
    arrived(page, f"{site.url}/countries/ukraine/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ukraine")
    page.locator('.narrower a[href$="/countries/ukraine/ceasefire/"]').click()
    arrived(page, f"{site.url}/countries/ukraine/ceasefire/")
    # One in English: a briefing's page has the interface of its own language.
    card = page.locator("main article:not(:has([lang]))").first
    title = card.get_by_role("heading").inner_text()
    card.get_by_role("link", name=title).click()
    arrived(page, re.compile(rf"^{re.escape(site.url)}/briefings/[a-z0-9-]+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    outside = [
        link.get_attribute("href") or ""
        for link in page.get_by_role("main").get_by_role("link").all()
        if not (link.get_attribute("href") or "").startswith("/")
    ]
    assert [link for link in outside if link.startswith("https://")], "a briefing links its source"
    page.locator('main a[href$="/countries/ukraine/"]').first.click()
    arrived(page, f"{site.url}/countries/ukraine/")
    announced = page.locator('link[rel="alternate"][type="application/rss+xml"]').first
    assert (announced.get_attribute("href") or "").endswith("/countries/ukraine/feed.xml")
    page.get_by_role("main").get_by_role("link", name="Follow Ukraine").click()
    arrived(page, f"{site.url}/subscribe/#country-UA")
    expect(page.locator('#country-UA a[href$="/countries/ukraine/feed.xml"]')).to_be_visible()
    kind, feed = page.evaluate(FETCH, f"{site.url}/countries/ukraine/feed.xml")
    assert kind.startswith("application/rss+xml")
    titles = [item.text for item in ElementTree.fromstring(feed).iterfind("channel/item/title")]  # noqa: S314  # our own feed
    assert title in titles


def test_the_interface_changes_its_language_on_the_same_page(page: Page, site: Site) -> None:
    """From Ukraine's page to the French one of the same country, and back."""
    page.goto(f"{site.url}/countries/ukraine/")
    switch = page.get_by_role("navigation", name="Language")
    switch.get_by_role("link", name="français").click()
    arrived(page, f"{site.url}/fr/countries/ukraine/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("navigation", name="Langue").get_by_role("link", name="English").click()
    arrived(page, f"{site.url}/countries/ukraine/")


@pytest.mark.parametrize(
    ("page", "remembers"), [({}, True), ({"java_script_enabled": False}, False)], indirect=["page"]
)
def test_a_reader_of_french_stays_in_french(page: Page, site: Site, remembers: bool) -> None:
    """A briefing that is only in English offers the French home and dossiers, and with JavaScript its ways lead to
    French again; so does an address that is not there.
    """
    page.goto(f"{site.url}/fr/")
    page.goto(f"{site.url}/briefings/thailand-cambodia-ceasefire/")
    french = page.get_by_role("navigation", name="Language").get_by_role("link", name="français")
    expect(french).to_have_attribute("href", re.compile(r"/fr/$"))
    elsewhere = page.locator(".elsewhere [hreflang='fr']")
    expect(elsewhere.first).to_have_attribute("href", re.compile(r"/fr/countries/thailand/$"))
    prefix = "/archive/fr" if remembers else "/archive"
    for address in ("/briefings/thailand-cambodia-ceasefire/", "/404.html"):
        page.goto(f"{site.url}{address}")
        ways = page.get_by_role("navigation", name="Main").get_by_role("link")
        expect(ways.first).to_have_attribute("href", f"{prefix}/countries/")
        expect(page.locator(".wordmark")).to_have_attribute("href", f"{prefix}/")
    page.goto(f"{site.url}/briefings/thailand-cambodia-ceasefire/")
    term = page.locator(".briefing__countries a").first
    expect(term).to_have_attribute("href", f"{prefix}/countries/thailand/")
    term.click()
    expect(page.locator("html")).to_have_attribute("lang", "fr" if remembers else "en")


def test_a_briefing_can_be_taken_along(page: Page, site: Site) -> None:
    """Share copies the address where the browser has no way of its own; the citation and the printer are there too."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site.url}/briefings/thailand-cambodia-ceasefire/")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    citation = page.evaluate("navigator.clipboard.readText()")
    assert citation.endswith("/briefings/thailand-cambodia-ceasefire/")
    assert site.name in citation
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.get_by_role("button", name="Share")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(page: Page, site: Site) -> None:
    """The first tab stop skips the masthead."""
    page.goto(f"{site.url}/")
    page.keyboard.press("Tab")
    target = page.locator(":focus").get_attribute("href") or ""
    assert page.locator(f"main{target}").count() == 1
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/{target}")


def test_a_wrong_address_gets_a_page_that_leads_on(page: Page, site: Site) -> None:
    """The 404 page works from any depth of the site; every language has its words, the reader's own first."""
    page.goto(f"{site.url}/de/")
    page.goto(f"{site.url}/404.html")
    titles = page.get_by_role("main").get_by_role("heading")
    expect(titles).to_have_text(
        ["Seite nicht gefunden", "Page not found", "Page introuvable", "Página no encontrada"]
    )
    page.get_by_role("main").get_by_role("link", name="Startseite").click()
    page.wait_for_url(f"{site.url}/de/")
    page.goto(f"{site.url}/topics/")
    page.goto(f"{site.url}/404.html")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Topics").click()
    arrived(page, f"{site.url}/topics/")


@pytest.mark.parametrize("page", [READERS[2]], indirect=True)
def test_one_language_without_javascript(page: Page, site: Site) -> None:
    """A dossier and the home page hide what is in another language; the archive has a page of one's own."""
    for address in ("/fr/countries/ukraine/", "/fr/"):
        page.goto(f"{site.url}{address}")
        assert page.locator(".tongue:visible").count()
        page.get_by_label("Seulement en français").check()
        expect(page.locator(".tongue:visible")).to_have_count(0)
        assert page.locator(".card:visible").count()
    page.get_by_role("link", name="Toutes les synthèses en français").click()
    arrived(page, f"{site.url}/fr/archive/fr/")
    assert page.locator(".card").count() > 10
    assert page.locator(".tongue").count() == 0
