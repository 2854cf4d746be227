"""The frozen registry of countries and M49 regions, from which addresses follow."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pouch.vocabulary.terms import Country, Region


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    file = resources.files("pouch.vocabulary") / "data" / "registry.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def registry_countries() -> dict[str, Country]:
    """Every country by its code, in order of code; not to be changed by the caller."""
    return {
        code: Country(code=code, slug=row["slug"], region=row["region"], capital=row.get("capital"))
        for code, row in _table()["countries"].items()
    }


@cache
def registry_regions() -> dict[str, Region]:
    """Every region by its M49 code; not to be changed by the caller."""
    return {
        code: Region(code=code, slug=row["slug"], parent=row.get("parent"))
        for code, row in _table()["regions"].items()
    }
