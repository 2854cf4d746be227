"""Newsletters: several stories are several articles, one story with subheads is one."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.convert.sites import make_site, run, run_json

TEXTS = [
    "The ferry has crossed the strait since the 1820s, and lorries have waited on both of its banks for days, as every "
    "traveller knows and the harbour master of the time wrote down.",
    "Its captain says that the crossing takes an hour in calm weather and twice that in a storm, and that nobody has "
    "ever counted the storms of the season.",
    "A second cable is being laid to the islands, four years after an eruption cut the only one and left them without "
    "a telephone for five weeks.",
    "Half of the money comes from a bank, the rest from two governments and from a company that rents out what it does "
    "not need of the line.",
]
HEAD = "<h1>The Strait Letter</h1><p>Issue 31</p><p>Good morning.</p>"
FOOT = (
    "<p>You receive this letter because you signed up. <a href='https://strait.example/u'>Unsubscribe</a></p>"
)


def drafts(tmp_path: Path, body: str, subject: str = "A ferry, a cable") -> list[dict[str, object]]:
    """The drafts of a message with that page."""
    file = tmp_path / "letter.eml"
    file.write_bytes(message_of(body, subject))
    return run_json(make_site(tmp_path / "site"), "--dry-run", file)


def message_of(body: str, subject: str) -> bytes:
    """A message with that page."""
    message = EmailMessage()
    message["From"], message["To"] = "The Strait Letter <l@strait.example>", "desk@harbour.example"
    message["Subject"], message["Date"] = subject, "Wed, 05 Mar 2025 09:00:00 +0000"
    message.set_content(
        f"<html><head><title>The Strait Letter</title></head><body>{body}</body></html>", subtype="html"
    )
    return message.as_bytes()


@pytest.mark.parametrize(
    "layout",
    [
        # Each in a box of its own, one below the other in one box, with links in their headings.
        "<table><tr><td>{head}</td></tr><tr><td><p>Sea</p><h2>The ferry</h2>{one}<p><a href='https://s.example/1'>Mehr</a></p>"
        "</td></tr><tr><td><h2>The cable</h2>{two}<p><a href='https://s.example/2'>Mehr</a></p></td></tr></table>{foot}",
        "{head}<h3>The ferry</h3>{one}<p><a href='https://s.example/1'>Lire la suite</a></p><p>Islands</p>"
        "<h3>The cable</h3>{two}<p><a href='https://s.example/2'>Lire la suite</a></p>{foot}",
        "<div>{head}</div><div><h2><a href='https://s.example/1'>The ferry</a></h2>{one}</div>"
        "<div><h2><a href='https://s.example/2'>The cable</a></h2>{two}</div><div>{foot}</div>",
    ],
)
def test_two_stories(tmp_path: Path, layout: str) -> None:
    """Each story has its title, its address and its text alone; the report of each has the whole letter."""
    one, two = ("".join(f"<p>{text}</p>" for text in pair) for pair in (TEXTS[:2], TEXTS[2:]))
    lines = drafts(tmp_path, layout.format(head=HEAD, foot=FOOT, one=one, two=two))
    assert [(line["entry"]["title"], line["entry"]["source"]["url"]) for line in lines] == [  # type: ignore[index]
        ("The ferry", "https://s.example/1"),
        ("The cable", "https://s.example/2"),
    ]
    assert [str(line["body"]).strip().split("\n\n") for line in lines] == [TEXTS[:2], TEXTS[2:]]
    for line in lines:
        report = line["report"]
        units = [unit["text"] for unit in [*report["kept"], *report["dropped"]]]  # type: ignore[index]
        assert all(text in units for text in (*TEXTS, "Good morning."))


@pytest.mark.parametrize("box", ["{}", "<table><tr><td>{}</td></tr></table>"])
def test_one_story_with_subheads(tmp_path: Path, box: str) -> None:
    """Subheads without links or boxes of their own are those of one article, under the message's subject."""
    parts = [box.format(f"<h2>Part {number}</h2><p>{text}</p>") for number, text in enumerate(TEXTS, 1)]
    (line,) = drafts(tmp_path, HEAD + "".join(parts) + FOOT, "How the strait is crossed")
    assert line["entry"]["title"] == "How the strait is crossed"  # type: ignore[index]
    assert all(text in str(line["body"]) for text in (*TEXTS, "Part 4"))
    assert "signed up" not in str(line["body"])


@pytest.mark.parametrize(
    "between", ["", "<p>The desk moves to the old customs house in May, and letters go there.</p>"]
)
def test_the_report_quotes_no_other_draft(tmp_path: Path, between: str) -> None:
    """What stands in another draft of the letter is only counted; what stands in none is quoted."""
    stories = "".join(
        f"<div><h2><a href='https://s.example/{text[:9]}'>{text[:9]}</a></h2><p>{text}</p><p>{more}</p></div>"
        for text, more in (TEXTS[:2], TEXTS[2:])
    )
    file = tmp_path / "letter.eml"
    file.write_bytes(message_of(f"<div>{HEAD}</div>{between}{stories}<div>{FOOT}</div>", "A ferry, a cable"))
    output = run(make_site(tmp_path / "site"), "--dry-run", file).stdout
    assert output.count("written: ") == 2
    assert "another-story" in output
    assert not any(text[:60] in output for text in TEXTS)
    assert ("old customs house" in output) == bool(between)
