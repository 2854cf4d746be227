"""The sample site, built once and served on this machine, and a reader's browser to walk it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pouch.engine.build import build
from pouch.serve.server import Server
from pouch.site import Site, load_site
from tests.browser import chromium

ROOT = Path(__file__).parents[2]
# Patience costs nothing where all is well, and a busy machine is no fault.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)
PREFIX = "/archive"  # a site that stands below a path shows every link that forgets it


def copied_site(folder: Path) -> Path:
    """The repository's own site, its content and settings alone, in a folder where a test may edit it."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "pelicanconf.py", folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample site, built and served exactly as it was built; `site.url` is where it stands."""
    root = copied_site(tmp_path_factory.mktemp("sample"))
    server = Server("127.0.0.1", 0, root / "output", PREFIX, live=False)
    found = msgspec.structs.replace(load_site(root), url=server.address + PREFIX, path=PREFIX)
    build(found, jobs=2)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; `make browser` finds or installs it."""
    executable = chromium.find()
    assert executable, f"no Chromium here; {chromium.CURE}, or leave these tests out with: -m 'not browser'"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, args=chromium.arguments(), timeout=PATIENCE
        )
        yield launched
        launched.close()


class Witness:
    """What a page did that no reader should have to see: console messages, failures, requests elsewhere."""

    def __init__(self, page: Page, url: str) -> None:
        self.seen: list[str] = []
        host = url.split("/", 3)[2]
        page.on("console", lambda message: self.seen.append(f"{page.url}: console: {message.text}"))
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: {error}"))
        page.on(
            "requestfailed",
            lambda request: (
                # The icon comes after the page is whole; a reader who moves on before breaks off nothing else.
                None
                if request.failure == "net::ERR_ABORTED" and request.url.endswith("/favicon.svg")
                else self.seen.append(f"{page.url}: failed: {request.url}: {request.failure}")
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith("data:") or request.url.split("/", 3)[2] == host
                else self.seen.append(f"{page.url}: asks {request.url}")
            ),
        )


@contextmanager
def open_tab(browser: Browser, **options: Any) -> Iterator[Page]:
    """A tab of its own, with options of a browser context, that waits as long as `expect` does."""
    with browser.new_context(**options) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture
def page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A reader's tab on a desk; parametrize it indirectly with options of a browser context.

    At the end, nothing may have been said on the console, and nothing asked of another host.
    """
    with open_tab(browser, **getattr(request, "param", {})) as tab:
        witness = Witness(tab, site.url)
        yield tab
        # To close a page that is still on its way would look like a failure.
        tab.wait_for_load_state()
        assert witness.seen == []
