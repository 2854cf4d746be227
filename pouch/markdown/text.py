"""The words of sanitised HTML, read from its tree: for cards, the reading time and the search index.

The marks of footnotes are not among them: a card or a result has no note for its reader to go to.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any

import nh3
from lxml import etree

# Elements that begin a word of their own; the others stand inside words (<em>re</em>reading).
_APART = frozenset(
    """p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote table tr th td thead tbody tfoot caption pre div figure
    figcaption br hr img sub sup""".split()  # noqa: SIM905  # a list of words
)
NOTES_MARK = 'class="footnote-'
"""What HTML holds that has marks of footnotes."""
# Scripts without spaces between words: two characters count as one.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_OTHER_BYTES = bytes(byte for byte in range(256) if byte < 0xE0 or byte == 0xE2)


def tree_of(html: str) -> Any:
    """The tree of sanitised HTML, its elements in a `body`, without the marks of footnotes.

    HTML that nests deeper than the parser follows is one run of text.
    """
    parser = _parser()
    tree = etree.fromstring(f"<body>{html}</body>".encode(), parser)
    body = tree.find("body") if tree is not None else None
    if body is None or any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        body = etree.Element("body")
        body.text = unescape(_stripper().clean(html))
    if NOTES_MARK in html:
        _leave_out_notes_marks(body)
    return body


def _leave_out_notes_marks(body: Any) -> None:
    """Take out the number that refers to a footnote, and the way back from it: without links they say nothing."""
    for link in body.iter("a"):
        if link.get("class") in ("footnote-ref", "footnote-backref"):
            mark = link.getparent()
            (mark if mark.tag == "sup" else link).tag = "mark-of-note"
    etree.strip_elements(body, "mark-of-note", with_tail=False)


@cache
def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", huge_tree=True)


@cache
def _stripper() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set())


def first_paragraph(tree: Any) -> str:
    """The first paragraph that has words, on one line; empty where there is none."""
    return next(filter(None, (" ".join("".join(p.itertext()).split()) for p in tree.iter("p"))), "")


def count_words(tree: Any) -> int:
    """The number of words. Words that a no-break space joins are one."""
    return words_in(" ".join(tree.itertext()).replace("\u00a0", ""))


def words_in(text: str) -> int:
    """The number of words of a plain text."""
    words = len(text.split())
    # Scripts without spaces have lead bytes in UTF-8 that neither Latin, Greek, Cyrillic nor punctuation has.
    if not text.isascii() and text.encode("utf-8").translate(None, _OTHER_BYTES):
        words += len(_UNSPACED.findall(text)) // 2
    return words


def text_of(html: str) -> str:
    """The words of sanitised HTML, with a space where an element parts two of them."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree_of(html), events=("start", "end")):
        if element.tag in _APART:
            pieces.append(" ")
        if text := element.text if event == "start" else element.tail:
            pieces.append(text)
    return "".join(pieces)
