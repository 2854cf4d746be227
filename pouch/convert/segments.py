"""A page's visible text as segments: runs of text with no block-level boundary inside, in the order of the page.

They are the units of the report of a conversion. A segment knows the elements that it stands in, so that its
structure and its markup survive whichever extractor finds it.
"""

from __future__ import annotations

import re
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
# Inline by their tag, but no part of the line that they stand in: links to edit a wiki's section.
PARTED = frozenset(("mw-editsection",))
INLINE = frozenset("a b strong em i code cite q sub sup".split())  # noqa: SIM905
# Every tag but those whose text is not shown, and a page's own frame.
_NESTING = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|script|style|noscript|template)\b)[a-z][^<>]*>", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_NO_LETTER = re.compile(r"\W+")

MOST_SEGMENTS = 20_000
"""Segments looked at; a page with more is a dump of data."""


def plain(text: str) -> str:
    """Letters and digits of `text` in small letters: what two spellings of one page have in common."""
    return _NO_LETTER.sub("", text).lower()


class Segment:
    """A run of visible text."""

    __slots__ = ("_letters", "after_break", "images", "index", "link_chars", "parent", "runs", "text")

    def __init__(self, parent: Any) -> None:
        self.parent: HtmlElement = parent  # the nearest block-level element
        self.runs: list[tuple[str, tuple[Any, ...]]] = []  # text with its inline elements, outermost first
        self.images: list[HtmlElement] = []
        self.text = ""
        self.link_chars = 0  # characters that stand in links
        self.index = 0  # its unit, from 1
        self.after_break = False  # a single <br> parts it from the segment before
        self._letters: str | None = None

    @property
    def letters(self) -> str:
        """Its text as `plain` gives it, made once: many ask for it. The text does not change after."""
        if self._letters is None:
            self._letters = plain(self.text)
        return self._letters


def parse(page: str) -> HtmlElement | None:
    """The tree of a page; None where there is none.

    A page that nests deeper than its parser follows is read flat, each tag as the end of a line.
    """
    try:
        tree, deep = _tree(page)
        if deep:
            tree, _ = _tree(_NESTING.sub("<br>", page))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree


def _tree(page: str) -> tuple[HtmlElement, bool]:
    """The tree, and whether the parser gave up at its depth."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    return tree, any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def segments(tree: HtmlElement) -> list[Segment]:
    """The segments of the page's body, images without text among them, which have the unit 0.

    Of a page with more than MOST_SEGMENTS the rest is one segment, so that nothing is without a unit.
    """
    found: list[Segment] = []
    rest: list[str] = []
    unit = 0
    for segment in _Walk(tree).segments():
        segment.text = _SPACE.sub(" ", "".join(text for text, _ in segment.runs)).strip()
        if not segment.text and not segment.images:
            continue
        if len(found) >= MOST_SEGMENTS:
            rest.append(segment.text)
            continue
        if segment.text:
            unit += 1
            segment.index = unit
        segment.link_chars = min(segment.link_chars, len(segment.text))
        found.append(segment)
    if text := "\n".join(filter(None, rest)):
        last = Segment(found[-1].parent)
        last.text, last.index = text, unit + 1
        last.runs.append((text, ()))
        found.append(last)
    return found


class _Walk:
    """Depth first without recursion: pages nest deeper than Python's stack."""

    def __init__(self, tree: HtmlElement) -> None:
        body = tree.find("body")
        self._root = body if body is not None else tree
        self._blocks: list[Any] = [self._root]
        self._inline: list[Any] = []
        self._links = 0  # of the inline elements
        self._breaks = 0  # <br> since the last text
        self._current = Segment(self._root)
        self._found: list[Segment] = []

    def segments(self) -> list[Segment]:
        """Every run between two boundaries that holds something."""
        stack: list[tuple[Any, bool]] = [
            (self._root, False)
        ]  # an element, and whether it is left, not entered
        while stack:
            element, leaving = stack.pop()
            tag = element.tag
            if leaving:
                self._leave(element, tag)
            elif isinstance(tag, str) and tag not in SKIPPED:
                self._enter(element, tag)
                if tag != "br":
                    stack.append((element, True))
                    if len(element):
                        stack.extend([(child, False) for child in reversed(element)])
                    continue
            if element is not self._root:
                self._text(element.tail)
        self._end()
        return self._found

    def _enter(self, element: Any, tag: str) -> None:
        if tag == "br":
            self._end()
            self._breaks += 1
            self._current = Segment(self._blocks[-1])
            self._current.after_break = self._breaks == 1
            return
        if _parts(element, tag):
            self._end()
            self._blocks.append(element)
            self._start()
        elif tag == "img":
            self._current.images.append(element)
        elif tag in INLINE:
            self._inline.append(element)
            self._links += tag == "a"
        self._text(element.text)

    def _leave(self, element: Any, tag: str) -> None:
        if _parts(element, tag):
            self._end()
            self._blocks.pop()
            self._start()
        elif self._inline and self._inline[-1] is element:
            self._inline.pop()
            self._links -= tag == "a"

    def _start(self) -> None:
        self._current = Segment(self._blocks[-1] if self._blocks else self._root)
        self._breaks = 0

    def _text(self, text: str | None) -> None:
        if text:
            self._current.runs.append((text, tuple(self._inline)))
            if self._links:
                self._current.link_chars += len(text.strip())
            if not text.isspace():
                self._breaks = 0

    def _end(self) -> None:
        if self._current.runs or self._current.images:
            self._found.append(self._current)


def _parts(element: Any, tag: str) -> bool:
    """Whether an element parts its text from what stands around it."""
    return tag in BLOCKS or element.get("class") in PARTED
