"""The frozen registry: addresses that no upgrade may move."""

from __future__ import annotations

import hashlib

import pycountry
import pytest

from pouch.vocabulary.names import cldr_names
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.slugs import LANGUAGE_CODES, TOP_LEVEL, is_slug

FROZEN = "736b3122609d51d12949c8b69826f31f949e8b521bed91284f868ad8058699a5"


def test_registry_is_frozen() -> None:
    """No address of a country or region moves, whatever library is upgraded."""
    rows = [f"{c.code} {c.slug} {c.region}" for c in registry_countries().values()]
    rows += [f"{r.code} {r.slug} {r.parent}" for r in registry_regions().values()]
    assert hashlib.sha256("\n".join(rows).encode()).hexdigest() == FROZEN


def test_registry_has_every_country() -> None:
    """Every ISO 3166-1 code can be used, and Kosovo's XK."""
    assert set(registry_countries()) == {country.alpha_2 for country in pycountry.countries} | {"XK"}


@pytest.mark.parametrize(
    ("code", "slug", "region"),
    [
        ("CI", "cote-d-ivoire", "011"),
        ("GB", "united-kingdom", "154"),
        ("HK", "hong-kong", "030"),
        ("MM", "myanmar", "035"),
        ("TR", "turkey", "145"),
        ("TW", "taiwan", "030"),
        ("UA", "ukraine", "151"),
        ("US", "united-states", "021"),
        ("XK", "kosovo", "039"),
    ],
)
def test_known_rows(code: str, slug: str, region: str) -> None:
    """Well-known countries stand at the addresses and in the regions where readers look for them."""
    country = registry_countries()[code]
    assert (country.slug, country.region) == (slug, region)


def test_slugs_are_unique_and_free() -> None:
    """No two countries share an address, and none takes a reserved one."""
    for terms in (registry_countries(), registry_regions()):
        slugs = [term.slug for term in terms.values()]
        assert len(set(slugs)) == len(slugs)
        assert all(is_slug(slug) and slug not in TOP_LEVEL | LANGUAGE_CODES for slug in slugs)


def test_every_country_is_in_a_region_of_a_continent() -> None:
    """From each country the regions lead up to a continent, and each has a name."""
    regions = registry_regions()
    for country in registry_countries().values():
        line = [country.region]
        while (parent := regions[line[-1]].parent) is not None:
            line.append(parent)
        assert line[-1] in {"002", "009", "010", "019", "142", "150"}
    assert all(code == "010" or cldr_names("en")[code] for code in regions)


def test_language_codes_are_iso_639_1() -> None:
    """The two-letter codes that cannot be slugs are exactly those of ISO 639-1."""
    official = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    assert official == LANGUAGE_CODES
