"""The standard topics of Pouch: those of its own archive, which `pouch init` copies to a new one.

A wheel carries them inside this package, a checkout keeps them in content/vocabulary/, where the archive reads them:
one file, never a copy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pouch.vocabulary.terms import Topic

_HERE = Path(__file__).resolve().parent


def topics_file() -> Path:
    """The path of the full topics.toml."""
    packed = _HERE / "data" / "topics.toml"
    return packed if packed.is_file() else _HERE.parent.parent / "content/vocabulary/topics.toml"


@cache
def standard_topics() -> Mapping[str, Topic]:
    """The standard topics by key, as far as tagging needs them: parent, labels, aliases, code.

    Empty where somebody has broken the file of a checkout; loading the vocabulary names the fault.
    """
    try:
        tables = tomllib.loads(topics_file().read_text("utf-8"))
        return {
            key: Topic(
                key=key,
                slug=row.get("slug", key),
                parent=row.get("parent"),
                iptc=row.get("iptc"),
                labels=row.get("labels", {}),
                aliases={lang: tuple(words) for lang, words in row.get("aliases", {}).items()},
            )
            for key, row in tables.items()
            if row.get("parent") is None or row["parent"] in tables
        }
    except (OSError, tomllib.TOMLDecodeError, AttributeError, TypeError):
        return {}
