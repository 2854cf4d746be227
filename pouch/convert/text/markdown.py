"""Blocks as Markdown in the dialect of our entries: Python-Markdown with tables, footnotes and heading ids.

Plain text is escaped just where the dialect would read a sign as its own, so that editors see clean text and
readers see what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pouch.convert.text.blocks import Block

# A backslash counts only before these: Python-Markdown's ESCAPED_CHARS, and the bar that its tables add.
_BACKSLASH = re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!|&<])|\\$")
_STRONG = re.compile(r"[*`]")
# Inside a word an underscore is a letter like others.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# Links, reference links and their definitions, footnotes, images.
_BRACKET = re.compile(r"\[(?=[^\]]*\](?:[(:]|\s?\[))|\[(?=\^)|(?<=\])\[")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_OPENING = re.compile(r"#|>|[+\-](?=\s)|-[\s-]*$|(?P<number>\d+)\.(?=\s)")


def escape(text: str) -> str:
    """Plain text of one line as Markdown that shows the same text."""
    text = " ".join(text.split("\n")).strip()
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _STRONG.sub(lambda found: "\\" + found.group(), text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _BRACKET.sub(r"\\[", text)
    text = _ENTITY.sub("&amp;", text)
    return _TAG.sub("&lt;", text)


def escape_opening(markdown: str) -> str:
    """Inline Markdown that opens a block, so that its first signs open no list, heading or quotation."""
    if found := _OPENING.match(markdown):
        if found["number"]:
            return f"{found['number']}\\.{markdown[found.end() :]}"
        return "\\" + markdown
    return markdown


def render(blocks: Sequence[Block]) -> str:
    """The Markdown of an article's body, ending in a newline; empty where there are no blocks."""
    parts: list[str] = []
    before: Block | None = None
    numbers: dict[int, int] = {}  # of the items last written, by their depth
    for block in blocks:
        if block.level and block.role in ("paragraph", "image") and not (before and _in_list(before)):
            # Set in without a list above, the dialect would take it for code.
            block = msgspec.structs.replace(block, level=0)
        inline = block.markdown if block.markdown is not None else escape(block.text)
        another = block.number == 1 and not block.level and numbers.get(0)
        text = _block(block, inline, _count(block, numbers))
        if before is None:
            parts.append(text)
        elif block.role in ("item", "numbered item") and before.role in ("item", "numbered item"):
            if another or (block.role != before.role and block.level == before.level):
                # Without a word between them the dialect takes the second list for the end of the first.
                parts.append(f"\n\n<!-- -->\n\n{text}")
            else:
                parts.append(f"\n{text}")
        elif block.role == before.role == "quotation":
            parts.append(f"\n>\n{text}")
        else:
            parts.append(f"\n\n{text}")
        before = block
    return "".join(parts) + "\n" if parts else ""


def _in_list(block: Block) -> bool:
    return block.role in ("item", "numbered item") or (
        block.role in ("paragraph", "image") and block.level > 0
    )


def _count(block: Block, numbers: dict[int, int]) -> int:
    """The number of a numbered item; a paragraph inside an item and a deeper list leave the count alone."""
    if block.role not in ("item", "numbered item"):
        if not block.level or block.role == "subhead":
            numbers.clear()
        return 0
    for deeper in [level for level in numbers if level > block.level]:
        del numbers[deeper]
    if block.role == "item":
        numbers.pop(block.level, None)
        return 0
    numbers[block.level] = block.number or numbers.get(block.level, 0) + 1
    return numbers[block.level]


def _block(block: Block, inline: str, number: int) -> str:
    match block.role:
        case "subhead":
            # Signs at the end of a heading close it.
            inline = re.sub(r"#+$", lambda found: "\\#" * len(found.group()), inline)
            return f"{'#' * (block.level or 2)} {inline}"
        case "item" | "numbered item":
            mark = "-" if block.role == "item" else f"{number}."
            return f"{'    ' * block.level}{mark} {escape_opening(inline)}"
        case "quotation":
            return "\n".join(f"> {escape_opening(line)}" for line in inline.split("\n"))
        case "break":
            return "* * *"
        case "table" | "preformatted":
            return inline
        case "image":
            return "    " * block.level + inline
        case "time":
            return f"**{inline}**"
        case _:
            # A second paragraph of a list's item stands under its text.
            return "    " * block.level + escape_opening(inline)
