"""The Markdown dialect: Python-Markdown, set up so that what GitHub's preview shows is what is published.

Blocks are read by `pouch.markdown.blocks`, HTML by `pouch.markdown.raw`. Inline markup is the library's, with
strikethrough, bare addresses, a backslash as line break, and every sign that CommonMark lets a backslash escape.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    HtmlInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX, AtomicString, Registry, code_escape

from pouch.markdown.addresses import MailAddress, MailInBrackets, WebAddress
from pouch.markdown.blocks import Blocks
from pouch.markdown.callbacks import HtmlBlock
from pouch.markdown.definitions import Definition
from pouch.markdown.raw import AROUND_BLOCKS, RawHtml, Warn

_NOTE = re.compile(r"\[\^([^\]\n]+)\]")
_TICKS = re.compile("`+")
_NUMBER = re.compile(r"[0-9]+")
# An entity behind a backslash is text (CommonMark spec 0.31, "Backslash escapes").
_ESCAPED_ENTITY = r"(?<!\\)(?:\\\\)*+\\&(?=(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);)"
_ADDRESS_AND_TITLE = re.compile(r"(?:<([^<>]*)>|(\S+))\s+\(([^()]*)\)")


def _label(text: str) -> str:
    return " ".join(text.split()).lower()


class Footnotes(FootnoteExtension):
    """Footnotes in the order in which a text refers to them.

    Their ids are numbers under a prefix, so that several bodies can stand on one page.
    """

    prefix = ""

    def __init__(self) -> None:
        super().__init__(SEPARATOR="-", BACKLINK_TEXT="\u21a9\ufe0e")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # theirs
        super().extendMarkdown(md)
        md.parser.blockprocessors.deregister("footnote")

    def reset(self) -> None:
        super().reset()
        self._bodies: dict[str, Element] = {}
        self._numbers: dict[str, int] = {}

    def define(self, label: str) -> Element:
        """The element that shall hold the blocks of a footnote; that of an earlier one of its label is kept."""
        body = Element("li")
        if label not in self._bodies:
            self._bodies[label] = body
            self.setFootnote(label, "")
        return body

    def number(self, label: str) -> int:
        """The number of a footnote, from 1; 0 if it is not defined."""
        return self._numbers.get(label, 0)

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802  # theirs
        if not self._bodies:
            return None
        self._order(root)
        div = Element("div", {"class": "footnote"})
        SubElement(div, "hr")
        notes = SubElement(div, "ol")
        for label, number in self._numbers.items():
            note = self._bodies[label]
            note.set("id", self.makeFootnoteId(label))
            notes.append(note)
            back = Element("a")
            back.set("href", "#" + self.makeFootnoteRefId(label))
            back.set("class", "footnote-backref")
            back.set("title", self.getConfig("BACKLINK_TITLE").format(number))
            back.text = FN_BACKLINK_TEXT
            if len(note) and note[-1].tag == "p":
                note[-1].text = (note[-1].text or "") + NBSP_PLACEHOLDER
                note[-1].append(back)
            else:
                SubElement(note, "p").append(back)
        return div

    def _order(self, root: Element) -> None:
        waiting = [root]
        while waiting:
            for text in waiting.pop(0).itertext():
                if "[^" in text and not isinstance(text, AtomicString):
                    for label in map(_label, _NOTE.findall(text)):
                        if label in self._bodies and label not in self._numbers:
                            self._numbers[label] = len(self._numbers) + 1
                            waiting.append(self._bodies[label])
        for label in self._bodies:
            self._numbers.setdefault(label, len(self._numbers) + 1)

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802, A002  # theirs
        return f"fn-{self.prefix}{self.number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802, A002  # theirs
        return self.unique_ref(f"fnref-{self.prefix}{self.number(id)}", found)


class _Lines(Preprocessor):
    """Lines without the library's own signs and without tabs. Others may end in spaces."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if STX in text or ETX in text or "\r" in text or "\t" in text:
            text = text.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")
            return text.expandtabs(4).split("\n")
        return lines


class _Code(InlineProcessor):
    """Code between runs of as many backticks each (CommonMark spec 0.31, "Code spans")."""

    def __init__(self) -> None:
        # What a backslash escapes is passed over.
        super().__init__(r"\\.|`+")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]  # noqa: N802
        run = m[0]
        closing = None
        if run[0] == "`":
            closing = next((end for end in _TICKS.finditer(data, m.end()) if end[0] == run), None)
        if closing is None:
            return None, m.start(), m.end()
        code = Element("code")
        code.text = AtomicString(code_escape(data[m.end() : closing.start()].strip()))
        return code, m.start(), closing.end()


class _NoteReference(InlineProcessor):
    def __init__(self, footnotes: Footnotes, warn: Warn) -> None:
        super().__init__(_NOTE.pattern)
        self._footnotes = footnotes
        self._warn = warn

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802, ARG002
        label = _label(m[1])
        if not (number := self._footnotes.number(label)):
            hint = f"define it on a line of its own: [^{m[1]}]: the note; to show the brackets, write \\[^{m[1]}]"
            self._warn(m[0], "undefined-reference", f"the footnote [^{m[1]}] is not defined", hint)
            return None, None, None
        mark = Element("sup", {"id": self._footnotes.makeFootnoteRefId(label, found=True)})
        address = "#" + self._footnotes.makeFootnoteId(label)
        SubElement(mark, "a", {"href": address, "class": "footnote-ref"}).text = str(number)
        return mark, m.start(), m.end()


class _WithTitle(LinkInlineProcessor):
    """A link whose title may stand in parentheses too: `[text](/address (title))`."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802  # theirs
        address, title, end, handled = super().getLink(data, index)
        if handled and title is None and (both := _ADDRESS_AND_TITLE.fullmatch(address)):
            address, title = both[1] or both[2] or "", both[3]
        return address, title, end, handled


class _Image(_WithTitle, ImageInlineProcessor):
    """An image by its address."""


class _EscapedEntity(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        # Backslashes before it escape each other.
        return self.md.htmlStash.store("&amp;"), m.end() - 2, m.end()


class _ByLabel(InlineProcessor):
    """Warns where a label that is referred to is not defined; stands before the library's class."""

    RE_LINK = re.compile(r"\[([^\[\]]*)\]")

    def __init__(self, pattern: str, md: Markdown, warn: Warn) -> None:
        super().__init__(pattern, md)
        self._warn = warn

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        element, start, end = super().handleMatch(m, data)
        if element is None and start is not None:
            _warn_of(data[start:end], self._warn)
        return element, start, end


class _Reference(_ByLabel, ReferenceInlineProcessor):
    """Links by a label: `[text][label]`, `[label][]`."""


class _ImageReference(_ByLabel, ImageReferenceInlineProcessor):
    """Images by a label: `![description][label]`."""


def _warn_of(markup: str, warn: Warn) -> None:
    """Warn of `[text][label]` without a definition. `[1][2]` is a way to cite, not a link."""
    text, _, label = markup.removeprefix("!")[1:-1].rpartition("][")
    label = label or text
    if STX in label or label.startswith("^") or _NUMBER.fullmatch(label):
        return
    hint = (
        f"define it on a line of its own: [{label}]: https://…; to show the brackets, write \\[ before each"
    )
    warn(f"[{label}]", "undefined-reference", f"the link's label [{label}] is not defined", hint)


class _Html(HtmlInlineProcessor):
    def __init__(self, md: Markdown, raw: RawHtml) -> None:
        super().__init__("<", md)
        self._raw = raw

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        at = m.start()
        end = self._raw.tag_end(data, at)
        if STX in data[at:end]:
            # A part of it was taken for other markup.
            piece = self._raw.piece(self.backslash_unescape(self.unescape(data[at:end])), 0)
        else:
            piece = self._raw.piece(data, at)
            end = piece[1] if piece else end
        if not piece:
            return None, None, None
        return (self.md.htmlStash.store(piece[0]) if piece[0] else ""), at, end


class _HtmlBlocks(RawHtmlPostprocessor):
    """Puts HTML where it stood; what may surround paragraphs gets none of its own."""

    def isblocklevel(self, html: str) -> bool:
        tag = self.BLOCK_LEVEL_REGEX.match(html)
        return bool(tag and tag[1] in AROUND_BLOCKS) or super().isblocklevel(html)


class _Dialect(Extension):
    """Replaces the library's blocks and adds to its inline markup, all by its public interface."""

    def __init__(self, footnotes: Footnotes, raw: RawHtml, warn: Warn) -> None:
        super().__init__()
        self._footnotes = footnotes
        self._raw = raw
        self._warn = warn

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # theirs
        self._md = md
        md.ESCAPED_CHARS = list(string.punctuation)
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_Lines(md), "normalize_whitespace", 30)
        md.parser.blockprocessors = Registry()
        self.blocks = Blocks(md.parser, self)
        md.parser.blockprocessors.register(self.blocks, "blocks", 100)
        md.postprocessors.register(_HtmlBlocks(md), "raw_html", 30)
        patterns = md.inlinePatterns
        patterns.register(_Code(), "backtick", 190)
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 185)
        patterns.register(_EscapedEntity(_ESCAPED_ENTITY, md), "escaped_entity", 182)
        patterns.register(_NoteReference(self._footnotes, self._warn), "footnote", 175)
        patterns.register(_Reference(REFERENCE_RE, md, self._warn), "reference", 170)
        patterns.register(_WithTitle(LINK_RE, md), "link", 160)
        patterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(_ImageReference(IMAGE_REFERENCE_RE, md, self._warn), "image_reference", 140)
        patterns.register(MailInBrackets(md), "automail", 110)
        patterns.register(_Html(md, self._raw), "html", 90)
        patterns.register(WebAddress(md), "web_address", 85)
        patterns.register(MailAddress(md), "mail_address", 50)
        assert md.delimiters is not None  # the library's own
        md.delimiters.add("~", "del,del")

    # Callbacks from the blocks

    def html_block(self, text: str, line: int, stands_below: Callable[[str], bool]) -> HtmlBlock | None:
        return self._raw.block_start(text, line, stands_below)

    def html(self, text: str) -> str:
        html = self._raw.clean(text)
        return self._md.htmlStash.store(html) if html else ""

    def note(self, label: str, line: int) -> Element:
        if _label(label) in self._footnotes.footnotes:
            self._defined_again(f"[^{label}]", line)
        return self._footnotes.define(_label(label))

    def definition(self, definition: Definition, line: int) -> None:
        """Keep a definition, unless there is one of its label."""
        label = _label(definition.label)
        if label in self._md.references:
            self._defined_again(f"[{definition.label}]", line)
        else:
            self._md.references[label] = definition.address, definition.title

    def _defined_again(self, label: str, line: int) -> None:
        message = f"{label} is defined a second time; only the first definition counts"
        self._warn(label, "defined-twice", message, "give one of them another label", line)


def make_markdown(footnotes: Footnotes, raw: RawHtml, warn: Warn) -> tuple[Markdown, Blocks]:
    """An instance for one process; call its `reset` between texts."""
    dialect = _Dialect(footnotes, raw, warn)
    md = Markdown(extensions=[footnotes, dialect], output_format="html")
    return md, dialect.blocks
