"""Which units of a text are a web page's residue. The rules are data: pouch/convert/data/residue/."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Rule(msgspec.Struct, frozen=True):
    """One rule of one language; the fields are explained in data/residue/README.md."""

    name: str
    lang: str
    pattern: re.Pattern[str]
    at: Literal["anywhere", "edge"]
    longest: int


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of every language, in the order of language and file.

    All are tried on every text: a page's residue is often in another language than its article.
    """
    found = []
    folder = files("pouch.convert").joinpath("data/residue")
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml"):
            continue
        for name, table in tomllib.loads(file.read_text("utf-8")).items():
            pattern = re.compile("|".join(f"(?:{one})" for one in table["patterns"]), re.IGNORECASE)
            found.append(
                Rule(name, file.name[:-5], pattern, table.get("at", "anywhere"), table.get("longest", 200))
            )
    return tuple(found)


LONGEST = 400
"""No rule looks at a unit longer than this: it is prose."""


def residue(text: str, *, edge: bool) -> str | None:
    """The name of the rule by which a unit is residue, or None.

    `edge`: whether it stands before the first or after the last full paragraph of its article.
    """
    if len(text) > LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())
    if not plain:
        return None
    for rule in rules():
        if len(plain) <= rule.longest and (edge or rule.at == "anywhere") and rule.pattern.search(plain):
            return rule.name
    return None
