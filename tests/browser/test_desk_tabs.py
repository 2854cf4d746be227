"""Text that is not saved yet, in one tab of the desk and in several."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from pouch.desk.server import DeskServer
from tests.browser.desks import desk as desk
from tests.browser.desks import root
from tests.browser.desks import tab as tab
from tests.desk.sites import DRAFT


def test_two_editors_do_not_overwrite_each_other(tab: Page, desk: DeskServer) -> None:
    """What is typed outlives a closed tab; a save over a changed file shows both differences first."""
    file = root(desk) / "content/entries/drafts/harbour.md"
    tab.goto(f"{desk.address}/entry/harbour-1")
    tab.locator("#title").fill("A better title")
    expect(tab.locator("#state")).to_contain_text("changed")
    file.write_text(DRAFT.replace("[trade]", "[war]"), "utf-8")
    tab.reload()
    expect(tab.locator("#title")).to_have_value("A better title")
    expect(tab.locator("#notices")).to_contain_text("What you had typed is back.")
    tab.keyboard.press("Control+s")
    shown = tab.get_by_role("dialog")
    expect(shown).to_contain_text("The file was changed since you opened it")
    expect(shown.locator(".diff").first).to_contain_text("+topics: [war]")
    expect(shown.locator(".diff").last).to_contain_text("A better title")
    assert file.read_text("utf-8") == DRAFT.replace("[trade]", "[war]")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-list=topics] .chip")).to_contain_text("War")
    text = file.read_text("utf-8")
    assert text == DRAFT.replace("[trade]", "[war]").replace("'Talks on the harbour'", "A better title")
    # A save in one tab forgets nothing that was typed in another.
    other = tab.context.new_page()
    other.goto(f"{desk.address}/entry/harbour-1")
    other.locator("#summary").fill("Written in the other tab.")
    expect(other.locator("#state")).to_contain_text("changed")
    tab.locator("#source_name").fill("The harbour")
    other.locator("#summary").fill("Written in the other tab, later.")
    tab.keyboard.press("Control+s")
    expect(tab.locator("#toast")).to_have_text("Saved")
    other.reload()
    expect(other.locator("#summary")).to_have_value("Written in the other tab, later.")


def test_two_tabs_keep_their_own_text(tab: Page, desk: DeskServer) -> None:
    """Each has its own after a reload; what a closed tab left is back, or offered beside what is there already."""
    address = f"{desk.address}/entry/harbour-1"

    def typed(page: Page, title: str) -> None:
        page.locator("#title").fill(title)
        expect(page.locator("#state")).to_contain_text("changed")

    tab.goto(address)
    typed(tab, "Of the first tab")
    other = tab.context.new_page()
    other.goto(address)
    expect(other.locator("#title")).not_to_have_value("Of the first tab")
    typed(other, "Of the second tab")
    typed(tab, "Of the first tab, later")
    for page, title in ((other, "Of the second tab"), (tab, "Of the first tab, later")):
        page.reload()
        expect(page.locator("#title")).to_have_value(title)
        expect(page.locator("#notices")).to_contain_text("What you had typed is back.")
        expect(page.locator("#notices")).not_to_contain_text("A tab that is closed")
    # A closed tab's text is offered to the tab that has its own, and changing them loses neither.
    other.close()
    # The browser takes a moment to end a tab, and until then its text is its own.
    tab.wait_for_function("async () => (await navigator.locks.query()).held.length === 1")
    tab.reload()
    offer = tab.locator("#notices")
    expect(offer).to_contain_text("A tab that is closed left text that is not saved: Of the second tab (")
    tab.get_by_role("button", name="Show that text").click()
    expect(tab.locator("#title")).to_have_value("Of the second tab")
    expect(offer).to_contain_text("left text that is not saved: Of the first tab, later (")
    # A tab that is opened anew takes what was left; once it is saved nothing is offered any more.
    third = tab.context.new_page()
    third.goto(address)
    expect(third.locator("#title")).to_have_value("Of the first tab, later")
    third.keyboard.press("Control+s")
    expect(third.locator("#toast")).to_have_text("Saved")
    third.close()
    tab.reload()
    expect(tab.locator("#title")).to_have_value("Of the second tab")
    expect(offer).not_to_contain_text("A tab that is closed")
    tab.get_by_role("button", name="Discard it").click()
    expect(tab.locator("#title")).to_have_value("Of the first tab, later")
    expect(tab.locator("#state")).not_to_contain_text("changed")
