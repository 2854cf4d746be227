"""Lines and columns in TOML, for messages."""

from __future__ import annotations

from pouch.vocabulary.positions import positions

TEXT = '''# a comment with [brackets] and key = "value"
[ceasefire]   # [not-a-table]
slug = "a = b"
labels = { en = "Cease, fire", fr = "Cessez-le-feu" }
aliases = { en = [
  "truce",   # one
  "cease-fire",
] }

["two words".labels]
en = """
[inside]
x = 1
"""
number = 1.5
'''


def test_positions_of_keys_and_values() -> None:
    """A message about a key or a value points at the very place where it stands."""
    found = positions(TEXT)
    expected = {
        ("ceasefire",): (2, 1),
        ("ceasefire", "slug"): (3, 1),
        ("ceasefire", "labels", "en"): (4, 12),
        ("ceasefire", "labels", "fr"): (4, 32),
        ("ceasefire", "aliases", "en"): (5, 13),
        ("ceasefire", "aliases", "en", 0): (6, 3),
        ("ceasefire", "aliases", "en", 1): (7, 3),
        ("two words",): (10, 1),
        ("two words", "labels", "en"): (11, 1),
        ("two words", "labels", "number"): (15, 1),
    }
    assert {path: found.get(path) for path in expected} == expected
    assert ("inside",) not in found
