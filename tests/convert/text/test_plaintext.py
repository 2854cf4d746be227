"""A plain text taken apart."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.convert.text.plaintext import structure

SAMPLES = Path(__file__).parents[3] / "samples"


def roles(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """Each part's role with its text."""
    return [(block.role, block.text) for block in structure(text, title).blocks]


@pytest.mark.parametrize(
    ("sample", "title", "subheads", "repair"),
    [
        (
            "haute-mer.fr.txt",
            "Les pays de l’ONU adoptent un traité pour protéger la haute mer",
            ["«\u00a0Le navire a atteint le rivage\u00a0»", "Soixante ratifications"],
            ("Jusqu’ici,chaque", "Jusqu’ici, chaque"),
        ),
        (
            "baltic-grid.en.txt",
            "Baltic states leave the Russian power grid and join continental Europe",
            ["A connection built over years", "Cables under the sea"],
            ("day,a", "day, a"),
        ),
        (
            "schengen.de.txt",
            "Bulgarien und Rumänien gehören nun ganz zum Schengen-Raum",
            ["Streit um die Migration", "Neunundzwanzig Staaten"],
            ("Österreich,das", "Österreich, das"),
        ),
        (
            "frontera.es.txt",
            "Colombia y Venezuela reabren su frontera al transporte de carga",
            ["Un cambio de gobierno", "Los migrantes"],
            ("2015,cuando", "2015, cuando"),
        ),
    ],
)
@pytest.mark.parametrize("column", [None, 72, 60])
def test_samples(
    sample: str, title: str, subheads: list[str], repair: tuple[str, str], column: int | None
) -> None:
    """Title, three key points, six paragraphs and two subheads are told apart, wrapped at a column or not."""
    text = (SAMPLES / sample).read_text("utf-8")
    if column:
        text = "\n".join(
            textwrap.fill(line, column, subsequent_indent="    " if "•" in line else "")
            for line in text.split("\n")
        )
    found = structure(text)
    by_role = {
        role: [block.text for block in found.blocks if block.role == role]
        for role in ("key point", "paragraph")
    }
    assert found.first("title").text == title  # type: ignore[union-attr]  # no title fails the test
    assert [block.text for block in found.blocks if block.role == "subhead"] == subheads
    assert (len(by_role["key point"]), len(by_role["paragraph"])) == (3, 6)
    assert list(dict.fromkeys(dropped.rule for dropped in found.report.dropped)) == ["subscription", "more"]
    assert [(repair.before, repair.after) for repair in found.report.repairs] == [repair]
    assert (found.date, found.author) == (None, None)


LONG = (
    "The council met in the capital on the first day of the month "
    "and agreed on a plan for the next two years, its members said."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"T\n\n{LONG}\n\n- one\n- two\n\n{LONG}", ["title", "paragraph", "item", "item", "paragraph"]),
        (f"T\n\n{LONG}\n\n1. one\n2. two\n", ["title", "paragraph", "numbered item", "numbered item"]),
        (f"T\n\n{LONG}\n1986. A year to forget\n", ["title", "paragraph", "paragraph"]),
        (f"T\n\n{LONG}\n\n> said so\n> twice\n", ["title", "paragraph", "quotation"]),
        (f"T\n\n{LONG}\n\n## Part\n\n{LONG}", ["title", "paragraph", "subhead", "paragraph"]),
        (f"T\n=====\n\n{LONG}\n\nPart\n----\n\n{LONG}", ["title", "paragraph", "subhead", "paragraph"]),
        (f"T\n\n{LONG}\n\n* * *\n\n{LONG}", ["title", "paragraph", "break", "paragraph"]),
        (f"T\n\n{LONG}\n\nWhy now?\n\n{LONG}", ["title", "paragraph", "subhead", "paragraph"]),
        (f"T\n\n{LONG}\n\nIt ends here.\n\n{LONG}", ["title", "paragraph", "paragraph", "paragraph"]),
        (f"T\n\n{LONG}\n\n• \nadded below\n• \nand again\n", ["title", "paragraph", "item", "item"]),
        (f"T\n\nKey points:\n\n{LONG}\n", ["title", "paragraph", "paragraph"]),
        (f"T\n\nBy Ban Ki-moon\n\n5 March 2025\n\n{LONG}\n", ["title", "byline", "date", "paragraph"]),
        (f"T\n{LONG}\nA short line\n{LONG}\n", ["title", "paragraph", "subhead", "paragraph"]),
        (LONG, ["paragraph"]),
    ],
)
def test_roles(text: str, expected: list[str]) -> None:
    """Each line plays the part that a reader would give it."""
    assert [role for role, _ in roles(text)] == expected


def test_headline_repeated_in_the_text() -> None:
    """A headline that was handed in is not printed a second time on top of the text."""
    found = structure(f"Talks  begin\n\n{LONG}", "Talks begin")
    assert [block.role for block in found.blocks] == ["paragraph"]
    assert [(dropped.unit, dropped.rule) for dropped in found.report.dropped] == [(1, "repeated-title")]


def test_what_the_author_wrote_stays() -> None:
    """No-break spaces, double spaces inside, odd quotation marks and NFD accents come out as they went in."""
    odd = "Le  chef\u00a0de l'E\u0301tat a dit \u00ab\u00a0non\u00a0\u00bb , a` 10 h."
    assert roles(f"T\n\n{LONG}\n\n{odd}\n\n{LONG}")[2] == ("paragraph", odd)


def test_prose_about_subscriptions_stays() -> None:
    """A sentence that speaks of newsletters or of cookies is no boilerplate."""
    for prose in (
        "The company said that readers who subscribe to its newsletter had doubled in a year, from two to four "
        "million, and that it would add a second edition in the spring for those who want more of it.",
        "More than 200 people took part.",
        "Plus de 200 personnes y ont pris part.",
        "Mehr als 200 Menschen nahmen teil.",
    ):
        assert not structure(f"T\n\n{LONG}\n\n{prose}\n\n{LONG}").report.dropped


words = st.sampled_from(
    [
        "Talks",
        "Plus",
        "•",
        "-",
        "1.",
        "2.",
        ">",
        "##",
        "Key points",
        "peace,War",
        "end.Then",
        "abonnez-vous ici",
        "\u00a0",
        "a\u0301",
        "5 March 2025",
        "By Ban Ki-moon",
        "===",
        "***",
        "\t",
        "\x07",
        LONG,
    ]
)
lines = st.lists(st.lists(words, max_size=6).map(" ".join), max_size=14)


@given(st.one_of(lines.map("\n".join), st.text(max_size=200)), st.sampled_from([None, "Talks", "Plus"]))
def test_nothing_is_lost(text: str, title: str | None) -> None:
    """From the report alone every line of the input can be put back, and each part names its lines once."""
    found = structure(text, title)
    expected = [line if line.strip() else "" for line in text.splitlines()]
    while expected and not expected[-1]:
        expected.pop()
    assert found.report.rebuild().split("\n") == (expected or [""])
    units = [unit for block in found.blocks for unit in block.units]
    assert sorted(units) == [kept.unit for kept in found.report.kept]
    assert len(set(units)) == len(units)


@given(lines.map("\n".join))
def test_every_visible_word_is_somewhere(text: str) -> None:
    """A word of the input is in a part, in a dropped unit, or in the words before a repair."""
    found = structure(text)
    marks = {"•", "-", "–", ">", "1.", "2."}
    told = " ".join(
        [b.text for b in found.blocks]
        + [d.text for d in found.report.dropped]
        + [one.before for one in found.report.repairs]
    )
    for word in text.split():
        assert word in told or set(word) <= set("#=*-") or word in marks


def test_a_word_that_is_spelt_with_a_comma() -> None:
    """Greek parts two words of the same letters by a comma; other commas get the blank that is missing."""
    found = structure("Ο αγώνας\n\nΈκαναν ό,τι μπορούσαν, Ό,τι κι αν γίνει,όπως είπαν.")
    assert [repair.after for repair in found.report.repairs] == ["γίνει, όπως"]
