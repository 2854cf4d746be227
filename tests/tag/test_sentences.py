"""Candidate key points: whole sentences of the text that say most of it."""

from __future__ import annotations

import pytest

from pouch.tag.sentences import candidate_key_points, opening, split_sentences

TITLE = "Croatia adopts the euro and joins the Schengen area"
BODY = """Croatia entered the euro area at midnight on 1 January 2023, nine years after it had joined the Union.

The kuna, introduced in 1994, was exchanged at the fixed rate of 7.53450 to the euro.
It could be used beside the euro in shops until 14 January 2023 in the whole country of Croatia.
## The border
On the same day Croatia became part of the Schengen area, so border checks on roads ended.
Did prices rise?
"The euro protects Croatia", a minister said in January.
At airports the checks ended at the end of March, when the timetable of the airlines changed."""


def test_candidates_are_whole_sentences_of_the_text_in_its_order() -> None:
    """Three sentences of the text are proposed, as they stand there and in the same order."""
    found = candidate_key_points(TITLE, BODY, "en")
    assert len(found) == 3
    assert [BODY.index(sentence) for sentence in found] == sorted(BODY.index(sentence) for sentence in found)
    assert found[0].startswith("Croatia entered the euro area")
    assert (
        "On the same day Croatia became part of the Schengen area, so border checks on roads ended." in found
    )


@pytest.mark.parametrize(
    "sentence", ["It could be used", "Did prices rise?", '"The euro', "## The border"], ids=str
)
def test_what_says_nothing_alone_is_not_proposed(sentence: str) -> None:
    """A sentence that needs the one before it, a question, a quotation or a heading is no key point."""
    assert not any(one.startswith(sentence) for one in candidate_key_points(TITLE, BODY, "en", most=5))


def test_what_the_summary_says_is_not_proposed_again() -> None:
    """A sentence that repeats the summary is left out."""
    first = candidate_key_points(TITLE, BODY, "en")[0]
    assert first not in candidate_key_points(TITLE, BODY, "en", without=[first])


def test_a_short_text_gives_none() -> None:
    """A text of four sentences is its own summary."""
    assert candidate_key_points(TITLE, "\n".join(BODY.splitlines()[:3]), "en") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith met J. Doe. They talked.", ["Mr. Smith met J. Doe.", "They talked."]),
        ("The U.S. Navy left. Oman stayed.", ["The U.S. Navy left.", "Oman stayed."]),
        ("Am 3. Mai kam er. Am 4. ging er.", ["Am 3. Mai kam er.", "Am 4. ging er."]),
        ("Il a dit « non ». Puis il partit.", ["Il a dit « non ».", "Puis il partit."]),
        ("¿Quién fue? Nadie lo sabe.", ["¿Quién fue?", "Nadie lo sabe."]),
        ("船は来月から走る。運賃は安い。", ["船は来月から走る。", "運賃は安い。"]),
        ("Министр приехал. Переговоры идут.", ["Министр приехал.", "Переговоры идут."]),
        ("The rate is 7.53450 to the euro", ["The rate is 7.53450 to the euro"]),
    ],
)
def test_sentences_end_where_readers_say(text: str, expected: list[str]) -> None:
    """Initials, abbreviations, ordinals and decimals end no sentence; other scripts' full stops do."""
    assert [sentence.text for sentence in split_sentences(text)] == expected


def test_texts_without_blanks_have_candidates_too() -> None:
    """A Japanese text gives whole sentences."""
    text = "\n".join(
        [
            "フィリピンとインドネシアの両政府は、貨客船の航路を来月から再開すると発表した。",
            "船は週に二回運航され、運賃は両国の運輸省が共同で決める。",
            "商工会は再開を歓迎したが、港の倉庫が古く、雨の季節には荷物が傷むと指摘した。",
            "両政府は改修の費用を分担することで合意している。",
            "漁民の団体は、船の通り道が漁場と重なることを心配している。",
        ]
    )
    found = candidate_key_points("フィリピンとインドネシアが貨客船の航路を再開", text, "ja")
    assert len(found) == 3
    assert found[0].startswith("フィリピンと")


SHORT = "The port reopened on Monday. "
LONG = "Three ships left before noon with grain for the south and with timber for the two islands. "


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One line.", "One line."),
        (SHORT + LONG * 4, (SHORT + LONG * 2).strip()),
        ("Gen. A. Doe spoke. " + LONG * 5, ("Gen. A. Doe spoke. " + LONG * 3).strip()),
        # A first sentence that runs on, but ends soon after.
        ("a word " * 45 + "ends. " + LONG, ("a word " * 45 + "ends.").strip()),
        ("a word, " * 90, "a word, " * 37 + "a …"),
        # One short sentence says too little; the next one is too long to follow whole.
        ("Yes. " + "a word " * 90, ("Yes. " + "a word " * 42).strip() + " …"),
        ("港は月曜日に再開した。" * 40, "港は月曜日に再開した。" * 27),
    ],
)
def test_opening(paragraph: str, expected: str) -> None:
    """A wire of one paragraph is a card of whole sentences, near 300 characters."""
    assert opening(paragraph) == expected
    assert len(expected) <= 402
