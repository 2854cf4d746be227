"""What of a letter is not its text: notes over it, heads, greetings, signatures; and the message that it hands on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.convert.text.letters import Forwarded, read_letter
from pouch.convert.text.plaintext import structure

FIRST = (
    "The ferry has crossed the strait since the 1820s, and lorries have waited on both of its banks for days, as every "
    "traveller knows and the harbour master of the time wrote down."
)
SECOND = (
    "Its captain says that the crossing takes an hour in calm weather and twice that in a storm, and that nobody has "
    "ever counted the storms of the season."
)
BODY = f"{FIRST}\n\n{SECOND}\n"
NOTE = "Could you take this one?\nThanks, Jo\n\n"
HEADS = {
    "Outlook": "-----Original Message-----\nFrom: Strait Post <desk@strait.example>\n"
    "Sent: Wednesday, March 5, 2025 6:14 PM\nTo: Jo; Ann\nSubject: The ferry crosses\n\n",
    "Gmail": "---------- Forwarded message ---------\nFrom: Strait Post <desk@strait.example>\n"
    "Date: Wed, Mar 5, 2025 at 6:14 PM\nSubject: The ferry crosses\nTo: <jo@harbour.example>\n\n\n",
    "Thunderbird": "-------- Weitergeleitete Nachricht --------\nBetreff: \tThe ferry crosses\nDatum: \tWed, "
    "5 Mar 2025 18:14:09 +0100\nVon: \tStrait Post <desk@strait.example>\nAn: \tjo@harbour.example\n\n",
    "French": "De : Strait Post <desk@strait.example>\nEnvoyé : mercredi 5 mars 2025 18:14\n"
    "À : Jo <jo@harbour.example>\nObjet : The ferry crosses\n\n",
    "Spanish": "De: Strait Post [mailto:desk@strait.example]\nEnviado el: miércoles, 5 de marzo de 2025 18:14\n"
    "Para: Jo\nCC: Ann\nAsunto: The ferry crosses\n\n",
    "Russian": "-------- Пересылаемое сообщение --------\n05.03.2025, 18:14, Strait Post:\n"
    "От: Strait Post <desk@strait.example>\nДата: 5 марта 2025\nКому: jo@harbour.example\nТема: The ferry crosses\n\n",
    "Chinese": "发件人: Strait Post <desk@strait.example>\n发送时间: 2025年3月5日 18:14\n"
    "收件人: Jo\n主题: The ferry crosses\n\n",
}
MEANT = "Strait Post", "2025-03-05", "The ferry crosses"


@pytest.mark.parametrize("program", [name for name in HEADS if name != "Thunderbird"])
@pytest.mark.parametrize("quoted", [False, True])
def test_a_message_that_is_handed_on(program: str, quoted: bool) -> None:
    """Of every mail program the message alone is the text, with its sender, day and subject; the report has all."""
    handed = HEADS[program] + BODY
    if quoted:
        handed = "".join(f"> {line}".rstrip() + "\n" for line in handed.splitlines())
    text = NOTE + handed
    found = structure(text, "For tomorrow", letter=True)
    assert found.forwarded is not None
    assert (found.forwarded.sender, str(found.forwarded.date), found.forwarded.subject) == MEANT
    assert found.plain().splitlines() == [FIRST, SECOND]
    assert found.report.rebuild().splitlines() == [
        "" if not line.strip() else line for line in text.splitlines()
    ]


def test_keys_in_another_order() -> None:
    """A head may open with the subject; then its sender stands further below."""
    found = structure(NOTE + HEADS["Thunderbird"] + BODY, "x", letter=True)
    assert found.forwarded is not None
    assert (found.forwarded.sender, str(found.forwarded.date), found.forwarded.subject) == MEANT
    assert found.plain().splitlines() == [FIRST, SECOND]


def test_a_message_handed_on_twice() -> None:
    """The innermost message is the text."""
    inner = "Begin forwarded message:\n\n" + HEADS["French"] + BODY
    outer = (
        HEADS["Outlook"].replace("Strait Post", "Ann").replace("March 5", "March 6")
        + "See below.\n\n"
        + inner
    )
    found = read_letter((NOTE + outer).splitlines())
    assert found.forwarded == Forwarded(
        "Strait Post", found.forwarded.date if found.forwarded else None, MEANT[2]
    )
    assert [line for number, line in enumerate(found.lines) if number not in found.dropped and line] == [
        FIRST,
        SECOND,
    ]


@pytest.mark.parametrize(
    "quoted", [HEADS["Outlook"] + BODY, "On Wed, 5 March 2025, Ann wrote:\n\n> Is it true?\n> Yes.\n"]
)
def test_an_answer_keeps_its_own_text(quoted: str) -> None:
    """Where a letter of its own stands above, what it answers is left out."""
    own = f"{SECOND}\n\nA third boat comes in the spring. {SECOND}\n\nAnd a fourth one later on. {SECOND}\n\n"
    found = structure(own + quoted, "The ferry", letter=True)
    assert found.forwarded is None
    assert FIRST not in found.plain()
    assert {one.rule for one in found.report.dropped} == {"quoted-message"}


@pytest.mark.parametrize(
    "ending",
    [
        "-- \nAnn Doe\nPress office\n+260 211 000 000",
        "Mit freundlichen Grüßen\n\nAnn Doe\nPressestelle\nTel.: 030 1234567\npresse@hafen.example",
        "Cordialement,\nAnn Doe",
        "Best, Ann",
        "С уважением,\nАнна",
        "Press contact: Ann Doe, +44 20 7946 0000, ann@harbour.example",
        "This e-mail and its attachments are confidential and intended solely for the addressee. If you have received "
        "it in error, tell the sender and delete it; any copying or use of it is forbidden and may be unlawful.",
        "Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt.",
        "You are receiving this because you signed up. Unsubscribe",
    ],
)
def test_endings(ending: str) -> None:
    """Closing, signature, contacts, notices and a newsletter's foot are left out, and are in the report."""
    found = structure(f"Dear colleagues,\n\n{BODY}\n{ending}", "The ferry", letter=True)
    assert found.plain().splitlines() == [FIRST, SECOND]
    assert all(line in found.report.rebuild().splitlines() for line in ending.splitlines() if line)


@pytest.mark.parametrize(
    "ending",
    [
        "Notes to editors\n\n- The ferry is owned by both states.\n- It was built in 1998.",
        "Thanks to both treasuries, the fare stays the same.",
        "The message of the captain was confidential, the harbour master said on Monday, and nobody may repeat it.",
        "Kind regards,\nAnn Doe\n\nNotes to editors\n\n" + SECOND.replace("Its", "The first"),
    ],
)
def test_endings_that_are_text(ending: str) -> None:
    """Notes, lists and sentences at the end stay, below a signature too."""
    found = structure(f"{BODY}\n{ending}", "The ferry", letter=True)
    last = ending.splitlines()[-1].removeprefix("- ")
    assert last in found.plain()
    assert "Ann Doe" not in found.plain()


LINES = st.sampled_from(
    ["", "From: A <a@b.example>", "> From: A", "Sent: 5 March 2025", "> Subject: x", "To: b", "-- ", "Best, Jo",
     "-----", "Begin forwarded message:", FIRST, f"> {SECOND}", "- an item", "Tel. +44 20 7946 0000",
     "Unsubscribe", "Dear all,"]
)  # fmt: skip


@given(st.lists(LINES, max_size=20))
def test_nothing_of_a_letter_is_lost(lines: list[str]) -> None:
    """From the report alone every line of a letter can be put together again, whatever is cut from it."""
    text = "\n".join(lines)
    rebuilt = structure(text, None, letter=True).report.rebuild().split("\n")
    assert [line for line in rebuilt if line] == [line for line in lines if line.strip()]
