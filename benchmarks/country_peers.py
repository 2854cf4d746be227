"""One peer's countries: `python country_peers.py PEER ARTICLES.jsonl`, run in an environment that has the peer.

Prints {"seconds": …, "countries": {id: [codes]}}. Reading the articles and loading the peer's data are not timed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def geotext() -> Callable[[str], list[str]]:
    """geotext: countries of the names and cities that it finds."""
    from geotext import GeoText  # type: ignore[import-not-found]  # only where the peers are installed

    return lambda text: list(GeoText(text).country_mentions)


def flashgeotext() -> Callable[[str], list[str]]:
    """flashgeotext: countries by name; its cities carry no country."""
    import pycountry
    from flashgeotext.geotext import GeoText  # type: ignore[import-not-found]  # likewise

    finder = GeoText()

    def codes(text: str) -> list[str]:
        found = []
        for name in finder.extract(input_text=text)["countries"]:
            try:
                found.append(pycountry.countries.lookup(name).alpha_2)
            except LookupError:
                found += [row.alpha_2 for row in _fuzzy(name)]
        return found

    def _fuzzy(name: str) -> list[pycountry.db.Country]:
        try:
            return pycountry.countries.search_fuzzy(name)[:1]
        except LookupError:
            return []

    return codes


def country_named_entity_recognition() -> Callable[[str], list[str]]:
    """country-named-entity-recognition: as its README calls it."""
    from country_named_entity_recognition import find_countries  # type: ignore[import-not-found]  # likewise

    return lambda text: [country.alpha_2 for country, _ in find_countries(text)]


def main() -> None:
    """Run the peer that the first argument names."""
    peers = {peer.__name__: peer for peer in (geotext, flashgeotext, country_named_entity_recognition)}
    find = peers[sys.argv[1]]()
    articles = [json.loads(line) for line in Path(sys.argv[2]).read_text("utf-8").splitlines()]
    find("Warm up in France.")
    began = time.perf_counter()
    countries = {article["id"]: sorted(set(find(article["text"]))) for article in articles}
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "countries": countries}))


if __name__ == "__main__":
    main()
