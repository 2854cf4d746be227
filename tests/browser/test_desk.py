"""The desk, as an editor works at it: one site and one server for all of these tests."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pouch.desk.server import DeskServer
from pouch.site import load_site
from tests.browser.conftest import Witness, open_tab
from tests.browser.test_accessibility import ALL_RULES, AXE, COLOURS, View, assert_fits, faults
from tests.desk.sites import ARTICLE, DRAFT, make_site
from tests.engine.sites import SETTINGS

SEED = (Path(__file__).parents[2] / "samples" / "baltic-grid.en.txt").read_text(encoding="utf-8")
WIDTHS = (1280, 768, 390)
VIEWS: tuple[View, ...] = (*(("light", width, ALL_RULES) for width in WIDTHS), ("dark", 1280, COLOURS))
TITLE, *PARAGRAPHS = ARTICLE.strip().split("\n\n")
PAGE = (
    f"<!doctype html><html lang=en><title>{TITLE}</title><link rel=icon href=data:>"
    f"<body><main><article><h1>{TITLE}</h1>" + "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
)
FEED = (
    "<rss version='2.0'><channel><title>Ports</title>"
    + "".join(
        f"<item><title>Port {name} opens for {name} ships</title><link>https://ports.example/{name}</link>"
        f"<description>&lt;p&gt;{name} {name} {PARAGRAPHS[number]}&lt;/p&gt;</description></item>"
        for number, name in enumerate(("Alpha", "Beta"))
    )
    + "</channel></rss>"
)
ARABIC = """\
المغرب وإسبانيا يستأنفان الرحلات

استأنف المغرب وإسبانيا يوم الاثنين الرحلات البحرية عبر المضيق بعد الرياح القوية.
"""
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A desk that serves a small site in a repository."""
    work = make_site(tmp_path_factory.mktemp("desk"))
    work.write("pelicanconf.py", SETTINGS + 'POUCH_LANGUAGES = ["en", "fr"]\n')
    work.write(".gitignore", ".pouch/\n")
    for command in (
        ("init", "-q"),
        ("config", "user.name", "A"),
        ("config", "user.email", "a@example.org"),
        ("add", "-A"),
        ("commit", "-q", "-m", "one"),
    ):
        subprocess.run([*GIT, *command], cwd=work.root, check=True)
    server = DeskServer(load_site(work.root), 0, allow_private=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.desk.warm()
    yield server
    server.shutdown()
    server.server_close()


class Web(BaseHTTPRequestHandler):
    """A site of this machine: an article as a page, and a feed with two others."""

    def do_GET(self) -> None:  # the name is http.server's
        """The feed, and the same page at every other path."""
        feed = self.path == "/feed.xml"
        data = (FEED if feed else PAGE).encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{'application/rss+xml' if feed else 'text/html'}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    """The address of that site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tab(browser: Browser, desk: DeskServer) -> Iterator[Page]:
    """An editor's tab; nothing may be said on the console, nothing asked of another host."""
    with open_tab(browser, viewport={"width": 1280, "height": 860}) as page:
        witness = Witness(page, desk.address)
        yield page
        page.wait_for_load_state()
        assert witness.seen == []


def root(desk: DeskServer) -> Path:
    """The folder of the desk's site."""
    return Path(desk.desk.site.root)


def draft_of(page: Page, desk: DeskServer, text: str) -> None:
    """Paste an article, and wait until it is on the desk."""
    page.goto(f"{desk.address}/")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/entry/*")
    expect(page.locator("#text .mark").first).to_be_visible()


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
