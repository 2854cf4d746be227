"""Votes of well-kept extractors on a page's segments: evidence to be weighed together."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from pouch.convert.page.segments import Segment, plain
from pouch.convert.text.markup import text_of_markup

_UNREAD = ("script", "style", "noscript", "svg", "template", "iframe", "link", "meta")
_UNREAD_ATTRIBUTES = (
    "href", "src", "srcset", "sizes", "alt", "title", "onclick", "data-src", "data-srcset", "target",
)  # fmt: skip
_BLANKS = re.compile(r"\t|[ \t]{2,}")
_BODIES = ("articleBody", "text", "reviewBody")
MOST_ELEMENTS = 60_000
"""Elements of a page up to which extractors are asked: a larger one is a dump, over which they take minutes."""
MOST_INSIDE = 1_500
"""Elements in a row of a table or in a paragraph, likewise: for each of them, trafilatura looks at all."""
_WITH_FEW_INSIDE = ("tr", "p", "li", "td", "th", "dd", "span", "h1", "h2", "h3", "h4", "h5", "h6")

SURE = 24
"""Letters from which a segment found in an extractor's text is not there by chance."""


def ballots(
    segments: Sequence[Segment], tree: HtmlElement, items: Sequence[dict[str, Any]]
) -> list[list[float]]:
    """The votes of trafilatura, readability and the page's JSON-LD (`items`), one for each segment."""
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS or any(map(_is_crowded, tree.iter(*_WITH_FEW_INSIDE))):
        return [votes(segments, text) for text in ("", "", structured_text(items))]
    bare = _bare(tree)
    texts = (trafilatura_text(bare), readability_text(bare), structured_text(items))
    return [votes(segments, text) for text in texts]


def _is_crowded(element: HtmlElement) -> bool:
    return len(element) > MOST_INSIDE


def _bare(tree: HtmlElement) -> HtmlElement:
    """A copy without what no extractor looks at, which they would otherwise spend most of their time on."""
    bare = deepcopy(tree)
    etree.strip_elements(bare, *_UNREAD, with_tail=False)
    etree.strip_attributes(bare, *_UNREAD_ATTRIBUTES)
    return bare


def trafilatura_text(tree: HtmlElement) -> str:
    """The text that trafilatura takes for the article, one block a line; empty where it fails. It works on a copy."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document: Any = bare_extraction(tree, include_comments=False, fast=True)
    except Exception:  # a page on which an extractor fails has one vote less
        return ""
    return getattr(document, "text", None) or ""


def readability_text(tree: HtmlElement) -> str:
    """The text that readability takes for the article; empty where it fails. Changes `tree`."""
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        summary: str = _readable()(tree).summary(html_partial=True)
    except Exception:  # a page on which an extractor fails has one vote less
        return ""
    return summary


@cache
def _readable() -> Any:
    """The class of readability's documents, with two of its methods made cheaper: a fifth of its time."""
    from readability import Document  # imported here: only pages need it

    class Readable(Document):  # type: ignore[misc]
        def get_clean_html(self) -> str:
            """The text, which is all that we read, in place of the HTML, whose length readability asks for."""
            text: str = "\n".join(self.html.itertext())
            if len(text) < self.retry_length:
                text = text.ljust(min(len(super().get_clean_html()), self.retry_length))
            return text

        def get_link_density(self, elem: HtmlElement) -> float:
            """The share of links, as readability has it: its own counting copies each text three times."""
            linked = sum(_length(link.text_content()) for link in elem.iterdescendants("a"))
            return linked / max(_length(elem.text_content()), 1)

    return Readable


def _length(text: str) -> int:
    """The characters of a text without indents, blank lines and runs of blanks."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    blanks = sum(
        len(line) if "\t" not in line and "  " not in line else len(_BLANKS.sub(" ", line)) for line in lines
    )
    return blanks + max(0, len(lines) - 1)


def structured_text(items: Sequence[Any]) -> str:
    """The article's body as the page's own JSON-LD gives it; empty where it does not."""
    texts = [item[key] for item in items for key in _BODIES if isinstance(item.get(key), str)]
    text = max(texts, key=len, default="")
    return text_of_markup(text, "\n") if len(text) > 200 else ""


def json_ld(tree: HtmlElement) -> list[dict[str, Any]]:
    """Every object in the page's JSON-LD, graphs unfolded, in order."""
    scripts = (script for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    return [one for script in scripts for value in _values(script.text or "") for one in _objects(value)]


_LENIENT = json.JSONDecoder(strict=False)
_BETWEEN = re.compile(r"(?:[\s,;]|//\s*<!\[CDATA\[|<!\[CDATA\[|<!--|//\s*\]\]>|\]\]>|-->)*")


def _values(script: str) -> Iterator[Any]:
    """The JSON values in a script up to where it is none, without the marks that hide it from old browsers."""
    at = _BETWEEN.match(script).end()  # type: ignore[union-attr]  # it matches nothing too
    while at < len(script):
        try:
            value, at = _LENIENT.raw_decode(script, at)
        except (ValueError, RecursionError):
            return
        yield value
        at = _BETWEEN.match(script, at).end()  # type: ignore[union-attr]


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 3:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if key in value:
                yield from _objects(value[key], depth + 1)


def votes(segments: Sequence[Segment], text: str) -> list[float]:
    """For each segment how surely an extractor's `text` holds it: 1 for all of it, 0 for none, between for a part."""
    if not text:
        return [0.0] * len(segments)
    lines = [plain(line) for line in text.split("\n")]
    known_lines, whole = frozenset(lines), "".join(lines)
    return [_vote(segment.letters, known_lines, whole) for segment in segments]


def _vote(letters: str, lines: frozenset[str], whole: str) -> float:
    if not letters or not whole:
        return 0.0
    if letters in lines:
        return 1.0
    if len(letters) < SURE:
        return 0.4 if letters in whole else 0.0
    if letters in whole:
        return 1.0
    # Extractors drop an inline part here and there: look for pieces.
    pieces = [letters[start : start + SURE] for start in range(0, len(letters) - SURE + 1, SURE)][:12]
    return 0.9 * sum(piece in whole for piece in pieces) / len(pieces)
