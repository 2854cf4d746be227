"""The right briefings come first: tests/search/queries.toml, asked in a browser of the sample site's index."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from pouch.site import Site
from tests.browser.conftest import open_tab
from tests.plugins.pouch_search.test_words import KEYS

QUERIES = Path(__file__).parents[1] / "search" / "queries.toml"
FIRST = 5
ASK = """async ({queries, engine, index, shards, languages}) => {
    const {Engine} = await import(engine);
    const engines = {};
    const answers = [];
    for (const {lang, q} of queries) {
        const own = engines[lang] ||= await new Engine({index, shards, lang, languages}).open();
        let found = await own.search(q);
        if (!found.results.length) found = await own.search(await own.corrected(q, found.unknown));
        const facts = await Promise.all(found.results.slice(0, 5).map(({briefing}) => own.facts(briefing)));
        answers.push(facts.map((versions) => versions.map(({url}) => url.split("/")[2])));
    }
    return answers;
}"""


def load_queries() -> list[dict[str, Any]]:
    """The set: each has the interface's language, the query, and the right briefings."""
    queries: list[dict[str, Any]] = tomllib.loads(QUERIES.read_text("utf-8"))["query"]
    return queries


def precision(right: set[str], answers: list[list[str]]) -> float:
    """The share of right ones among the first five, or among as many as there are right ones.

    `answers` are the slugs of each briefing's versions, in order.
    """
    most = min(FIRST, len(right))
    return sum(not right.isdisjoint(slugs) for slugs in answers[:most]) / most


def test_the_set_is_large_and_in_every_language() -> None:
    """At least 120 queries, each once; every interface language of the sample has its share."""
    queries = load_queries()
    counts = Counter(query["lang"] for query in queries)
    assert len({(query["lang"], query["q"]) for query in queries}) == len(queries) >= 120
    assert min(counts[lang] for lang in ("en", "fr", "de", "es")) >= 15


def test_right_briefings_come_first(browser: Browser, site: Site) -> None:
    """Precision among the first five is at least .9 on average, and the first result is nearly always a right one."""
    queries = load_queries()
    root = f"{site.url}/search"
    with open_tab(browser) as page:
        page.goto(f"{root}/")
        answers = page.evaluate(
            ASK,
            {
                "queries": queries,
                "engine": f"{site.url}/theme/search-engine.js",
                "index": f"{root}/index/",
                "shards": [f"{root}/index/0/"],
                "languages": list(site.languages),
            },
        )
    scores = {
        f"{query['lang']}: {query['q']}": precision(set(query["right"]), found)
        for query, found in zip(queries, answers, strict=True)
    }
    mean = sum(scores.values()) / len(scores)
    first = sum(
        not set(query["right"]).isdisjoint(found[0] if found else ())
        for query, found in zip(queries, answers, strict=True)
    ) / len(queries)
    print(f"precision at 5: {mean:.3f}; first result right: {first:.3f}; {len(queries)} queries")
    worst = sorted((score, query) for query, score in scores.items() if score < 1)
    assert mean >= 0.9, worst
    assert first >= 0.95, worst


def test_queries_are_taken_apart_as_texts_are(browser: Browser, site: Site) -> None:
    """The browser's words are the index's: the same letters folded, the same abbreviations."""
    ask = """async ([engine, texts]) => {
        const {keysOf} = await import(engine);
        return texts.map((text) => keysOf(text).map(({key, caps}) => caps ? key.toUpperCase() : key));
    }"""
    with open_tab(browser) as page:
        page.goto(f"{site.url}/search/")
        found = page.evaluate(ask, [f"{site.url}/theme/search-engine.js", [text for text, _ in KEYS]])
    assert found == [keys for _, keys in KEYS]
