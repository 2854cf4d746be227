"""Above the headline of a release, a brief or a post stands what is not it."""

from __future__ import annotations

import pytest

from pouch.convert.text.letterhead import is_issuer, is_release_mark, is_series, without_marks
from pouch.convert.text.plaintext import structure

HEADLINE = "The ferry crosses the strait again"
BODY = (
    "The ferry has crossed the strait since the 1820s, and lorries have waited on both of its banks for days, as every "
    "traveller knows.\n\nIts captain says that the crossing takes an hour in calm weather, and twice that in a storm; "
    "nobody has counted the storms."
)


@pytest.mark.parametrize(
    "head",
    [
        "PRESS RELEASE",
        "COMMUNIQUÉ DE PRESSE n° 12",
        "Medienmitteilung | Bundesamt für Verkehr",
        "PRESSEMITTEILUNG Nr. 87/2025\n\nMinisterium für Häfen und Fischerei\n\nBonn, den 5. März 2025",
        "Ministry of Ports\n\nPress release, 5 March 2025",
        "Ministère des Ports\n\nParis, le 5 mars 2025",
        "FOR IMMEDIATE RELEASE\n\n5 March 2025",
        "Institute for Straits – Working Paper No. 7",
        "Strait Institute\n\nPolicy Brief 12 | March 2025",
        "ПРЕСС-РЕЛИЗ\n\nМинистерство портов",
    ],
)
def test_the_headline_below_a_letterhead(head: str) -> None:
    """The headline is the title; the head is in the report, and its date is read."""
    found = structure(f"{head}\n\n{HEADLINE}\n\n{BODY}")
    title = found.first("title")
    assert title is not None
    assert title.text == HEADLINE
    assert HEADLINE not in found.plain()
    assert all(line in found.report.rebuild() for line in head.split("\n"))
    assert str(found.date) == ("2025-03-05" if "5 M" in head or "5. M" in head or "5 m" in head else "None")


@pytest.mark.parametrize(
    "head",
    [
        # A headline that opens like a release's head, or that names an office; a headline over its date.
        "Communiqué on the strait divides the two states",
        "Ministry of Ports opens a third ferry line",
        "Government falls over the ferry\n\n5 March 2025",
        "A brief history of ferries in 12 boats",
    ],
)
def test_a_headline_stays_the_title(head: str) -> None:
    """A first line that reads on as a headline is the title."""
    title = structure(f"{head}\n\n{BODY}").first("title")
    assert title is not None
    assert title.text == head.split("\n")[0]


@pytest.mark.parametrize(
    "foot", ["@strait_observer\n3.1K views · 08:12", "1 204 просмотров", "https://t.me/straitobserver"]
)
def test_a_post_of_a_channel(foot: str) -> None:
    """The name of the channel is no title, and what the program counts is no paragraph."""
    found = structure(f"Strait Observer\n\n⚡️ {HEADLINE}\n\n{BODY}\n\n{foot}")
    title = found.first("title")
    assert title is not None
    assert title.text == f"⚡️ {HEADLINE}"
    assert foot.split("\n")[-1] not in found.plain()


@pytest.mark.parametrize("mark", ["*", "_", "**", "~"])
def test_signs_of_messengers(mark: str) -> None:
    """The signs by which a messenger writes a headline bold or italic are no part of it, and the report tells."""
    found = structure(f"{mark}{HEADLINE}{mark}\n\n{BODY}")
    title = found.first("title")
    assert title is not None
    assert title.text == HEADLINE
    assert [repair.rule for repair in found.report.repairs] == ["messenger-marks"]


def test_kinds_of_lines() -> None:
    """Heads, series and issuers by their words; a sentence is none of them."""
    assert is_release_mark("Pressmeddelande 2025-03-05")
    assert not is_release_mark("Press release of hostages awaited")
    assert is_series("Policy Note 4, March 2025")
    assert not is_series("Is this report 12 pages long?")
    assert is_issuer("Auswärtiges Amt")
    assert is_issuer("Bundesverkehrsministerium")
    assert not is_issuer("The court said that the bank had to pay.")
    assert without_marks("2 * 3 * 4") is None
