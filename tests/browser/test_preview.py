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
