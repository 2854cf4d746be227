"""Office documents: DOCX through mammoth, PDF through pypdf, Outlook's .msg through python-oxmsg.

The last two are extras of the package; where one is missing, the refusal names the command that installs it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from pouch.convert.intake.article import LONGEST, Article, Refusal, refuse
from pouch.convert.intake.mail import read_message
from pouch.installation import installs
from pouch.markdown.links import IMAGES
from pouch.tables import text

MOST_PAGES = 300
"""Pages of a PDF; what has more is a book."""

SMALLEST_PICTURE = 100
"""Pixels: what is narrower or lower is an icon."""

LARGEST_XML = 50_000_000
"""Bytes of a DOCX's text, unpacked."""

LEAST_TEXT = 20
"""Characters a page below which a PDF is a stack of pictures."""

FEWEST_LINES = 8
"""Lines of a page that show that it is set in two columns."""

# Where symbol fonts have their signs: the private use area, and the control character that some programs write.
_SYMBOL_BULLET = re.compile(r"^([ \t]*)[\x7f\uf020-\uf0ff](?=[ \t]+\S)", re.MULTILINE)
_GUTTER = re.compile(r"\S {3,}\S")


def read_office(data: bytes, origin: str, url: str | None = None) -> Iterator[Article | Refusal]:
    """The articles of an office document, by its first bytes, or the Refusal that says why it has none."""
    if data.startswith(b"%PDF-"):
        yield _pdf(data, origin, url)
    elif data.startswith(b"PK"):
        yield _docx(data, origin, url)
    else:
        yield from _outlook(data, origin)


def _docx(data: bytes, origin: str, url: str | None) -> Article | Refusal:
    """The page that mammoth makes of a DOCX: what styles say survives, how it looks does not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return refuse(origin, 0, "not-text", "it is a damaged zip archive or document", "save it again")
    if "word/document.xml" not in names:
        hint = "save it as DOCX, as text or as HTML"
        return refuse(
            origin, 0, "not-text", "it is a zip archive, or an office document that is no DOCX", hint
        )
    if sum(size for name, size in names.items() if name.endswith(".xml")) > LARGEST_XML:
        return refuse(
            origin, 0, "too-large", f"its text has more than {LARGEST_XML // 1_000_000} MB, no article has"
        )
    # Imported here: most articles are no documents.
    import mammoth

    try:
        page = mammoth.convert_to_html(
            io.BytesIO(data), style_map=text("pouch.convert.intake", "styles.txt")
        ).value
    except Exception as error:  # a document on which mammoth fails is refused, whatever it raises
        return refuse(
            origin, 0, "not-text", f"it is a DOCX that cannot be read: {error}", "save it again, or as HTML"
        )
    head = '<head><meta name="generator" content="mammoth"></head>'
    return Article(
        origin, html=f"<html>{head}<body><article>{page}</article></body></html>", url=url, whole=True
    )


def _pdf(data: bytes, origin: str, url: str | None) -> Article | Refusal:
    """The text of a PDF as a plain text: lines as they stand on the page, columns one below the other."""
    try:
        import logging

        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        hint = f"`{installs('pypdf')}` installs what reads it; or save it as text"
        return refuse(origin, 0, "not-text", "it is a PDF", hint)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return refuse(origin, 0, "not-text", "it is a PDF with a password", "save it without one")
        if (count := len(reader.pages)) > MOST_PAGES:
            return refuse(origin, 0, "too-large", f"it is a PDF of {count} pages, no article has so many")
        pages = [_page_text(page) for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        reason = str(error) or type(error).__name__
        return refuse(
            origin, 0, "not-text", f"it is a PDF that cannot be read: {reason}", "save it again, or as text"
        )
    text = "\n\n".join(pages)
    if len("".join(text.split())) < LEAST_TEXT * max(1, len(pages)):
        hint = "run text recognition (OCR) over it first, such as ocrmypdf"
        return refuse(
            origin, 0, "not-text", "it is a PDF of scanned pages: it holds pictures and no text", hint
        )
    title = (reader.metadata.title if reader.metadata else None) or None
    article = Article(origin, text=text[: LONGEST + 1], url=url, headline=str(title) if title else None)
    if not (count := sum(map(_count_pictures, reader.pages))):
        return article
    left_out = f"its pictures are left out, {count} in all: a PDF does not say where in the text they stand"
    hint = (
        f"save those that you may publish under content/{IMAGES}, and write ![what is seen]({IMAGES}name.jpg)"
    )
    return article.with_warning("image-left-out", left_out, hint)


def _count_pictures(page: Any) -> int:
    """The number of pictures of a page that are no icons; nothing is decoded."""
    try:
        objects = page["/Resources"].get_object().get("/XObject", {}).get_object()
        pictures = [each.get_object() for each in objects.values()]
        sizes = [(each["/Width"], each["/Height"]) for each in pictures if each.get("/Subtype") == "/Image"]
        return sum(min(size) >= SMALLEST_PICTURE for size in sizes)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        return 0  # a page without pictures, or a damaged one, whose text could be read


def _page_text(page: Any) -> str:
    """The lines of a page from its top down, those of the left column before those of the right."""
    lines = [line.rstrip() for line in page.extract_text(extraction_mode="layout").splitlines()]
    return with_bullets("\n".join(in_columns(lines)).strip("\n"))


def with_bullets(text: str) -> str:
    """A text with the bullets that fonts of symbols hold under signs of their own as bullets."""
    return _SYMBOL_BULLET.sub(r"\1•", text)


def in_columns(lines: list[str]) -> list[str]:
    """The lines of a page, of two columns the left one first; a line across both stands where it stood."""
    wide = [line for line in lines if _GUTTER.search(line)]
    if len(wide) < FEWEST_LINES:
        return lines
    gutter = _gutter(wide)
    if gutter is None:
        return lines
    ordered: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        if line[gutter - 1 : gutter + 1].strip():
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            left.append(line[:gutter].rstrip())
            right.append(line[gutter:].strip())
    return [*ordered, *left, *right]


def _gutter(wide: list[str]) -> int | None:
    """The place where the right column begins: most lines have blanks there, and words on both sides of them."""
    middle = max(map(len, wide)) // 2
    for offset in range(middle // 2):
        for at in (middle - offset, middle + offset):
            apart = [line for line in wide if not line[at - 2 : at].strip()]
            sides = [(line[:at].split(), line[at:].split()) for line in apart]
            full = sum(len(one) > 3 and len(other) > 3 for one, other in sides)
            if len(apart) * 10 >= len(wide) * 9 and full * 10 >= len(wide) * 7:
                return at
    return None


FIRST_MAIL = 1971
"""The year of the first message between two computers."""


def _outlook(data: bytes, origin: str) -> Iterator[Article | Refusal]:
    """The message of an Outlook file, read like any other message."""
    if "__substg1.0_".encode("utf-16-le") not in data:
        hint = "save it as DOCX, as text or as HTML"
        yield refuse(origin, 0, "not-text", "it is an old office document", hint)
        return
    try:
        from oxmsg import Message
    except ImportError:
        hint = f"`{installs('python-oxmsg')}` installs what reads it; or save it as .eml"
        yield refuse(origin, 0, "not-text", "it is an Outlook message", hint)
        return
    try:
        outlook_message = Message.load(io.BytesIO(data))
        message = EmailMessage()
        for name, value in (("From", outlook_message.sender), ("Subject", outlook_message.subject)):
            if value:
                message[name] = " ".join(str(value).split())
        message["To"] = "-"
        # A message that was never sent has the first moment of Windows' calendar, in 1601, or none.
        if outlook_message.sent_date is not None and outlook_message.sent_date.year >= FIRST_MAIL:
            message["Date"] = format_datetime(outlook_message.sent_date)
        message.set_content(outlook_message.body or "")
        if outlook_message.html_body:
            message.add_alternative(outlook_message.html_body, subtype="html")
    except Exception as error:  # a file on which the reader fails is refused, whatever it raises
        reason = f"it is an Outlook message that cannot be read: {error}"
        yield refuse(origin, 0, "not-text", reason, "save it as .eml")
        return
    yield from read_message(message.as_bytes(), origin)
