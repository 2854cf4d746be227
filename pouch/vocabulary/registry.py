"""The frozen registry of countries and M49 regions, from which addresses follow."""

from __future__ import annotations

from functools import cache

from pouch.tables import table
from pouch.vocabulary.terms import Country, Region


@cache
def registry_countries() -> dict[str, Country]:
    """Every country by its code, in order of code; not to be changed by the caller."""
    return {
        code: Country(code=code, slug=row["slug"], region=row["region"], capital=row.get("capital"))
        for code, row in table("pouch.vocabulary", "registry")["countries"].items()
    }


@cache
def registry_regions() -> dict[str, Region]:
    """Every region by its M49 code; not to be changed by the caller."""
    return {
        code: Region(code=code, slug=row["slug"], parent=row.get("parent"))
        for code, row in table("pouch.vocabulary", "registry")["regions"].items()
    }
