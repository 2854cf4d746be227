"""A web page taken apart: its article chosen among its segments, its structure kept as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from pouch.convert.blocks import Block, Role, Structure
from pouch.convert.choosing import choose
from pouch.convert.headings import byline, is_key_points
from pouch.convert.images import image_blocks
from pouch.convert.inline import markdown, pieces, plain
from pouch.convert.metadata import Metadata, metadata
from pouch.convert.report import Dropped, Kept, Mended, Report
from pouch.convert.residue import residue
from pouch.convert.segments import Segment, parse, segments
from pouch.convert.tables import data_tables, table_markdown
from pouch.convert.trees import Trees
from pouch.convert.votes import json_ld
from pouch.convert.votes import plain as letters
from pouch.entries.characters import is_blank

_PLACES = {"nav": "navigation", "footer": "footer", "header": "header", "aside": "aside", "form": "form"}
OUTSIDE = "outside-article"
LONGEST_SUBHEAD = 120


class _Part(msgspec.Struct):
    """A segment on its way to a block."""

    segment: Any
    text: str
    marked: str
    bold: bool
    role: Role = "paragraph"
    level: int = 0
    dropped: str | None = None


class Page(msgspec.Struct):
    """A page as it is read, before its article is chosen."""

    tree: Any
    items: list[dict[str, Any]]  # its JSON-LD objects
    facts: Metadata
    segments: list[Segment]
    title: str | None  # that was handed in beside it
    headline: str
    base: str | None  # what its links are relative to


def structure(
    page: str,
    title: str | None = None,
    url: str | None = None,
    *,
    whole: bool = False,
    trees: Trees | None = None,
) -> Structure:
    """The parts of a page. `title` and `url` are those that were handed in beside it; `trees`: see `choose`.

    `whole` says that nothing stands beside the article, as in a feed's item: only residue is taken out.
    """
    read = read_page(page, title, url)
    if read is None:
        return Structure((), Report())
    if whole:
        return assemble(read, [True] * len(read.segments))
    return assemble(read, choose(read.segments, read.tree, read.headline, read.items, trees))


def read_page(page: str, title: str | None = None, url: str | None = None) -> Page | None:
    """A page's segments and what it says of itself; None where there is nothing to read."""
    tree = parse(page)
    if tree is None:
        return None
    items = json_ld(tree)
    found = segments(tree)
    facts = metadata(tree, items, found, url, title)
    return Page(tree, items, facts, found, title, facts.title or "", url or facts.url)


def assemble(page: Page, chosen: Sequence[bool]) -> Structure:
    """The article among a page's segments."""
    found, facts = page.segments, page.facts
    mended: list[Mended] = []
    parts = [_part(segment, keep, page.base, mended) for segment, keep in zip(found, chosen, strict=True)]
    _drop_residue(parts, page.headline)
    _roles(parts)
    blocks = _blocks(parts, found, page.base)
    title_part = next((part for part in parts if part.role == "title"), None)
    if title_part is not None:
        blocks.insert(0, Block("title", page.title or title_part.text, (title_part.segment.index,)))
    units = [part for part in parts if part.segment.index]
    report = Report(
        kept=tuple(Kept(p.segment.index, p.segment.text, p.role) for p in units if p.dropped is None),
        dropped=tuple(
            Dropped(p.segment.index, p.segment.text, p.dropped) for p in units if p.dropped is not None
        ),
        mended=tuple(mend for mend in mended if parts_kept(parts, mend.unit)),
    )
    when = facts.date
    return Structure(
        tuple(blocks),
        report,
        date=when.replace(microsecond=0) if isinstance(when, datetime) else when,
        date_from=facts.date_from,
        author=facts.author or _byline(parts),
        title=page.headline or None,
        lang=facts.lang,
        url=facts.url,
        site=facts.site,
    )


def parts_kept(parts: Sequence[_Part], unit: int) -> bool:
    """Whether the unit went into the entry."""
    return any(part.segment.index == unit and part.dropped is None for part in parts)


def _part(segment: Segment, keep: bool, base: str | None, mended: list[Mended]) -> _Part:
    if not keep or not segment.index:
        return _Part(segment, segment.text, "", bold=False, dropped=_place(segment))
    inline, changes = pieces(segment, base)
    mended += changes
    text = plain(inline)
    bold = bool(inline) and all(piece.strong for piece in inline if piece.text.strip())
    return _Part(segment, text, markdown(inline), bold, dropped="nothing-visible" if is_blank(text) else None)


def _place(segment: Segment) -> str:
    """The rule by which a segment that is not the article's is dropped: what it is, or where it stands."""
    if rule := residue(segment.text, edge=True):
        return rule
    element: Any = segment.parent
    while element is not None:
        if element.tag in _PLACES:
            return _PLACES[element.tag]
        element = element.getparent()
    return OUTSIDE


def _drop_residue(parts: Sequence[_Part], headline: str) -> None:
    """Residue among what was chosen goes; the headline stands over the article and is no part of it."""
    wanted = letters(headline)
    kept = [number for number, part in enumerate(parts) if part.dropped is None]
    full = [number for number in kept if len(parts[number].text) >= 120] or [0]
    for number in kept:
        part = parts[number]
        if wanted and letters(part.text) == wanted:
            part.dropped = "repeated-title"
        elif rule := residue(part.text, edge=not full[0] <= number <= full[-1]):
            part.dropped = rule
    # The headline as the page shows it: kept as what it is.
    for part in parts:
        if (
            wanted
            and part.segment.index
            and letters(part.segment.text) == wanted
            and part.segment.parent.tag in ("h1", "h2")
        ):
            part.dropped, part.role, part.text = None, "title", part.segment.text
            break


def _ancestors(segment: Segment) -> list[Any]:
    found = []
    element: Any = segment.parent
    while element is not None:
        found.append(element)
        element = element.getparent()
    return found


def _roles(parts: Sequence[_Part]) -> None:
    seen_items: dict[Any, Any] = {}
    kept = [part for part in parts if part.dropped is None and part.role != "title"]
    headings = [int(part.segment.parent.tag[1]) for part in kept if _is_heading(part)]
    top = min(headings, default=2)
    for part in kept:
        above = _ancestors(part.segment)
        tags = [element.tag for element in above]
        depth = sum(tag in ("ul", "ol") for tag in tags)
        if _is_heading(part) and "li" not in tags:
            part.role, part.level = "subhead", min(6, 2 + int(part.segment.parent.tag[1]) - top)
        elif depth and "li" in tags:
            item = above[tags.index("li")]
            ordered = next(tag for tag in tags if tag in ("ul", "ol")) == "ol"
            if item in seen_items:
                # A second paragraph of the same item goes on inside it.
                part.level = depth
            else:
                seen_items[item] = part
                part.role, part.level = ("numbered item" if ordered else "item"), depth - 1
        elif "blockquote" in tags:
            part.role = "quotation"
        elif "figcaption" in tags or "caption" in tags:
            part.role = "image"
    shallowest = min((part.level for part in kept if part.role in ("item", "numbered item")), default=0)
    for number, part in enumerate(kept):
        if part.role in ("item", "numbered item"):
            part.level -= shallowest
        elif part.role == "paragraph" and part.level:
            part.level = (
                max(0, part.level - shallowest)
                if number and kept[number - 1].role != "paragraph"
                else part.level
            )
        following = kept[number + 1].role if number + 1 < len(kept) else None
        short = part.bold and part.role == "paragraph" and len(part.text) <= LONGEST_SUBHEAD
        if (
            short
            and part.text[-1:] not in ".,;:!…"
            and number
            and following == "paragraph"
            and not part.segment.after_break
        ):
            part.role, part.level = "subhead", 2
    _key_points(kept)


def _is_heading(part: _Part) -> bool:
    return part.segment.parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6")


def _key_points(kept: Sequence[_Part]) -> None:
    for number, part in enumerate(kept):
        if part.role in ("paragraph", "subhead") and is_key_points(part.text):
            points = []
            for other in kept[number + 1 :]:
                if other.role not in ("item", "numbered item"):
                    break
                points.append(other)
            if points:
                part.role = "key points heading"
                for point in points:
                    point.role = "key point"
                return


def _byline(parts: Sequence[_Part]) -> str | None:
    return next((name for part in parts[:200] if (name := byline(part.segment.text))), None)


def _blocks(parts: Sequence[_Part], found: Sequence[Segment], base: str | None) -> list[Block]:
    """The blocks of what was kept: tables whole, images where they stand, lines of one paragraph together."""
    tables = data_tables([part.segment for part in parts if part.dropped is None])
    images = image_blocks(found, [part.dropped is None and part.role != "title" for part in parts], base)
    blocks: list[Block] = []
    done: set[Any] = set()
    for number, part in enumerate(parts):
        blocks += images.get(number, [])
        if part.dropped is not None or part.role == "title":
            continue
        table = tables.get(number_key(part.segment))
        if table is not None:
            if table not in done:
                done.add(table)
                cells = [p for p in parts if p.dropped is None and tables.get(number_key(p.segment)) is table]
                for cell in cells:
                    cell.role = "table"
                written = table_markdown(table, {id(c.segment.parent): c.marked for c in cells})
                text = "\n".join(c.text for c in cells)
                blocks.append(Block("table", text, tuple(c.segment.index for c in cells), markdown=written))
            continue
        if part.role == "image":
            # Its caption went with the image, or stands alone as a paragraph.
            if any(part.segment.index in block.units for block in blocks):
                continue
            part.role = "paragraph"
        blocks.append(Block(part.role, part.text, (part.segment.index,), part.level, part.marked))
    return blocks


def number_key(segment: Segment) -> int:
    """A segment's identity while its page is taken apart."""
    return segment.index
