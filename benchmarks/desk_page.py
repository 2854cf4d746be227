"""How long an editor waits at the desk: from a change in a field to the page beside it, in Chromium.

    python -m benchmarks.desk_page --sizes 108,1000,10000

108 is this repository's own site, larger ones are generated. `pouch desk` runs in a process of its own; keys come from
Chromium's own input. The time runs from the event that changes the field, by the browser's clock, to the first frame
that is drawn with the change on the page. Each kind of field is changed several times, on a draft that is saved.
"typing" writes a sentence, a letter every 60 ms, and takes the time of each letter; "after a save" does so while the
archive is loaded again. The processor's milliseconds a change are those of the desk and of the browser's tab, with the
evidence that follows the page.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click
from playwright.sync_api import CDPSession, Page, expect

from benchmarks.desk import PATIENCE, desk_of, tab
from benchmarks.preview import ROOT, make_site

ARTICLE = ROOT / "samples" / "baltic-grid.en.txt"
KEPT = ".passage--paragraph:not(.passage--dropped)"
KEY_MS = 60
"""Between two letters of somebody who types fast."""
WATCH = """(type) => {
  const main = () => document.querySelector("#frame").contentDocument.querySelector("main").outerHTML;
  const before = main(), start = new Promise((run) => {
    document.addEventListener(type, (event) => run(event.timeStamp), { capture: true, once: true });
  });
  window.measured = start.then((at) => new Promise((run) => {
    const look = () => (main() === before ? requestAnimationFrame(look) : run(performance.now() - at));
    look();
  }));
}"""
"""The page holds still before a change, so that whatever is different afterwards is the change."""
WATCH_TITLE = """() => {
  const open = new Map(), times = window.measured = [];
  document.addEventListener("input", ({ timeStamp, target }) => open.set(target.value, timeStamp), true);
  const look = () => {
    const shown = document.querySelector("#frame").contentDocument.querySelector("h1").textContent;
    if (open.has(shown)) {
      for (const [value, start] of open) {
        times.push(performance.now() - start);
        open.delete(value);
        if (value === shown) break;
      }
    }
    requestAnimationFrame(look);
  };
  look();
}"""
"""A letter is shown by the page that has it, and by one with further letters."""


class Change(NamedTuple):
    """A kind of change."""

    name: str
    event: str  # that begins it
    make: Callable[[Page, int], None]  # the k-th time
    prepare: Callable[[Page, int], object] = lambda *_: None  # what is no part of it


def letter(selector: str) -> Callable[[Page, int], None]:
    """One letter more at the end of a field."""

    def make(page: Page, number: int) -> None:
        page.locator(selector).first.press("End")
        page.keyboard.press("abcdefghij"[number % 10])

    return make


def name_of(kind: str, names: tuple[str, ...]) -> Callable[[Page, int], None]:
    """The beginning of a term's name, with what completes it."""

    def prepare(page: Page, number: int) -> None:
        page.locator(f"#add-{kind}").fill(names[number % len(names)])
        expect(page.locator(f"#options-{kind} [role=option]").first).to_be_visible()

    return prepare


def key(selector: str, pressed: str) -> Callable[[Page, int], None]:
    """One key where the last of these is."""
    return lambda page, _: page.locator(selector).last.press(pressed)


def month(page: Page, _: int) -> None:
    """A date without its last digit."""
    page.locator("#date").fill("2025-03-0")


def address(page: Page, _: int) -> None:
    """An address to which letters can be added."""
    page.locator("#source_url").fill("https://example.org/")


def article(page: Page, _: int) -> None:
    """The article is where the page was; what has no frame is not drawn, but brought up to date all the same."""
    page.locator("#tab-text").click()


def rewrite(page: Page, number: int) -> None:
    """The text of a passage is another, and the field still open."""
    article(page, number)
    page.locator(KEPT).first.press("e")
    page.keyboard.insert_text(f"Another beginning {number}. ")


COUNTRIES = ("Norway", "Chile", "Kenya", "Japan", "Peru", "Ghana", "Fiji", "Cuba", "Oman", "Mali")
TOPICS = (
    "Trade",
    "Fishing",
    "Tourism",
    "Sport",
    "Education",
    "Health",
    "Religion",
    "Weather",
    "Climate",
    "Crime",
)
CHANGES = (
    Change("title", "input", letter("#title")),
    Change("summary", "input", letter("#summary")),
    Change("key point moved", "keydown", key("#key-points textarea", "Alt+ArrowUp")),
    Change("key point", "input", letter("#key-points textarea")),
    Change(
        "date",
        "input",
        lambda page, number: page.keyboard.press(str(1 + number % 9)),
        month,
    ),
    Change("language", "input", lambda page, number: page.locator("#lang").fill(("fr", "en")[number % 2])),
    Change(
        "country added",
        "keydown",
        lambda page, _: page.keyboard.press("Enter"),
        name_of("country", COUNTRIES),
    ),
    Change("country moved", "keydown", key('[data-list="countries"] .chip__name', "Shift+ArrowLeft")),
    Change("country only named", "keydown", key('[data-list="countries"] .chip__name', "p")),
    Change("country rejected", "keydown", key('[data-list="mentions"] .chip__name', "Delete")),
    Change("topic added", "keydown", lambda page, _: page.keyboard.press("Enter"), name_of("topic", TOPICS)),
    Change("topic rejected", "keydown", key('[data-list="topics"] .chip__name', "Delete")),
    Change("published by", "input", letter("#source_name")),
    Change("author", "input", letter("#source_author")),
    Change("title of the original", "input", letter("#source_title")),
    Change("address", "input", letter("#source_url"), address),
    Change("passage left out", "keydown", key(KEPT, "x"), article),
    Change("passage edited", "keydown", lambda page, _: page.keyboard.press("Escape"), rewrite),
)


class Row(NamedTuple):
    """Milliseconds of the changes of one kind."""

    name: str
    times: list[float]
    desk: float  # of processor, a change
    tab: float


class Clock:
    """Processor time of the desk's process and of those that draw pages."""

    def __init__(self, process: int, session: CDPSession) -> None:
        self._process = process
        self._session = session

    def read(self) -> tuple[float, float]:
        """Milliseconds so far."""
        ticks = Path(f"/proc/{self._process}/stat").read_text().rpartition(")")[2].split()[11:13]
        processes = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        tab = sum(each["cpuTime"] for each in processes if each["type"] == "renderer")
        return 1000 * sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), 1000 * tab


def measured(page: Page, clock: Clock, change: Change, times: int) -> Row:
    """A kind of change, made so many times."""
    taken, desk, tab = [], 0.0, 0.0
    for number in range(times):
        change.prepare(page, number)
        settle(page)
        before = clock.read()
        page.evaluate(WATCH, change.event)
        change.make(page, number)
        taken.append(page.evaluate("() => window.measured"))
        settle(page)
        after = clock.read()
        desk, tab = desk + after[0] - before[0], tab + after[1] - before[1]
    return Row(change.name, taken, desk / times, tab / times)


def typing(page: Page, clock: Clock, name: str, text: str) -> Row:
    """A sentence typed as a title: the time of each letter."""
    page.locator("#title").fill("")
    settle(page)
    before = clock.read()
    page.evaluate(WATCH_TITLE)
    page.locator("#title").press_sequentially(text, delay=KEY_MS)
    page.wait_for_function("(count) => window.measured.length >= count", arg=len(text))
    taken: list[float] = page.evaluate("() => window.measured")
    after = clock.read()
    return Row(name, taken, (after[0] - before[0]) / len(text), (after[1] - before[1]) / len(text))


def settle(page: Page) -> None:
    """Wait until the desk has answered everything, evidence too, which is asked for a moment after a change."""
    page.wait_for_timeout(400)
    page.wait_for_load_state("networkidle")


def rows_of(site: Path, times: int) -> Iterator[Row]:
    """The rows of one site."""
    text = "Ferries cross the strait again, and the harbour master counts them one by one"
    with desk_of(site) as (address, process), tab() as page:
        page.goto(f"{address}/")
        page.locator("#paste").fill(ARTICLE.read_text("utf-8"))
        page.keyboard.press("Control+Enter")
        # The first start on a large archive reads every entry.
        page.wait_for_url("**/entry/*", timeout=5 * PATIENCE)
        expect(page.locator("#text .mark").first).to_be_visible()
        assert page.context.browser is not None
        clock = Clock(process, page.context.browser.new_browser_cdp_session())
        page.keyboard.press("v")
        settle(page)
        yield typing(page, clock, "typing, before the first save", text)
        page.keyboard.press("Control+s")
        expect(page.locator("#state")).to_contain_text("content/entries/")
        yield typing(page, clock, "typing, after a save", text.replace("Ferries", "Trains"))
        for change in CHANGES:
            yield measured(page, clock, change, times)


@click.command()
@click.option("--sizes", default="108,1000,10000", show_default=True, help="numbers of entries")
@click.option("--times", default=5, show_default=True, help="changes of each kind")
def main(sizes: str, times: int) -> None:
    """Measure the time from a change to the page that shows it."""
    for size in map(int, sizes.split(",")):
        every: list[float] = []
        print(
            f"| {size:,} entries | median, ms | at most | desk's processor | tab's |\n|---|---:|---:|---:|---:|"
        )
        with tempfile.TemporaryDirectory(prefix="pouch-desk-") as folder:
            for row in rows_of(make_site(Path(folder) / "site", size), times):
                every += row.times
                print(
                    f"| {row.name} | {statistics.median(row.times):.0f} | {max(row.times):.0f} |"
                    f" {row.desk:.0f} | {row.tab:.0f} |",
                    flush=True,
                )
        print(f"| all | {statistics.median(every):.0f} | {max(every):.0f} | | |\n")


if __name__ == "__main__":
    main()
