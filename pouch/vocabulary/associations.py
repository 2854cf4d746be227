"""Words that make one think of a country without being its name: its people, its capital, its other cities.

The words are those that the tagger reads in texts (`pouch/tag/data`), and CLDR's names of cities. Nothing is loaded
until somebody wrote such a word where a country belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from pouch.tables import table
from pouch.vocabulary.names import MAIN_LANGUAGES, fold
from pouch.vocabulary.registry import registry_countries

_FEWEST = 3
"""Latin letters of a word that says something."""


class Associated(NamedTuple):
    """The countries that a word makes think of, and whether as clearly as "French" or "Kyiv" do."""

    codes: tuple[str, ...] = ()
    is_clear: bool = False


class _Words(NamedTuple):
    clear: dict[str, list[str]]  # folded word → codes
    stems: dict[str, list[str]]  # the same of words that take endings
    places: dict[str, list[str]]
    endings: tuple[str, ...]


@lru_cache(maxsize=4096)
def associated(name: str, languages: tuple[str, ...]) -> Associated:
    """The countries that a folded name is associated with in the first language that knows it."""
    if len(name) < _FEWEST and name.isascii():
        return Associated()
    bases = dict.fromkeys(lang.partition("-")[0] for lang in (*languages, *MAIN_LANGUAGES))
    places: list[str] = []
    for words in map(_words, bases):
        codes = [*words.clear.get(name, ())]
        for ending in words.endings:
            if name.endswith(ending):
                codes += words.stems.get(name[: len(name) - len(ending)], ())
        if codes:
            return Associated(tuple(dict.fromkeys(codes)), True)
        places += words.places.get(name, ())
    return Associated(tuple(dict.fromkeys(places)))


@cache
def _words(lang: str) -> _Words:
    data = table("pouch.tag", lang)
    words = _Words({}, {}, {}, tuple(fold(ending) for ending in data.get("endings", ("",))))
    rows = data.get("ambiguous", ())
    for row in rows:
        for word in (*row.get("names", ()), *row.get("demonyms", ())):
            _add(words, word, row["codes"])
    for code, demonyms in data.get("demonyms", {}).items():
        for word in demonyms:
            _add(words, word, [code])
    for code, city, is_capital in cldr_cities(lang):
        (words.clear if is_capital else words.places).setdefault(fold(city), []).append(code)
    shared = (
        table("pouch.tag", "cities"),
        *(data.get(kind, {}) for kind in ("names", "cities", "subdivisions")),
    )
    for places in shared:
        for code, cities in places.items():
            for city in cities:
                words.places.setdefault(fold(city.removesuffix("~")), []).append(code)
    return words


def _add(words: _Words, word: str, codes: Iterable[str]) -> None:
    folded = fold(word.removesuffix("~"))
    (words.stems if word.endswith("~") else words.clear).setdefault(folded, []).extend(codes)


@cache
def _zones() -> Mapping[str, str]:
    from babel.core import get_global

    return dict(get_global("zone_territories"))


# CLDR names a zone's city; these are no cities, or lie in no country's heart.
_NO_CITY = ("Etc/", "Antarctica/", "Arctic/")
_NO_CITY_NAMES = frozenset((
    "Jersey", "Guernsey", "Isle of Man", "Easter", "Midway", "Wake", "Center", "Beulah", "Knox", "Troll",
    "Casey", "Davis", "Mawson", "Palmer", "Vostok", "McMurdo", "Unknown City", "Creston", "Dawson", "Marengo",
    "Vincennes", "Winamac", "Petersburg", "Tell City", "Monticello", "Nome", "Boise", "Regina", "Sitka",
    "Eirunepe", "Belem", "Cordoba", "Merida", "Victoria", "Resolute", "Eucla", "Currie", "Christmas", "Cocos",
    "Reunion", "Johnston", "Adak", "Busingen", "Man", "St. John’s", "Vatican",
))  # fmt: skip


def cldr_cities(lang: str) -> Iterator[tuple[str, str, bool]]:
    """(country, city, whether it is the capital) for the cities that CLDR names in `lang`."""
    from babel import Locale, UnknownLocaleError

    try:
        zones = Locale.parse(lang).time_zones
    except (UnknownLocaleError, ValueError):
        return
    countries = registry_countries()
    english = Locale.parse("en").time_zones
    for zone, code in sorted(_zones().items()):
        if code not in countries or zone.startswith(_NO_CITY):
            continue
        default = zone.rpartition("/")[2].replace("_", " ")
        international = str(english.get(zone, {}).get("city", default))
        if international in _NO_CITY_NAMES or default in _NO_CITY_NAMES:
            continue
        city = str(zones.get(zone, {}).get("city", international))
        capital = international == countries[code].capital or default == countries[code].capital
        yield code, city, capital
        if city != international:
            yield code, international, capital
    for code, country in countries.items():
        if country.capital:
            yield code, country.capital, True
