"""Front matter as it is nearly always written, read in a fraction of the time that a YAML parser takes.

Only what has one reading is taken: `key: text`, `key: [a, b]`, `key: {a: b}`, and lists or tables of texts, one on a
line below their key. For anything else `compose_plain` gives None, and YAML's own parser decides. A test holds the
two to the same nodes, places included.
"""

from __future__ import annotations

import re

from pouch.content.nodes import Items, Node, Scalar, Table

_FIRST_LINE = 2

# Inside a list or table on one line: words of letters, digits and a few harmless signs, with single spaces.
_WORD = r"[\w./()’–-]*+(?::(?=//)[\w./()’–-]*+)*+"
_FLOW_PLAIN = rf"(?<![\w.])[^\W_]{_WORD}(?: (?=[\w./()’–-]){_WORD})*+"
_DOUBLE = r'"[^"\\]*+(?:\\["\\][^"\\]*+)*+"'
_SINGLE = r"'[^']*+(?:''[^']*+)*+'"
_FLOW_TEXT = rf"(?:{_DOUBLE}|{_SINGLE}|{_FLOW_PLAIN})"
_KEY = r"[A-Za-z_][A-Za-z0-9_]*"
# On a line of its own anything goes but what would start a comment, a key or an indicator.
_PLAIN = r"[^\W_][^:#]*(?:(?::(?! |$)|(?<! )#)[^:#]*)*(?<! )"
_TEXT = rf"(?:{_DOUBLE}|{_SINGLE}|{_PLAIN})"
_COMMENT = r"(?: +#.*| *)"

_LINE = re.compile(
    rf"(?P<key>{_KEY}):(?:"
    rf" +(?P<text>{_TEXT})"
    rf"| +(?P<items>\[ *(?:{_FLOW_TEXT}(?: *, *{_FLOW_TEXT})*)? *\])"
    rf"| +(?P<table>\{{ *{_KEY}: +{_FLOW_TEXT}(?: *, *{_KEY}: +{_FLOW_TEXT})* *\}})"
    rf"|){_COMMENT}"
)
_ITEM = re.compile(rf"(?P<indent> *)- +(?P<text>{_TEXT}){_COMMENT}")
_PAIR = re.compile(rf"(?P<indent> +)(?P<key>{_KEY}): +(?P<text>{_TEXT}){_COMMENT}")
_SKIPPED = re.compile(r" *(?:#.*)?")
_FLOW_ITEM = re.compile(_FLOW_TEXT)
_FLOW_PAIR = re.compile(rf"({_KEY}): +({_FLOW_TEXT})")
_ESCAPE = re.compile(r"\\(.)")


def compose_plain(block: str) -> Table | None:
    """The nodes of a block that starts on line 2 of its file, or None where only a YAML parser can tell.

    The block holds no character that `pouch.characters` forbids.
    """
    if "\t" in block or "\ufeff" in block:
        return None
    pairs: list[tuple[Scalar, Node]] = []
    lines = block.split("\n")
    count = len(lines)
    place = 0
    while place < count:
        line = lines[place]
        number = place + _FIRST_LINE
        place += 1
        found = _LINE.fullmatch(line)
        if found is None:
            if _SKIPPED.fullmatch(line):
                continue
            return None
        end = found.end("key")
        key = Scalar(found["key"], number, 1, (number, end + 1), True)
        kind = found.lastgroup
        if kind == "text":
            node: Node = _text(found["text"], number, found.start("text"))
        elif kind == "items":
            node = _items(line, number, *found.span("items"))
        elif kind == "table":
            node = _table(line, number, *found.span("table"))
        else:
            below, place = _below(lines, place)
            node = below or Scalar("", number, end + 2, (number, end + 2), True)
        pairs.append((key, node))
    if not pairs:
        return None
    first = pairs[0][0]
    return Table(pairs, first.line, 1, pairs[-1][1].end, False)


def _text(written: str, line: int, start: int) -> Scalar:
    end = (line, start + len(written) + 1)
    if written[0] == '"':
        text = written[1:-1]
        return Scalar(_ESCAPE.sub(r"\1", text) if "\\" in text else text, line, start + 1, end, False)
    if written[0] == "'":
        return Scalar(written[1:-1].replace("''", "'"), line, start + 1, end, False)
    return Scalar(written, line, start + 1, end, True)


def _items(line: str, number: int, start: int, end: int) -> Items:
    nodes: list[Node] = [
        _text(found[0], number, found.start()) for found in _FLOW_ITEM.finditer(line, start + 1, end - 1)
    ]
    return Items(nodes, number, start + 1, (number, end + 1), True)


def _table(line: str, number: int, start: int, end: int) -> Table:
    pairs: list[tuple[Scalar, Node]] = [
        (_text(found[1], number, found.start(1)), _text(found[2], number, found.start(2)))
        for found in _FLOW_PAIR.finditer(line, start + 1, end - 1)
    ]
    return Table(pairs, number, start + 1, (number, end + 1), True)


def _below(lines: list[str], place: int) -> tuple[Node | None, int]:
    """The list or table on the lines below a key, and the line after it."""
    pattern = _ITEM if lines[place].lstrip(" ").startswith("-") else _PAIR
    first = found = pattern.fullmatch(lines[place])
    if first is None:
        return None, place
    indent = first["indent"]
    start = place + _FIRST_LINE
    nodes: list[Node] = []
    pairs: list[tuple[Scalar, Node]] = []
    while found is not None and found["indent"] == indent:
        number = place + _FIRST_LINE
        node = _text(found["text"], number, found.start("text"))
        if pattern is _PAIR:
            begin, end = found.span("key")
            pairs.append((Scalar(found["key"], number, begin + 1, (number, end + 1), True), node))
        else:
            nodes.append(node)
        place += 1
        found = pattern.fullmatch(lines[place])
    last = node.end
    if pattern is _PAIR:
        return Table(pairs, start, len(indent) + 1, last, False), place
    return Items(nodes, start, len(indent) + 1, last, False), place
