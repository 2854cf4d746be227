"""Tables that are part of the package: TOML files in the folders `data` beside the code that reads them."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def table(package: str, name: str) -> dict[str, Any]:
    """The file data/NAME.toml of a package, parsed once; nobody may change it. Empty where there is none."""
    # Imported here: a build whose lists are cached parses no table.
    import tomllib
    from importlib.resources import files

    file = files(package) / "data" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


@cache
def words(package: str, name: str, kind: str) -> tuple[str, ...]:
    """The words of one kind in all languages, each once, of a table that has kinds and in each its languages."""
    return tuple(dict.fromkeys(word for language in table(package, name)[kind].values() for word in language))
