"""`make screenshots`: the pictures of the README and of docs/desk.md, taken of the sample site in docs/images/.

`python -m docs.screenshots desk` takes those of the desk alone. It stands beside the pages that show them; what it
needs of the browser it has from the browser tests.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Literal

import msgspec
from playwright.sync_api import Browser, sync_playwright

from pouch.desk.server import DeskServer
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


SAMPLE = Path(__file__).parents[1] / "samples" / "baltic-grid.en.txt"
# Name, width, colour scheme, and the keys after which the picture is taken.
DESK_PICTURES: tuple[tuple[str, int, Scheme, tuple[str, ...]], ...] = (
    ("desk", 1280, "light", ("m", "m", "m")),
    ("desk-page", 1280, "dark", ("v",)),
)


def main() -> int:
    """Build the sample site, and take every picture; with the argument "desk" those of the desk alone."""
    executable = chromium.find()
    if executable is None:
        print("no Chromium; run `make browser`", file=sys.stderr)
        return 2
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.arguments())
        if sys.argv[1:] != ["desk"]:
            take_site(browser)
        take_desk(browser)
        browser.close()
    return 0


def take_site(browser: Browser) -> None:
    """The pictures of what readers see."""
    with tempfile.TemporaryDirectory(prefix="pouch-pictures-") as folder:
        site = load_site(find_root(Path.cwd()), output=Path(folder))
        server = Server("127.0.0.1", 0, Path(folder), site.path, live=False)
        site = msgspec.structs.replace(site, url=server.address + site.path)
        build(site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, address, width, height, scheme in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            answer = page.goto(f"{site.url}/{address}")
            assert answer is not None
            assert answer.ok, f"/{address} answers {answer.status}"
            page.screenshot(path=IMAGES / f"{name}.png")
            print(IMAGES / f"{name}.png")
            page.close()
        server.shutdown()


def take_desk(browser: Browser) -> None:
    """The pictures of what an editor sees: an article from samples/ on the desk of a copy of the site."""
    with tempfile.TemporaryDirectory(prefix="pouch-pictures-") as folder:
        root = find_root(Path.cwd())
        shutil.copytree(root / "content", Path(folder) / "content")
        shutil.copy(root / "pelicanconf.py", folder)
        server = DeskServer(load_site(Path(folder)), 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.desk.warm()
        for name, width, scheme, keys in DESK_PICTURES:
            page = browser.new_page(viewport={"width": width, "height": 860}, color_scheme=scheme)
            page.goto(f"{server.address}/")
            page.locator("#paste").fill(SAMPLE.read_text("utf-8"))
            page.keyboard.press("Control+Enter")
            page.wait_for_url("**/entry/*")
            page.locator("#text .mark").first.wait_for()
            page.locator(".problem").first.wait_for()
            for key in keys:
                page.keyboard.press(key)
            page.frame_locator("#frame").locator("h1").wait_for(state="attached")
            page.screenshot(path=IMAGES / f"{name}.png")
            print(IMAGES / f"{name}.png")
            page.close()
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
