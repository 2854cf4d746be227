"""/search/ in a real browser: words, filters, languages, the address, the keyboard; and what must never run."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from pouch.engine.build import build
from pouch.serve.server import Server
from pouch.site import Site
from tests.browser.conftest import Witness, open_tab, serving
from tests.browser.test_accessibility import AXE, assert_fits, faults
from tests.engine.sites import WorkSite
from tests.sample import PREFIX

HAITI = "Haïti : les premiers policiers kényans de la mission multinationale arrivent à Port-au-Prince"


def titles(page: Page) -> Locator:
    """The links of the results."""
    return page.locator(".search__results .card__link")


def box(page: Page) -> Locator:
    """Where words are typed."""
    return page.get_by_role("main").get_by_role("combobox", name="Search the briefings")


def chips(page: Page) -> Locator:
    """The buttons that take a filter off."""
    return page.locator(".search__chips button")


def status(page: Page) -> Locator:
    """What is said of the results."""
    return page.get_by_role("main").get_by_role("status")


def test_a_word_finds_a_briefing_once_with_its_other_versions(page: Page, site: Site) -> None:
    """Typing is enough; the interface's version is shown, and links lead to the others and to the countries."""
    page.goto(f"{site.url}/search/")
    expect(page.get_by_role("main").get_by_role("link", name="Countries")).to_be_visible()
    box(page).press_sequentially("Bürgenstock")
    expect(titles(page)).to_have_text([re.compile("^Summit on Peace in Ukraine")])
    expect(status(page)).to_have_text("1 briefing found")
    card = page.locator(".search__results .card")
    expect(card.locator("time")).to_have_text("16 June 2024")
    expect(card.locator("mark").first).to_have_text("Bürgenstock")
    expect(card.get_by_role("link", name="Switzerland")).to_have_attribute(
        "href", f"{PREFIX}/countries/switzerland/"
    )
    card.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(re.compile("/briefings/friedenskonferenz-buergenstock-ukraine/$"))


@pytest.fixture(scope="module")
def tab(browser: Browser, site: Site) -> Iterator[Page]:
    """One tab for all searches of a table, for which nothing may be said on the console."""
    with open_tab(browser) as page:
        witness = Witness(page, site.url)
        yield page
        assert witness.seen == []


@pytest.mark.parametrize(
    ("query", "some", "none"),
    [
        ("q=Haiti", [HAITI], []),
        ("q=coalition&country=GB&language=fr", ["Britain and France gather"], [HAITI]),
        ("q=Ukraine&from=2022-03&to=2022-09&sort=newest", ["L’AIEA installe"], ["Britain and France gather"]),
        ("q=Ukraine&year=2022", ["L’AIEA installe"], ["Britain and France gather"]),
        ("q=sommet+Ukraine", ["Summit on Peace"], ["Donald Trump wins"]),
        (
            "q=%22ceasefire+of+thirty+days%22",
            ["Ukraine accepts an American proposal"],
            ["India and Pakistan"],
        ),
        ("country=HT", [HAITI], []),
        ("q=what+happened+in+march+2025", ["Earthquake", "Ukraine accepts"], ["Bashar al-Assad", HAITI]),
        ("country=UA&country=RU", ["General Assembly demands"], ["Britain and France gather"]),
        ("q=presidents&topic=elections&year=2024", ["Donald Trump wins"], [HAITI]),
    ],
)
def test_words_and_filters_narrow_what_is_found(
    tab: Page, site: Site, query: str, some: list[str], none: list[str]
) -> None:
    """English names find French entries; every filter narrows; two countries mean both; an address is a search."""
    page = tab
    page.goto(f"{site.url}/search/?{query}")
    expect(titles(page).first).to_be_visible()
    more = page.get_by_role("button", name="More results")
    while more.is_visible():
        shown = titles(page).count()
        more.click()
        expect(titles(page).nth(shown)).to_be_focused()
    found = [
        " ".join(title.split()) for title in page.locator(".search__results .card__link").all_inner_texts()
    ]
    assert [title for title in some if not any(each.startswith(title) for each in found)] == []
    assert [title for title in none if any(each.startswith(title) for each in found)] == []


def test_a_filter_alone_lists_the_newest_first(page: Page, site: Site) -> None:
    """Across all shards, without a word to rank by."""
    page.goto(f"{site.url}/search/?topic=ceasefire")
    expect(titles(page).first).to_be_visible()
    days = [str(time.get_attribute("datetime")) for time in page.locator(".search__results time").all()]
    assert len(days) > 5
    assert days == sorted(days, reverse=True)


def test_what_nobody_wrote_is_not_found(page: Page, site: Site) -> None:
    """No shorter word is taken for it; the dossiers and indexes stand where results would."""
    for nothing in ("OPEC", "astronautqwxyzqwxyz"):
        page.goto(f"{site.url}/search/?q={nothing}")
        expect(status(page)).to_have_text("No briefing found")
    expect(page.get_by_role("main").get_by_role("link", name="Topics", exact=True)).to_be_visible()


def test_the_nearest_spelling_is_searched_for(page: Page, site: Site) -> None:
    """A slip costs nothing: what was meant is said, with its results; a near name of a dossier is offered."""
    page.goto(f"{site.url}/search/?q=coaliton+of+the+wiling")
    expect(status(page)).to_contain_text("“coaliton of the wiling”. These are for “coalition of the willing”")
    expect(titles(page)).to_have_text([re.compile("^Britain and France gather")])
    page.get_by_role("link", name="coalition of the willing", exact=True).click()
    expect(status(page)).to_have_text("1 briefing found")
    page.goto(f"{site.url}/es/search/?q=mundial+qwxyzqwxyz")
    expect(status(page)).to_contain_text("«mundial qwxyzqwxyz». Estos son sobre «mundial»")
    expect(titles(page).first).to_have_text(re.compile("^Argentina gana"))
    page.goto(f"{site.url}/search/?q=Ukrayne+qwxyz")
    expect(page.locator(".search__near").get_by_role("link", name="Ukraine")).to_be_visible()


def test_a_country_in_the_query_is_a_filter_that_can_be_taken_off(page: Page, site: Site) -> None:
    """By its name or adjective in any language; taken off, the word is a word."""
    page.goto(f"{site.url}/search/?q=Swiss+bank")
    expect(chips(page)).to_have_text(["Switzerland"])
    expect(titles(page).first).to_have_text(re.compile("^UBS übernimmt"))
    chips(page).click()
    expect(page).to_have_url(re.compile(r"\?q=Swiss\+bank&plain=CH$"))
    expect(chips(page)).to_have_count(0)


def test_a_month_in_the_query_is_a_filter_that_can_be_taken_off(page: Page, site: Site) -> None:
    """In any interface language; the months that a reader chose come before it."""
    page.goto(f"{site.url}/fr/search/?q=Ukraine+march+2025")
    expect(chips(page)).to_have_text(["mars 2025", "Ukraine"])
    expect(titles(page)).to_have_count(2)
    chips(page).first.click()
    expect(page).to_have_url(re.compile(r"\?q=Ukraine\+march\+2025&plain=2025-03$"))
    expect(chips(page)).to_have_text(["Ukraine"])


def test_the_address_keeps_the_search(page: Page, site: Site) -> None:
    """Back leads from a briefing to the results, and from a filter to what was before it; counts say what is left."""
    page.goto(f"{site.url}/search/?q=truce")
    expect(titles(page).first).to_be_visible()
    before = titles(page).count()
    page.get_by_label("Country").select_option(value="UA")
    expect(page).to_have_url(re.compile(r"\?q=truce&country=UA$"))
    expect(chips(page)).to_have_text(["Ukraine"])
    expect(titles(page)).not_to_have_count(before)
    left = titles(page).count()
    assert 0 < left < before
    expect(page.get_by_label("Country").locator("option[value=UA]")).to_have_text(f"Ukraine ({left})")
    titles(page).first.click()
    page.wait_for_url("**/briefings/**", wait_until="networkidle")
    page.go_back()
    expect(chips(page)).to_have_text(["Ukraine"])
    page.go_back()
    expect(titles(page)).to_have_count(before)
    expect(chips(page)).to_have_count(0)


def test_dossiers_are_suggested_while_typing(page: Page, site: Site) -> None:
    """A listbox by the rules of ARIA: arrows choose, Escape closes, Enter leads there."""
    page.goto(f"{site.url}/search/")
    box(page).press_sequentially("swi")
    option = page.get_by_role("listbox").get_by_role("option", name="Switzerland")
    expect(option).to_be_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    box(page).press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    box(page).press("Escape")
    expect(option).to_be_hidden()
    box(page).press_sequentially("s")
    expect(option).to_be_visible()
    box(page).press("ArrowDown")
    box(page).press("Enter")
    page.wait_for_url("**/countries/switzerland/")


SHIFTS = """new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted = (window.shifted || 0) + entry.value;
}).observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_nothing_jumps_on_a_phone(page: Page, site: Site) -> None:
    """The sum of layout shifts stays below .1, with results, without any, and while one types."""
    page.add_init_script(SHIFTS)
    for query in ("?q=Swiss", "?q=qwxyz", "?country=UA", ""):
        page.goto(f"{site.url}/search/{query}")
        if query:
            expect(status(page)).to_have_text(re.compile("found"))
        else:
            box(page).press_sequentially("ceasefire", delay=60)
            expect(titles(page).first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifted || 0") < 0.1, query


def test_the_masthead_leads_to_the_results_by_keyboard(page: Page, site: Site) -> None:
    """From any page, without a mouse: the box, a word, Enter, and on to the first result."""
    page.goto(f"{site.url}/about/", wait_until="networkidle")
    field = page.get_by_role("banner").get_by_role("searchbox")
    while not field.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("Bürgenstock")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=**")
    expect(titles(page)).to_have_count(1)
    box(page).focus()
    for _ in range(8):  # the button, five filters, the order
        page.keyboard.press("Tab")
    expect(titles(page).first).to_be_focused()


def test_the_french_page_speaks_french(page: Page, site: Site) -> None:
    """The same index, the interface's words and the names of languages and countries in French."""
    page.goto(f"{site.url}/fr/search/?q=Germany&language=de")
    expect(status(page)).to_have_text(re.compile(r"^\d+ synthèses trouvées$"))
    expect(page.locator(".card__lang").first).to_have_text("allemand")
    expect(page.locator(".search__results .term").filter(has_text="Allemagne").first).to_be_visible()


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_the_indexes_are_offered(page: Page, site: Site) -> None:
    """Whoever comes from the masthead's box finds the ways in, and no form that does nothing."""
    page.goto(f"{site.url}/about/", wait_until="networkidle")
    page.get_by_role("banner").get_by_role("searchbox").fill("Ukraine")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Ukraine")
    main = page.get_by_role("main")
    expect(main.get_by_role("combobox")).to_have_count(0)
    expect(main.get_by_text("Searching needs JavaScript")).to_be_visible()
    expect(
        main.get_by_role("region", name="Busiest dossiers").get_by_role("link", name="Ukraine")
    ).to_be_visible()
    for name, address in (("Countries", "countries"), ("Topics", "topics"), ("Archive", "archive")):
        expect(main.get_by_role("link", name=name)).to_have_attribute("href", f"{PREFIX}/{address}/")


def test_axe_finds_no_violation_in_results(page: Page, site: Site) -> None:
    """With results as without, on a phone and on a desk; and nothing sticks out."""
    page.goto(f"{site.url}/search/?q=elections")
    expect(page.get_by_role("button", name="More results")).to_be_visible()
    assert_fits(page)
    page.evaluate(AXE)
    assert faults(page) == []


def test_a_lost_index_is_told(browser: Browser, site: Site) -> None:
    """The connection breaks: the reader is told, and the next try succeeds."""
    with open_tab(browser) as page:
        page.route("**/*.texts", lambda route: route.abort())
        page.goto(f"{site.url}/search/?q=Haiti")
        expect(status(page)).to_contain_text("could not be loaded")
        expect(page.get_by_role("main").get_by_role("link", name="Countries")).to_be_visible()
        page.unroute("**/*.texts")
        page.reload()
        expect(titles(page)).to_have_count(1)


# What an entry may be full of, if its article was.
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> <b>bold</b> &lt;i&gt;"


@pytest.fixture(scope="module")
def tongues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site of many scripts, with an entry that would break in."""
    work = WorkSite(tmp_path_factory.mktemp("tongues") / "site")
    work.entry(
        "hostile", title=f"'Hostile {HOSTILE}'", key_points=f"['Point {HOSTILE}']", body=f"`Body {HOSTILE}`"
    )
    work.entry(
        "tokyo",
        lang="ja",
        countries="JP",
        title="東京で地震の備えを確認",
        body="首都直下地震に備え、NATOは2025年に協力を確認した。",
    )
    work.entry(
        "beijing", lang="zh-Hant", countries="TW", title="外交部宣布停火談判", body="雙方同意停火三十天。"
    )
    work.entry("bangkok", lang="th", countries="TH", title="การเจรจาหยุดยิง", body="ทั้งสองฝ่ายตกลงหยุดยิง")
    work.entry(
        "geneva",
        lang="ar",
        countries="CH",
        title="محادثات في جنيف",
        body="اتفق الطرفان على هدنة لمدة ثلاثين يوما.",
    )
    work.entry("haifa", lang="he", countries="IL", title="שיחות בחיפה", body="הצדדים הסכימו על הפסקת אש.")
    with served(work) as address:
        yield address


@pytest.fixture(scope="module")
def polyglot(browser: Browser, tongues: str) -> Iterator[Page]:
    """One tab for all searches on that site, for which nothing may be said on the console."""
    with open_tab(browser) as page:
        witness = Witness(page, tongues)
        yield page
        assert witness.seen == []


@contextmanager
def served(work: WorkSite) -> Iterator[str]:
    """The address of a site, built and served."""
    with serving(Server("127.0.0.1", 0, work.output, "", live=False)) as server:
        build(msgspec.structs.replace(work.site(), url=server.address, path=""), jobs=1)
        yield server.address


@pytest.mark.parametrize(
    ("word", "title", "lang", "direction"),
    [
        ("地震", "東京で地震の備えを確認", "ja", "ltr"),
        ("備え", "東京で地震の備えを確認", "ja", "ltr"),
        ("NATO", "東京で地震の備えを確認", "ja", "ltr"),
        ("停火", "外交部宣布停火談判", "zh-Hant", "ltr"),
        ("หยุดยิง", "การเจรจาหยุดยิง", "th", "ltr"),
        ("هدنة", "محادثات في جنيف", "ar", "rtl"),
        ("הפסקת", "שיחות בחיפה", "he", "rtl"),
        ("เจรจา", "การเจรจาหยุดยิง", "th", "ltr"),
        ("Israël", "שיחות בחיפה", "he", "rtl"),
    ],
)
def test_every_script_is_found(
    polyglot: Page, tongues: str, word: str, title: str, lang: str, direction: str
) -> None:
    """A word inside a sentence without blanks too; a result has its language and direction, and no blank more."""
    polyglot.goto(f"{tongues}/search/?q={word}")
    expect(titles(polyglot)).to_have_text([title])
    heading = polyglot.locator(".search__results .card__title")
    expect(heading).to_have_attribute("lang", lang)
    expect(heading).to_have_attribute("dir", direction)


def test_nothing_that_an_entry_says_runs(browser: Browser, tongues: str) -> None:
    """Title, key points and body are shown as the text that they are."""
    with open_tab(browser) as page:
        witness = Witness(page, tongues)
        page.on("dialog", lambda dialog: witness.seen.append(f"dialog {dialog.message}"))
        page.goto(f"{tongues}/search/?q=hostile")
        expect(titles(page)).to_have_text([f"Hostile {HOSTILE}".replace("&lt;i&gt;", "&lt;i&gt;")])
        card = page.locator(".search__results .card")
        expect(card.locator("img, script, b, i")).to_have_count(0)
        expect(card.locator(".card__summary")).to_contain_text("<img src=x onerror=alert(1)>")
        assert witness.seen == []


@pytest.mark.parametrize("page", [{"viewport": {"width": 320, "height": 640}}], indirect=True)
def test_on_a_phone_a_sign_leads_there(page: Page, site: Site) -> None:
    """The masthead keeps its height: a link instead of a field."""
    page.goto(f"{site.url}/about/", wait_until="networkidle")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")
    expect(box(page)).to_be_visible()


def test_nothing_of_the_index_is_fetched_before_a_reader_asks(page: Page, site: Site) -> None:
    """A look at the page costs the page."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/search/")
    page.wait_for_load_state("networkidle")
    assert [address for address in asked if "/search/index/" in address] == []
    with page.expect_request("**/search/index/all.names"):
        box(page).focus()
    page.wait_for_load_state("networkidle")


TEXT = (".css", ".js", ".json", ".svg", "/")


@pytest.mark.parametrize(
    "query",
    ["Ukraine", "Allemagne", "grain corridor", "élections", "coaliton of the wiling", "Kremlin", "IAEA"],
)
def test_a_first_search_is_cheap(page: Page, site: Site, query: str) -> None:
    """At most 25 requests and 200 kB for a browser that has nothing yet: the page, its files, index and results."""
    sizes: list[int] = []

    def add(response: Response) -> None:
        is_text = response.url.partition("?")[0].endswith(TEXT)
        # What a script reads as a stream has no body here any more; files of the index are compressed as they are.
        size = len(gzip.compress(response.body())) if is_text else int(response.headers["content-length"])
        assert size
        sizes.append(size)

    page.on("response", add)
    page.goto(f"{site.url}/search/?q={query}")
    expect(status(page)).to_have_text(re.compile("found"))
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= 25
    assert sum(sizes) <= 200_000
