"""Tables and texts that are part of the package: files in the folders `data` beside the code that reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def table(package: str, name: str) -> dict[str, Any]:
    """The file data/NAME.toml of a package, parsed once; nobody may change it. Empty where there is none."""
    # Imported here: a build whose lists are cached parses no table.
    import tomllib

    file = _file(package, f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def any_of(some_words: Iterable[str]) -> str:
    """A regular expression for one of some words, the longer ones first, since others begin like them."""
    return "|".join(re.escape(word) for word in sorted(some_words, key=len, reverse=True))


def pattern(package: str, name: str, kind: str) -> re.Pattern[str]:
    """The regular expression of one kind in a table of them, in which case and blanks do not count."""
    return re.compile(table(package, name)[kind], re.IGNORECASE | re.VERBOSE)


@cache
def text(package: str, name: str) -> str:
    """The text of the file data/NAME of a package."""
    return _file(package, name).read_text("utf-8")


def _file(package: str, name: str) -> Traversable:
    from importlib.resources import files

    return files(package) / "data" / name


@cache
def words(package: str, name: str, kind: str) -> tuple[str, ...]:
    """The words of one kind in all languages, each once, of a table that has kinds and in each its languages."""
    return tuple(dict.fromkeys(word for language in table(package, name)[kind].values() for word in language))
