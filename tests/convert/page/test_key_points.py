"""Key points of pages and texts: by their heading, by the name of their box, and by their form."""

from __future__ import annotations

import pytest

from pouch.convert.page import htmlpage
from pouch.convert.text import plaintext
from pouch.convert.text.blocks import Structure
from pouch.convert.text.markdown import render

POINTS = [
    "The ferry carries lorries again.",
    "Both states share what it earns.",
    "A third boat comes in the spring.",
]
PROSE = (
    "The ferry has crossed the strait since the 1820s, and lorries have waited on both of its banks for days, as every "
    "traveller knows and the harbour master of the time wrote down."
)
ITEMS = "".join(f"<li>{point}</li>" for point in POINTS)
BOXES = "".join(f"<div>{point}</div>" for point in POINTS)


def points(found: Structure) -> list[str]:
    """The key points, which are no part of the body."""
    texts = [block.text for block in found.blocks if block.role == "key point"]
    assert not any(text in render(found.body()) for text in texts)
    return texts


@pytest.mark.parametrize(
    "markup",
    [
        f"<h2>Das Wichtigste in Kürze</h2><ul>{ITEMS}</ul>",
        f"<aside class='box'><h3>Riassunto</h3><ul>{ITEMS}</ul></aside>",
        f"<div class='article__takeaways'><p><b>Good to have read</b></p>{BOXES}</div>",
        f"<section id='story-highlights'><ul>{ITEMS}</ul></section>",
        f"<div><p>En pocas palabras:</p>{BOXES}</div>",
        # By its form alone: a list under a short line, above the first paragraph.
        f"<p>For those in a hurry</p><ul>{ITEMS}</ul>",
        "<p>Kort samengevat</p>" + "".join(f"<p>➤ {point}</p>" for point in POINTS),
    ],
)
def test_key_points_of_a_page(markup: str) -> None:
    """A list or a box above the text that its page calls so, or that looks so, is the key points."""
    text = f"{markup}<p>{PROSE}</p><p>Twice: {PROSE}</p>"
    page = f"<main><article><h1>The ferry crosses again</h1>{text}</article></main>"
    assert points(htmlpage.structure(page)) == POINTS


@pytest.mark.parametrize(
    "opening",
    [
        "Résumé\n\n" + "\n".join(f"- {point}" for point in POINTS),
        "Podsumowanie:\n\n" + "\n".join(POINTS),
        "Good to know first\n\n" + "\n".join(f"• {point}" for point in POINTS),
        "Key facts\n\n" + "\n\n".join(POINTS),
        "TL;DR\n" + "\n".join(f"✅ {point}" for point in POINTS),
        "In breve\n\n" + "\n".join(f"{number}\ufe0f\u20e3 {point}" for number, point in enumerate(POINTS, 1)),
    ],
)
def test_key_points_of_a_text(opening: str) -> None:
    """With bullets, with signs that stand for them, and without any below a heading that says so."""
    found = plaintext.structure(f"The ferry crosses again\n\n{opening}\n\n{PROSE}\n\n{PROSE}")
    assert [point.lstrip("123\ufe0f\u20e3 ") for point in points(found)] == POINTS


def test_lists_that_are_the_text() -> None:
    """Where lists with a line above each make up the text, none of them is the key points."""
    lists = f"<p>For lorries:</p><ul>{ITEMS}</ul><p>For those on foot:</p><ul>{ITEMS}</ul>"
    found = htmlpage.structure(f"<article><h1>The ferry</h1>{lists}<p>{PROSE}</p><p>{PROSE}</p></article>")
    assert points(found) == []


def test_a_single_key_point_in_a_box_of_its_own() -> None:
    """One line under a heading that says so is a key point, where nothing else stands in the box of the two."""
    box = f"<div><div>Highlights</div><div>{POINTS[0]}</div></div>"
    found = htmlpage.structure(
        f"<article><h1>The ferry</h1>{box}<div><p>{PROSE}</p><p>{PROSE}</p></div></article>"
    )
    assert points(found) == [POINTS[0]]


@pytest.mark.parametrize(
    "text",
    [
        # A list in the midst of the text, one of two items, one line that opens with a sign.
        f"The ferry\n\n{PROSE}\n\nFor those in a hurry\n\n"
        + "\n".join(f"- {one}" for one in POINTS)
        + f"\n\n{PROSE}",
        f"The ferry\n\nOn board are\n\n- lorries with timber\n- lorries with rice and maize\n\n{PROSE}\n\n{PROSE}",
        f"The ferry\n\n→ {POINTS[0]}\n\n{PROSE}\n\n{PROSE}",
    ],
)
def test_other_lists_stay(text: str) -> None:
    """What is no list above the text, or a short one, stays in the body."""
    assert points(plaintext.structure(text)) == []


def test_signs_that_differ_stay() -> None:
    """Flags and the like before items say something; the same sign before all is a bullet."""
    found = plaintext.structure(f"The ferry\n\n{PROSE}\n\n🇫🇷 from Calais\n🇬🇧 from Dover\n\n{PROSE}")
    assert [block.text for block in found.blocks if block.role == "item"] == [
        "🇫🇷 from Calais",
        "🇬🇧 from Dover",
    ]
