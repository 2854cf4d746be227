"""The desk's inbox: what comes in, and how."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from pouch.desk.server import DeskServer
from tests.browser.conftest import open_tab
from tests.browser.desks import SEED, TITLE, draft_of
from tests.browser.desks import desk as desk
from tests.browser.desks import tab as tab
from tests.browser.desks import web as web


def test_a_duplicate_is_told_before_any_work(tab: Page, desk: DeskServer) -> None:
    """Nearly the same article is announced at the top, with the way to the other and out of this one."""
    draft_of(tab, desk, SEED)
    tab.keyboard.press("Control+s")
    expect(tab.locator("#state")).to_contain_text("content/entries/")
    draft_of(tab, desk, SEED.replace("For more than thirty years", "For over thirty years"))
    expect(tab.locator("#notices")).to_contain_text("The archive has nearly the same")
    tab.get_by_role("button", name="Discard this one").click()
    tab.wait_for_url(f"{desk.address}/")


def test_what_a_browser_sends(browser: Browser, desk: DeskServer, web: str) -> None:
    """The bookmarklet sends the page at hand and a person confirms it; shared and pasted addresses are fetched."""
    with open_tab(browser) as tab:
        tab.goto(f"{desk.address}/")
        script = tab.locator("#bookmarklet").get_attribute("href")
        assert script is not None
        assert tab.evaluate(
            "async () => (await (await fetch('/manifest.webmanifest')).json()).share_target.params"
        ) == {
            "title": "title",
            "text": "text",
            "url": "url",
        }
        tab.goto(f"{web}/story")
        with tab.expect_popup() as popup:
            tab.evaluate(script.removeprefix("javascript:"))
        expect(popup.value.locator("#notices")).to_contain_text(f"A page came in: {web}/story")
        expect(popup.value.get_by_role("button", name="Make a draft").last).to_be_focused()
        popup.value.keyboard.press("Enter")

        popup.value.wait_for_url("**/entry/*")
        expect(popup.value.locator("#source_url")).to_have_value(f"{web}/story")
        popup.value.close()
        tab.goto(f"{desk.address}/?title=Ports&text=Read+this&url={web}/story")
        expect(tab.locator("#paste")).to_have_value(f"{web}/story")
        tab.keyboard.press("Control+Enter")
        tab.wait_for_url("**/entry/*")
        expect(tab.locator("#title")).to_have_value(TITLE)
        tab.goto(f"{desk.address}/")
        tab.locator("#paste").fill(f"{web}/feed.xml")
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("#waiting")).to_contain_text("Port Alpha opens")
        expect(tab.locator("#waiting")).to_contain_text("Port Beta opens")
