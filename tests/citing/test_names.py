"""Names of authors, as bibliographies order them."""

from __future__ import annotations

import pytest

from pouch.citing.names import split_name


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Jo Dunn", "Dunn, Jo"),
        ("Dunn, Jo", "Dunn, Jo"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Maria del Carmen Ruiz", "Ruiz, Maria del Carmen"),
        ("de Gaulle", "Gaulle, de"),
        ("Plato", "Plato"),
        ("王毅", "王毅"),
        ("International Committee of the Red Cross", "International Committee of the Red Cross"),
        ("Fish and Chips", "Fish and Chips"),
        ("Sand & Gravel", "Sand & Gravel"),
        ("Dunn,", "Dunn,"),
        ("  Jo   Dunn ", "Dunn, Jo"),
    ],
)
def test_a_name_is_ordered_by_family(name: str, inverted: str) -> None:
    """Particles stay with the family name; what is no person's name stays whole."""
    assert split_name(name).inverted == inverted
