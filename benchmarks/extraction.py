"""Extraction, measured: `python -m benchmarks.extraction DATA [--cross-validate] [--errors N] [--sample K]
[--only SET] [--cold]`.

DATA is a folder with labelled pages, extract_*.jsonl.gz, and their scorer, score_extraction.py. Our text is what
`pouch convert --json` calls `text`. The peers run on the same pages in the same run, in turn, page by page. Intervals
are 95 % bootstrap over pages. Ours reads the page's metadata too, so its time stands beside trafilatura's with and
without metadata; with `--cold` the time holds the loading of tables that some pages need. `--cross-validate` fits the
model again without the sites of each fold (it needs the dependency group `fit`): what is to be expected of pages from
elsewhere.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.labelled_pages import SETS, Page, read
from pouch.convert.page.htmlpage import structure
from pouch.convert.page.trees import Trees
from pouch.convert.text.blocks import Structure

MARGIN = 0.003
"""By how much ours is asked to pass the best single tool of the same run."""

MOST_TIME = 2.5
"""Times trafilatura's, at most."""

FACTS = {"title": 0.80, "author": 0.65, "date": 0.90}  # and the share that is asked for

Scorer = Callable[[list[Page], list[Page]], dict[str, Any]]


class Said(msgspec.Struct):
    """What a tool makes of one page."""

    text: str
    title: str | None = None
    author: str | None = None
    date: str | None = None  # the day


def scorer_of(data: Path) -> Scorer:
    """The function `score` of the data folder's own scorer."""
    spec = importlib.util.spec_from_file_location("score_extraction", data / "score_extraction.py")
    if spec is None or spec.loader is None:
        sys.exit(f"no score_extraction.py in {data}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Scorer = module.score
    return found


# --- the tools ------------------------------------------------------------------------------------------------


def pouch(page: Page, trees: Trees | None = None) -> Said:
    """Ours."""
    return _said(structure(page["html"], url=_address(page), trees=trees))


def _said(parts: Structure) -> Said:
    day = parts.date.date() if isinstance(parts.date, datetime) else parts.date
    return Said(parts.plain(), parts.title, parts.author, day.isoformat() if day else None)


def _address(page: Page) -> str | None:
    address = page.get("url") or ""
    return address if address.startswith("http") else None


def trafilatura(page: Page) -> Said:
    """trafilatura as it comes, comments left out."""
    import trafilatura as peer

    return Said(peer.extract(page["html"], include_comments=False) or "")


def trafilatura_precise(page: Page) -> Said:
    """trafilatura with favor_precision."""
    import trafilatura as peer

    return Said(peer.extract(page["html"], include_comments=False, favor_precision=True) or "")


def readability(page: Page) -> Said:
    """readability-lxml: the text of its summary."""
    from lxml import html
    from readability import Document

    summary: Any = html.fromstring(Document(page["html"]).summary())
    return Said(summary.text_content())


def trafilatura_facts(page: Page) -> Said:
    """trafilatura as it comes, with metadata: what ours reads of a page."""
    import trafilatura as peer

    found: Any = peer.bare_extraction(
        page["html"], url=_address(page), include_comments=False, with_metadata=True
    )
    return Said("", found.title, found.author, found.date)


SPELT_DATE = "<html><body><h1>Water levels</h1><div class='date'>Mittwoch, 5. Maerz 2019</div></body></html>"
"""A page whose date only dateparser could read, which takes more than a second to load, once in a process."""

WITH_METADATA = "trafilatura, with metadata"
TOOLS: dict[str, Callable[[Page], Said]] = {
    "Pouch": pouch,
    "trafilatura": trafilatura,
    WITH_METADATA: trafilatura_facts,
    "trafilatura, favor_precision": trafilatura_precise,
    "readability-lxml": readability,
}


def run(pages: Sequence[Page], *, cold: bool = False) -> tuple[dict[str, list[Said]], dict[str, float]]:
    """What each tool says of each page, and its processor time in seconds, all tools page by page in turn."""
    said: dict[str, list[Said]] = {name: [] for name in TOOLS}
    seconds = dict.fromkeys(TOOLS, 0.0)
    for tool in () if cold else TOOLS.values():
        for page in (pages[0], {"html": SPELT_DATE}):
            _attempt(tool, page)  # libraries load their tables at the first page that needs them
    for page in pages:
        for name, tool in TOOLS.items():
            began = time.process_time()
            said[name].append(_attempt(tool, page))
            seconds[name] += time.process_time() - began
    return said, seconds


def _attempt(tool: Callable[[Page], Said], page: Page) -> Said:
    if tool is pouch:
        return tool(page)
    try:
        return tool(page)
    except Exception:  # a peer that fails on a page has no text for it
        return Said("")


# --- scores ---------------------------------------------------------------------------------------------------


class Measure:
    """Scores texts against gold, with an interval."""

    def __init__(self, score: Scorer, errors: int) -> None:
        self.score = score
        self.errors = errors

    def line(self, label: str, said: Sequence[Said], gold: Sequence[Page]) -> float:
        """Prints one row; returns F1."""
        rows = [{"id": page["id"], "text": one.text} for page, one in zip(gold, said, strict=True)]
        result = self.score(rows, list(gold))
        each = [self.score([row], [page]) for row, page in zip(rows, gold, strict=True)]
        low, high = interval(each, gold)
        print(
            f"| {label} | {result['n']} | {result['P']:.3f} | {result['R']:.3f} | **{result['F1']:.3f}** "
            f"| {low:.3f}–{high:.3f} |"
        )
        if self.errors:
            worst = sorted(zip(each, gold, strict=True), key=lambda item: item[0]["F1"])[: self.errors]
            for found, page in worst:
                print(f"<!-- P {found['P']:.2f} R {found['R']:.2f} {page['lang']} {page['url']} -->")
        return float(result["F1"])


def interval(each: Sequence[dict[str, Any]], gold: Sequence[Page]) -> tuple[float, float]:
    """The middle 95 % of F1 over 1000 drawings of pages, from the scores of single pages."""
    pages = len(each)
    draws = np.random.default_rng(7).multinomial(pages, [1 / pages] * pages, size=1000)
    if "gold_text" in gold[0]:
        means = draws @ np.array([[one["P"], one["R"]] for one in each]) / pages
        f1 = 2 * means[:, 0] * means[:, 1] / np.maximum(means.sum(axis=1), 1e-9)
    else:
        counts = draws @ np.array([_counts(one, page) for one, page in zip(each, gold, strict=True)])
        f1 = 2 * counts[:, 0] / np.maximum(2 * counts[:, 0] + counts[:, 1] + counts[:, 2], 1)
    low, high = np.quantile(f1, [0.025, 0.975])
    return float(low), float(high)


def _counts(score: dict[str, Any], page: Page) -> tuple[float, float, float]:
    """True positives, false positives and misses of a page that is scored by strings."""
    wanted, unwanted = len(page["with"]), len(page["without"])
    found = round(score["R"] * wanted)
    right = round(score["accuracy"] * (wanted + unwanted))
    return found, unwanted - (right - found), wanted - found


def cross_validated(pages: Sequence[tuple[str, Page]]) -> dict[str, list[Said]]:
    """What models say that were fitted without the sites of the page's fold, by set, in the order of `pages`."""
    from benchmarks.article_labels import FOLDS, example, folds, site
    from benchmarks.fit_extraction import fit

    examples = [example(name, page) for name, page in pages]
    fold = folds([site(page) for _, page in pages])
    models = [
        Trees(fit([one for one, at in zip(examples, fold, strict=True) if one is not None and at != number]))
        for number in range(FOLDS)
    ]
    said: dict[str, list[Said]] = {}
    for (name, page), at in zip(pages, fold, strict=True):
        said.setdefault(name, []).append(pouch(page, models[at]))
    return said


# --- tables ---------------------------------------------------------------------------------------------------


def facts_table(said: dict[str, list[Said]], pages: Sequence[Page]) -> None:
    """Prints how often title, author and date are exactly those of the label, and how often but for the case."""
    print("\n### Title, author, date: exact match; whatever the case\n")
    print("| | title | author | date |\n|---|---|---|---|")
    asked = " | ".join(f"{share:.2f}" for share in FACTS.values())
    for label, ours in said.items():
        shares = []
        for fact in FACTS:
            known = [(page, one) for page, one in zip(pages, ours, strict=True) if page.get(fact)]
            pairs = [(_plainly(page[fact]), _plainly(getattr(one, fact))) for page, one in known]
            exact = sum(wanted == found for wanted, found in pairs) / len(pairs)
            caseless = sum(wanted.casefold() == found.casefold() for wanted, found in pairs) / len(pairs)
            shares.append(f"{exact:.3f}; {caseless:.3f} ({len(pairs)})")
        print(f"| {label} | {' | '.join(shares)} |")
    print(f"| asked for | {asked} |")


def _plainly(value: Any) -> str:
    """A label or what was found as one line; the names of a list are parted by commas."""
    return " ".join((", ".join(value) if isinstance(value, list) else str(value or "")).split())


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--cross-validate", action="store_true", help="also fit without the sites of each fold"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="the N worst pages of each row of ours"
    )
    parser.add_argument("--sample", type=int, default=1, metavar="K", help="every K-th page only")
    parser.add_argument("--only", choices=SETS, help="one of the sets")
    parser.add_argument(
        "--cold", action="store_true", help="load no library's tables before the time is taken"
    )
    options = parser.parse_args(arguments)
    score = scorer_of(options.data)
    ours, peers = Measure(score, options.errors), Measure(score, 0)
    names = (options.only,) if options.only else SETS
    sets = {name: read(options.data, name)[:: options.sample] for name in names}
    held_out = (
        cross_validated([(name, page) for name, pages in sets.items() for page in pages])
        if options.cross_validate
        else {}
    )
    seconds = dict.fromkeys(TOOLS, 0.0)
    for name, pages in sets.items():
        print(f"\n### Article text: {name}\n\n| | pages | P | R | F1 | 95 % |\n|---|---|---|---|---|---|")
        said, spent = run(pages, cold=options.cold)
        texts = [label for label in TOOLS if label not in ("Pouch", WITH_METADATA)]
        best = max(peers.line(label, said[label], pages) for label in texts)
        if name in held_out:
            ours.line("Pouch, cross-validated", held_out[name], pages)
        ours.line("**Pouch**", said["Pouch"], pages)
        print(f"| asked for | | | | {best + MARGIN:.3f} | |")
        seconds = {label: seconds[label] + spent[label] for label in TOOLS}
        if any("title" in page for page in pages):
            facts_table({"trafilatura": said[WITH_METADATA], "**Pouch**": said["Pouch"]}, pages)
    count = sum(map(len, sets.values()))
    print("\n### Time\n\n| | ms a page | times trafilatura's | with metadata |\n|---|---|---|---|")
    for label in TOOLS:
        ratio, both = seconds[label] / seconds["trafilatura"], seconds[label] / seconds[WITH_METADATA]
        asked = f" (asked for: ≤ {MOST_TIME})" if label == "Pouch" else ""
        print(f"| {label} | {seconds[label] / count * 1000:.1f} | {ratio:.2f}{asked} | {both:.2f} |")


if __name__ == "__main__":
    main()
