"""The live preview, as an editor sees it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from playwright.sync_api import Browser, Route, expect

from pouch.engine.build import build
from pouch.serve.preview import Preview
from tests.browser.conftest import PATIENCE, Witness, open_tab
from tests.engine.sites import WorkSite
from tests.serve.test_first_build import NOTICE, held
from tests.serve.test_first_build import work as work

DRAFT = """---
id: treaty
title: {title}
date: 2025-03-05
status: draft
countries: [UA]
topics: [{topics}]
---

Delegations met.
"""


@contextmanager
def previewed(root: Path) -> Iterator[Preview]:
    """The preview of a site, while the block runs; at the end it must stop."""
    preview = Preview(
        root, None, lambda site, events: build(site, events=events, jobs=1), bind="127.0.0.1", port=0
    )
    running = threading.Thread(target=preview.run, daemon=True)
    running.start()
    try:
        yield preview
    finally:
        preview.close()
        running.join(timeout=PATIENCE / 1000)
    assert not running.is_alive()


def test_the_newest_headline_comes_before_all_is_read(browser: Browser, work: WorkSite) -> None:
    """Under a notice that says how much has been read; then the page becomes whole by itself, without the notice."""
    with held(work) as first, open_tab(browser) as page:
        witness = Witness(page, first.preview.address)
        page.goto(first.preview.address)
        expect(page.locator(".card__title").first).to_have_text("Title of entry-9")
        expect(page.locator(".pouch-notice")).to_have_text(NOTICE)
        expect(page.locator("main")).not_to_contain_text("Poland")
        first.go_on()
        expect(page.locator("main")).to_contain_text("Poland")
        expect(page.locator(".pouch-notice", has_text="have been read")).to_have_count(0)
        expect(page.locator(".card__title").first).to_have_text("Title of entry-9")
        first.go_on()
        assert first.preview.server.built.wait(PATIENCE / 1000)
        assert [seen for seen in witness.seen if " failed: " not in seen] == []


class Dossier:
    """A site with a dossier of Ukraine, which an editor edits while its page is open."""

    def __init__(self, root: Path) -> None:
        self.work = WorkSite(root)
        self.work.entry("alpha")
        self._file = self.work.write("content/dossiers/countries/UA.md", "An introduction.\n")
        self._page = root / ".pouch/preview/countries/ukraine/index.html"

    def save(self, line: str) -> None:
        """Add a line to its text."""
        text = self._file.read_text(encoding="utf-8")
        self._file.write_text(f"{text}\n{line}\n", encoding="utf-8")

    def wait_until_written(self, line: str) -> None:
        """Wait until a build has written the page with that line."""
        ends = monotonic() + PATIENCE / 1000
        while line not in self._page.read_text("utf-8"):
            assert monotonic() < ends, "no build wrote the page"
            sleep(0.05)


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """The site, not built yet."""
    return Dossier(tmp_path)


def test_a_saved_change_shows_by_itself(browser: Browser, dossier: Dossier) -> None:
    """An open page loads itself again, once after a save, under the site's own policy; output/ is never touched."""
    with previewed(dossier.work.root) as preview, open_tab(browser) as page:
        page.goto(preview.address)
        # Opened while the first build is running, the page becomes the home page by itself.
        expect(page).to_have_title(re.compile(re.escape(preview.site.name)))
        witness = Witness(page, preview.address)
        page.goto(f"{preview.address}countries/ukraine/")
        loads: list[str] = []
        # Counted when it begins to show: on a busy machine the next save comes before all of a page is loaded.
        page.on("framenavigated", lambda frame: loads.append(frame.url))
        for line in ("Added line 1.", "Added line 2."):
            dossier.save(line)
            expect(page.get_by_text(line)).to_be_visible()
            dossier.wait_until_written(line)
        page.wait_for_timeout(300)  # a second load would have begun by now
        assert len(loads) == 2
        # A page that is left before it is complete breaks off its requests; nothing else may go wrong.
        assert [seen for seen in witness.seen if " failed: " not in seen] == []
    assert not dossier.work.output.exists()


def test_a_link_is_followed_though_the_page_is_to_load_again(browser: Browser, dossier: Dossier) -> None:
    """A save that changes the page an editor is just leaving does not bring them back to it."""
    with previewed(dossier.work.root) as preview, open_tab(browser) as page:
        assert preview.server.built.wait(PATIENCE / 1000)
        page.goto(f"{preview.address}countries/ukraine/")

        def save_first(route: Route) -> None:
            dossier.save("An added line.")
            dossier.wait_until_written("An added line.")
            sleep(0.3)  # the page has been told by now
            route.continue_()

        page.route("**/briefings/alpha/", save_first)
        page.locator('main a[href$="/briefings/alpha/"]').first.click(no_wait_after=True)
        expect(page.locator("article.briefing")).to_be_visible()
        expect(page).to_have_url(f"{preview.address}briefings/alpha/")


def test_an_editor_sees_drafts_and_faults(browser: Browser, tmp_path: Path) -> None:
    """A draft is marked at its address; a fault is a banner over the last good text, until it is fixed."""
    work = WorkSite(tmp_path)
    good = DRAFT.format(title="Treaty consultations", topics="trade")
    draft = work.write("content/entries/drafts/treaty.md", good)
    with previewed(work.root) as preview, open_tab(browser) as page:
        page.goto(f"{preview.address}_drafts/")
        expect(page.get_by_text("Draft.").first).to_be_visible()
        witness = Witness(page, preview.address)
        page.goto(f"{preview.address}briefings/treaty/")
        expect(page.locator(".pouch-notice")).to_contain_text("Draft.")
        expect(page.locator("h1")).to_have_text("Treaty consultations")
        draft.write_text(DRAFT.format(title="Other consultations", topics="nowhere, trade"), "utf-8")
        fault = page.locator(".pouch-notice._fault")
        expect(fault).to_contain_text("unknown topic 'nowhere'")
        expect(fault).to_contain_text("treaty.md:")
        expect(page.locator("h1")).to_have_text("Treaty consultations")
        # The banner has its colours in spite of the page's policy.
        expect(fault).to_have_css("background-color", "rgb(255, 220, 214)")
        draft.write_text(good, "utf-8")
        expect(fault).to_have_count(0)
        assert [seen for seen in witness.seen if " failed: " not in seen] == []
