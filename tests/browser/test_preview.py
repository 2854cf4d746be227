"""The live preview, as an editor sees it."""

from __future__ import annotations

import threading
from pathlib import Path

from playwright.sync_api import Browser, expect

from pouch.build.engine import build
from pouch.serve.preview import Preview
from tests.browser.conftest import Witness, copied_site


def test_a_saved_change_shows_by_itself(browser: Browser, tmp_path: Path) -> None:
    """An open page loads itself again after a save, under the site's own strict policy; output/ is never touched."""
    root = copied_site(tmp_path)
    preview = Preview(root, None, lambda site: build(site, jobs=1), bind="127.0.0.1", port=0)
    running = threading.Thread(target=preview.run, daemon=True)
    running.start()
    about = root / "content/pages/about.md"
    with browser.new_context() as context:
        page = context.new_page()
        witness = Witness(page, preview.address)
        page.goto(preview.address)
        for _ in range(100):
            if preview.server.rebuilds:
                break
            page.wait_for_timeout(100)
        page.goto(f"{preview.address}about/")
        for number in (1, 2):
            about.write_text(
                f"{about.read_text(encoding='utf-8')}\n\nAdded line {number}.\n", encoding="utf-8"
            )
            expect(page.get_by_text(f"Added line {number}.")).to_be_visible(timeout=20_000)
        assert [seen for seen in witness.seen if "503" not in seen and "ERR_ABORTED" not in seen] == []
    assert not (root / "output").exists()
    preview.close()
    running.join(timeout=10)
    assert not running.is_alive()
