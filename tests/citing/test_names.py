"""Names of authors, as bibliographies order them."""

from __future__ import annotations

import pytest

from pouch.citing.names import highwire_names, split_name


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Jo Dunn", "Dunn, Jo"),
        ("Dunn, Jo", "Dunn, Jo"),
        ("  Jo   Dunn ", "Dunn, Jo"),
        ("J.K. Rowling", "Rowling, J.K."),
        ("M. Night Shyamalan", "Shyamalan, M. Night"),
        ("Gabriel García Márquez", "Márquez, Gabriel García"),
        ("García Márquez, Gabriel José", "García Márquez, Gabriel José"),
        ("Анна Петрова", "Петрова, Анна"),
        # Particles
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Ursula von der Leyen", "von der Leyen, Ursula"),
        ("Herman Van Rompuy", "Van Rompuy, Herman"),
        ("María José de la Cruz", "de la Cruz, María José"),
        ("Maria del Carmen Ruiz", "Ruiz, Maria del Carmen"),
        ("Mohammed bin Salman", "bin Salman, Mohammed"),
        ("Omar al-Bashir", "al-Bashir, Omar"),
        ("محمد بن سلمان", "بن سلمان, محمد"),
        ("דוד בן גוריון", "בן גוריון, דוד"),
        ("Van Morrison", "Morrison, Van"),
        # Suffixes
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
        ("King, Martin Luther, Jr.", "King, Martin Luther, Jr."),
        ("John Smith III", "Smith, John, III"),
        ("Smith, John III", "Smith, John, III"),
        ("Lucas Silva Filho", "Silva Filho, Lucas"),
        # Titles and degrees
        ("Dr. Maria Schmidt", "Schmidt, Maria"),
        ("Schmidt, Dr. Maria", "Schmidt, Maria"),
        ("Prof. Dr. med. Anna Weber", "Weber, Anna"),
        ("Sir Keir Starmer", "Starmer, Keir"),
        ("Jane Doe, M.D., Ph.D.", "Doe, Jane"),
        ("Dr. Oz", "Oz"),
        # The family name first
        ("习 近平", "习, 近平"),
        ("山田 太郎", "山田, 太郎"),
        ("김 민수", "김, 민수"),
        ("ジョン スミス", "スミス, ジョン"),
    ],
)
def test_a_name_is_ordered_by_family(name: str, inverted: str) -> None:
    """Particles stay with the family name; titles and degrees are left out, as styles of references want it."""
    assert split_name(name).inverted == inverted


@pytest.mark.parametrize(
    "name",
    [
        "Plato", "王毅", "山田太郎", "김민수", "de Gaulle", "ابن سينا", "Nguyễn Văn An",
        "International Committee of the Red Cross", "Fish and Chips", "Sand & Gravel", "International Crisis Group",
        "Human Rights Watch", "AFP Factuel", "UN Women", "Ministry of Foreign Affairs, Kenya", "La rédaction",
        "Editorial Team", "Deutsche Bank", "Die Redaktion",
    ],
)  # fmt: skip
def test_what_is_not_clear_stays_whole(name: str) -> None:
    """One word, an organisation, Vietnamese in its own letters."""
    assert split_name(name) == (name, "", "")


def test_zotero_gets_whom_it_is_to_get() -> None:
    """As its own code takes names apart: at the comma; "Jr." only in the given name; one author is not two."""
    cases = {
        ("Jo Dunn", "Ursula von der Leyen"): ["Dunn, Jo", "von der Leyen, Ursula"],
        ("Reuters", "International Crisis Group"): ["Reuters", "International Crisis Group,"],
        ("Ministry of Foreign Affairs, Kenya",): ["Ministry of Foreign Affairs Kenya,"],
        ("Martin Luther King Jr.",): ["King, Martin Luther Jr."],
        ("García Márquez, Gabriel José",): ["García Márquez, Gabriel\u00a0José"],
        ("García Márquez, Gabriel José", "Jo"): ["García Márquez, Gabriel José", "Jo"],
        ("Dr. Maria Anna Schmidt",): ["Schmidt, Maria Anna"],
    }
    for names, expected in cases.items():
        assert highwire_names(names) == expected
