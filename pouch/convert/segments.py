"""A page's visible text as segments: runs of text with no block-level boundary inside, in the order of the page.

They are the units of the report of a conversion. A segment knows the elements that it stands in, so that its
structure and its markup survive whichever extractor finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

# HTML Living Standard, 15.3: elements that browsers show as blocks, and table parts, which part text too.
BLOCKS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav ol option p pre
    search section summary table tbody td tfoot th thead title tr ul""".split()  # noqa: SIM905  # a list of words
)
# Never shown, or not text.
SKIPPED = frozenset(
    "script style noscript template svg math head object embed canvas audio video select textarea iframe".split()  # noqa: SIM905
)
INLINE = frozenset("a b strong em i code cite q sub sup".split())  # noqa: SIM905
_SPACE = re.compile(r"[ \t\r\n\f\v]+")

MOST_SEGMENTS = 20_000
"""Segments looked at; a page with more is a dump of data."""


class Segment:
    """A run of visible text."""

    __slots__ = ("after_break", "images", "index", "link_chars", "parent", "runs", "text")

    def __init__(self, parent: Any) -> None:
        self.parent: HtmlElement = parent  # the nearest block-level element
        self.runs: list[tuple[str, tuple[Any, ...]]] = []  # text with its inline elements, outermost first
        self.images: list[HtmlElement] = []
        self.text = ""
        self.link_chars = 0  # characters that stand in links
        self.index = 0  # its unit, from 1
        self.after_break = False  # a single <br> parts it from the segment before


def parse(page: str) -> HtmlElement | None:
    """The tree of a page; None where there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree


def segments(tree: HtmlElement) -> list[Segment]:
    """The segments of the page's body, images without text among them, which have the unit 0."""
    found: list[Segment] = []
    unit = 0
    for segment in _walk(tree):
        segment.text = _SPACE.sub(" ", "".join(text for text, _ in segment.runs)).strip()
        if segment.text:
            unit += 1
            segment.index = unit
        elif not segment.images:
            continue
        linked = sum(len(text.strip()) for text, inline in segment.runs if any(e.tag == "a" for e in inline))
        segment.link_chars = min(linked, len(segment.text))
        found.append(segment)
        if len(found) >= MOST_SEGMENTS:
            break
    return found


def _walk(tree: HtmlElement) -> Iterator[Segment]:
    """Depth first without recursion: pages nest deeper than Python's stack."""
    body = tree.find("body")
    root = body if body is not None else tree
    current = Segment(root)
    inline: list[Any] = []
    blocks: list[Any] = [root]
    breaks = 0
    # (element, whether it is left rather than entered)
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag
        if leaving:
            if tag in BLOCKS:
                if current.runs or current.images:
                    yield current
                blocks.pop()
                current = Segment(blocks[-1] if blocks else root)
                breaks = 0
            elif inline and inline[-1] is element:
                inline.pop()
            if element is not root and element.tail:
                current.runs.append((element.tail, tuple(inline)))
                if not element.tail.isspace():
                    breaks = 0
            continue
        if not isinstance(tag, str) or tag in SKIPPED:
            if element.tail:
                current.runs.append((element.tail, tuple(inline)))
            continue
        if tag == "br":
            breaks += 1
            if current.runs or current.images:
                yield current
            current = Segment(blocks[-1])
            current.after_break = breaks == 1
            if element.tail:
                current.runs.append((element.tail, tuple(inline)))
                if not element.tail.isspace():
                    breaks = 0
            continue
        if tag == "img":
            current.images.append(element)
        elif tag in BLOCKS:
            if current.runs or current.images:
                yield current
            blocks.append(element)
            current = Segment(element)
            breaks = 0
        elif tag in INLINE:
            inline.append(element)
        stack.append((element, True))
        if element.text:
            current.runs.append((element.text, tuple(inline)))
            if not element.text.isspace():
                breaks = 0
        stack.extend((child, False) for child in reversed(element))
    if current.runs or current.images:
        yield current
