"""Names of countries and regions by language: CLDR through Babel, ISO's through pycountry, and our own.

Each language is loaded at its first use: a build in English and French loads no other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pouch.tables import table

MAIN_LANGUAGES = (
    "en", "fr", "de", "es", "it", "pt", "nl", "bg", "cs", "pl", "ru", "sl", "uk",
    "ar", "ca", "da", "el", "fi", "he", "hr", "hu", "ja", "ko", "nb", "ro", "sr", "sv", "tr", "zh",
)  # fmt: skip
"""Languages that are looked through first; after them, all that CLDR has."""

# Where countries have other names in another country of the language: "Quênia" and "Quénia".
_VARIANTS = {
    "pt": ("pt-PT",),
    "es": ("es-419", "es-MX"),
    "fr": ("fr-CA",),
    "de": ("de-CH",),
    "en": ("en-GB",),
}
UNIONS = frozenset({"EU", "EZ", "UN"})
"""Codes of two letters that CLDR and ISO 3166-1 reserve for unions of states."""
ORGANISATIONS = frozenset((
    "nato", "otan", "onu", "uno", "unsc", "ue", "asean", "brics", "g7", "g8", "g20", "opec", "opep",
    "oecd", "ocde", "osce", "who", "oms", "wto", "omc", "imf", "fmi", "iaea", "aiea", "ecowas", "cedeao",
    "unesco", "unicef", "mercosur", "cis", "cei",
))  # fmt: skip
"""Folded abbreviations of organisations of states, which people write in place of countries."""
_FLAG_A = 0x1F1E6
"""The sign for A of the 26 of which flags are made (Unicode, "Regional Indicator Symbols")."""
_APOSTROPHES = re.compile("[’ʼ‘`´′']")
_GAPS = re.compile(r"[\s\-‐‑‒–—,.()/]+")
_ALTERNATIVE = re.compile(r"(.+?) \((.+)\)")
# In all other names CLDR's brackets hold an addition, not a second name: "Outlying Islands (US)".
_TWO_NAMES = frozenset({"CI", "CV", "CZ", "FK", "MK", "MM", "NL", "SZ", "TL", "TR"})


@cache
def fold(text: str) -> str:
    """The form under which names are compared: without case, accents, punctuation; "&" as "and".

    Typographic and straight apostrophes, hyphens and blanks of every kind are equal.
    """
    text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text.replace("&", " and ")))
    text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    text = _GAPS.sub(" ", text.replace("đ", "d").replace("ł", "l").replace("ø", "o")).strip()
    return re.sub(r"\bst\b", "saint", text).removeprefix("the ")


@cache
def cldr_names(lang: str) -> Mapping[str, str]:
    """CLDR's names of countries and M49 regions in `lang`, by code; empty where CLDR lacks the language."""
    # Imported here: with one locale's data it costs a tenth of a second.
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        base = lang.partition("-")[0].partition("_")[0]
        return cldr_names(base) if base != lang else {}
    territories: Mapping[str, str] = locale.territories
    return territories


@cache
def region_index(lang: str) -> frozenset[str]:
    """The folded names of what CLDR lists beside countries: continents, regions, unions of states."""
    return frozenset(
        fold(name) for code, name in cldr_names(lang).items() if len(code) == 3 or code in UNIONS
    )


def code_in_another_form(text: str) -> str | None:
    """The alpha-2 code of a country that is written as a flag, or as another code of ISO 3166-1: 🇫🇷, FRA, 250."""
    letters = [chr(ord(sign) - _FLAG_A + ord("A")) for sign in text if _FLAG_A <= ord(sign) < _FLAG_A + 26]
    if len(letters) == len(text) == 2:
        return "".join(letters)
    if len(text) != 3 or not text.isascii():
        return None
    # Imported here: only a slip asks.
    import pycountry

    countries = pycountry.countries
    country = countries.get(numeric=text) if text.isdigit() else countries.get(alpha_3=text.upper())
    return str(country.alpha_2) if country is not None else None


@cache
def own_names(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Our own further names of countries in `lang`, by code: "UK", "Burma"."""
    return {code: tuple(names) for code, names in table("pouch.vocabulary", "names").get(lang, {}).items()}


@cache
def ambiguous_names() -> Mapping[str, tuple[str, ...]]:
    """Folded name → the countries that it may mean, several: "Congo", "Korea"."""
    unclear = table("pouch.vocabulary", "unclear")
    return {fold(name): tuple(row["codes"]) for row in unclear["ambiguous"] for name in row["names"]}


def country_of_part(name: str) -> str:
    """The country that the folded name of a part means, such as Scotland; empty where none or several have it."""
    return _parts().get(name, "")


@cache
def _parts() -> Mapping[str, str]:
    """Folded name of a part → its country: our own list, then the subdivisions of ISO 3166-2 that one country has."""
    import pycountry

    countries: dict[str, set[str]] = {}
    for part in pycountry.subdivisions:
        countries.setdefault(fold(part.name), set()).add(part.country_code)
    by_name = {name: codes.pop() for name, codes in countries.items() if len(codes) == 1}
    own = table("pouch.vocabulary", "unclear")["parts"]
    return by_name | {fold(part): code for code, parts in own.items() for part in parts}


@cache
def country_names(lang: str) -> tuple[tuple[str, str], ...]:
    """(name, code) for every name in `lang`: CLDR's, our own, then ISO's short and official forms."""
    own = table("pouch.vocabulary", "names").get(lang, {})
    pairs: dict[tuple[str, str], None] = {}
    for variant in (lang, *_VARIANTS.get(lang, ())):
        for code, name in cldr_names(variant).items():
            if len(code) == 2:
                pairs[name, code] = None
                if (split := _ALTERNATIVE.fullmatch(name)) and code in _TWO_NAMES:
                    pairs[split[1], code] = pairs[split[2], code] = None
    for code, names in own.items():
        pairs.update(((name, code), None) for name in names)
    pairs.update((pair, None) for pair in _iso_names(lang))
    return tuple(pairs)


def _iso_names(lang: str) -> Iterator[tuple[str, str]]:
    import gettext

    import pycountry

    # ISO's own names are English: no catalogue means that they stay as they are.
    catalogue = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[lang.replace("-", "_")], fallback=True
    )
    for country in pycountry.countries:
        for form in ("name", "common_name", "official_name"):
            english = getattr(country, form, None)
            if english and ((name := catalogue.gettext(english)) != english or lang == "en"):
                yield name, country.alpha_2


@cache
def name_index(lang: str, codes: frozenset[str]) -> Mapping[str, str]:
    """Folded name → code, for the countries in `codes`; the first of two countries with one name has it."""
    index: dict[str, str] = {}
    for name, code in country_names(lang):
        if code in codes:
            index.setdefault(fold(name), code)
    return index


def languages_in_order(first: Iterable[str]) -> Iterator[str]:
    """`first`, then the main languages, then the rest of CLDR, each once."""
    main_bases = set()
    for lang in (*first, *MAIN_LANGUAGES):
        base = lang.partition("-")[0]
        if base not in main_bases:
            main_bases.add(base)
            yield base
    from babel.localedata import locale_identifiers

    yield from sorted(
        base for base in locale_identifiers() if "_" not in base and base not in main_bases and base != "root"
    )
