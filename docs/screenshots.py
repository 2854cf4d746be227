"""`make screenshots`: the README's four pictures, taken of the sample site in docs/images/.

It stands beside the pages that show them; what it needs of the browser it has from the browser tests.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path
from typing import Literal

import msgspec
from playwright.sync_api import sync_playwright

from pouch.engine.build import build
from pouch.serve.server import Server
from pouch.site import find_root, load_site
from tests.browser import chromium

IMAGES = Path(__file__).parent / "images"
Scheme = Literal["light", "dark"]
# Name, address, width and height in CSS pixels, colour scheme.
PICTURES: tuple[tuple[str, str, int, int, Scheme], ...] = (
    ("home", "", 1280, 860, "light"),
    ("country", "countries/ukraine/", 1280, 860, "dark"),
    ("briefing", "briefings/coalition-of-the-willing-ukraine/", 390, 860, "light"),
    ("topic", "fr/topics/ceasefire/", 390, 860, "dark"),
)


def main() -> int:
    """Build the sample site, and take every picture."""
    executable = chromium.find()
    if executable is None:
        print("no Chromium; run `make browser`", file=sys.stderr)
        return 2
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pouch-pictures-") as folder:
        site = load_site(find_root(Path.cwd()), output=Path(folder))
        server = Server("127.0.0.1", 0, Path(folder), site.path, live=False)
        site = msgspec.structs.replace(site, url=server.address + site.path)
        build(site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=chromium.arguments())
            for name, address, width, height, scheme in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                answer = page.goto(f"{site.url}/{address}")
                assert answer is not None
                assert answer.ok, f"/{address} answers {answer.status}"
                page.screenshot(path=IMAGES / f"{name}.png")
                print(IMAGES / f"{name}.png")
            browser.close()
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
