"""Maps, charts and calendars: drawn for the eye, linked for the hand, and told to those who hear the page."""

from __future__ import annotations

from tests.theming.reading import page


def test_each_country_on_the_map_is_a_link_with_a_title() -> None:
    """A shape says its name and its count, and leads to the dossier; small countries lie on top."""
    (sheet,) = page("map/index.html").xpath("//main//svg[@class='world-map__sheet']")
    found = [
        (a.get("href"), a.findtext("title"), a.find("use").get("href"))
        for a in sheet.find_class("world-map__country")
    ]
    assert found == [
        ("/countries/france/", "France: 2 briefings", "/theme/world.svg#FR"),
        ("/countries/united-kingdom/", "United Kingdom: 3 briefings", "/theme/world.svg#GB"),
        ("/countries/ukraine/", "Ukraine: 7 briefings", "/theme/world.svg#UA"),
        ("/countries/israel/", "Israel: 1 briefing", "/theme/world.svg#IL"),
    ]


def test_what_is_around_a_small_country_leads_to_it() -> None:
    """Beneath the shapes lies room for a finger, which neither the keyboard nor a screen reader meets."""
    (sheet,) = page("map/index.html").xpath("//main//svg[@class='world-map__sheet']")
    around = [
        (a.get("class").split("--")[-1], a.get("href"), a.get("aria-hidden"), a.find("use").get("href"))
        for a in sheet.find_class("world-map__near")
    ]
    near = "/theme/world.svg#IL-near"
    assert around == [
        ("sea", "/countries/israel/", "true", near),
        ("world-map__near", "/countries/israel/", "true", near),
    ]
    order = [a.get("class").partition(" ")[0].partition("__")[2] for a in sheet.iter("a")]
    assert order == ["near", "country", "country", "country", "near", "country"]


def test_the_maps_table_has_what_the_map_has() -> None:
    """Whoever cannot see or hit the map loses nothing."""
    root = page("map/index.html")
    shapes = {a.get("href") for a in root.xpath("//main//svg//a")}
    rows = [
        (row.xpath("th/a/@href")[0], row.xpath("string(td/span[@class='span--all'])"))
        for row in root.xpath("//main//tbody/tr")
    ]
    assert {href for href, _ in rows} == shapes
    assert ("/countries/ukraine/", "7") in rows
    assert root.xpath("//main//table/caption//text()") == ["Asia", "Europe"]


def test_the_keyboard_can_pass_the_map_by() -> None:
    """Before the first of two hundred countries stands a link to what comes after the last."""
    root = page("map/index.html")
    skip = root.xpath("//*[@class='world-map']//a")[0]
    assert root.get_element_by_id(skip.get("href")[1:]) is not None


def test_each_bar_of_a_chart_is_a_link_that_the_table_has_too() -> None:
    """The bars are for the eye and the mouse alone: sixty tab stops would be in everybody's way."""
    root = page("countries/ukraine/index.html")
    (chart,) = root.xpath("//svg[@class='coverage__chart']")
    assert chart.get("aria-hidden") == "true"
    bars = [(bar.get("href"), bar.findtext("title")) for bar in chart.iter("a")]
    assert ("/countries/ukraine/2025/", "January 2025: 2 briefings") in bars
    assert {bar.get("tabindex") for bar in chart.iter("a")} == {"-1"}
    rows = [
        (row.xpath("th/a/@href")[0], f"{row.xpath('th')[0].text_content()}: {row.find('td').text}")
        for row in root.xpath("//table[@class='coverage__table']/tbody/tr")
    ]
    assert [(href, title.partition(" briefing")[0]) for href, title in bars] == rows[::-1]


def test_a_dossier_shows_where_its_countries_lie() -> None:
    """A country on the map of its continent, with a ring where it would be lost; a topic's countries on the world."""
    country = page("countries/ukraine/index.html").xpath("//svg[@class='locator']")[0]
    assert [use.get("href").partition("#")[2] for use in country.iter("use")] == ["land", "UA", "UA-at"]
    assert country.get("aria-label") == "Ukraine: Map"
    topic = page("topics/conflict-war-and-peace/index.html").xpath("//svg[@class='locator']")[0]
    assert [(use.get("href").partition("#")[2], use.get("class")) for use in topic.iter("use")][1:] == [
        ("UA", "shade--5"),
        ("IL", "shade--1"),
    ]
    assert country.get("viewbox") != topic.get("viewbox") == "0 0 2000 875"


def test_the_calendar_leads_to_months() -> None:
    """Each month with briefings is a link that says its name and how many; the others keep their places."""
    months = page("archive/index.html").xpath("//ul[@class='calendar__months']/li")
    assert len(months) == 12
    links = {a.get("href"): a.xpath("span[@class='hidden']/text()")[0] for li in months for a in li.iter("a")}
    assert len(links) == 5
    assert links["/archive/2025/03/"] == "March 2025: 3 briefings"
