"""The Markdown dialect: Python-Markdown with tables and footnotes, made quick where that changes no byte.

Each shortcut is held to the stock output by a test:
- a block that plainly is a paragraph, a list or a quotation is not offered to every other block processor;
- text without `<` and `&` is not parsed for HTML;
- inline markup is looked for where there is some (`pouch.markdown.inline`);
- the tree is written in one walk (`pouch.markdown.serializer`).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.util import ETX, STX

from pouch.markdown.inline import quicken_inline
from pouch.markdown.serializer import quicken_serializer


class _QuickNormalize(NormalizeWhitespace):
    """Looks for empty lines with spaces in them only where a line starts with one."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if text[:1] == " " or "\n " in text or "\t" in text or "\r" in text or STX in text or ETX in text:
            return super().run(lines)
        return [*lines, "", ""]


class _QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Leaves text without HTML and without entities to itself."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if "<" in text or "&" in text else lines


# Signs that open a paragraph as letters do: no block of Markdown starts with them.
_OPENING = frozenset("\"'“”„‘’«»‹(¿¡…—–")
_LINES_OF_TEXT = re.compile(r"(?:[^\W\d_][^\n|]*(?:\n|$))+")
_LINES_OF_LIST = re.compile(r"(?:- [^\W_][^\n|]*(?:\n|$))+")
_ORDERED = re.compile(r"\d+\.")


class _QuickBlockParser(BlockParser):
    """Knows a paragraph, a heading and a simple list when it sees one."""

    def prepare(self) -> None:
        """Note which processors there are; to be called when all are registered."""
        registry = self.blockprocessors
        self._all = list(registry)
        self._paragraph, self._heading = registry["paragraph"], registry["hashheader"]
        self._list, self._quote = registry["ulist"], registry["quote"]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  # theirs
        while blocks:
            block = blocks[0]
            first = block[:1]
            one_line = "\n" not in block
            if first.isalpha() or first in _OPENING:
                if one_line or _LINES_OF_TEXT.fullmatch(block):
                    self._paragraph.run(parent, blocks)
                    continue
            elif first == "-":
                if _LINES_OF_LIST.fullmatch(block):
                    self._list.run(parent, blocks)
                    continue
            elif one_line:
                if first.isdigit() and not _ORDERED.match(block):
                    self._paragraph.run(parent, blocks)
                    continue
                if first == ">" and self._quote.test(parent, block):
                    self._quote.run(parent, blocks)
                    continue
                if first == "#" and self._heading.test(parent, block):
                    self._heading.run(parent, blocks)
                    continue
            for processor in self._all:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class Footnotes(FootnoteExtension):
    """Footnotes whose ids are numbers under a prefix, so that several bodies can stand on one page."""

    prefix = ""
    backlink = "{}"

    def __init__(self) -> None:
        super().__init__(SEPARATOR="-", BACKLINK_TEXT="\u21a9\ufe0e")
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
    quicken_inline(md)
    quicken_serializer(md)
    parser = md.parser
    assert isinstance(parser, _QuickBlockParser)  # registered above
    parser.prepare()
    return md
