"""What must hold for any bytes: no exception but those that are documented, and nothing in the output that runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from pouch.content.dossier import parse_dossier
from pouch.content.parse import read_bytes
from pouch.content.render import render_entry
from pouch.convert.drafts.drafting import Draft, Options, draft
from pouch.convert.intake.article import Article
from pouch.convert.intake.documents import read_document
from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer
from pouch.markdown.sanitise import absolute_html
from pouch.vocabulary.loading import read_countries, read_topics
from tests.content.samples import PATH, a_context
from tests.fuzz import press
from tests.fuzz.oracle import faults, page_faults

_RENDERER = Renderer("/archive", lambda _: ImageFile(3, 4))


def entry(data: bytes) -> None:
    """An entry is read, or its faults are told; what was read can be written and read again."""
    context = a_context()
    parsed = read_bytes(data, PATH, context)
    assert parsed.entry is not None or parsed.problems
    assert all(problem.line >= 0 and problem.message for problem in parsed.problems)
    if parsed.entry is not None:
        again = read_bytes(render_entry(parsed.entry).encode(), PATH, context)
        assert again.entry == parsed.entry, (again.entry, again.problems)
        markdown(parsed.entry.body.encode())


def dossier(data: bytes) -> None:
    """Likewise a term's introduction."""
    context = a_context()
    path = "content/dossiers/topics/war.md"
    parsed = parse_dossier(data, path, vocabulary=context.vocabulary, site=context.site)
    assert parsed.dossier is not None or parsed.problems


def markdown(data: bytes) -> None:
    """A body becomes HTML in which nothing runs, on the page and in feeds."""
    text = data.decode("utf-8", "ignore")
    rendered = _RENDERER.render(text, entry_id="abcd")
    assert faults(rendered.html) == [], rendered.html
    absolute = absolute_html(rendered.html, "https://example.org/briefings/talks/")
    assert faults(absolute) == [], absolute


def published(data: bytes) -> None:
    """Of an entry whose fields are hostile nothing runs: on its page, in RSS, in Atom and in JSON Feed."""
    text = data.decode("utf-8", "ignore")
    page = press.page_of(text)
    assert page_faults(page) == [], page
    for place, html in press.html_in_feeds(text):
        assert faults(html) == [], (place, html)


def vocabulary(data: bytes) -> None:
    """Lists of terms are read, or their faults are told."""
    with TemporaryDirectory() as folder:
        site = msgspec.structs.replace(a_context().site, root=folder, content=f"{folder}/content")
        for name in ("topics", "countries"):
            file = Path(folder) / "content" / "vocabulary" / f"{name}.toml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        read_topics(site)
        read_countries(site)


def _convert(data: bytes, name: str) -> None:
    context = a_context()
    for found in read_document(data, name):
        if not isinstance(found, Article):
            assert found.problem.message
            continue
        made = draft(found, Options(), context.site, context.vocabulary)
        if isinstance(made, Draft):
            markdown(made.entry.body.encode("utf-8", "ignore"))
            for text in (made.entry.title, made.entry.summary or "", *made.entry.key_points):
                assert "\n" not in text
        else:
            assert made.problem.message


def page(data: bytes) -> None:
    """A page becomes a draft in whose text nothing runs, or is refused."""
    _convert(data, "page.html")


def message(data: bytes) -> None:
    """Likewise a message."""
    _convert(data, "message.eml")


def feed(data: bytes) -> None:
    """Likewise the items of a feed."""
    _convert(data, "feed.xml")


def text(data: bytes) -> None:
    """Likewise a text, or what else is in a file of that name."""
    _convert(data, "text.txt")


def docx(data: bytes) -> None:
    """Likewise a document of a word processor."""
    _convert(data if data.startswith(b"PK") else b"PK\x03\x04" + data, "text.docx")


def pdf(data: bytes) -> None:
    """Likewise a PDF."""
    _convert(data if data.startswith(b"%PDF") else b"%PDF-1.7\n" + data, "text.pdf")


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (entry, published, dossier, markdown, vocabulary, page, message, feed, text, docx, pdf)
}
