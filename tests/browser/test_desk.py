"""The desk, as an editor works at it: one site and one server for all of these tests."""

from __future__ import annotations

import re
import subprocess

from playwright.sync_api import Browser, Page, expect

from pouch.desk.server import DeskServer
from tests.browser.conftest import open_tab
from tests.browser.desks import GIT, SEED, draft_of, root
from tests.browser.desks import desk as desk
from tests.browser.desks import tab as tab
from tests.browser.test_accessibility import ALL_RULES, AXE, COLOURS, View, assert_fits, faults
from tests.desk.sites import ARTICLE

WIDTHS = (1280, 768, 390)
VIEWS: tuple[View, ...] = (*(("light", width, ALL_RULES) for width in WIDTHS), ("dark", 1280, COLOURS))
ARABIC = """\
المغرب وإسبانيا يستأنفان الرحلات

استأنف المغرب وإسبانيا يوم الاثنين الرحلات البحرية عبر المضيق بعد الرياح القوية.
"""


def test_a_seed_article_is_published_by_keyboard_alone(tab: Page, desk: DeskServer) -> None:
    """From an empty inbox to a commit: paste, date, save, publish, commit, without touching the mouse."""
    draft_of(tab, desk, SEED)
    expect(tab.locator("#title")).to_have_value(
        "Baltic states leave the Russian power grid and join continental Europe"
    )
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("#date")).to_be_focused()
    expect(tab.locator(".field__fault")).to_have_text("A briefing needs a date before it is published.")
    tab.keyboard.type("2025-02-09")
    tab.keyboard.press("Escape")
    tab.keyboard.press("v")
    expect(tab.frame_locator("#frame").locator(".briefing__line time")).to_have_text("9 February 2025")
    tab.keyboard.press("Control+s")
    expect(tab.locator("#state")).to_contain_text("Draft · content/entries/")
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_role("dialog")).to_contain_text("+status: published")
    expect(tab.get_by_role("dialog")).to_contain_text("Without: Topics, Summary, Source, Address")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_contain_text("The commit holds this entry alone")
    tab.keyboard.press("Enter")
    expect(tab.locator("#toast")).to_contain_text("Committed")
    expect(tab.locator("#state")).to_contain_text("Published")
    (file,) = root(desk).glob("content/entries/2025/02/baltic-states*.md")
    text = file.read_text("utf-8")
    assert "\ndate: 2025-02-09\n" in text
    assert "\nstatus: published\n" in text
    log = subprocess.run(
        [*GIT, "log", "--format=%s"], cwd=root(desk), capture_output=True, text=True, check=True
    )
    assert log.stdout.splitlines()[0].startswith("Baltic states leave")


def test_a_wrong_country_is_corrected_where_it_was_found(tab: Page, desk: DeskServer) -> None:
    """A click on the words shows the rule and the score; terms come and go by mouse and keyboard, by any name."""
    draft_of(tab, desk, ARTICLE)
    about = tab.locator('[data-list="countries"] .chip__name')
    expect(about).to_have_text(["Ukraine"])
    tab.locator("#text .mark", has_text="Romania").click()
    expect(tab.locator("#why")).to_contain_text("its name")
    expect(tab.locator("#why")).to_contain_text("score")
    tab.get_by_role("button", name="Neither").click()
    expect(tab.locator('.chips[data-list="mentions"]')).not_to_contain_text("Romania")
    expect(tab.locator('[data-list="perhaps-country"] .chip--rejected')).to_contain_text("Romania")
    tab.keyboard.press("Escape")
    tab.keyboard.press("c")
    tab.keyboard.type("Allemagne")
    expect(tab.get_by_role("option").first).to_contain_text("Germany")
    tab.keyboard.press("Enter")
    expect(about).to_have_text(["Ukraine", "Germany"])
    about.nth(1).focus()
    tab.keyboard.press("Shift+ArrowLeft")
    expect(about).to_have_text(["Germany", "Ukraine"])
    tab.keyboard.press("p")
    expect(about).to_have_text(["Ukraine"])
    expect(tab.locator('.chips[data-list="mentions"]')).to_contain_text("Germany")
    tab.locator('[data-list="mentions"].chip', has_text="Germany").drag_to(about.first)
    expect(about).to_have_text(["Germany", "Ukraine"])
    about.first.focus()
    tab.keyboard.press("p")
    # What was left out is folded, and one key brings it back.
    tab.keyboard.press("Escape")
    tab.locator("#text").focus()
    tab.keyboard.press("f")
    tab.locator(".passage--dropped").first.focus()
    tab.keyboard.press("x")
    expect(tab.locator(".passage--added")).to_have_text(re.compile("Subscribe to our newsletter"))
    tab.keyboard.press("v")
    expect(tab.frame_locator("#frame").locator(".prose")).to_contain_text("Subscribe to our newsletter")
    tab.keyboard.press("v")
    tab.locator(".passage--added").focus()
    tab.keyboard.press("x")
    # Three sentences are proposed, and only those that are accepted are written.
    expect(tab.locator("#candidates li")).to_have_count(3)
    tab.keyboard.press("p")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Delete")
    expect(tab.locator("#candidates li")).to_have_count(1)
    tab.keyboard.press("Control+s")
    expect(tab.locator("#state")).to_contain_text("content/entries/drafts/ships-leave")
    (file,) = root(desk).glob("content/entries/drafts/ships-leave*.md")
    text = file.read_text("utf-8")
    assert "\ncountries: [UA]\nmentions: [TR, DE]\n" in text
    assert text.count("\n  - ") == 1
    assert "Subscribe" not in text


def test_many_terms_are_decided_at_once(tab: Page, desk: DeskServer) -> None:
    """Of fourteen countries one key keeps the first two, one click rejects all, and one key undoes either."""
    names = (
        "Albania, Belgium, Chile, Denmark, Ecuador, Finland, Ghana, Hungary, Iceland, Japan, Kenya, Latvia, "
    )
    names += "Malta, Nepal"
    draft_of(
        tab,
        desk,
        f"Norway counts the votes\n\nNorway counts the votes of the night.\n\nIn favour were {names}.",
    )
    named = tab.locator('.chip[data-list="mentions"]')
    perhaps = tab.locator('.chip[data-list="perhaps-country"]')
    expect(named).to_have_count(12)
    tab.get_by_role("button", name="Show 2 more").click()
    expect(named).to_have_count(14)
    expect(named.nth(12).locator(".chip__name")).to_be_focused()
    named.nth(2).locator(".chip__name").focus()
    tab.keyboard.press("Shift+Delete")
    expect(named).to_have_text(["Albania×", "Belgium×"])
    expect(tab.locator("#toast")).to_have_text("Rejected: 12. Undo with u")
    expect(named.nth(1).locator(".chip__name")).to_be_focused()
    tab.keyboard.press("u")
    expect(named).to_have_count(14)
    tab.get_by_role("button", name="Reject all: Also named").click()
    expect(named).to_have_count(0)
    tab.keyboard.press("Control+z")
    expect(named).to_have_count(14)
    named.nth(1).locator(".chip__drop").click(modifiers=["Shift"])
    expect(named).to_have_count(1)
    expect(perhaps).to_have_count(12)
    tab.keyboard.press("u")
    expect(named).to_have_count(14)
    expect(perhaps).to_have_count(0)


def test_a_narrow_screen_shows_one_thing_at_a_time(tab: Page, desk: DeskServer) -> None:
    """Article, page and fields are tabs, whatever is asked for is brought into view; Arabic runs from the right."""
    tab.set_viewport_size({"width": 390, "height": 800})
    draft_of(tab, desk, ARABIC)
    assert tab.locator(".article__title").evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    expect(tab.locator("#state")).to_contain_text("not saved yet")
    expect(tab.locator("#title")).to_be_hidden()
    tab.get_by_role("tab", name="Fields").click()
    expect(tab.locator("#title")).to_be_visible()
    expect(tab.locator("#text")).to_be_hidden()
    tab.get_by_role("tab", name="Article").click()
    # A passage is edited by a touch too, and Esc keeps what was typed.
    passage = tab.locator(".passage").first
    passage.click()
    passage.get_by_role("button", name="Edit").click()
    tab.locator(".passage__edit").fill("Written **anew**")
    tab.keyboard.press("Escape")
    expect(passage.locator(".passage__text")).to_have_text("Written anew")
    tab.get_by_role("button", name="Publish").click()
    expect(tab.locator("#date")).to_be_focused()
    tab.keyboard.type("5 March 2025")
    tab.keyboard.press("Control+s")
    expect(tab.locator("#state")).to_contain_text("content/entries/")
    (file,) = (path for path in root(desk).rglob("*.md") if "Written **anew**" in path.read_text("utf-8"))
    assert "\ndate: 2025-03-05\n" in file.read_text("utf-8")


def test_a_published_briefing_is_found_and_corrected(tab: Page, desk: DeskServer) -> None:
    """By words of its title; a correction is dated, and there is nothing left to publish but a commit."""
    tab.goto(f"{desk.address}/")
    tab.get_by_label("Find a published briefing").fill("OLDER")
    expect(tab.locator("#published .row__link")).to_have_count(1)
    tab.locator("#published .row__link").click()
    expect(tab.locator("#title")).not_to_have_value("")
    expect(tab.locator("#publish")).to_be_hidden()
    tab.get_by_role("button", name="Add a correction").click()
    expect(tab.get_by_label("Correction 1", exact=True)).to_be_focused()
    tab.keyboard.type("The port was closed.")
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_role("dialog")).to_contain_text("note: The port was closed.")
    tab.keyboard.press("Escape")


def test_the_desk_speaks_french(browser: Browser, desk: DeskServer) -> None:
    """In a French browser, words, countries and topics are French."""
    with open_tab(browser, locale="fr-FR") as page:
        page.goto(f"{desk.address}/entry/harbour-1")
        expect(page.get_by_role("button", name="Enregistrer")).to_be_visible()
        expect(page.locator('[data-list="topics"] .chip__name').first).to_have_text(
            re.compile("Commerce|Guerre")
        )
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        # What check says most often is French too.
        page.get_by_label("Adresse", exact=True).fill("https://example.org/")
        expect(page.locator(".problem")).to_contain_text(["https://example.org/ est une page d’accueil"])
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("retirer un passage, ou le remettre")


def test_axe_finds_nothing(tab: Page, desk: DeskServer) -> None:
    """Inbox, article, fields and dialog, at 1280, 768 and 390 px; and nothing sticks out."""

    def judge() -> None:
        assert_fits(tab, WIDTHS)
        assert faults(tab, VIEWS) == []

    tab.goto(f"{desk.address}/")
    expect(tab.locator(".row").first).to_be_visible()
    tab.evaluate(AXE)
    judge()
    tab.set_viewport_size({"width": 1280, "height": 860})
    tab.goto(f"{desk.address}/entry/harbour-1")
    expect(tab.locator("#text .mark").first).to_be_visible()
    expect(tab.locator(".problem").first).to_be_visible()
    tab.evaluate(AXE)
    judge()
    tab.set_viewport_size({"width": 390, "height": 900})
    tab.get_by_role("tab", name="Fields").click()
    assert faults(tab, [("light", 390, ALL_RULES)]) == []
    tab.set_viewport_size({"width": 1280, "height": 860})
    tab.keyboard.press("m")
    expect(tab.locator("#why")).to_contain_text("score")
    judge()
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog")).to_be_visible()
    judge()
