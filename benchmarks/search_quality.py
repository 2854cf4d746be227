"""How often the right briefings come first: our search beside Pagefind's, over the same texts, in one browser.

    python -m benchmarks.search_quality

Builds the sample site of the repository, and lets Pagefind index one page for each version of a briefing: its title,
key points, summary and body, which ours holds too. All pages are English to it, since it searches one language at a
time otherwise. Both are asked tests/search/queries.toml, with the settings that they come with. The measure is that
of tests/browser/test_queries.py.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import sync_playwright

from benchmarks.pagefind import find_pagefind
from benchmarks.search import served
from pouch.engine.build import build
from pouch.site import load_site
from tests.browser import chromium
from tests.browser.test_queries import ASK, load_queries, precision

ROOT = Path(__file__).parents[1]
ASK_PAGEFIND = """async (queries) => {
    const pagefind = await import("/plain/pagefind.js");
    const answers = [];
    for (const {q} of queries) {
        const {results} = await pagefind.search(q);
        const facts = await Promise.all(results.slice(0, 20).map((each) => each.data()));
        answers.push(facts.map(({url}) => url.split("/").at(-1).replace(".html", "")));
    }
    return answers;
}"""


def write_pages(output: Path, pages: Path) -> list[list[str]]:
    """A page for each version of each briefing of a built site; returns the slugs of each briefing's versions."""
    pages.mkdir()
    briefings = []
    for file in sorted((output / "search" / "index").rglob("*.texts")):
        for versions in msgspec.json.decode(gzip.decompress(file.read_bytes())):
            slugs = []
            for version in versions:
                slugs.append(version["url"].split("/")[2])
                body = "".join(
                    f"<p>{escape(text)}</p>"
                    for text in (*version["points"], version["summary"], version["body"])
                )
                head = '<!doctype html><html lang="en"><title>x</title>'
                page = f"{head}<body data-pagefind-body><h1>{escape(version['title'])}</h1>{body}"
                (pages / f"{slugs[-1]}.html").write_text(page, "utf-8")
            briefings.append(slugs)
    return briefings


def told(name: str, queries: Sequence[dict[str, Any]], answers: Sequence[Sequence[Sequence[str]]]) -> str:
    """A row of the table."""
    scores = [
        precision(set(query["right"]), [list(slugs) for slugs in found])
        for query, found in zip(queries, answers, strict=True)
    ]
    first = sum(
        bool(found) and not set(query["right"]).isdisjoint(found[0])
        for query, found in zip(queries, answers, strict=True)
    )
    return f"| {name} | {sum(scores) / len(scores):.3f} | {first / len(scores):.1%} |"


def grouped(found: Sequence[str], briefings: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Results as briefings, each once, in order."""
    of_slug = {slug: briefing for briefing in briefings for slug in briefing}
    return list({id(of_slug[slug]): of_slug[slug] for slug in found}.values())


def main() -> None:
    """Print a table."""
    queries = load_queries()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        shutil.copytree(ROOT / "content", root / "content")
        shutil.copy(ROOT / "pelicanconf.py", root)
        build(load_site(root))
        output = root / "output"
        briefings = write_pages(output, Path(folder) / "pages")
        subprocess.run(
            [
                find_pagefind(),
                "--site",
                Path(folder) / "pages",
                "--output-path",
                output / "plain",
                "--silent",
            ],
            check=True,
        )
        with served(output) as host, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
            page = browser.new_page(bypass_csp=True)
            page.goto(f"http://127.0.0.1:{host.server_address[1]}/search/")
            index = "/search/index/"
            ours = page.evaluate(
                ASK,
                {
                    "queries": queries,
                    "engine": "/theme/search-engine.js",
                    "folder": index,
                    "languages": ["en", "fr", "de", "es"],
                },
            )["answers"]
            theirs = page.evaluate(ASK_PAGEFIND, queries)
            browser.close()
    print(f"{len(queries)} queries\n\n| search | precision at 5 | first result right |\n|---|---:|---:|")
    print(told("Pouch", queries, ours))
    print(
        told("Pagefind, results as it gives them", queries, [[[slug] for slug in found] for found in theirs])
    )
    print(told("Pagefind, each briefing once", queries, [grouped(found, briefings) for found in theirs]))


if __name__ == "__main__":
    main()
