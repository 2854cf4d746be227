"""Terms by what is typed: the whole name first, then what the label says, then other names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.lsp.completion import term_suggestions
from pouch.site import load_site
from pouch.vocabulary.vocabulary import load_vocabulary
from tests.engine.sites import WorkSite

TOPICS = """\
[epidemics]
labels = { en = "Epidemics", fr = "Épidémies" }
aliases = { en = ["public health emergency", "a trade in doubt"] }

[public-health]
labels = { en = "Public health", fr = "Santé publique" }

[public-works]
labels = { en = "Public works", fr = "Travaux publics" }

[trade]
labels = { en = "International trade", fr = "Commerce" }
"""


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("public health", ["public-health", "epidemics"]),
        ("pub", ["public-health", "public-works", "epidemics"]),
        ("trade", ["trade", "epidemics"]),
        ("sante", ["public-health"]),
        ("nothing", []),
    ],
)
def test_the_likeliest_term_comes_first(tmp_path: Path, word: str, keys: list[str]) -> None:
    """Who types a name and presses Enter gets the term of that name, whatever other terms' aliases begin so."""
    site = load_site(WorkSite(tmp_path, topics=TOPICS).root)
    vocabulary, _ = load_vocabulary(site)
    found = term_suggestions(word, "topic", vocabulary, ["en", "fr"])
    assert [
        each.text for each in found if each.text in ("epidemics", "public-health", "public-works", "trade")
    ] == keys
