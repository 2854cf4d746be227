"""Lines of a text to pieces: runs of lines that belong together, by their marks and by how the text was wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pouch.convert.text.blocks import Role
from pouch.convert.text.headings import POINT_SIGN
from pouch.convert.text.letterhead import is_post_foot
from pouch.convert.text.markdown import lines_table
from pouch.convert.text.pagebreaks import without_breaks
from pouch.convert.text.repairs import repair
from pouch.convert.text.report import Repair
from pouch.convert.text.wrapping import Column, Hyphens, column, join

_BULLET = re.compile(r"[ \t\u00a0]*(?:[•‣◦▪▸►●○■⁃∙][\s\u00a0]*|[·*+\-][ \t\u00a0]+)(?=\S)")
_DASH = re.compile(r"[ \t\u00a0]*–[ \t\u00a0]+(?=\S)")
# Two lines in a row that open with such a sign make a list.
_SIGN = re.compile(rf"[ \t\u00a0]*(?P<sign>{POINT_SIGN})[ \t\u00a0]*(?=\S)")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S")
_LONE_BULLET = re.compile(r"\s*[•‣◦▪▸►●○■⁃∙]\s*")
_NUMBER = re.compile(r"[ \t\u00a0]*(?P<number>\d{1,3})[.)][ \t\u00a0]+(?=\S)")
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t#]*")
_QUOTED = re.compile(r"[ \t]*>[ \t]?")
_BREAK = re.compile(r"\s*(?:(?:[*_=~—–-]\s*){3,}|⁂)")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")


class Piece(msgspec.Struct):
    """A run of lines that belong together, before it has its final role."""

    role: Role
    units: list[int]
    text: str  # one line, repaired, without the mark of an item or a quotation
    alone: bool  # nothing but blank lines beside it
    level: int = 0
    number: int = 0  # of a numbered item
    marked: bool = False  # a heading that says so itself
    markdown: str | None = None  # of a table


def make_pieces(lines: Sequence[str], repairs: list[Repair], edges: Mapping[int, str]) -> Iterator[Piece]:
    """The pieces of a text without the edges of its pages."""
    stanzas: list[list[int]] = []
    skipped = {*edges, *without_breaks(lines, edges)}
    parted = True
    for index, line in enumerate(lines):
        if index in skipped:
            continue
        if not line.strip():
            parted = True
            continue
        if parted:
            stanzas.append([])
        stanzas[-1].append(index)
        parted = False
    signed = _signed_lines([(index, lines[index]) for stanza in stanzas for index in stanza])
    hyphens = Hyphens(lines)
    running = [
        [lines[index] for index in stanza if index not in signed and not _opens(lines[index])]
        for stanza in stanzas
    ]
    width = column([stanza for stanza in running if len(stanza) > 1])
    for stanza in stanzas:
        if (table := _table(stanza, lines)) is not None:
            yield table
        else:
            yield from _stanza(stanza, lines, width, hyphens, repairs, signed)


def _table(stanza: Sequence[int], lines: Sequence[str]) -> Piece | None:
    """A run of lines that are set in as many columns each, as programs print tables."""
    rows = [lines[index] for index in stanza]
    if len(rows) < 2 or not all(_COLUMNS.search(row.strip()) for row in rows):
        return None
    if (markdown := lines_table(rows)) is None:
        return None
    text = " ".join(" ".join(row.split()) for row in rows)
    return Piece("table", [index + 1 for index in stanza], text, alone=True, markdown=markdown)


def _signed_lines(lines: Sequence[tuple[int, str]]) -> dict[int, int]:
    """The places where the text begins in lines that open with a sign as others do with a bullet, by line number.

    At least two follow each other. Where their signs differ, each says something, and stays.
    """
    signed: dict[int, int] = {}
    run: list[tuple[int, re.Match[str]]] = []
    for index, line in [*lines, (-1, "")]:
        if (sign := _SIGN.match(line)) is not None:
            run.append((index, sign))
            continue
        if len(run) > 1:
            alike = len({sign["sign"] for _, sign in run}) == 1
            signed.update((number, sign.end() if alike else sign.start("sign")) for number, sign in run)
        run = []
    return signed


def _opens(line: str) -> bool:
    """Whether a line opens something by its mark, so that the line before it had to end."""
    return (
        any(mark.match(line) for mark in (_BULLET, _NUMBER, _QUOTED)) or _HEADING.fullmatch(line) is not None
    )


def _stanza(
    stanza: Sequence[int],
    lines: Sequence[str],
    width: Column | None,
    hyphens: Hyphens,
    repairs: list[Repair],
    signed: Mapping[int, int],
) -> Iterator[Piece]:
    """The pieces of a run of lines without a blank one between them."""
    dashes = sum(_DASH.match(lines[index]) is not None for index in stanza) > 1
    numbers = [int(match["number"]) for index in stanza if (match := _NUMBER.match(lines[index]))]
    current: Piece | None = None
    pieces: list[Piece] = []
    for index in stanza:
        line, unit = lines[index], index + 1
        role, content, level = _mark(line, dashes=dashes, numbers=numbers)
        if index in signed:
            role, content = "item", line[signed[index] :]
        text, line_repairs = repair(" ".join(content.split(" ")).strip(), unit)
        repairs += line_repairs
        if role == "paragraph" and current and _continues(current, line, lines[current.units[-1] - 1], width):
            current.units.append(unit)
            current.text = _joined(current, text, hyphens, repairs)
            continue
        if role == "quotation" and current and current.role == "quotation":
            current.units.append(unit)
            current.text = _joined(current, text, hyphens, repairs)
            continue
        if _UNDERLINE.fullmatch(line) and current and current.role == "paragraph" and len(current.units) == 1:
            # A line that is underlined is a heading, and the rule below is part of it.
            current.units.append(unit)
            current.role, current.level, current.marked = "subhead", 2, True
            continue
        if role == "paragraph" and _BREAK.fullmatch(line):
            role = "break"
        current = Piece(role, [unit], text, alone=False, level=level, marked=role == "subhead")
        if role == "numbered item":
            current.number = int(_NUMBER.match(line)["number"])  # type: ignore[index]  # the role says that it matches
        pieces.append(current)
    if len(pieces) == 1:
        pieces[0].alone = True
    yield from pieces


def _joined(piece: Piece, text: str, hyphens: Hyphens, repairs: list[Repair]) -> str:
    """A piece's text with its next line; a word that was divided between them is reported."""
    if not piece.text:
        return text
    joined = join(piece.text, text, hyphens)
    if len(joined) < len(piece.text) + len(text):
        part, rest = piece.text.split()[-1], text.split()[0]
        repairs.append(Repair(piece.units[-2], part, part[:-1] + rest, "divided-word"))
    return joined


def _mark(line: str, *, dashes: bool, numbers: Sequence[int]) -> tuple[Role, str, int]:
    """The role that a line's own mark gives it, the line without that mark, and a heading's level."""
    if (heading := _HEADING.fullmatch(line.strip())) and heading["text"]:
        return "subhead", heading["text"], max(2, len(heading["marks"]))
    if _BREAK.fullmatch(line):
        return "paragraph", line, 0
    if match := _QUOTED.match(line):
        return "quotation", line[match.end() :], 0
    if _LONE_BULLET.fullmatch(line):
        return "item", "", 0
    if (match := _BULLET.match(line)) or (dashes and (match := _DASH.match(line))):
        return "item", line[match.end() :], 0
    # Only a list that counts from one is a list; "1986. A year" and "3. Absatz" are prose.
    if (
        len(numbers) > 1
        and list(numbers) == list(range(1, len(numbers) + 1))
        and (match := _NUMBER.match(line))
    ):
        return "numbered item", line[match.end() :], 0
    return "paragraph", line, 0


def _continues(current: Piece, line: str, before: str, width: Column | None) -> bool:
    """Whether `line`, which has no mark of its own, goes on with the piece whose last line is `before`."""
    if current.role not in ("paragraph", "item", "numbered item"):
        return False
    if current.role != "paragraph" and (
        not current.text or _indent(line) > _indent(before) or _indent(line) > 1
    ):
        return True
    if any(ends(one) for ends in (_BREAK.fullmatch, is_post_foot) for one in (line, before)):
        return False
    if width is not None and width.continues(before, line):
        return True
    if before.rstrip()[-1:] == "-" and before.rstrip()[-2:-1].isalpha() and line.strip()[:1].isalpha():
        return True
    # A sentence that goes on in small letters was broken by a column, wherever the column was.
    return line.strip()[:1].islower() and before.rstrip()[-1:] not in ".!?:;…"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
