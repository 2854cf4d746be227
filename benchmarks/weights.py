"""What a page of each kind weighs: its HTML, its stylesheets and its scripts, compressed as a static host does.

    python -m benchmarks.weights               the sample site of the repository, built for this
    python -m benchmarks.weights output/ …     built sites, side by side

A kind weighs the mean of all its pages, in every interface language, that search engines may list. Pictures, maps and
what a reader asks for later (an index to search, a file to save) are apart.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from pouch.engine.build import build
from pouch.site import load_site

ROOT = Path(__file__).parents[1]
KINDS = {
    "home": r"",
    "briefing": r"briefings/[^/]+/",
    "country": r"countries/[^/]+/",
    "topic": r"topics/[^/]+/",
    "region": r"regions/[^/]+/",
    "pair": r"countries/[^/]+/(?!mentions|page|\d|[a-z][a-z]/)[^/]+/",
    "index of countries": r"countries/",
    "index of topics": r"topics/",
    "archive": r"archive/",
    "year": r"archive/\d{4}/",
    "month": r"archive/\d{4}/\d\d/",
    "map": r"map/",
    "search": r"search/",
    "subscribe": r"subscribe/",
    "text": r"about/",
}
"""Kinds of pages, with the pattern of their addresses below an interface language."""
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-\w+)?/)?")


class Weight(NamedTuple):
    """Bytes of a page, by part."""

    html: float
    styles: float
    scripts: float

    @property
    def whole(self) -> float:
        """All of it."""
        return sum(self)


def compressed(data: bytes) -> int:
    """The size that gzip's best level gives."""
    return len(gzip.compress(data, 9, mtime=0))


class BuiltSite:
    """A folder with a built site."""

    def __init__(self, output: Path) -> None:
        """`output`: the folder that is served."""
        self._output = output
        self._sizes: dict[str, int] = {}

    def weights(self) -> dict[str, Weight]:
        """The mean weight of each kind that the site has."""
        pages = defaultdict(list)
        for kind, page in self._pages():
            pages[kind].append(self._weight(page))
        return {kind: _mean(pages[kind]) for kind in KINDS if pages[kind]}

    def _pages(self) -> Iterator[tuple[str, bytes]]:
        for file in sorted(self._output.rglob("index.html")):
            address = file.relative_to(self._output).as_posix().removesuffix("index.html")
            for kind, pattern in KINDS.items():
                if re.fullmatch(_LANGUAGE.pattern + pattern, address):
                    page = file.read_bytes()
                    if b'content="noindex"' not in page:
                        yield kind, page
                    break

    def _weight(self, page: bytes) -> Weight:
        tree = html.fromstring(page)
        styles, scripts = tree.xpath("//link[@rel='stylesheet']/@href"), tree.xpath("//script/@src")
        return Weight(compressed(page), self._sizes_of(styles), self._sizes_of(scripts))

    def _sizes_of(self, addresses: Any) -> int:
        return sum(self._size(str(address)) for address in addresses)

    def _size(self, address: str) -> int:
        if address not in self._sizes:
            self._sizes[address] = compressed((self._output / address.lstrip("/")).read_bytes())
        return self._sizes[address]


def _mean(weights: Sequence[Weight]) -> Weight:
    return Weight(*(sum(part) / len(weights) for part in zip(*weights, strict=True)))


def sample_weights() -> dict[str, Weight]:
    """The weights of the sample site, built in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        shutil.copytree(ROOT / "content", site / "content")
        shutil.copy(ROOT / "pelicanconf.py", site)
        build(load_site(site))
        return BuiltSite(site / "output").weights()


def main() -> None:
    """Print a table of each site."""
    sites = [BuiltSite(Path(each)).weights() for each in sys.argv[1:]] or [sample_weights()]
    print("| page |" + " HTML | styles | scripts | kB |" * len(sites))
    print("|---|" + "---:|---:|---:|---:|" * len(sites))
    for kind in KINDS:
        cells = [
            f"{value / 1000:.1f}"
            for site in sites
            if kind in site
            for value in (*site[kind], site[kind].whole)
        ]
        if cells:
            print(f"| {kind} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
