"""/subscribe/ in a real browser: what a reader ticks is what the reader takes away."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from pouch.site import Site


def test_ticked_feeds_become_addresses_and_an_opml_file(page: Page, site: Site, tmp_path: Path) -> None:
    """Two countries in French, a region, and nothing else; every address answers."""
    page.goto(f"{site.url}/subscribe/")
    copy = page.locator("[data-take=copy]")
    expect(copy).to_be_disabled()
    page.get_by_label("Ukraine", exact=True).check()
    page.get_by_label("Europe", exact=True).check()
    addresses = page.get_by_label("Addresses", exact=True)
    expect(addresses).to_have_value(
        f"{site.url}/countries/ukraine/feed.xml\n{site.url}/regions/europe/feed.xml"
    )
    page.get_by_label("français", exact=True).check()
    expected = [f"{site.url}/countries/ukraine/feed.fr.xml", f"{site.url}/regions/europe/feed.xml"]
    expect(addresses).to_have_value("\n".join(expected))
    expect(copy).to_be_enabled()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download them as one OPML file").click()
    file = tmp_path / "subscriptions.opml"
    download.value.save_as(file)
    outlines = list(ElementTree.parse(file).iter("outline"))  # noqa: S314  # written by our own page
    assert [outline.get("xmlUrl") for outline in outlines] == expected
    assert [(outline.get("text"), outline.get("htmlUrl")) for outline in outlines] == [
        ("Ukraine (fr)", f"{site.url}/countries/ukraine/"),
        ("Europe", f"{site.url}/regions/europe/"),
    ]
    for address in expected:
        assert page.evaluate("async (address) => (await fetch(address)).ok", address)


def test_who_comes_from_a_dossier_finds_it_ticked(page: Page, site: Site) -> None:
    """With ways into feed readers and the newest titles; who comes from a pair finds its feed added by its name."""
    page.goto(f"{site.url}/countries/ukraine/")
    page.get_by_role("link", name="Follow Ukraine").click()
    expect(page.get_by_label("Ukraine", exact=True)).to_be_checked()
    feed = f"{site.url}/countries/ukraine/feed.xml"
    expect(page.get_by_label("Addresses", exact=True)).to_have_value(feed)
    reader = page.get_by_role("link", name="Open in NetNewsWire: Ukraine")
    expect(reader).to_have_attribute("href", f"feed:{feed}")
    expect(page.locator(".preview__list li")).to_have_count(3)
    page.goto(f"{site.url}/fr/countries/ukraine/")
    page.get_by_role("link", name="Suivre Ukraine").click()
    expect(page.get_by_label("français", exact=True)).to_be_checked()
    french = page.get_by_label("Adresses", exact=True)
    expect(french).to_have_value(f"{site.url}/countries/ukraine/feed.fr.xml")
    page.goto(f"{site.url}/countries/ukraine/ceasefire/")
    page.get_by_role("link", name="Follow Ukraine: Ceasefire").click()
    expect(page.locator("#_asked input")).to_be_checked()
    expect(page.locator("#_asked")).to_contain_text("Ukraine: Ceasefire")
    expect(page.get_by_label("Addresses", exact=True)).to_have_value(
        f"{site.url}/countries/ukraine/ceasefire/feed.xml"
    )


def test_a_choice_that_gives_nothing_says_so(page: Page, site: Site) -> None:
    """A country without briefings in the languages asked for."""
    page.goto(f"{site.url}/subscribe/")
    expect(page.locator(".subscribe__none")).to_have_text("Nothing is ticked yet.")
    page.get_by_label("Timor-Leste", exact=True).check()
    page.get_by_label("español", exact=True).check()
    expect(page.locator(".subscribe__none")).to_have_text("Nothing in these languages: Timor-Leste")
    expect(page.locator("[data-take=copy]")).to_be_disabled()
    page.get_by_label("español", exact=True).uncheck()
    page.get_by_label("Timor-Leste", exact=True).uncheck()
    page.locator(".choice:not(:has([data-languages])) .choice__box").first.check()
    expect(page.locator(".preview__list li").first).to_be_visible()


def test_the_choices_can_be_filtered(page: Page, site: Site) -> None:
    """By any part of a name, accents aside."""
    page.goto(f"{site.url}/fr/subscribe/")
    page.get_by_label("Filtrer").fill("egyp")
    expect(page.locator("#_groups .choice:visible")).to_have_count(1)
    expect(page.locator("#_groups .choice:visible")).to_contain_text("Égypte")


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_it_is_a_list_of_links(page: Page, site: Site) -> None:
    """No box that does nothing, no empty field: links to feeds, and the file with all of them."""
    page.goto(f"{site.url}/fr/subscribe/")
    main = page.get_by_role("main")
    expect(main.get_by_role("checkbox")).to_have_count(0)
    expect(main.get_by_role("button")).to_have_count(0)
    expect(main.get_by_role("link", name="Ukraine: RSS", exact=True)).to_be_visible()
    expect(main.get_by_role("link", name="OPML")).to_be_visible()
