"""Stylesheets and scripts as they are published: each page has the rules that it needs, with their meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pygments.lexers import JavascriptLexer
from pygments.token import Comment, String

from pouch import settings
from pouch.theming.assets import asset_bytes, asset_files
from pouch.theming.script import join_script
from tests.browser.conftest import open_tab
from tests.theming import specimens

THEME = Path(settings.THEME)
ASSETS = dict(asset_files(THEME))
SHEETS = [file for path, file in ASSETS.items() if path.endswith(".css")]
SCRIPTS = [file for path, file in ASSETS.items() if path.endswith(".js")]
# Each rule of some texts of CSS with the layers and conditions around it, as the browser has read it.
RULES = """(texts) => texts.flatMap((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const told = [];
  const walk = (rules, around) => {
    for (const rule of rules) {
      const style = rule.style ? [...rule.style].map((name) => `${name}:${rule.style.getPropertyValue(name)
        .replace(/\\s+/g, " ").replace(/ ?,/g, ",").replace(/, /g, ",")
        .replace(/(^|[^\\w.#])0(?=[.])/g, "$1")}!${rule.style.getPropertyPriority(name)}`) : [];
      const name = rule.selectorText || rule.conditionText || rule.name || (rule.nameList || []).join();
      if (rule.cssRules && !rule.selectorText) walk(rule.cssRules, [...around, name]);
      else told.push([around.join(" / "), name, style.join("; ")].join(" | "));
    }
  };
  walk(sheet.cssRules, []);
  return told;
})"""
# Selectors of `every` text of CSS, in a part, that match something on one of the pages and that none of the pages' own
# sheets has: [path, selectors].
MISSING = """({ pages, every, own }) => {
  const selectors = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const walk = (rules) =>
      [...rules].flatMap((rule) => rule.selectorText ? [rule.selectorText] : walk(rule.cssRules || []));
    return new Set(walk(sheet.cssRules));
  };
  const has = selectors(own);
  const others = [...selectors(every)].filter((each) => !has.has(each)).map((each) => [
    each,
    each.split(/,(?![^(]*\\))/).map((one) => one.trim()
      .replace(/::?(?:before|after|placeholder|selection|marker)\\b/g, "")
      .replace(/:(?:hover|focus-visible|focus|target|checked|open|disabled)\\b/g, "")
      .replace(/:not\\(\\)/g, "") || "*"),
  ]);
  return pages.flatMap(([path, html]) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const lacking = others.filter(([, some]) => some.some((one) => page.querySelector(one))).map(([each]) => each);
    return lacking.length ? [[path, lacking]] : [];
  });
}"""


def imported(file: Path) -> Iterator[str]:
    """A stylesheet as a designer reads it: its parts one after another, in their layers."""
    for name, layer in re.findall(r'@import "([^"]+)" layer\((\w+)\);', file.read_text("utf-8")):
        yield f"@layer {layer} {{ {(file.parent / name).read_text('utf-8')} }}"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """An empty tab, in which stylesheets are read."""
    with open_tab(browser) as page:
        yield page


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.name)
def test_a_published_stylesheet_means_what_its_parts_mean(tab: Page, file: Path) -> None:
    """A browser reads the same rules, in the same order, layers and conditions, from what is published."""
    rules = tab.evaluate(RULES, [asset_bytes(file).decode()])
    parts = tab.evaluate(RULES, [*imported(file)])
    assert len(parts) > 5
    assert [rule for rule in rules if "|  |" not in rule][-len(parts) :] == parts


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_published_script_has_every_sign_of_its_modules(file: Path) -> None:
    """Comments and blanks are left out, and nothing else."""

    def signs(text: str) -> str:
        return "".join(
            value if kind in String else "".join(value.split())
            for kind, value in JavascriptLexer().get_tokens(text)
            if kind not in Comment
        )

    assert signs(asset_bytes(file).decode()) == signs(join_script(file))


def pages_apart(*folders: Path) -> Iterator[tuple[str, str]]:
    """Pages in these folders that differ in their classes or their stylesheets: (path, text)."""
    seen = set()
    for folder in folders:
        for file in sorted(folder.rglob("*.html")):
            text = file.read_text("utf-8")
            facts = frozenset(re.findall(r'[\w/-]+\.css|(?<=class=")[^"]+', text))
            if facts not in seen:
                seen.add(facts)
                yield file.relative_to(folder).as_posix(), text


def test_each_page_has_the_rules_that_it_needs(tab: Page, sample: Path, tmp_path: Path) -> None:
    """No rule of any part of the theme matches something on a page whose two stylesheets lack it."""
    specimens.write(tmp_path)
    every = "".join(part for file in SHEETS for part in imported(file))
    pages_by_sheets: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for path, html in pages_apart(tmp_path, sample / "output"):
        sheets = tuple(re.findall(r'href="[\w/]*/theme/([\w-]+\.css)"', html))
        assert len(sheets) == 2, path
        pages_by_sheets.setdefault(sheets, []).append((path, html))
    missing = {}
    for sheets, pages in pages_by_sheets.items():
        own = "".join(part for name in sheets for part in imported(THEME / "static" / name))
        missing.update(tab.evaluate(MISSING, {"pages": pages, "every": every, "own": own}))
    assert missing == {}
