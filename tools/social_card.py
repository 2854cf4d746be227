"""The two pictures of the theme that other programs ask for, drawn from its favicon.

    python -m tools.social_card

card.png (1200 × 630, what the Open Graph protocol and its readers expect) stands for a page where its address is
shared; icon.png (512 × 512) for the site on a phone's home screen and in structured data. Neither bears a name or a
word: they serve every site, in every language.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium

STATIC = Path(__file__).parents[1] / "theme" / "static"
PAPER, INK, WAX = "#fcfbf7", "#1c1a16", "#8f1f1a"
# Name, width and height in pixels, side of the device, ground.
PICTURES = (("card", 1200, 630, 300, PAPER), ("icon", 512, 512, 512, INK))


def page(width: int, height: int, side: int, ground: str) -> str:
    """An HTML page of that size with the device in its middle; on paper it stands between two rules."""
    device = (STATIC / "favicon.svg").read_text("utf-8")
    frame = f"border-block: 14px solid {WAX};" if ground == PAPER else ""
    return (
        f"<!doctype html><style>body{{margin:0;box-sizing:border-box;width:{width}px;height:{height}px;"
        f"display:grid;place-items:center;background:{ground};{frame}}}"
        f"svg{{width:{side}px;height:{side}px}}</style>{device}"
    )


def main() -> int:
    """Draw both."""
    executable = chromium.find()
    if executable is None:
        print("no Chromium; run `make browser`", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.arguments())
        for name, width, height, side, ground in PICTURES:
            sheet = browser.new_page(viewport={"width": width, "height": height})
            sheet.set_content(page(width, height, side, ground))
            sheet.screenshot(path=STATIC / f"{name}.png")
            print(STATIC / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
