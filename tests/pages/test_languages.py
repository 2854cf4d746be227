"""The direction of languages and scripts."""

from __future__ import annotations

import pytest

from pouch.pages.languages import direction


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("fa-AF", "rtl"), ("ckb", "rtl"), ("ur", "rtl"), ("dv", "rtl"),
        ("pa", "ltr"), ("pa-Arab", "rtl"), ("az-Arab", "rtl"), ("en", "ltr"), ("fr-CA", "ltr"), ("xx", "ltr"),
    ],
)  # fmt: skip
def test_direction(lang: str, expected: str) -> None:
    """A text runs in the direction of its script: Punjabi in Arabic letters runs from right to left."""
    assert direction(lang) == expected
