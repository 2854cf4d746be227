"""The golden site: every address that it has, and what its readers and subscribers see there.

Where a change is meant, `GOLDEN=write make test-quick` writes tests/sites/harbour/expected/ anew; read the diff.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import feedparser
import lxml.html
import pytest

from pouch.engine.build import build
from pouch.site import load_site

SITE = Path(__file__).parents[1] / "sites" / "harbour"
# 1 May 2025: every entry is due but one.
NOW = "1746057600"
PAGES = (
    "index.html",
    "fr/index.html",
    "page/1/index.html",
    "briefings/quay-opens/index.html",
    "briefings/quai-ouvert/index.html",
    "briefings/catch-quota/index.html",
    "briefings/cod-quota/index.html",
    "briefings/old-pier/index.html",
    "countries/index.html",
    "countries/norway/index.html",
    "countries/norway/2025/index.html",
    "countries/norway/ports/index.html",
    "countries/czech-republic/index.html",
    "countries/denmark/index.html",
    "fr/countries/norway/index.html",
    "topics/transport/index.html",
    "regions/northern-europe/index.html",
    "archive/2025/04/index.html",
    "about/index.html",
    "404.html",
)
FEEDS = (
    "feed.xml",
    "atom.xml",
    "feed.fr.xml",
    "countries/norway/feed.fr.xml",
    "countries/norway/feed.xml",
    "countries/czechia/feed.xml",
    "topics/harbours/feed.xml",
    "topics/transport/atom.xml",
    "countries/norway/ports/feed.xml",
    "countries/denmark/mentions.xml",
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built."""
    # A copy, so that the build's state does not stay in the repository.
    root = shutil.copytree(SITE, tmp_path_factory.mktemp("golden") / "site")
    folder = root / "output"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOW)
        build(load_site(root), clean=True)
    return folder


def addresses(output: Path) -> Iterator[str]:
    """Everything under the output folder but the theme's own files, and those that are named by their bytes."""
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output).as_posix()
        named = path.startswith("search/index/") and file.suffix in (".words", ".texts", ".spelling")
        if file.is_file() and not named and not path.startswith("theme/"):
            yield f"/{path}"


def shown(file: Path) -> Iterator[str]:
    """A page as it is read: title, the text of its main part, and where its links lead."""
    page = lxml.html.parse(file, lxml.html.HTMLParser(encoding="utf-8")).getroot()
    yield f"title: {page.findtext('head/title')}"
    (main,) = page.xpath("//main") or [page.body]
    for drawing in main.xpath(".//*[local-name()='svg']"):
        drawing.drop_tree()
    for line in main.text_content().split("\n"):
        if words := " ".join(line.split()):
            yield words
    yield from (f"→ {link.get('href')}" for link in main.xpath(".//a[@href]"))


def told(file: Path) -> Iterator[str]:
    """A feed as a feed reader takes it in."""
    feed = feedparser.parse(file.read_bytes())
    yield f"title: {feed.feed.title}"
    for item in feed.entries:
        yield f"{item.id} | {item.published} | {item.link} | {item.title}"
        yield f"    {', '.join(tag.term for tag in item.get('tags', ()))}"
        yield f"    {item.summary}"
        for content in item.get("content", ()):
            text = re.sub(r"<[^>]+>", " ", content.value)
            yield from (f"    > {words}" for line in text.split("\n") if (words := line.strip()))


def report(parts: Iterator[tuple[str, Iterator[str]]]) -> str:
    """One text of many files."""
    lines = []
    for name, part in parts:
        lines += [f"== /{name}", *(line.rstrip() for line in part), ""]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["addresses", "pages", "feeds"])
def test_the_golden_site_is_what_it_was(name: str, output: Path) -> None:
    """No address comes or goes, and no page or item says something else, without somebody having meant it."""
    if name == "addresses":
        found = "\n".join(addresses(output)) + "\n"
    elif name == "pages":
        found = report((path, shown(output / path)) for path in PAGES)
    else:
        found = report((path, told(output / path)) for path in FEEDS)
    expected = SITE / "expected" / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found, "utf-8", newline="\n")
    assert found == expected.read_text("utf-8")
