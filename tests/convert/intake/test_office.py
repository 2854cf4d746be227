"""DOCX, PDF, folders of messages and Outlook's messages as sources."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pouch.convert.intake.article import Article, Refusal
from pouch.convert.intake.documents import read_document
from pouch.convert.intake.office import in_columns, with_bullets
from tests.convert.drafts.pictures import png
from tests.convert.sites import make_site, run_json

FIRST = (
    "Observers of the United Nations reported a quiet week along the river that parts India and Pakistan, the first "
    "this year."
)
SECOND = (
    "The truce was agreed in the spring. India and Pakistan both say that they mean to keep it, and both promise to "
    "send observers."
)
A = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = (
    f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{A}/wordprocessingDrawing"><wp:docPr id="1" name="a" descr="A river"/>'
    f'<a:graphic xmlns:a="{A}/main"><a:graphicData uri="{A}/picture"><pic:pic xmlns:pic="{A}/picture"><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="b"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/></w:style>'
    for name, called in (("Title", "Title"), ("H1", "heading 1"), ("Sub", "Subtitle"))
)


def docx(*paragraphs: tuple[str, str], picture: bytes = b"") -> bytes:
    """A DOCX of paragraphs, each in a style, and a picture before the last."""
    text = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    body = "".join(text.format(*paragraph) for paragraph in paragraphs)
    start, end, last = body.rpartition("<w:p>")
    body = f"{start}{PICTURE if picture else ''}{end}{last}"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    relation = (
        f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="a" Type="{kind}/{{}}" Target="{{}}"/></Relationships>'
    )
    files = {
        "[Content_Types].xml": types,
        "_rels/.rels": relation.format("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": relation.format("styles", "styles.xml"),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{STYLES}</w:styles>',
    }
    related = f'<Relationship Id="b" Type="{kind}/image" Target="media/a.png"/></Relationships>'
    typed = '<Default Extension="png" ContentType="image/png"/></Types>'
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(
        "</Relationships>", related
    )
    files["[Content_Types].xml"] = types.replace("</Types>", typed)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr("word/media/a.png", picture)
    return stream.getvalue()


def pdf(*pages: list[str], pictures: str = "") -> bytes:
    """A PDF with those lines on its pages, by the syntax of ISO 32000-1; `pictures` are in each page's resources."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        stream = f"BT /F1 9 Tf 12 TL 40 780 Td\n{shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {pictures} >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}" + end).encode("latin-1")


def draft(tmp_path: Path, data: bytes, name: str) -> dict[str, Any]:
    """The draft of a file."""
    file = tmp_path / name
    file.write_bytes(data)
    (line,) = run_json(make_site(tmp_path / "site"), "--dry-run", file)
    return line


@pytest.mark.parametrize("name", ["note.docx", "note"])
def test_a_document(tmp_path: Path, name: str) -> None:
    """Styles of a DOCX become title and subheads; its byline and its day are read."""
    data = docx(
        ("Title", "Truce holds"),
        ("", "By Ann Doe"),
        ("", "Delhi, 5 March 2025"),
        ("", FIRST),
        ("H1", "Now"),
        ("", SECOND),
    )
    line = draft(tmp_path, data, name)
    assert (line["entry"]["title"], line["entry"]["date"]) == ("Truce holds", "2025-03-05")
    assert line["entry"]["source"] == {"author": "Ann Doe"}
    assert line["body"].split("\n\n") == [FIRST, "## Now", SECOND]


def test_pictures_of_a_document_come_into_the_draft(tmp_path: Path) -> None:
    """With the text that describes them, where they stand."""
    file, site = tmp_path / "note.docx", make_site(tmp_path / "site")
    file.write_bytes(docx(("Title", "Truce holds"), ("", FIRST), ("", SECOND), picture=png()))
    (line,) = run_json(site, file)
    (stored,) = (site / "content/images").rglob("*.png")
    assert f"![A river]({stored.relative_to(site / 'content').as_posix()})" in line["body"]


def test_a_paper_says_that_its_pictures_are_left_out(tmp_path: Path) -> None:
    """How many there are on all pages, without icons; a paper without pictures says nothing."""
    lines = ["Truce holds along the river", "", *FIRST.split(", "), "", *SECOND.split(". ")]
    sizes = ((300, 200), (16, 16))
    pictures = " ".join(
        f"/P{number} << /Subtype /Image /Width {width} /Height {height} >>"
        for number, (width, height) in enumerate(sizes)
    )
    told = draft(tmp_path, pdf(lines, lines, pictures=f"/XObject << {pictures} >>"), "note.pdf")["problems"]
    assert [problem["code"] for problem in told if "pictures" in problem["message"]] == ["image-left-out"]
    assert "2 in all" in told[0]["message"]
    (tmp_path / "plain").mkdir()
    assert draft(tmp_path / "plain", pdf(lines), "note.pdf")["problems"] == []


def test_a_paper(tmp_path: Path) -> None:
    """Of a PDF words, paragraphs, lists and tables are whole across lines and pages, without heads and numbers."""
    head = ["River Institute - Note 7", "", ""]
    one = [*head, "Truce holds along the river", "", "By Ann Doe", "5 March 2025", "",
           "Observers of the United Nations reported a quiet week along the river that parts In-",
           "dia and Pakistan, the first of its kind this year, and wrote that the posts on both",
           "banks had been empty for", "", "1"]  # fmt: skip
    two = [*head, "days. Nobody was hurt, and the fishermen crossed by day as they had not done since",
           "the spring.", "",
           "Side             Posts       Patrols", "India               12            31",
           "Pakistan            14            29", "",
           "The truce was agreed in the spring. India and Pakistan both say that they mean to keep",
           "it.", "", "2"]  # fmt: skip
    line = draft(tmp_path, pdf(one, two), "note.pdf")
    assert (line["entry"]["title"], line["entry"]["date"]) == ("Truce holds along the river", "2025-03-05")
    assert line["entry"]["source"]["author"] == "Ann Doe"
    assert "parts India and Pakistan" in line["body"]
    assert "been empty for days. Nobody was hurt" in line["body"]
    assert "| India | 12 | 31 |" in line["body"]
    assert "River Institute" not in line["body"]


def test_columns_are_read_one_after_the_other() -> None:
    """The left column of a page before the right one; a headline across both, and a table, where they stand."""
    left = [f"left line {number} with words" for number in range(10)]
    right = [f"right line {number} with words" for number in range(10)]
    page = ["A headline that goes over both of the columns of the page", ""]
    page += [f"{one:<34}{other}" for one, other in zip(left, right, strict=True)]
    assert [line for line in in_columns(page) if line] == [page[0], *left, *right]
    table = [f"Station {number}     {number}     {number * 2}" for number in range(12)]
    assert in_columns(table) == table


def test_bullets_of_symbol_fonts() -> None:
    """A sign of a symbol font that opens a line is a bullet; within a line it stays."""
    assert with_bullets("\x7f one\n  \uf0b7 two\na \uf0b7 b") == "• one\n  • two\na \uf0b7 b"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf([""], [""]), "scanned pages"),
        (b"%PDF-1.4 cut off", "cannot be read"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old office document"),
    ],
)
def test_refusals(data: bytes, said: str) -> None:
    """Scans, damaged files and formats of old are refused with the reason, and the likely cure."""
    (refusal,) = read_document(data, "file")
    assert isinstance(refusal, Refusal)
    assert said in refusal.problem.message
    assert refusal.problem.hint


@pytest.mark.parametrize(
    ("data", "module", "library"),
    [
        (pdf(["A line"]), "pypdf", "pypdf"),
        (b"\xd0\xcf\x11\xe0" + "__substg1.0_0037001F".encode("utf-16-le"), "oxmsg", "python-oxmsg"),
    ],
)
def test_what_an_extra_reads(data: bytes, module: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an extra is missing the refusal says which command installs it."""
    monkeypatch.setitem(sys.modules, module, None)
    (refusal,) = read_document(data, "file")
    assert isinstance(refusal, Refusal)
    assert f" {library}` installs what reads it" in refusal.problem.hint


@pytest.mark.parametrize(("year", "dated"), [(1601, False), (2025, True)])
def test_a_message_that_was_never_sent_has_no_date(
    year: int, dated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outlook writes the first moment of Windows' calendar where nothing was sent; that is no date of the text."""
    sent = datetime(year, 1, 1, tzinfo=UTC)
    message = SimpleNamespace(
        sender="River News <a@b.example>", subject="Truce", sent_date=sent, body=FIRST, html_body=None
    )
    monkeypatch.setattr("oxmsg.Message.load", lambda _file: message)
    (article,) = read_document(b"\xd0\xcf\x11\xe0" + "__substg1.0_0037001F".encode("utf-16-le"), "file.msg")
    assert isinstance(article, Article)
    assert (article.date is not None) == dated


def test_a_folder_of_messages() -> None:
    """Each message of an mbox is an article, also one with a line that opens like another message."""
    box = "".join(
        f"From a@b.example Wed Mar  5 06:00:00 2025\nFrom: River News <a@b.example>\nTo: x@y.example\n"
        f"Subject: {subject}\n"
        f"Message-ID: <{subject}@b.example>\nDate: Wed, 05 Mar 2025 06:00:00 +0000\nMIME-Version: 1.0\n\n{FIRST}\n\n"
        f">From now on the posts are empty.\n\n{SECOND}\n\n"
        for subject in ("one", "two")
    )
    found = list(read_document(box.encode(), "box"))
    assert [(one.title, one.input_id) for one in found if isinstance(one, Article)] == [
        ("one", "<one@b.example>"),
        ("two", "<two@b.example>"),
    ]
