"""The blocks of a text: paragraphs, lists, quotations, code, tables, notes, as GitHub's preview tells them apart.

One block processor of Python-Markdown, and the only one: it takes the whole text, line by line, as the parsing
strategy of CommonMark does (spec 0.31, appendix), with tables and footnotes as in GitHub Flavored Markdown.
A line costs as much as there are containers around it, and their number is limited: no text makes this quadratic.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString, code_escape

from pouch.markdown.callbacks import Dialect
from pouch.markdown.definitions import definitions_of
from pouch.markdown.open_blocks import Container, Leaf, tighten
from pouch.markdown.tables import MAX_ABSENT, add_row, cells_of, sides_of

MAX_DEPTH = 100
"""How many containers may be open; a list and its item count as two. The markers of more are text."""
_HEADING = re.compile(r"(#{1,6})(?:[ ]+(?!#+[ ]*$)(.*?))?(?:[ ]+#+)?[ ]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_RULE = re.compile(r"(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ITEM = re.compile(r"([-+*]|[0-9]{1,9}[.)])(?:([ ]+)(?=[^ ])|[ ]*$)")
_TASK = re.compile(r"[ ]{0,3}\[([ xX])\][ ]+")
_NOTE = re.compile(r"\[\^([^\]\n]+)\]:[ ]*")


class Blocks(BlockProcessor):
    """The block processor."""

    def __init__(self, parser: BlockParser, dialect: Dialect) -> None:
        super().__init__(parser)
        self._dialect = dialect
        self.reset()

    def reset(self) -> None:
        """Forget the text before."""
        # The first and the last line of each code block, and the first line with a marker beyond MAX_DEPTH; from 0.
        self.code: list[tuple[int, int]] = []
        self.deep_line: int | None = None

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # theirs
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        # The library parts a text at its empty lines.
        lines = "\n\n".join(blocks).split("\n")
        blocks.clear()
        reader = _Reader(parent, lines, self._dialect)
        reader.read()
        self.code, self.deep_line = reader.code, reader.deep_line


class _Reader:
    """Reads one text."""

    def __init__(self, parent: Element, lines: list[str], dialect: Dialect) -> None:
        self._lines = lines
        self._dialect = dialect
        self._at = 0  # the line that is read
        self._open = [Container("text", parent)]
        self._leaf: Leaf | None = None
        self.code: list[tuple[int, int]] = []
        self.deep_line: int | None = None
        self._last_lines: dict[str, int] = {}

    def read(self) -> None:
        """Put the blocks into the tree."""
        for self._at, line in enumerate(self._lines):  # noqa: B020
            leaf = self._leaf
            if len(self._open) == 1 and (leaf is None or leaf.kind == "paragraph"):
                # So are most lines: empty, or of letters, and no letter starts a block.
                if not line:
                    self._close(1)
                    continue
                if line[0].isalpha():
                    self._text(line)
                    continue
            self._line(line)
        self._close(0)

    def _line(self, line: str) -> None:
        rest, depth = self._match(line)
        text = rest.lstrip(" ")
        leaf = self._leaf
        if leaf and leaf.kind in ("fenced", "html", "indented") and depth == len(self._open):
            if self._goes_on(leaf, rest):
                return
            leaf = self._leaf
        if not text:
            self._close(depth)
            return
        lazy = leaf is not None and leaf.kind == "paragraph"
        while text:
            indent = len(rest) - len(text)
            if indent >= 4:
                if not lazy:
                    self._close(depth)
                    self._begin(code := Leaf("indented", Element("pre"), self._at))
                    code.lines.append(rest[4:])
                    return
                break
            if text[0].isalpha():
                break
            interrupts = lazy and depth == len(self._open)
            inner = self._container(text, indent, depth, interrupts=interrupts)
            if inner is None:
                if self._block(text, indent, depth, interrupts=interrupts):
                    return
                break
            rest, text, depth, lazy = inner, inner.lstrip(" "), len(self._open), False
        leaf = self._leaf
        if not text:
            return
        if lazy:
            self._text(text)
        elif leaf and leaf.kind == "table" and depth == len(self._open):
            self._row(leaf, text)
        else:
            self._close(depth)
            self._text(text)

    # Containers

    def _match(self, line: str) -> tuple[str, int]:
        """The rest of a line within the containers that go on, and the number of these."""
        rest = line
        for depth, container in enumerate(self._open):
            kind = container.kind
            if kind == "quotation":
                text = rest.lstrip(" ")
                if text[:1] != ">" or len(rest) - len(text) > 3:
                    return rest, depth
                rest = text[2:] if text[1:2] == " " else text[1:]
                for outer in self._open[: depth + 1]:
                    outer.end = self._at
            elif kind in ("item", "note"):
                if rest[: container.indent].strip(" "):
                    return rest, depth
                if not rest.strip(" ") and kind == "item" and not container.filled:
                    # An item may begin with an empty line, but not with two.
                    return rest, depth
                rest = rest[container.indent :]
        return rest, len(self._open)

    def _container(self, text: str, indent: int, depth: int, *, interrupts: bool) -> str | None:
        """Open the container whose marker the text starts with; what is left of the text, or None without a marker."""
        first = text[0]
        if first == ">":
            if not self._has_room():
                return None
            self._close(depth)
            self._push(Container("quotation", Element("blockquote")))
            return text[2:] if text[1:2] == " " else text[1:]
        if first == "[":
            if not (note := _NOTE.match(text)) or not self._has_room():
                return None
            self._close(depth)
            self._leave_list()
            self._fill()
            self._open.append(Container("note", self._dialect.note(note[1], self._at + 1), 4))
            self._touch()
            return text[note.end() :]
        if first not in "-+*0123456789" or not (item := _ITEM.match(text)):
            return None
        marker, spaces = item[1], item[2]
        if first in "-*" and _RULE.match(text):
            return None
        # Under a paragraph only an item with text starts a list, and of numbers only 1.
        if interrupts and (spaces is None or marker[:-1] not in ("", "1")):
            return None
        if not self._has_room():
            return None
        self._close(depth)
        if self._open[-1].marker != marker[-1]:
            element = Element("ol" if marker[:-1] else "ul")
            if marker[:-1] and int(marker[:-1]) != 1:
                element.set("start", str(int(marker[:-1])))
            self._push(Container("list", element, marker=marker[-1]))
        width = len(spaces) if spaces and len(spaces) < 5 else 1
        self._push(Container("item", Element("li"), indent + len(marker) + width))
        return self._task(text[len(marker) + width :])

    def _task(self, text: str) -> str:
        """Add the box of an item that is a task, and the text behind it; what is left of the line."""
        if not (task := _TASK.match(text)):
            return text
        checked = {"checked": ""} if task[1] != " " else {}
        self._add(box := Element("input", {"type": "checkbox", "disabled": "", **checked}))
        box.tail = " "
        if text := text[task.end() :]:
            self._text(text)
        return ""

    def _has_room(self) -> bool:
        if len(self._open) < MAX_DEPTH:
            return True
        self.deep_line = self._at if self.deep_line is None else self.deep_line
        return False

    def _push(self, container: Container) -> None:
        self._add(container.element)
        self._open.append(container)
        self._touch()

    def _add(self, element: Element) -> None:
        if element.tag != "li":
            self._leave_list()
        self._fill()
        self._open[-1].element.append(element)

    def _fill(self) -> None:
        """Note that a block begins in the innermost container; a list that an empty line parts is loose."""
        container = self._open[-1]
        if container.filled and container.end < self._at - 1:
            if container.kind == "list":
                container.loose = True
            elif container.kind == "item":
                self._open[-2].loose = True
        container.filled = True

    def _leave_list(self) -> None:
        if self._open[-1].kind == "list":
            self._close(len(self._open) - 1)

    def _touch(self) -> None:
        """Note that this line holds something of every open container."""
        for container in self._open:
            container.end = self._at

    def _close(self, depth: int) -> None:
        """Close the open leaf, and every container but the outer `depth`."""
        if self._leaf:
            self._close_leaf(self._leaf)
        while len(self._open) > depth:
            container = self._open.pop()
            if container.kind == "list" and not container.loose:
                for item in container.element:
                    tighten(item)

    # Blocks that hold no blocks

    def _text(self, text: str) -> None:
        """Begin a paragraph with a line, or go on with one."""
        if self._leaf is None:
            self._begin(Leaf("paragraph", Element("p"), self._at))
        self._leaf.lines.append(text)  # type: ignore[union-attr]  # begun if there was none
        self._touch()

    def _begin(self, leaf: Leaf) -> None:
        self._add(leaf.element)
        self._leaf = leaf
        self._touch()

    def _block(self, text: str, indent: int, depth: int, *, interrupts: bool) -> bool:
        """Add the block that a line starts; False where it starts none. `interrupts`: there is a paragraph above it."""
        first = text[0]
        element: Element | None = None
        if first == "#" and (heading := _HEADING.match(text)):
            element = Element(f"h{len(heading[1])}")
            element.text = heading[2] or ""
        elif first in "`~" and (fence := _FENCE.match(text)):
            self._close(depth)
            self._begin(Leaf("fenced", Element("pre"), self._at, indent=indent, end=fence[1] or fence[2]))
            return True
        elif interrupts and first in "=-" and _UNDERLINE.match(text) and self._underline(first):
            return True
        elif first in "*-_" and _RULE.match(text):
            element = Element("hr")
        elif interrupts and first in "|:-" and self._table(text):
            return True
        elif first == "<" and (html := self._dialect.html_block(text, self._at + 1, self._stands_below)):
            if not html.interrupts and self._leaf and self._leaf.kind == "paragraph":
                return False
            self._close(depth)
            self._begin(leaf := Leaf("html", Element("p"), self._at, end=html.end))
            self._goes_on(leaf, text)
            return True
        if element is None:
            return False
        self._close(depth)
        self._add(element)
        self._touch()
        return True

    def _stands_below(self, text: str) -> bool:
        if text not in self._last_lines:
            at = (at for at in range(len(self._lines) - 1, -1, -1) if text in self._lines[at].lower())
            self._last_lines[text] = next(at, -1)
        return self._last_lines[text] >= self._at

    def _goes_on(self, leaf: Leaf, line: str) -> bool:
        """Add a line to code or HTML; False where it belongs to neither."""
        blank = not line.strip(" ")
        if leaf.kind == "fenced":
            text = line.lstrip(" ")
            mark = text.rstrip(" ")
            if mark.startswith(leaf.end) and not mark.strip(leaf.end[0]) and len(line) - len(text) < 4:
                self._touch()
                self._close_leaf(leaf)
                return True
            leaf.lines.append(line[min(leaf.indent, len(line) - len(text)) :])
        elif leaf.kind == "indented":
            if line[:4].strip(" "):
                return False
            leaf.lines.append(line[4:])
            if blank:
                return True
        elif blank and not leaf.end:
            return False
        else:
            leaf.lines.append(line)
            if leaf.end and leaf.end in line.lower():
                self._touch()
                self._close_leaf(leaf)
                return True
        self._touch()
        return True

    def _underline(self, sign: str) -> bool:
        """Make the open paragraph a heading; False where it holds nothing but definitions."""
        leaf = self._leaf
        assert leaf is not None  # asked for a line under a paragraph
        text = self._paragraph(leaf)
        if not text:
            leaf.lines = []
            return False
        leaf.element.tag = "h1" if sign == "=" else "h2"
        leaf.element.text = text
        self._leaf = None
        self._touch()
        return True

    def _table(self, text: str) -> bool:
        """Begin the table whose head is the last line of the open paragraph, if a line stands under it as such."""
        leaf = self._leaf
        assert leaf is not None  # asked for a line under a paragraph
        sides = sides_of(text)
        if not sides or not leaf.lines or len(cells := cells_of(leaf.lines[-1])) != len(sides):
            return False
        leaf.lines.pop()
        self._close_leaf(leaf)
        table = Element("table")
        add_row(SubElement(table, "thead"), "th", cells, sides)
        self._begin(body := Leaf("table", table, self._at))
        body.sides = sides
        return True

    def _row(self, leaf: Leaf, text: str) -> None:
        table = leaf.element
        body = table[1] if len(table) > 1 else SubElement(table, "tbody")
        cells = cells_of(text)
        leaf.absent += max(len(leaf.sides) - len(cells), 0)
        add_row(body, "td", cells, leaf.sides if leaf.absent < MAX_ABSENT else leaf.sides[: len(cells)])
        self._touch()

    def _paragraph(self, leaf: Leaf) -> str:
        """The text of a paragraph without the definitions of links that it starts with."""
        definitions, text = definitions_of("\n".join(leaf.lines))
        for definition in definitions:
            self._dialect.definition(definition, leaf.start + 1 + definition.line)
        return text

    def _close_leaf(self, leaf: Leaf) -> None:
        self._leaf = None
        element = leaf.element
        if leaf.kind == "paragraph" or leaf.kind == "html":
            text = (
                self._paragraph(leaf)
                if leaf.kind == "paragraph"
                else self._dialect.html("\n".join(leaf.lines))
            )
            if text:
                element.text = text
            else:
                del self._open[-1].element[-1]
        elif leaf.kind != "table":
            while leaf.kind == "indented" and leaf.lines and not leaf.lines[-1].strip(" "):
                leaf.lines.pop()
            code = "\n".join(leaf.lines)
            SubElement(element, "code").text = AtomicString(f"{code_escape(code)}\n")
            self.code.append((leaf.start, leaf.start + len(leaf.lines)))
