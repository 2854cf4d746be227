"""Saved pages and newsletters: the article, where it came from, and who sent it."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from pouch.convert.intake.article import Article
from pouch.convert.intake.documents import read_document
from tests.convert.sites import ENGLISH, make_site, run_json

TITLE, FIRST, SECOND = ENGLISH.strip().split("\n\n")
HTML = f"<html><body><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND} L’été, Genève.</p></article></body></html>"
SAVED = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/truce?utm_source=mail
Subject: =?utf-8?Q?Truce_holds_=E2=80=94_River_News?=
Date: Mon, 7 Jul 2025 08:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--x"

------MultipartBoundary--x
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/truce

<html><body><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND} L=E2=80=99=C3=A9t=
=C3=A9, Gen=C3=A8ve.</p></article></body></html>
------MultipartBoundary--x
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/a.png

iVBORw0KGgo=

------MultipartBoundary--x--
"""


def letter(subject: str = f"Fwd: {TITLE}", sender: str = "River News <news@example.org>") -> EmailMessage:
    """A message without a body yet."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = sender
    message["To"] = "editor@example.org"
    message["Date"] = "Wed, 05 Mar 2025 10:22:00 +0100"
    return message


def converted(site: Path, folder: Path, name: str, data: bytes | EmailMessage) -> list[dict[str, Any]]:
    """What converting that file prints."""
    path = folder / name
    path.write_bytes(data.as_bytes() if isinstance(data, EmailMessage) else data)
    return run_json(site, "--dry-run", path)


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_saved_page(site: Path, tmp_path: Path, name: str, line_end: str) -> None:
    """A page saved whole gives its article, and the address where it stood; the day of saving dates nothing."""
    (line,) = converted(site, tmp_path, name, SAVED.replace("\n", line_end).encode())
    assert line["entry"]["title"] == TITLE
    assert line["entry"]["source"]["url"] == "https://example.org/truce?utm_source=mail"
    assert "L’été, Genève." in line["body"]
    assert (line["entry"].get("date"), line["date_from"]) == (None, None)


def test_a_saved_page_without_a_page(site: Path, tmp_path: Path) -> None:
    """A saved page in which no page is left is refused in words."""
    data = SAVED.replace("Content-Type: text/html", "Content-Type: text/css").encode()
    (line,) = converted(site, tmp_path, "page.mhtml", data)
    assert "a saved page without a page" in line["problems"][0]["message"]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_a_newsletter(site: Path, tmp_path: Path, charset: str, transfer: str) -> None:
    """Of a message's parts the page is taken, in any encoding; sender and date come from its head."""
    message = letter()
    message.set_content("Open this message in a program that shows pages.\n")
    page = HTML if charset != "iso-8859-1" else HTML.replace("’", "'")
    message.add_alternative(page, subtype="html", charset=charset, cte=transfer)
    (line,) = converted(site, tmp_path, "letter.eml", message)
    assert line["entry"]["title"] == TITLE
    assert line["entry"]["source"] == {"name": "River News"}
    assert (line["entry"]["date"], line["date_from"]) == ("2025-03-05T10:22:00+01:00", "metadata")
    assert "Genève" in line["body"]
    assert "program that shows pages" not in line["text"]


def test_a_plain_letter(site: Path, tmp_path: Path) -> None:
    """A message of plain text has its subject for its title, and no address of a person for its publisher."""
    message = letter(sender="maria@news.example.org")
    message.set_content(f"{FIRST}\n\n{SECOND}\n")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    (line,) = converted(site, tmp_path, "letter.eml", message)
    assert line["entry"]["title"] == TITLE
    assert line["entry"]["source"] == {"name": "news.example.org"}
    assert line["text"].splitlines() == [FIRST, SECOND]


def test_a_subject_stands_in_for_a_headline(site: Path, tmp_path: Path) -> None:
    """A page in a message that has no headline gets the message's subject, without what mailers put before it."""
    message = letter("TR: RE: Une trêve tient, le long du fleuve")
    message.set_content(f"<p>{FIRST}</p><p>{SECOND}</p>", subtype="html")
    (line,) = converted(site, tmp_path, "letter.eml", message)
    assert line["entry"]["title"] == "Une trêve tient, le long du fleuve"


def test_an_attached_message(site: Path, tmp_path: Path) -> None:
    """A message that only hands another on gives that one's article, and the words over it are named."""
    inner = letter()
    inner.set_content(HTML, subtype="html")
    outer = letter("Fwd: for the archive", "editor@example.org")
    outer.set_content("Worth an entry?\n")
    outer.add_attachment(inner)
    (line,) = converted(site, tmp_path, "letter.eml", outer)
    assert line["entry"]["title"] == TITLE
    assert line["entry"]["source"] == {"name": "River News"}
    assert [problem["code"] for problem in line["problems"]] == ["covering-note"]
    assert "Worth an entry?" in line["problems"][0]["message"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\n\n", "no text"),
        (b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: image/png\n\n\x89PNG", "no text"),
        (
            b"From: \xff\xfe<\nDate: x\nSubject: =?x?q?=FF?=\nContent-Type: multipart/mixed\n\n--\n\n",
            "no text",
        ),
        (b"From: a@b\nContent-Type: text/plain; charset=nonsense\n\n\x00\x01\x02\x03", "no text"),
    ],
)
def test_messages_without_an_article(site: Path, tmp_path: Path, data: bytes, said: str) -> None:
    """A message without a text is refused, and says so."""
    (line,) = converted(site, tmp_path, "letter.eml", data)
    assert (line["path"], line["problems"][0]["code"]) == (None, "not-text")
    assert said in line["problems"][0]["message"]


def test_a_text_that_opens_like_a_message(site: Path) -> None:
    """A text with a colon in its first line is a text."""
    (line,) = run_json(
        site, "--dry-run", "-", stdin=f"Date: the talks so far\n\n{FIRST}\n\n{SECOND}\n".encode()
    )
    assert line["entry"]["title"] == "Date: the talks so far"


@pytest.mark.parametrize(
    "part",
    [
        "Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n",
        "Content-Type: message/rfc822\n\nFrom: a@b.example\n",
    ],
)
def test_a_message_that_nests_without_end_harms_no_other(part: str, tmp_path: Path) -> None:
    """It is refused, or read as far as it goes; the article behind it becomes a draft."""
    site = make_site(tmp_path / "site")
    nested = "From: a@b.example\nSubject: Deep\nMIME-Version: 1.0\n" + "".join(
        part.format(i) for i in range(3_000)
    )
    (tmp_path / "a.eml").write_text(f"{nested}\n\nText.\n")
    (tmp_path / "b.txt").write_text(ENGLISH, "utf-8")
    lines = run_json(site, "--jobs", "1", tmp_path / "a.eml", tmp_path / "b.txt")
    assert [line["entry"]["title"] for line in lines if line.get("path")][-1] == ENGLISH.partition("\n")[0]


SENT = (
    "Date: Wed, 05 Mar 2025 10:22:00 +0100\nSubject: A truce holds\nContent-Type: text/html; charset=utf-8\n"
)


@pytest.mark.parametrize(
    ("name", "fields", "source"),
    [
        # Sent to nobody that the head names, as newsletters are.
        ("letter.eml", "MIME-Version: 1.0\nFrom: River News <n@river.example>\n", "River News"),
        ("mail", "X_M.2: y\nMIME-Version: 1.0\nBcc: a@b.example\nFrom: River News <n@river.example>\n", "River News"),
        ("letter", "List-Unsubscribe: <https://river.example/u>\nMIME-Version: 1.0\nFrom: River News\n", None),
        ("letter.eml", "MIME-Version: 1.0\n", None),
        # Saved by a browser, which names itself; the day is that of saving.
        ("page", "MIME-Version: 1.0\nFrom: <Saved by a browser>\n", "page"),
        ("page.mht", "MIME-Version: 1.0\n", "page"),
        ("page.mht", "MIME-Version: 1.0\nFrom: me@b.example\nContent-Location: https://river.example/1\n", "page"),
    ],
)  # fmt: skip
def test_letter_or_saved_page(name: str, fields: str, source: str | None) -> None:
    """A message of HTML alone is a letter, with its sender and its day, unless a browser saved it."""
    data = f"{fields}{SENT}\n{HTML}".encode()
    (article,) = read_document(data, name)
    assert isinstance(article, Article)
    assert article.letter == (source != "page")
    assert article.date == (None if source == "page" else "2025-03-05T10:22:00+01:00")
    if source != "page":
        assert (article.source.name if article.source else None) == source
