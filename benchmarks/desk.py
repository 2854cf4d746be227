"""Keystrokes from a page to a curated draft, measured: `python -m benchmarks.desk [--site DIR] [--headed]`.

Twelve curated entries of a site, one in each style of `benchmarks.page_styles`, are taken out of a copy of its archive
and handed to the desk as web pages in a real browser. A program that knows the entry then does what an editor would
have to do to bring its fields to what the entry says, counts every key and every click, and saves. The seconds are the
machine's: what an editor thinks in between comes on top. The last figure is the time from a change to its page.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.drafts import entries_of, story_of
from benchmarks.page_styles import STYLES
from pouch.content.entry import Entry
from pouch.content.parse import parse_entry
from pouch.desk.server import DeskServer
from pouch.site import Site, load_site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.browser import chromium

PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "page");
  document.querySelector("#paste").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""


class Editor:
    """Hands at a keyboard and a mouse, which are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        self.clicks = 0

    def press(self, key: str) -> None:
        """One key, with whatever is held."""
        self.page.keyboard.press(key)
        self.keys += 1

    def write(self, text: str) -> None:
        """As many keys as characters."""
        self.page.keyboard.insert_text(text)
        self.keys += len(text)

    def click(self, selector: str) -> None:
        """One click."""
        self.page.locator(selector).first.click()
        self.clicks += 1

    def paste(self, html: str) -> None:
        """One key, for the whole page."""
        self.page.evaluate(PASTE, html)
        self.keys += 1


def chips(page: Page, name: str) -> list[str]:
    """The keys of a list's terms."""
    found: list[str] = page.evaluate(
        f"[...document.querySelectorAll('.chip[data-list=\"{name}\"]')].map((one) => one.dataset.key)"
    )
    return found


def curate(editor: Editor, entry: Entry, vocabulary: Vocabulary) -> None:
    """Bring the fields on the desk to those of the entry; a mention more or less is left, as editors do."""
    page = editor.page
    wanted = {"countries": entry.countries, "topics": entry.topics}
    for name, keys in wanted.items():
        kind = "topic" if name == "topics" else "country"
        for key in set(chips(page, name)) - set(keys):
            editor.click(f'.chip[data-list="{name}"][data-key="{key}"] .chip__drop')
        for key in [key for key in keys if key not in chips(page, name)]:
            perhaps = f'.chip[data-list="perhaps-{kind}"][data-key="{key}"] .chip__name'
            named = f'.chip[data-list="mentions"][data-key="{key}"] .chip__name'
            if page.locator(perhaps).count():
                editor.click(perhaps)
            elif page.locator(named).count():
                editor.click(named)
                editor.press("Enter")  # "About it" has the focus
            else:
                editor.press("Escape")
                editor.press("o" if kind == "topic" else "c")
                label = vocabulary.label("topic" if kind == "topic" else "country", key, "en")
                for length in range(3, len(label) + 1):
                    editor.write(label[length - 1] if length > 3 else label[:3])
                    page.wait_for_timeout(60)
                    first = page.locator(f"#options-{kind} .options__option")
                    if first.count() and label in first.first.inner_text():
                        break
                editor.press("Enter")
            expect(page.locator(f'.chip[data-list="{name}"][data-key="{key}"]')).to_be_visible(timeout=30_000)
    if page.locator("#title").input_value() != entry.title:
        editor.press("Escape")
        editor.press("t")
        editor.press("Control+a")
        editor.write(entry.title)
    if page.locator("#candidates li").count():
        editor.press("Escape")
        editor.press("p")
        editor.press("a")
    if not page.locator("#date").input_value() and entry.date:
        editor.press("Escape")
        editor.press("d")
        editor.write(f"{entry.date:%Y-%m-%d}")


def measure(site: Site, root: Path, *, headed: bool) -> tuple[list[tuple[str, int, int, float]], list[float]]:
    """For each page its style, keys, clicks and seconds; and the seconds from each of some changes to its page."""
    vocabulary, _ = load_vocabulary(site)
    entries = list(chosen(entries_of(site, vocabulary)))
    for _, file in entries:
        (root / file).unlink()
    rows: list[tuple[str, int, int, float]] = []
    server = DeskServer(load_site(root), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.desk.warm()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.arguments(), headless=not headed
        )
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(120_000)
        for (entry, _), style in zip(entries, STYLES, strict=False):
            page.goto(f"{server.address}/")
            expect(page.locator("#empty, .row").first).to_be_attached()
            editor, start = Editor(page), time.perf_counter()
            editor.paste(style(story_of(entry)))
            page.wait_for_url("**/entry/*")
            expect(page.locator("#text .mark").first).to_be_visible(timeout=120_000)
            curate(editor, entry, vocabulary)
            editor.press("Control+s")
            expect(page.locator("#state")).to_contain_text("content/entries/")
            rows.append((style.__name__, editor.keys, editor.clicks, time.perf_counter() - start))
        changes = list(seen(page))
        browser.close()
    server.shutdown()
    return rows, changes


def seen(page: Page) -> Iterator[float]:
    """The seconds from a change of the title to the page that shows it."""
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    title = page.frame_locator("#frame").locator("h1")
    for number in range(10):
        start = time.perf_counter()
        page.locator("#title").fill(f"A title with the number {number}")
        while title.inner_text() != f"A title with the number {number}":
            page.wait_for_timeout(5)
        yield time.perf_counter() - start


def chosen(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """As many entries as there are styles, from all over the archive, each with its file."""
    found = list(entries)
    for number in range(len(STYLES)):
        entry = found[number * len(found) // len(STYLES)]
        yield entry, paths[entry.id]


paths: dict[str, str] = {}


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path(), help="whose entries are rewritten")
    parser.add_argument("--headed", action="store_true", help="show the browser")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="pouch-desk-") as folder:
        root = Path(folder)
        shutil.copytree(options.site / "content", root / "content")
        shutil.copy(options.site / "pelicanconf.py", root)
        site = load_site(root)
        vocabulary, _ = load_vocabulary(site)
        for file in sorted(site.entries_path.rglob("*.md")):
            entry, _ = parse_entry(file.read_text("utf-8"), str(file), vocabulary=vocabulary, site=site)
            if entry is not None:
                paths[entry.id] = file.relative_to(root).as_posix()
        rows, changes = measure(site, root, headed=options.headed)
    print("| page | keys | clicks | seconds |\n|---|---:|---:|---:|")
    for row in rows:
        print(f"| {row[0]} | {row[1]} | {row[2]} | {row[3]:.1f} |")
    keys, clicks = statistics.median(row[1] for row in rows), statistics.median(row[2] for row in rows)
    print(f"| median | {keys:g} | {clicks:g} | {statistics.median(row[3] for row in rows):.1f} |")
    print(
        f"\nFrom a change to its page: median {statistics.median(changes) * 1000:.0f} ms, "
        f"at most {max(changes) * 1000:.0f} ms."
    )


if __name__ == "__main__":
    main()
