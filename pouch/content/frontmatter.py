"""Front matter: the YAML between two `---` lines, as nodes that know where they stand.

Values are not interpreted: `NO`, `on` and `0123` are the texts that they are written as. Anchors, aliases and
tags are refused, and size and depth are bounded, so that no file can make the reader run away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from pouch.characters import CONFLICT, LINE_SEPARATORS, UNRESOLVED, find_forbidden, name_of
from pouch.content.nodes import Items, Node, Scalar, Table
from pouch.content.yaml_mistakes import Mistake, item_without_space, mistake_in

MAX_BYTES = 256 * 1024
"""Of front matter; a briefing's own is about 1 KB."""
MAX_DEPTH = 24

_CONFLICT_SIGNS = ("<" * 7, ">" * 7, "|" * 7)  # looked for first: a search for lines takes ten times as long
_CONFLICT_IN_BLOCK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_ALMOST = re.compile(r"^[ \t]*(?:[-–—―−‐‑_=]{1,10}|\*{3})[ \t]*$", re.MULTILINE)
"""What word processors and hurried people make of `---`."""
_KEY = re.compile(r"[\w-]+[ \t]*:")
_LATER = re.compile(r"^---[ \t]*\n(?:id|title|date)[ \t]*:", re.MULTILINE)
_SEARCHED = 2000
"""Characters in which front matter is looked for below something else, such as a comment or a heading."""
_FIRST_LINE = 2  # of the block: the first is `---`
# Events alone are wanted: no loader's constructor and resolver, and no generator around each event.
_Parser: type = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)


class FrontMatterError(Exception):
    """The front matter of a file cannot be parsed; the message says why."""

    def __init__(
        self, line: int, column: int, code: str, message: str, hint: str = "", fixed: str = ""
    ) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.code = code
        self.message = message
        self.hint = hint
        self.fixed = fixed  # the line as it is to be written, if there is only one way


class Parts(NamedTuple):
    """A file taken apart. Lines are counted from 1."""

    block: str  # the YAML, every line ended
    body: str  # Markdown without empty lines at its ends
    body_line: int  # the line on which the body starts


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, a byte order mark left out, line ends as LF. Raises FrontMatterError."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise FrontMatterError(
            line,
            column,
            "not-utf-8",
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        ) from error
    return normalise(text)


def conflict_line(text: str) -> int:
    """The line on which a body holds a marker that git left of a merge conflict; 0 where there is none."""
    if not any(sign in text for sign in _CONFLICT_SIGNS):
        return 0
    marker = CONFLICT.search(text)
    return text.count("\n", 0, marker.start()) + 1 if marker else 0


def conflict(line: int) -> FrontMatterError:
    """The fault of a file with such a marker."""
    return FrontMatterError(line, 1, "merge-conflict", *UNRESOLVED)


def normalise(text: str) -> str:
    """Without a byte order mark, line ends as LF."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split(text: str) -> Parts:
    """Take a normalised text apart. Raises FrontMatterError."""
    first, newline, rest = text.partition("\n")
    if first.rstrip(" \t") != "---":
        if CONFLICT.match(first):
            raise conflict(1)
        if not text.strip():
            raise FrontMatterError(
                0, 0, "no-front-matter", "the file is empty", "write the entry, or delete the file"
            )
        raise _no_opening(text)
    closing = _CLOSING.search(rest)
    if not newline or closing is None:
        line, hint, fixed = 1, "end it with a line `---`", ""
        if almost := _ALMOST.search(rest):
            line = rest.count("\n", 0, almost.start()) + _FIRST_LINE
            hint, fixed = f"write three hyphens, `---`, in place of {almost[0].strip()!r}", "---"
        message = "the front matter is never closed"
        raise FrontMatterError(line, 0, "unclosed-front-matter", message, hint, fixed)
    block = rest[: closing.start()]
    if len(block) > MAX_BYTES:
        raise FrontMatterError(
            1,
            0,
            "too-large",
            f"the front matter is longer than {MAX_BYTES} characters",
            "is the body inside it?",
        )
    body = rest[closing.end() :]
    stripped = body.lstrip("\n")
    line = _FIRST_LINE + block.count("\n") + len(body) - len(stripped)
    return Parts(block, stripped.rstrip("\n"), line)


def _no_opening(text: str) -> FrontMatterError:
    """The fault of a file whose first line is not `---`, with what stands in its place."""
    first_text = text.lstrip()
    line = text.count("\n", 0, len(text) - len(first_text)) + 1
    opening = first_text.partition("\n")[0].rstrip()
    fixed = ""
    if opening == "---":
        message, hint = "front matter starts on the first line", "delete what stands before the `---`"
    elif later := _LATER.search(text, 0, _SEARCHED):
        line = text.count("\n", 0, later.start()) + 1
        message, hint = "front matter starts on the first line", "move what stands before the `---` below it"
    elif _ALMOST.fullmatch(opening):
        message, hint = "the file has no front matter", f"write three hyphens, `---`, in place of {opening!r}"
        fixed = "---" if line == 1 else ""
    elif _KEY.match(opening):
        message, hint = "the file has no front matter", "start it with a line `---`"
    else:
        message = "the file has no front matter"
        hint = (
            "`pouch convert` makes a draft of a text; or start it with a line `---`, then `id:` and `title:`"
        )
    return FrontMatterError(line, 0, "no-front-matter", message, hint, fixed)


def compose(block: str) -> Table:
    """The nodes of a block that starts on line 2 of its file. Raises FrontMatterError."""
    if match := find_forbidden(block) or LINE_SEPARATORS.search(block):
        line = block.count("\n", 0, match.start())
        column = match.start() - block.rfind("\n", 0, match.start())
        raise FrontMatterError(
            line + 2, column, "control-character", f"{name_of(match[0])} must not stand here", "remove it"
        )
    if marker := _CONFLICT_IN_BLOCK.search(block):
        raise conflict(block.count("\n", 0, marker.start()) + _FIRST_LINE)
    try:
        # Only where a comment may follow a text is it looked for.
        events = iter(_Parser(block).get_event, None)
        return _build(events, block.split("\n"), comments="#" in block)
    except yaml.MarkedYAMLError as error:
        raise _fault(mistake_in(block, error)) from error
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        message, hint = f"the front matter is not YAML: {reason}", "each line is `key: value`"
        raise FrontMatterError(_FIRST_LINE, 0, "yaml", message, hint) from error


class _Open:
    """A list or table that is still being read, with the key that waits for its value."""

    __slots__ = ("key", "node")

    def __init__(self, node: Items | Table) -> None:
        self.node = node
        self.key: Scalar | None = None

    def add(self, node: Node) -> None:
        if isinstance(self.node, Items):
            self.node.nodes.append(node)
        elif self.key is not None:
            self.node.pairs.append((self.key, node))
            self.key = None
        elif isinstance(node, Scalar):
            self.key = node
        else:
            hint = "text that starts with [ or { needs quotation marks"
            raise FrontMatterError(node.line, node.column, "yaml", "a key must be a word", hint)


def _build(events: Any, lines: Sequence[str], *, comments: bool) -> Table:
    """The nodes that YAML's events tell of; without recursion, so that depth is ours to bound.

    The events are typed as Any because PyYAML's stubs leave every mark optional.
    """
    root: Node | None = None
    stack: list[_Open] = []
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            start, end = event.start_mark, event.end_mark
            if event.anchor is not None or event.tag is not None:
                raise _refused(event)
            plain = not event.style
            ends = (end.line + _FIRST_LINE, end.column + 1)
            comment = _comment_after(lines, end) if plain and comments else ""
            in_list = stack and isinstance(stack[-1].node, Items)
            if (
                plain
                and end.line > start.line
                and in_list
                and (glued := item_without_space(lines, start, end))
            ):
                raise _fault(glued)
            node: Node = Scalar(event.value, start.line + _FIRST_LINE, start.column + 1, ends, plain, comment)
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            if event.anchor is not None or event.tag is not None:
                raise _refused(event)
            line, column = event.start_mark.line + _FIRST_LINE, event.start_mark.column + 1
            if len(stack) >= MAX_DEPTH:
                message = f"lists and tables go deeper than {MAX_DEPTH} levels"
                raise FrontMatterError(line, column, "too-deep", message, "take some of the brackets away")
            node = (Items if kind is yaml.SequenceStartEvent else Table)(
                [], line, column, (line, column), bool(event.flow_style)
            )
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            _close(stack.pop().node, event.end_mark)
            continue
        elif kind is yaml.AliasEvent:
            raise _refused(event)
        elif kind is yaml.DocumentStartEvent and root is not None:
            line = event.start_mark.line + _FIRST_LINE
            raise FrontMatterError(
                line, 0, "yaml", "the front matter holds a second YAML document", "delete this line"
            )
        else:
            continue
        if stack:
            stack[-1].add(node)
        else:
            root = node
        if not isinstance(node, Scalar):
            stack.append(_Open(node))
    if root is None or (isinstance(root, Scalar) and not root.text):
        return Table([], _FIRST_LINE, 1, (_FIRST_LINE, 1), False)
    if not isinstance(root, Table):
        hint = "write `key: value` lines"
        raise FrontMatterError(root.line, root.column, "yaml", "the front matter has no keys", hint)
    return root


def _comment_after(lines: Sequence[str], end: Any) -> str:
    """The comment that follows a text on its line."""
    rest = lines[end.line][end.column :].strip() if end.line < len(lines) else ""
    return rest if rest.startswith("#") else ""


def _close(node: Items | Table, mark: Any) -> None:
    """Set where a list or table ends; a block's own mark stands behind the comments that follow it."""
    if node.flow:
        node.end = (mark.line + _FIRST_LINE, mark.column + 1)
        return
    children = node.nodes if isinstance(node, Items) else [value for _, value in node.pairs]
    if children:
        node.end = children[-1].end


def _fault(mistake: Mistake) -> FrontMatterError:
    return FrontMatterError(mistake.line + _FIRST_LINE, *mistake[1:])


def _refused(event: Any) -> FrontMatterError:
    mark = event.start_mark
    alias = isinstance(event, yaml.AliasEvent)
    what = "an alias (*)" if alias else "an anchor (&)" if event.anchor else "a tag (!)"
    hint = "text that starts with *, & or ! needs quotation marks"
    line, column = mark.line + _FIRST_LINE, mark.column + 1
    return FrontMatterError(line, column, "yaml-reference", f"{what} has no place in front matter", hint)
