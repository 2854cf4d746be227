"""The Markdown dialect: Python-Markdown with tables and footnotes, made quick where that changes no byte.

Each shortcut is held to the stock output by a test:
- inline patterns run only on text that holds the sign which they start from;
- a paragraph that plainly is one is not offered to every other block processor;
- text without `<` and `&` is not parsed for HTML, and text without escapes is not searched for them.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString

# What each inline pattern cannot match without. A pattern that is not named here always runs.
_SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "asterisk": ("*",),
    "underscore": ("_",),
    "not_strong": ("*", "_"),
    "em_strong": ("*", "_"),
    "em_strong2": ("_",),
}


def _has_markup(text: str) -> bool:
    # Eight searches for a literal cost a tenth of one search for a class of characters.
    return (
        "*" in text or "[" in text or "_" in text or "<" in text or "&" in text or "`" in text or "\\" in text
        or "  \n" in text
    )  # fmt: skip


class _QuickInline(InlineProcessor):
    """Passes by text without markup, and patterns whose sign the text lacks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._steps: list[tuple[Any, tuple[str, ...]]] = []

    def prepare(self) -> None:
        """Note which patterns there are; to be called when all are registered."""
        registry = self.inlinePatterns
        names = {id(registry[name]): name for name in (*_SIGNS, "") if name in registry}
        self._steps = [(pattern, _SIGNS.get(names.get(id(pattern), ""), ("",))) for pattern in registry]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # theirs
        if isinstance(data, AtomicString) or not _has_markup(data):
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]  # private to the library
        for index in range(patternIndex, len(self._steps)):
            pattern, signs = self._steps[index]
            start = 0
            matched = True
            while matched:
                for sign in signs:
                    if sign in data:
                        break
                else:
                    break
                data, matched, start = apply(pattern, data, index, start)
        return data


class _QuickUnescape(UnescapeTreeprocessor):
    """Looks for escapes only where there is the character that marks them."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text


class _QuickNormalize(NormalizeWhitespace):
    """Looks for empty lines with spaces in them only where a line starts with one."""

    def run(self, lines: list[str]) -> list[str]:
        if any(
            line[:1] in (" ", "\t") or "\t" in line or "\r" in line or STX in line or ETX in line
            for line in lines
        ):
            return super().run(lines)
        return [*lines, "", ""]


class _QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Leaves text without HTML and without entities to itself."""

    def run(self, lines: list[str]) -> list[str]:
        if any("<" in line or "&" in line for line in lines):
            return super().run(lines)
        return lines


# Signs that open a paragraph as letters do: no block of Markdown starts with them.
_OPENING = frozenset("\"'“”„‘’«»‹(¿¡…—–")
_LINES_OF_TEXT = re.compile(r"(?:[^\W\d_][^\n|]*(?:\n|$))+")
_LINES_OF_LIST = re.compile(r"(?:- [^\W\d_][^\n|]*(?:\n|$))+")


class _QuickBlockParser(BlockParser):
    """Knows a paragraph, a heading and a simple list when it sees one."""

    def prepare(self) -> None:
        """Note which processors there are; to be called when all are registered."""
        registry = self.blockprocessors
        self._all = list(registry)
        self._paragraph, self._heading, self._list = (
            registry["paragraph"],
            registry["hashheader"],
            registry["ulist"],
        )

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  # theirs
        while blocks:
            block = blocks[0]
            first = block[:1]
            if first.isalpha() or first in _OPENING:
                if "\n" not in block or _LINES_OF_TEXT.fullmatch(block):
                    self._paragraph.run(parent, blocks)
                    continue
            elif first == "-":
                if _LINES_OF_LIST.fullmatch(block):
                    self._list.run(parent, blocks)
                    continue
            elif first == "#" and "\n" not in block and self._heading.test(parent, block):
                self._heading.run(parent, blocks)
                continue
            for processor in self._all:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


# Python-Markdown 3.11 has one pattern for emphasis, older ones have several.
_Delimiters: Any = getattr(inlinepatterns, "DelimiterProcessor", None)


def _search(delimiters: Any, data: str, start: int) -> re.Match[str] | None:
    """What `DelimiterProcessor.search` finds; it looks at each character in Python, we let `re` find the signs."""
    for sign in delimiters.compiled_re.finditer(data, start):
        delimiter = delimiters.delimiters[sign[0]]
        found: re.Match[str] | None = delimiter.boundary.match(data, sign.start())
        if found is not None and (delimiter.stack or (found.lastgroup or "")[0] != "e"):
            return found
    return None


class Footnotes(FootnoteExtension):
    """Footnotes whose ids are numbers under a prefix, so that several bodies can stand on one page."""

    prefix = ""
    backlink = "{}"

    def __init__(self) -> None:
        super().__init__(SEPARATOR="-", BACKLINK_TEXT="&#8617;&#xFE0E;")
        self._numbers: dict[str, int] = {}

    def _number(self, id: str) -> int:  # noqa: A002  # theirs
        if id not in self._numbers:
            self._numbers = {key: number for number, key in enumerate(self.footnotes, start=1)}
        return self._numbers.get(id, 0)

    def reset(self) -> None:
        super().reset()
        self._numbers = {}

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802, A002  # theirs
        return f"fn-{self.prefix}{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802, A002  # theirs
        return self.unique_ref(f"fnref-{self.prefix}{self._number(id)}", found)


class _Quick(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # theirs
        md.treeprocessors.register(_QuickInline(md), "inline", 20)
        md.treeprocessors.register(_QuickUnescape(md), "unescape", 0)
        md.preprocessors.register(_QuickHtmlBlocks(md), "html_block", 20)
        quick = _QuickBlockParser(md)
        quick.blockprocessors = md.parser.blockprocessors
        for processor in quick.blockprocessors:
            processor.parser = quick
        md.parser = quick
        md.preprocessors.register(_QuickNormalize(md), "normalize_whitespace", 30)


def make_markdown(footnotes: Footnotes | None = None) -> Markdown:
    """An instance for one process; call its `reset` between texts."""
    md = Markdown(extensions=[_Quick(), TableExtension(), footnotes or Footnotes()], output_format="html")
    inline, parser = md.treeprocessors["inline"], md.parser
    assert isinstance(inline, _QuickInline)  # registered above
    assert isinstance(parser, _QuickBlockParser)  # likewise
    inline.prepare()
    parser.prepare()
    emphasis: Any = md.inlinePatterns["em_strong"] if _Delimiters else None
    if _Delimiters and isinstance(emphasis, _Delimiters):
        emphasis.search = partial(_search, emphasis)
    return md
