"""Keystrokes from a page to a curated draft: `python -m benchmarks.desk [--site DIR | --pages FILE] [--headed]`.

Without `--pages`, twelve curated entries of a site are taken out of a copy of its archive and handed to the desk as web
pages, one in each style of `benchmarks.page_styles`. A program that knows the entry does in Chromium what an editor
would have to do to bring the fields to what the entry says, counts every key and every click, and saves.

`--pages` takes real pages: a folder of HTML files, or lines of JSON with "html" and what is right of these: "title",
"author", "date", "gold_text" (the whole text), "with" and "without" (texts that belong to the article or do not).
Twelve are drawn by `--seed`. What the file does not say stays as it is proposed, such as countries and topics. The
seconds are the machine's; what an editor thinks comes on top.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Locator, Page, expect, sync_playwright

from benchmarks.drafts import story_of
from benchmarks.page_styles import STYLES
from pouch.content.parse import parse_entry
from pouch.site import Site, load_site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.browser import chromium

PATIENCE = 120_000
"""Milliseconds after which a page that does not change ends the measurement."""
TELLING = 25
"""Letters from which on a passage can be looked up in a text."""
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "page");
  document.querySelector("#paste").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""


class Task(msgspec.Struct, frozen=True):
    """A page, and what is right of it; None where nobody knows."""

    name: str
    html: str
    title: str | None = None
    author: str | None = None
    date: str | None = None
    countries: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    text: str = ""  # the whole article
    parts: tuple[str, ...] = ()  # texts that belong to it
    others: tuple[str, ...] = ()  # and that do not

    def wants(self, passage: str) -> bool | None:
        """Whether a passage belongs to the article."""
        plain = _plain(passage)
        if any(_plain(part) in plain for part in self.others):
            return False
        if any(_plain(part) in plain for part in self.parts):
            return True
        return plain in _plain(self.text) if self.text and len(plain) >= TELLING else None


class Editor:
    """Hands at a keyboard and a mouse, which are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        self.clicks = 0

    def press(self, *keys: str) -> None:
        """One key after the other, each with whatever is held."""
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)

    def write(self, text: str) -> None:
        """As many keys as characters."""
        self.page.keyboard.insert_text(text)
        self.keys += len(text)

    def click(self, what: Locator) -> None:
        """One click."""
        what.first.click()
        self.clicks += 1

    def paste(self, html: str) -> None:
        """One key, for the whole page."""
        self.page.evaluate(PASTE, html)
        self.keys += 1

    def field(self, key: str, selector: str, text: str | None) -> None:
        """A field that `key` leads to."""
        if text is not None and _plain(self.page.locator(selector).input_value()) != _plain(text):
            self.press("Escape", key)
            self.page.locator(selector).focus()
            self.press("Control+a")
            self.write(text)

    def terms(self, name: str, keys: tuple[str, ...], vocabulary: Vocabulary) -> None:
        """A list of terms; a mention more or less is left, as editors do."""
        page, kind = self.page, "topic" if name == "topics" else "country"
        own = f'.chip[data-list="{name}"]'
        shown: list[str] = page.locator(own).evaluate_all("(all) => all.map((one) => one.dataset.key)")
        for key in set(shown) - set(keys):
            self.click(page.locator(f'{own}[data-key="{key}"] .chip__drop'))
        for key in (key for key in keys if key not in shown):
            perhaps = page.locator(f'.chip[data-list="perhaps-{kind}"][data-key="{key}"] .chip__name')
            named = page.locator(f'.chip[data-list="mentions"][data-key="{key}"] .chip__name')
            if perhaps.count():
                self.click(perhaps)
            elif named.count():
                self.click(named)
                self.press("Enter")  # "About it" has the focus
            else:
                self._complete(kind, vocabulary.label("topic" if kind == "topic" else "country", key, "en"))
            expect(page.locator(f'{own}[data-key="{key}"]')).to_be_visible()

    def _complete(self, kind: str, label: str) -> None:
        self.press("Escape", "o" if kind == "topic" else "c")
        first = self.page.locator(f"#options-{kind} .options__option").first
        for length in range(3, len(label) + 1):
            self.write(label[length - 1] if length > 3 else label[:3])
            self.page.wait_for_timeout(60)
            if first.count() and label in first.inner_text():
                break
        self.press("Enter")

    def passages(self, task: Task) -> None:
        """What does not belong to the article is left out, what was left out and belongs to it is restored."""
        self.press("Escape")
        for number, passage in enumerate(self.page.locator(".passage").all()):
            wanted = task.wants(passage.locator(".passage__text").inner_text())
            dropped = "passage--dropped" in (passage.get_attribute("class") or "")
            act = passage.locator(".passage__act:not(.passage__act--edit)")
            if wanted is None or wanted is not dropped or not act.count():
                continue
            if not passage.is_visible():
                self.press("f")
            self.click(
                self.page.locator(".passage").nth(number).locator(".passage__act:not(.passage__act--edit)")
            )


def curate(editor: Editor, task: Task, vocabulary: Vocabulary) -> None:
    """Bring the fields on the desk to what is right."""
    if task.text or task.parts or task.others:
        editor.passages(task)
    if task.countries is not None:
        editor.terms("countries", task.countries, vocabulary)
    if task.topics is not None:
        editor.terms("topics", task.topics, vocabulary)
    editor.field("t", "#title", task.title)
    if editor.page.locator("#candidates li").count():
        editor.press("Escape", "p", "a")
    if not task.date or not editor.page.locator("#date").input_value().startswith(
        task.date
    ):  # with or without an hour
        editor.field("d", "#date", task.date)
    editor.field("r", "#source_author", task.author)


@contextmanager
def desk_of(site: Path) -> Iterator[tuple[str, int]]:
    """`pouch desk` in a process of its own: its address and its number."""
    command = [sys.executable, "-m", "pouch", "desk", "--site", str(site), "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    address = re.search(r"http://\S+(?=/ )", line)
    if address is None:
        raise RuntimeError(line)
    try:
        yield address[0], process.pid
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def tab(*, headed: bool = False) -> Iterator[Page]:
    """A tab of an editor's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.arguments(), headless=not headed
        )
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield page
        browser.close()


def measure(root: Path, tasks: list[Task], *, headed: bool) -> Iterator[tuple[str, int, int, float]]:
    """For each page its name, keys, clicks and seconds until the draft is saved."""
    vocabulary, _ = load_vocabulary(load_site(root))
    with desk_of(root) as (address, _), tab(headed=headed) as page:
        for task in tasks:
            page.goto(f"{address}/")
            expect(page.locator("#empty, .row").first).to_be_attached()
            editor, start = Editor(page), time.perf_counter()
            editor.paste(task.html)
            expect(page.locator(".notice").or_(page.locator("#text .passage")).first).to_be_attached()
            if "/entry/" not in page.url:
                print(f"{task.name}: {page.locator('.notice').first.inner_text()}", file=sys.stderr)
                continue
            expect(page.locator("#desk")).to_have_attribute("aria-busy", "false")
            page.wait_for_load_state("networkidle")
            curate(editor, task, vocabulary)
            editor.press("Control+s")
            again = page.get_by_role("button", name="Save it all the same")
            expect(page.locator("#state", has_text="content/entries/").or_(again)).to_be_visible()
            if again.count():
                editor.click(again)
            expect(page.locator("#state")).to_contain_text("content/entries/")
            yield task.name, editor.keys, editor.clicks, time.perf_counter() - start


def of_entries(site: Site, root: Path) -> Iterator[Task]:
    """As many entries as there are styles, from all over the archive, each taken out and rewritten as a page."""
    vocabulary, _ = load_vocabulary(site)
    entries = []
    for file in sorted(site.entries_path.rglob("*.md")):
        entry, _ = parse_entry(file.read_text("utf-8"), str(file), vocabulary=vocabulary, site=site)
        if entry is not None and entry.status == "published" and not entry.translation_of:
            entries.append((entry, root / file.relative_to(site.root)))
    for number, style in enumerate(STYLES):
        entry, file = entries[number * len(entries) // len(STYLES)]
        file.unlink()
        day = f"{entry.date:%Y-%m-%d}" if entry.date else None
        yield Task(
            style.__name__,
            style(story_of(entry)),
            title=entry.title,
            date=day,
            countries=entry.countries,
            topics=entry.topics,
        )


def of_pages(place: Path, count: int, seed: int) -> list[Task]:
    """Pages of a folder or of a file of JSON, drawn at random."""
    tasks = []
    if place.is_dir():
        tasks = [
            Task(file.name, file.read_text("utf-8", "replace")) for file in sorted(place.rglob("*.htm*"))
        ]
    else:
        with (gzip.open if place.suffix == ".gz" else open)(place, "rt", encoding="utf-8") as lines:
            tasks = [_task(json.loads(line)) for line in lines]
    return random.Random(seed).sample(tasks, min(count, len(tasks)))


def _task(line: dict[str, Any]) -> Task:
    return Task(
        line.get("url") or line.get("id") or "",
        line["html"],
        title=line.get("title") or None,
        author=line.get("author") or None,
        date=line.get("date") or None,
        text=line.get("gold_text") or "",
        parts=tuple(line.get("with") or ()),
        others=tuple(line.get("without") or ()),
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path(), help="whose archive the drafts enter")
    parser.add_argument("--pages", type=Path, help="a folder of HTML, or a file with a page a line as JSON")
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--headed", action="store_true", help="show the browser")
    options = parser.parse_args(arguments)
    rows = []
    with tempfile.TemporaryDirectory(prefix="pouch-desk-") as folder:
        root = Path(folder)
        shutil.copytree(options.site / "content", root / "content")
        shutil.copy(options.site / "pelicanconf.py", root)
        if options.pages:
            tasks = of_pages(options.pages, options.count, options.seed)
        else:
            tasks = list(of_entries(load_site(options.site.resolve()), root))
        print("| page | keys | clicks | seconds |\n|---|---:|---:|---:|")
        for row in measure(root, tasks, headed=options.headed):
            rows.append(row)
            print(f"| {row[0]} | {row[1]} | {row[2]} | {row[3]:.1f} |", flush=True)
    keys, clicks, seconds = (statistics.median(column) for column in list(zip(*rows, strict=True))[1:])
    print(f"| median | {keys:g} | {clicks:g} | {seconds:.1f} |")


if __name__ == "__main__":
    main()
