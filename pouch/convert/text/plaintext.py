"""Parses plain text: title, key points, subheads, lists, paragraphs, and a web page's boilerplate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from pouch.characters import is_blank
from pouch.convert.text.blocks import Block, Role, Structure
from pouch.convert.text.boilerplate import boilerplate_rule
from pouch.convert.text.dates import date_line, dateline, find_date, place_line
from pouch.convert.text.headings import byline, is_key_points, plain
from pouch.convert.text.letterhead import is_post_foot, is_release_mark, over_headline, without_marks
from pouch.convert.text.letters import read_letter
from pouch.convert.text.pagebreaks import page_breaks
from pouch.convert.text.pieces import Piece, make_pieces
from pouch.convert.text.report import Dropped, Kept, Repair, Report, beside

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


def structure(
    text: str,
    title: str | None = None,
    *,
    letter: bool = False,
    handed_on: bool = False,
    story: Sequence[tuple[int, int]] = (),
) -> Structure:
    """The parts of a plain text. `title` is the one that was handed in beside it; without one, its first lines are.

    `letter`: it is the body of a message; `handed_on`: whose subject says that it hands another on; of a newsletter of
    several stories `story` are the first line of this one and the one behind its last, then those of each other.
    """
    input_lines = text.splitlines()
    read = read_letter(input_lines, handed_on=handed_on) if letter else None
    lines = input_lines if read is None else read.lines
    repairs: list[Repair] = []
    edges = {**page_breaks(lines), **(read.dropped if read else {})}
    if story:
        outside = {number: rule for number in range(len(lines)) if (rule := beside(number + 1, story))}
        edges = {**outside, **edges}
    dropped = {index + 1: rule for index, rule in edges.items()}
    pieces = list(make_pieces(lines, repairs, edges))
    pieces = _without_boilerplate(pieces, dropped)
    pieces, letterhead_day = _without_letterhead(pieces, lines, dropped, titled=title is not None)
    _unmark(pieces, repairs)
    blocks = _take_title(pieces, title, dropped)
    facts = _facts(pieces)
    if facts.date is None and letterhead_day is not None:
        facts.date, facts.date_from = letterhead_day, "text"
    _subheads(pieces, after_key_points=facts.key_points)
    blocks += [
        Block(piece.role, piece.text, tuple(piece.units), piece.level, piece.markdown) for piece in pieces
    ]
    return Structure(
        tuple(blocks),
        _report(input_lines, blocks, dropped, repairs),
        facts.date,
        facts.date_from,
        facts.author,
        title,
        forwarded=read.forwarded if read else None,
    )


def _report(
    lines: Sequence[str], blocks: Sequence[Block], dropped: Mapping[int, str], repairs: Sequence[Repair]
) -> Report:
    """The report of every line. `dropped`: the rule that left a line out, by number."""
    roles: dict[int, Role] = {unit: block.role for block in blocks for unit in block.units}
    units = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    left_out = {
        unit: dropped.get(unit, "nothing-visible")
        for unit, _ in units
        if unit in dropped or unit not in roles
    }
    return Report(
        kept=tuple(Kept(unit, line, roles[unit]) for unit, line in units if unit not in left_out),
        dropped=tuple(Dropped(unit, line, left_out[unit]) for unit, line in units if unit in left_out),
        repairs=tuple(one for one in repairs if one.unit not in left_out),
    )


def _full(piece: Piece) -> bool:
    return piece.role in ("paragraph", "quotation") and len(piece.text) >= FULL_PARAGRAPH


def _without_boilerplate(pieces: list[Piece], dropped: dict[int, str]) -> list[Piece]:
    full = [index for index, piece in enumerate(pieces) if _full(piece)]
    remaining = []
    under: str | None = None  # the rule of a heading over other articles' titles, or of a release's end
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
            remaining.append(piece)
    return remaining


def _without_letterhead(
    pieces: list[Piece], lines: Sequence[str], dropped: dict[int, str], *, titled: bool
) -> tuple[list[Piece], date | None]:
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
    # Below the headline, the usual rules for dates and bylines apply.
    days = (date_span[0] for piece in left_out if (date_span := find_date(piece.text)) is not None)
    return [*remaining[:1], *facts, *remaining[1:]] if facts else remaining, next(days, None)


def _unmark(pieces: Sequence[Piece], repairs: list[Repair]) -> None:
    """Takes the signs for bold and italic from the title and from short lines, which are headings then."""
    for index, piece in enumerate(pieces):
        bare = without_marks(piece.text) if piece.role == "paragraph" else None
        if bare is None or len(bare) > LONGEST_TITLE or (index and len(piece.text) > LONGEST_SUBHEAD):
            continue
        repairs.append(Repair(piece.units[0], piece.text, bare, "messenger-marks"))
        piece.text = bare


def _title(pieces: Sequence[Piece]) -> Piece | None:
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


def _take_title(pieces: list[Piece], title: str | None, dropped: dict[int, str]) -> list[Block]:
    """Take the title out of the pieces. It is a block unless a title was handed in, which the text may repeat."""
    if title is None:
        if (first := _title(pieces)) is None:
            return []
        pieces.remove(first)
        return [Block("title", first.text, tuple(first.units))]
    if repeated := next((piece for piece in pieces[:3] if plain(piece.text) == plain(title)), None):
        dropped.update(dict.fromkeys(repeated.units, "repeated-title"))
        pieces.remove(repeated)
    return []


class _Facts(msgspec.Struct):
    date: date | None = None
    date_from: str | None = None
    author: str | None = None
    key_points: bool = False


def _facts(pieces: list[Piece]) -> _Facts:
    """Gives key points, bylines and date lines their role; returns the facts that they state."""
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


def _run(pieces: Sequence[Piece], start: int) -> list[Piece]:
    """The items that follow each other from `start`."""
    items: list[Piece] = []
    for piece in pieces[start:]:
        if piece.role not in ("item", "numbered item"):
            break
        items.append(piece)
    return items


def _short_line(piece: Piece) -> bool:
    return len(piece.text) <= LONGEST_SUBHEAD and len(piece.text.split()) <= MOST_POINTS_HEADING


def _are_points(points: Sequence[Piece]) -> bool:
    """Whether items that stand under a short line above the first paragraph are the text's key points by their form."""
    return FEWEST_POINTS <= len(points) <= MOST_POINTS and all(
        len(point.text) >= SHORTEST_POINT and len(point.text) <= LONGEST_POINT for point in points
    )


def _bare_points(pieces: Sequence[Piece], start: int, full: int) -> list[Piece]:
    """The lines below a heading of key points that have lost their bullets: in one stanza, or short up to the text."""
    points: list[Piece] = []
    for piece in pieces[start:full]:
        goes_on = not points or points[-1].alone == piece.alone
        if piece.role not in ("paragraph", "subhead") or len(piece.text) > LONGEST_POINT or not goes_on:
            break
        points.append(piece)
    if not FEWEST_BARE <= len(points) <= MOST_POINTS or start + len(points) > len(pieces) - 1:
        return []
    # Lines of their own are points only where the first paragraph follows.
    return points if not points[0].alone or start + len(points) == full else []


def _subheads(pieces: Sequence[Piece], *, after_key_points: bool) -> None:
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


def _short(piece: Piece) -> bool:
    """Whether a paragraph reads as a subhead: few words, no end of a sentence, a capital to start with."""
    text = piece.text
    if len(piece.units) > 1 or len(text) > LONGEST_SUBHEAD or len(text.split()) > 12:
        return False
    bare = text.strip(_CLOSERS + "«„¿¡([")
    return bool(bare) and text.rstrip(_CLOSERS)[-1:] not in _UNFINISHED and not bare[0].islower()
