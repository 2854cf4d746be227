"""The text of a source: a page's article as `convert` finds it, the text of a PDF or DOCX, a plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec
from lxml import etree, html

from pouch.convert.intake.article import Article
from pouch.convert.intake.decoding import NotText, decode
from pouch.convert.intake.fetching import Fetched
from pouch.convert.intake.office import read_office
from pouch.convert.page.choosing import choose
from pouch.convert.page.hidden import without_hidden
from pouch.convert.page.htmlpage import read_page
from pouch.convert.page.segments import Segment, parse

# A form around the whole page, as ASP.NET has it, is no frame.
_FRAME = """//head | //script | //style | //nav | //header | //footer | //aside | //noscript | //iframe | //template
            | //form[not(.//h1) and count(.//p) < 3]"""
_BANNER = """//*[contains(@id, 'cookie') or contains(@class, 'cookie') or contains(@id, 'consent')
             or contains(@class, 'consent')]"""
_OFFICE = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("‘’‚‹›", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—―", "-")
    | dict.fromkeys("\u00ad\u200b")
)
SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|(?<=[。！？])|(?<=[।۔؟།])\s+")
_MARKUP = re.compile(r"\s*<(!doctype html|html|head|title|body)\b", re.IGNORECASE)
_FEWEST = 10
"""Words that an article has at least: where the chosen text has fewer, the whole page counts."""
_UNSPACED = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LINES = 400
"""Characters without a full stop from which a paragraph is a list of lines."""


class Document(msgspec.Struct, frozen=True):
    """The answer of an address, as far as it can be read."""

    sentences: Sequence[str] = ()  # of the article; without markup, no sentence twice
    length: int = 0  # words of the article, with those that are said twice
    everything: str = ""  # the text of the whole page without its frame, without typography
    tree: html.HtmlElement | None = None  # of a page

    @property
    def words(self) -> int:
        """The number of words of the article."""
        return sum(map(count_words, self.sentences))

    def share_in(self, other: Document) -> float:
        """The share of its words, by sentences, that another document has anywhere on its page."""
        return self._share([compact(sentence) in other.everything for sentence in self.sentences])

    def share_from(self, other: Document) -> float:
        """The share of its words, by sentences, that come from another document's article."""
        sentences = set(map(compact, other.sentences))
        return self._share([compact(sentence) in sentences for sentence in self.sentences])

    def _share(self, is_common: Sequence[bool]) -> float:
        total = self.words
        common = sum(
            count_words(text) for text, is_it in zip(self.sentences, is_common, strict=True) if is_it
        )
        return common / total if total else 0.0


def document_of(answer: Fetched) -> Document:
    """The document that an address gave; without sentences where it is no text, or damaged."""
    data = answer.data
    if data[:1024].lstrip().startswith(_OFFICE):
        article = next(iter(read_office(data.lstrip(), "source")), None)
        if not isinstance(article, Article):
            return Document()
        return _of_page(article.html, whole=True) if article.html else _of_text(article.text or "")
    try:
        text = decode(data, answer.charset)
    except NotText:
        return Document()
    is_page = "html" in (answer.media_type or "") or _MARKUP.match(text)
    return _of_page(text) if is_page else _of_text(text)


def compact(text: str) -> str:
    """The text without its typography: blanks, and the shapes of quotation marks and dashes."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY).split())


def count_words(text: str) -> int:
    """The number of words; scripts without blanks have about one in two characters."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def _of_text(text: str) -> Document:
    paragraphs = re.split(r"\n[ \t\r]*\n", text)
    parts: list[str] = []
    for paragraph in paragraphs:
        sentences = SENTENCE.split(paragraph)
        parts += [
            line for each in sentences for line in (each.splitlines() if len(each) > _LINES else [each])
        ]
    return _document(parts, text)


def _document(parts: Iterable[str], everything: str, tree: html.HtmlElement | None = None) -> Document:
    texts = [text for part in parts if (text := " ".join(part.split()))]
    length = sum(map(count_words, texts))
    return Document(list(dict.fromkeys(texts)), length, compact(everything), tree)


def _of_page(text: str, *, whole: bool = False) -> Document:
    tree, body = parse(text), parse(text)
    if tree is None or body is None:
        return Document()
    _drop(body.xpath(_FRAME), body)
    everything = str(body.text_content())
    page = read_page(text)
    segments = page.segments if page else []
    if page and not whole:
        chosen = without_hidden(segments, choose(segments, page.tree, page.headline, page.items))
        segments = [segment for segment, keep in zip(segments, chosen, strict=True) if keep]
    document = _document(_rows(segments), everything, tree)
    if document.words >= _FEWEST:
        return document
    _drop_banners(body)
    blocks = body.xpath("//p | //h1 | //h2 | //blockquote")
    texts = [str(block.text_content()) for block in blocks] or [str(body.text_content())]
    return _document((part for each in texts for part in SENTENCE.split(each)), everything, tree)


def _drop_banners(body: html.HtmlElement) -> None:
    """Take out what asks for consent beside other text; where it is all that there is, it stays."""
    banners = [part for part in body.xpath(_BANNER) if part.getparent() is not None and part.tag != "body"]
    if sum(len(part.text_content()) for part in banners) * 2 < len(body.text_content()):
        _drop(banners, body)


def _drop(parts: Iterable[html.HtmlElement], body: html.HtmlElement) -> None:
    """Take elements out, and leave the text behind them, in which there may be what lxml refuses to set as text."""
    for part in parts:
        part.tag = "dropped"
    etree.strip_elements(body, "dropped", with_tail=False)


def _rows(segments: Sequence[Segment]) -> Iterable[str]:
    """The sentences of segments; a row of a table is one, since a cell alone stands in many tables."""

    def row(segment: Segment) -> object:
        return next(
            (each for each in (segment.parent, *segment.parent.iterancestors()) if each.tag == "tr"), segment
        )

    for _, cells in groupby(segments, row):
        texts = [cell.text for cell in cells]
        yield from [" ".join(texts)] if len(texts) > 1 else SENTENCE.split(texts[0])
