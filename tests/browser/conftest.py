"""The sample site, served on this machine, and a reader's browser to walk it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pouch.serve.server import Server
from pouch.site import Site, load_site
from tests.browser import chromium
from tests.sample import ADDRESS, HOST, PREFIX

# Patience costs nothing where all is well, and a busy machine is no fault.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(sample: Path) -> Iterator[Server]:
    """A server of the sample site, exactly as it was built."""
    with serving(Server("127.0.0.1", 0, sample / "output", PREFIX, live=False)) as server:
        yield server


@pytest.fixture(scope="session")
def site(sample: Path) -> Site:
    """The sample site; `site.url` is where `browser` finds it."""
    return msgspec.structs.replace(load_site(sample), url=ADDRESS, path=PREFIX)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """A server that answers while the block runs."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser(server: Server) -> Iterator[Browser]:
    """A Chromium to which the sample site is at `ADDRESS`; `make browser` finds or installs it."""
    executable = chromium.find()
    assert executable, f"no Chromium here; {chromium.CURE}, or leave these tests out with: -m 'not browser'"
    here = f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, args=[*chromium.arguments(), here], timeout=PATIENCE
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
                # Whoever moves on before a page is whole breaks off what is still on its way.
                None
                if request.failure == "net::ERR_ABORTED"
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

    def take(self) -> list[str]:
        """What was seen since the last call."""
        seen, self.seen = self.seen, []
        return seen


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
