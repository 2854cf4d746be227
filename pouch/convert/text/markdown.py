"""Blocks as Markdown in the dialect of our entries: GitHub Flavored Markdown, as `pouch.markdown` publishes it.

Plain text is escaped just where the dialect would read a sign as its own, so that editors see clean text and
readers see what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pouch.convert.text.blocks import Block
from pouch.markdown.addresses import bare_addresses

_GAP = re.compile(r"[ ]{2,}|\t+")
# The signs of inline markup, each with the pattern of the places where it counts. Most texts have none of them, which
# is known much sooner than that a pattern finds nothing.
_INLINE = (
    # A backslash counts before ASCII punctuation, and at the end of a line.
    ("\\", re.compile(r"\\(?=[!-/:-@\[-`{-~])|\\$")),
    ("*", re.compile(r"\*")),
    ("`", re.compile(r"`")),
    # Inside a word an underscore is a letter like others.
    ("_", re.compile(r"(?<![^\W_])_|_(?![^\W_])")),
    # Tildes strike out text from one that follows a space to one that follows a word; without the second none does.
    ("~", re.compile(r"(?<!\s)~")),
)
# Links, reference links and their definitions, footnotes, images.
_BRACKET = re.compile(r"\[(?=[^\]]*\](?:[(:]|\s?\[))|\[(?=\^)|(?<=\])\[")
_ANY_BRACKET = re.compile(r"\[")
# Of an address all other signs are its own.
_IN_ADDRESSES = re.compile(r"[\\`\[\]]")
# A tag, a comment, or an address in angle brackets.
_TAG = re.compile(r"<(?=[A-Za-z/!?]|[^<>\s]*@)")
_ENTITY = re.compile(r"&(?=#|\w+;)")
# Headings, quotations, items, lines that underline or rule, the line under a table's head.
_OPENING = re.compile(
    r"#{1,6}(?:\s|$)|>|[+\-](?:\s|$)|=+\s*$|[|:-][\s|:-]*$|(?P<number>[0-9]{1,9})[.)](?:\s|$)"
)


def escape(text: str, *, in_link: bool = False) -> str:
    """Plain text of one line as Markdown that shows the same text; web addresses outside links become links."""
    text = " ".join(text.split("\n")).strip()
    addresses = [] if in_link else bare_addresses(text)
    if not addresses:
        text = _BRACKET.sub(r"\\[", _escape(text))
        text = _ENTITY.sub("&amp;", text)
        return _TAG.sub("&lt;", text)
    # Within brackets an address is text.
    within = any(text.rfind("[", 0, start) > text.rfind("]", 0, start) for start, _ in addresses)
    bracket = _ANY_BRACKET if within else _BRACKET
    parts: list[str] = []
    at = 0
    for start, end in (*addresses, (len(text), len(text))):
        other = bracket.sub(r"\\[", _escape(text[at:start]))
        # An address would go on over an entity.
        parts += _TAG.sub(r"\\<", _ENTITY.sub(r"\\&", other)), _IN_ADDRESSES.sub(r"\\\g<0>", text[start:end])
        at = end
    return "".join(parts)


def _escape(text: str) -> str:
    for sign, pattern in _INLINE:
        if sign in text:
            text = pattern.sub(r"\\\g<0>", text)
    return text


def escape_opening(markdown: str) -> str:
    """Inline Markdown that opens a block, so that its first signs open no list, heading or quotation."""
    if match := _OPENING.match(markdown):
        if number := match["number"]:
            return f"{number}\\{markdown[len(number) :]}"
        return "\\" + markdown
    return markdown


def render(blocks: Sequence[Block]) -> str:
    """The Markdown of an article's body, ending in a newline; empty where there are no blocks."""
    parts = render_parts(blocks)
    return "".join(parts) + "\n" if parts else ""


def render_parts(blocks: Sequence[Block]) -> list[str]:
    """The Markdown of each block, with what parts it from the block before it; joined they are the body."""
    parts: list[str] = []
    before: Block | None = None
    lists = _Lists()
    for block in blocks:
        if block.level and block.role in ("paragraph", "image") and not (before and _in_list(before)):
            # Set in without a list above, the dialect would take it for code.
            block = msgspec.structs.replace(block, level=0)
        inline = block.markdown if block.markdown is not None else escape(block.text)
        margin, mark, parting = lists.place(block)
        text = _block(block, inline, margin, mark)
        if before is None:
            parts.append(text)
        elif parting and _in_list(before):
            parts.append(f"{parting}{text}")
        elif block.role in _ITEMS and before.role in _ITEMS:
            parts.append(f"\n{text}")
        elif block.role == before.role == "quotation":
            parts.append(f"\n>\n{text}")
        else:
            parts.append(f"\n\n{text}")
        before = block
    return parts


_ITEMS = ("item", "numbered item")


def _in_list(block: Block) -> bool:
    return block.role in _ITEMS or (block.role in ("paragraph", "image") and block.level > 0)


class _Lists:
    """The lists that are open, from the outermost: their last numbers (0: bullets), and the margins of their items."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._margins = [0]

    def place(self, block: Block) -> tuple[str, str, str]:
        """The spaces before a block, the mark of an item, and what must part it from an item above it."""
        if block.role not in _ITEMS:
            # A paragraph inside an item leaves the count alone.
            if not block.level or block.role == "subhead":
                self._numbers.clear()
                return "", "", ""
            depth = min(block.level, len(self._margins) - 1)
            del self._numbers[depth + 1 :], self._margins[depth + 1 :]
            return " " * self._margins[depth], "", ""
        depth = min(block.level, len(self._numbers))
        del self._numbers[depth + 1 :], self._margins[depth + 1 :]
        last = self._numbers.pop() if len(self._numbers) > depth else None
        margin = " " * self._margins[depth]
        number = (block.number or (last or 0) + 1) if block.role == "numbered item" else 0
        parting = ""
        if last and number and number != last + 1:
            # Without a comment between them the second list would go on with the numbers of the first.
            parting = f"\n\n{margin}<!-- -->\n\n"
        elif (number > 1 and last is None) or (last is not None and bool(last) != bool(number)):
            # Only 1 starts a list directly under a line of text.
            parting = "\n\n"
        self._numbers.append(number)
        mark = f"{number}." if number else "-"
        # Four spaces set in what belongs to an item, or more where its mark is longer.
        self._margins.append(self._margins[depth] + max(4, len(mark) + 1))
        return margin, mark, parting


def _block(block: Block, inline: str, margin: str, mark: str) -> str:
    match block.role:
        case "subhead":
            # Signs at the end of a heading close it.
            inline = re.sub(r"(?<!\S)#+$", lambda match: "\\#" * len(match.group()), inline)
            return f"{'#' * (block.level or 2)} {inline}"
        case "item" | "numbered item":
            return f"{margin}{mark} {escape_opening(inline)}"
        case "quotation":
            return "\n".join(f"> {escape_opening(line)}" for line in inline.split("\n"))
        case "break":
            return "* * *"
        case "table" | "preformatted":
            return inline
        case "image":
            return margin + inline
        case "time":
            return f"**{inline}**"
        case _:
            # A second paragraph of a list's item stands under its text.
            return margin + escape_opening(inline)


def lines_table(lines: Sequence[str]) -> str | None:
    """Lines that are set in columns as a table; None where they have not as many columns each."""
    rows = [[escape(cell).replace("|", "\\|") for cell in _GAP.split(line.strip())] for line in lines]
    return rows_as_table(rows) if len(rows[0]) > 1 and len({len(row) for row in rows}) == 1 else None


def rows_as_table(rows: Sequence[list[str]]) -> str:
    """Rows of cells, which are Markdown already, as a table whose first row is its head."""
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
