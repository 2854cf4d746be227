"""The live preview, as an editor sees it."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from playwright.sync_api import Browser, expect

from pouch.engine.build import build
from pouch.serve.preview import Preview
from tests.browser.conftest import Witness, copied_site, open_tab


def test_a_saved_change_shows_by_itself(browser: Browser, tmp_path: Path) -> None:
    """An open page loads itself again after a save, under the site's own strict policy; output/ is never touched."""
    root = copied_site(tmp_path)
    preview = Preview(
        root, None, lambda site, written: build(site, pages_written=written, jobs=1), bind="127.0.0.1", port=0
    )
    running = threading.Thread(target=preview.run, daemon=True)
    running.start()
    dossier = root / "content/dossiers/countries/UA.md"
    with open_tab(browser) as page:
        page.goto(preview.address)
        # Opened while the first build is running, the page becomes the home page by itself.
        expect(page).to_have_title(re.compile(re.escape(preview.site.name)))
        witness = Witness(page, preview.address)
        page.goto(f"{preview.address}countries/ukraine/")
        for number in (1, 2):
            text = dossier.read_text(encoding="utf-8")
            dossier.write_text(f"{text}\n\nAdded line {number}.\n", encoding="utf-8")
            expect(page.get_by_text(f"Added line {number}.")).to_be_visible()
        # A page that is left before it is complete breaks off its requests; nothing else may go wrong.
        assert [seen for seen in witness.seen if " failed: " not in seen] == []
    assert not (root / "output").exists()
    preview.close()
    running.join(timeout=60)
    assert not running.is_alive()


def test_an_editor_sees_drafts_and_faults(browser: Browser, tmp_path: Path) -> None:
    """A draft is marked at its address; a fault is a banner over the last good text, until it is fixed."""
    root = copied_site(tmp_path)
    preview = Preview(
        root, None, lambda site, written: build(site, pages_written=written), bind="127.0.0.1", port=0
    )
    running = threading.Thread(target=preview.run, daemon=True)
    running.start()
    draft = root / "content/entries/drafts/antarctic-treaty-consultations.md"
    good = draft.read_text(encoding="utf-8")
    with open_tab(browser) as page:
        page.goto(f"{preview.address}_drafts/")
        expect(page.get_by_text("Draft.").first).to_be_visible()
        witness = Witness(page, preview.address)
        page.goto(f"{preview.address}briefings/antarctic-treaty-consultations/")
        expect(page.locator(".pouch-notice")).to_contain_text("Draft.")
        heading = page.locator("h1").inner_text()
        draft.write_text(
            good.replace('title: "', 'title: "Other ').replace("topics: [", "topics: [nowhere, "), "utf-8"
        )
        fault = page.locator(".pouch-notice._fault")
        expect(fault).to_contain_text("unknown topic 'nowhere'")
        expect(fault).to_contain_text("antarctic-treaty-consultations.md:")
        expect(page.locator("h1")).to_have_text(heading)
        # The banner has its colours in spite of the page's policy.
        assert fault.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 220, 214)"
        draft.write_text(good, "utf-8")
        expect(fault).to_have_count(0)
        assert [seen for seen in witness.seen if " failed: " not in seen] == []
    preview.close()
    running.join(timeout=60)
