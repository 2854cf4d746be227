"""Plain text taken apart: title, key points, subheads, lists, paragraphs, and a web page's boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from pouch.characters import is_blank
from pouch.convert.text.blocks import Block, Role, Structure
from pouch.convert.text.boilerplate import boilerplate_rule
from pouch.convert.text.dates import date_line, dateline, find_date, place_line
from pouch.convert.text.headings import POINT_SIGN, byline, is_key_points, plain
from pouch.convert.text.letterhead import is_post_foot, is_release_mark, over_headline, without_marks
from pouch.convert.text.pagebreaks import page_breaks, without_breaks
from pouch.convert.text.repairs import repair
from pouch.convert.text.report import Dropped, Kept, Repair, Report
from pouch.convert.text.wrapping import Column, Hyphens, column, join

_BULLET = re.compile(r"[ \t\u00a0]*(?:[•‣◦▪▸►●○■⁃∙][\s\u00a0]*|[·*+\-][ \t\u00a0]+)(?=\S)")
_DASH = re.compile(r"[ \t\u00a0]*–[ \t\u00a0]+(?=\S)")
# Two lines in a row that open with such a sign make a list.
_SIGN = re.compile(rf"[ \t\u00a0]*(?P<sign>{POINT_SIGN})[ \t\u00a0]*(?=\S)")
_LONE_BULLET = re.compile(r"\s*[•‣◦▪▸►●○■⁃∙]\s*")
_NUMBER = re.compile(r"[ \t\u00a0]*(?P<number>\d{1,3})[.)][ \t\u00a0]+(?=\S)")
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t#]*")
_QUOTED = re.compile(r"[ \t]*>[ \t]?")
_BREAK = re.compile(r"\s*(?:(?:[*_=~—–-]\s*){3,}|⁂)")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")

FULL_PARAGRAPH = 120
"""Characters from which a paragraph is surely the article's: boilerplate, bylines and dates stand outside of these."""

LONGEST_TITLE = 250
LONGEST_SUBHEAD = 90
MOST_HEADING_WORDS = 4
"""Words of a line such as "read also" that stands over titles of other articles."""

MOST_POINTS_HEADING = 8
"""Words of a line above key points."""

FEWEST_POINTS, FEWEST_BARE, MOST_POINTS = 3, 2, 10
SHORTEST_POINT, LONGEST_POINT = 20, 300
"""Characters of a key point that is known by its form."""

_ENDED = (".", "!", "…", "。")
_CLOSERS = "»”’\"')]“ \u00a0\u202f"
_UNFINISHED = ".!…:;,"


class _Piece(msgspec.Struct):
    """A run of lines that belong together, before it is known what part they play."""

    role: Role
    units: list[int]
    text: str  # one line, repaired, without the mark of an item or a quotation
    alone: bool  # nothing but blank lines beside it
    level: int = 0
    number: int = 0  # of a numbered item
    marked: bool = False  # a heading that says so itself


def structure(text: str, title: str | None = None) -> Structure:
    """The parts of a plain text. `title` is the one that was handed in beside it; without one, its first lines are."""
    lines = text.splitlines()
    repairs: list[Repair] = []
    edges = page_breaks(lines)
    dropped = {index + 1: rule for index, rule in edges.items()}
    pieces = list(_pieces(lines, repairs, edges))
    pieces = _without_boilerplate(pieces, dropped)
    pieces, letterhead_day = _without_letterhead(pieces, lines, dropped, titled=title is not None)
    _unmark(pieces, repairs)
    blocks: list[Block] = []
    if title is None:
        if (found := _title(pieces)) is not None:
            blocks.append(Block("title", found.text, tuple(found.units)))
            pieces.remove(found)
    else:
        for piece in pieces[:3]:
            if plain(piece.text) == plain(title):
                dropped.update(dict.fromkeys(piece.units, "repeated-title"))
                pieces.remove(piece)
                break
    facts = _facts(pieces)
    if facts.date is None and letterhead_day is not None:
        facts.date, facts.date_from = letterhead_day, "text"
    _subheads(pieces, after_key_points=facts.key_points)
    blocks += [Block(piece.role, piece.text, tuple(piece.units), level=piece.level) for piece in pieces]
    roles: dict[int, Role] = {unit: block.role for block in blocks for unit in block.units}
    units = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    report = Report(
        kept=tuple(Kept(unit, line, roles[unit]) for unit, line in units if unit not in dropped),
        dropped=tuple(Dropped(unit, line, dropped[unit]) for unit, line in units if unit in dropped),
        repairs=tuple(one for one in repairs if one.unit not in dropped),
    )
    return Structure(tuple(blocks), report, facts.date, facts.date_from, facts.author, title)


# --- lines to pieces ------------------------------------------------------------------------------------------


def _pieces(lines: Sequence[str], repairs: list[Repair], edges: Mapping[int, str]) -> Iterator[_Piece]:
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
    hyphens = Hyphens.of(lines)
    running = [
        [lines[index] for index in stanza if index not in signed and not _opens(lines[index])]
        for stanza in stanzas
    ]
    width = column([stanza for stanza in running if len(stanza) > 1])
    for stanza in stanzas:
        yield from _stanza(stanza, lines, width, hyphens, repairs, signed)


def _signed_lines(lines: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Where the text begins in lines that open with a sign as others do with a bullet, by their numbers.

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
) -> Iterator[_Piece]:
    """The pieces of a run of lines without a blank one between them."""
    dashes = sum(_DASH.match(lines[index]) is not None for index in stanza) > 1
    numbers = [int(found["number"]) for index in stanza if (found := _NUMBER.match(lines[index]))]
    current: _Piece | None = None
    pieces: list[_Piece] = []
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
        current = _Piece(role, [unit], text, alone=False, level=level, marked=role == "subhead")
        if role == "numbered item":
            current.number = int(_NUMBER.match(line)["number"])  # type: ignore[index]  # the role says that it matches
        pieces.append(current)
    if len(pieces) == 1:
        pieces[0].alone = True
    yield from pieces


def _joined(piece: _Piece, text: str, hyphens: Hyphens, repairs: list[Repair]) -> str:
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
    if found := _QUOTED.match(line):
        return "quotation", line[found.end() :], 0
    if _LONE_BULLET.fullmatch(line):
        return "item", "", 0
    if (found := _BULLET.match(line)) or (dashes and (found := _DASH.match(line))):
        return "item", line[found.end() :], 0
    # Only a list that counts from one is a list; "1986. A year" and "3. Absatz" are prose.
    if (
        len(numbers) > 1
        and list(numbers) == list(range(1, len(numbers) + 1))
        and (found := _NUMBER.match(line))
    ):
        return "numbered item", line[found.end() :], 0
    return "paragraph", line, 0


def _continues(current: _Piece, line: str, before: str, width: Column | None) -> bool:
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


# --- pieces to parts ------------------------------------------------------------------------------------------


def _full(piece: _Piece) -> bool:
    return piece.role in ("paragraph", "quotation") and len(piece.text) >= FULL_PARAGRAPH


def _without_boilerplate(pieces: list[_Piece], dropped: dict[int, str]) -> list[_Piece]:
    full = [index for index, piece in enumerate(pieces) if _full(piece)]
    kept = []
    under: str | None = (
        None  # the rule of a heading over titles of other articles, or of the end of a release
    )
    for index, piece in enumerate(pieces):
        edge = bool(full) and not full[0] <= index <= full[-1]
        if under == "read-also" and (
            _full(piece) or not (edge or not piece.alone) or piece.text.endswith(_ENDED)
        ):
            under = None
        if under is not None:
            dropped.update(dict.fromkeys(piece.units, under))
            continue
        if is_blank(piece.text):
            # A bullet without a text, or characters that no entry may hold.
            dropped.update(dict.fromkeys(piece.units, "nothing-visible"))
        elif piece.role == "paragraph" and is_post_foot(piece.text):
            dropped.update(dict.fromkeys(piece.units, "post-foot"))
        elif piece.role != "break" and (rule := boilerplate_rule(piece.text, edge=edge)):
            dropped.update(dict.fromkeys(piece.units, rule))
            bare = len(piece.text.split()) <= MOST_HEADING_WORDS and len(piece.text) < LONGEST_SUBHEAD // 2
            if rule == "end-marker" or (rule == "read-also" and bare):
                under = rule
        else:
            kept.append(piece)
    return kept


def _without_letterhead(
    pieces: list[_Piece], lines: Sequence[str], dropped: dict[int, str], *, titled: bool
) -> tuple[list[_Piece], date | None]:
    """The pieces without what stands over the headline, and the day that the head of a release tells.

    What dates the text or names its author stays. With a title that was handed in, nothing but marks of releases goes.
    """
    first = next((index for index, piece in enumerate(pieces) if _full(piece)), 0)
    head = pieces[:first]
    if not all(piece.role in ("paragraph", "subhead") for piece in head):
        return pieces, None
    over = over_headline([piece.text for piece in head], lines)
    left_out = [piece for piece in head[:over] if not titled or is_release_mark(piece.text)]
    facts = [
        piece for piece in left_out if date_line(piece.text) or place_line(piece.text) or byline(piece.text)
    ]
    for piece in left_out:
        if piece not in facts:
            dropped.update(dict.fromkeys(piece.units, "letterhead"))
    remaining = [piece for piece in pieces if piece not in left_out]
    # Below the headline they are read as everywhere.
    days = (found[0] for piece in left_out if (found := find_date(piece.text)) is not None)
    return [*remaining[:1], *facts, *remaining[1:]] if facts else remaining, next(days, None)


def _unmark(pieces: Sequence[_Piece], repairs: list[Repair]) -> None:
    """Takes the signs for bold and italic from the title and from short lines, which are headings then."""
    for index, piece in enumerate(pieces):
        bare = without_marks(piece.text) if piece.role == "paragraph" else None
        if bare is None or len(bare) > LONGEST_TITLE or (index and len(piece.text) > LONGEST_SUBHEAD):
            continue
        repairs.append(Repair(piece.units[0], piece.text, bare, "messenger-marks"))
        piece.text = bare


def _title(pieces: Sequence[_Piece]) -> _Piece | None:
    """The piece that is the title: the first one, as long as it can be one."""
    if not pieces or pieces[0].role not in ("paragraph", "subhead"):
        return None
    first = pieces[0]
    if len(first.text) > LONGEST_TITLE or is_key_points(first.text) or len(pieces) == 1:
        return None
    # Two sentences of which the last one ends are a paragraph.
    if len(first.text) > FULL_PARAGRAPH and first.text.rstrip(_CLOSERS)[-1:] == ".":
        return None
    return first


class _Facts(msgspec.Struct):
    date: date | None = None
    date_from: str | None = None
    author: str | None = None
    key_points: bool = False


def _facts(pieces: list[_Piece]) -> _Facts:
    """Gives key points, bylines and date lines their role, and says what they tell."""
    facts = _Facts()
    full = next((index for index, piece in enumerate(pieces) if _full(piece)), len(pieces))
    for index, piece in enumerate(pieces):
        if facts.key_points or piece.role not in ("paragraph", "subhead") or not _short_line(piece):
            continue
        points = _run(pieces, index + 1)
        if is_key_points(piece.text):
            points = points or _bare_points(pieces, index + 1, full)
        elif not (index + 1 + len(points) == full and full < len(pieces) and _are_points(points)):
            continue
        if points:
            piece.role = "key points heading"
            facts.key_points = True
            for point in points:
                point.role = "key point"
    first = next((index for index, piece in enumerate(pieces) if _full(piece)), 0)
    for piece in pieces[:first]:
        if piece.role != "paragraph":
            continue
        if facts.author is None and (name := byline(piece.text)):
            piece.role, facts.author = "byline", name
        elif facts.date is None and (when := date_line(piece.text) or place_line(piece.text)):
            piece.role, facts.date, facts.date_from = "date", when, "text"
    if facts.date is None:
        opening = next((piece for piece in pieces if piece.role == "paragraph"), None)
        if opening and (when := dateline(opening.text)):
            facts.date, facts.date_from = when, "dateline"
    return facts


def _run(pieces: Sequence[_Piece], start: int) -> list[_Piece]:
    """The items that follow each other from `start`."""
    found: list[_Piece] = []
    for piece in pieces[start:]:
        if piece.role not in ("item", "numbered item"):
            break
        found.append(piece)
    return found


def _short_line(piece: _Piece) -> bool:
    return len(piece.text) <= LONGEST_SUBHEAD and len(piece.text.split()) <= MOST_POINTS_HEADING


def _are_points(points: Sequence[_Piece]) -> bool:
    """Whether items that stand under a short line above the first paragraph are the text's key points by their form."""
    return FEWEST_POINTS <= len(points) <= MOST_POINTS and all(
        len(point.text) >= SHORTEST_POINT and len(point.text) <= LONGEST_POINT for point in points
    )


def _bare_points(pieces: Sequence[_Piece], start: int, full: int) -> list[_Piece]:
    """The lines below a heading of key points that have lost their bullets: in one stanza, or short up to the text."""
    points: list[_Piece] = []
    for piece in pieces[start:full]:
        goes_on = not points or points[-1].alone == piece.alone
        if piece.role not in ("paragraph", "subhead") or len(piece.text) > LONGEST_POINT or not goes_on:
            break
        points.append(piece)
    if not FEWEST_BARE <= len(points) <= MOST_POINTS or start + len(points) > len(pieces) - 1:
        return []
    # Lines of their own are points only where the first paragraph follows.
    return points if not points[0].alone or start + len(points) == full else []


def _subheads(pieces: Sequence[_Piece], *, after_key_points: bool) -> None:
    """Gives short lines between paragraphs the role of a subhead."""
    body = [piece for piece in pieces if piece.role not in ("byline", "date")]
    candidates = {index for index, piece in enumerate(body) if piece.role == "paragraph" and _short(piece)}
    for index in sorted(candidates):
        before = body[index - 1] if index else None
        after = body[index + 1] if index + 1 < len(body) else None
        if before is None or after is None or index - 1 in candidates or index + 1 in candidates:
            continue
        if before.role == "key point" and not after_key_points:
            continue
        if after.role in ("paragraph", "item", "numbered item", "quotation"):
            body[index].role, body[index].level = "subhead", 2


def _short(piece: _Piece) -> bool:
    """Whether a paragraph reads as a subhead: few words, no end of a sentence, a capital to start with."""
    text = piece.text
    if len(piece.units) > 1 or len(text) > LONGEST_SUBHEAD or len(text.split()) > 12:
        return False
    bare = text.strip(_CLOSERS + "«„¿¡([")
    return bool(bare) and text.rstrip(_CLOSERS)[-1:] not in _UNFINISHED and not bare[0].islower()
