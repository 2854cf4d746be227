"""A web page taken apart: its article chosen among its segments, its structure kept as Markdown."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate, islice
from typing import Any

import msgspec
from lxml.html import HtmlElement

from pouch.convert.page.attached import attach, below_headline
from pouch.convert.page.captions import is_caption, is_label, without_label
from pouch.convert.page.choosing import choose
from pouch.convert.page.hidden import hidden, with_panels, without_hidden
from pouch.convert.page.imagenames import stated
from pouch.convert.page.images import Picture, Sources, pictures
from pouch.convert.page.metadata import Metadata, metadata
from pouch.convert.page.parts import OUTSIDE, Part, drop_author_box, make_parts
from pouch.convert.page.roles import give_roles
from pouch.convert.page.segments import Segment, parse, segments
from pouch.convert.page.segments import plain as letters
from pouch.convert.page.standfirst import HEADINGS, standfirst
from pouch.convert.page.tables import Cell, data_tables, table_markdown
from pouch.convert.page.trees import Trees
from pouch.convert.page.votes import MOST_ELEMENTS, json_ld
from pouch.convert.page.wordpages import comments, is_word_page
from pouch.convert.text.blocks import Block, Structure
from pouch.convert.text.headings import byline
from pouch.convert.text.letters import Letter, read_letter
from pouch.convert.text.markdown import escape, lines_table
from pouch.convert.text.repairs import clean_characters
from pouch.convert.text.report import Dropped, Kept, Report, beside

TOP = 12
"""Segments at the top of a message among which its nameplate stands."""

BYLINE_WITHIN = 200
"""Segments in which a byline is looked for where nothing else names the author."""


_BESIDE = ("title", "summary")  # kept, and no part of the body


class Page(msgspec.Struct):
    """A parsed page, before its article is chosen."""

    tree: HtmlElement
    elements: list[Any]  # held, since lxml otherwise makes a new object for an element at each visit
    items: list[dict[str, Any]]  # its JSON-LD objects
    facts: Metadata
    segments: list[Segment]
    unseen: list[bool]  # for each of them whether no reader sees it
    title: str | None  # from the article's input
    headline: str
    base: str | None  # what its links are relative to
    images: Sequence[tuple[str, bytes]] = ()  # that came with it, by what it calls them


def structure(
    page: str,
    title: str | None = None,
    url: str | None = None,
    *,
    whole: bool = False,
    trees: Trees | None = None,
    images: Sequence[tuple[str, bytes]] = (),
    letter: bool = False,
    handed_on: bool = False,
    story: Sequence[tuple[int, int]] = (),
) -> Structure:
    """The parts of a page. `title` and `url` are those that were handed in beside it; `trees`: see `choose`.
    `images` are those that came with it: what the page calls each, and its bytes.

    `whole` says that nothing stands beside the article, as in a feed's item: only boilerplate is taken out. `letter`
    says that it is a message's, `handed_on` that this hands another on; of a newsletter of several stories `story` are
    the first unit of this one and the one behind its last, and then those of each other.
    """
    with _uncollected():
        read = read_page(page, title, url)
        if read is None:
            return Structure((), Report())
        read.images = images
        if whole or is_word_page(read.tree):
            everything = without_hidden(read.segments, [True] * len(read.segments), read.unseen)
            return assemble(read, everything, _read_letter(read, handed_on) if letter else None, story)
        chosen = choose(read.segments, read.tree, read.headline, read.items, trees)
        shown = without_hidden(read.segments, with_panels(read.segments, chosen), read.unseen)
        return assemble(read, below_headline(read.segments, attach(read.segments, shown), read.headline))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no garbage be looked for while a page is read, which makes many small values and hardly a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_page(page: str, title: str | None = None, url: str | None = None) -> Page | None:
    """A page's segments and what it says of itself; None where there is nothing to read."""
    tree = parse(page)
    if tree is None:
        return None
    elements = list(islice(tree.iter(), MOST_ELEMENTS))
    items = json_ld(tree)
    page_segments = segments(tree)
    facts = metadata(tree, items, page_segments, url, title)
    return Page(
        tree,
        elements,
        items,
        facts,
        page_segments,
        hidden(page_segments),
        title,
        facts.title or "",
        url or facts.url,
    )


def _read_letter(page: Page, handed_on: bool) -> Letter:
    """The parts of a message that are not its text: an image without text counts as an empty line."""
    letter = read_letter([segment.text for segment in page.segments], handed_on=handed_on)
    names = {letters(page.tree.findtext(".//title") or ""), letters(page.facts.site or "")} - {
        "",
        letters(page.headline),
    }
    nameplates = {
        number: "nameplate" for number, segment in enumerate(page.segments[:TOP]) if segment.letters in names
    }
    return msgspec.structs.replace(letter, dropped={**letter.dropped, **nameplates})


def assemble(
    page: Page,
    chosen: Sequence[bool],
    letter: Letter | None = None,
    story: Sequence[tuple[int, int]] = (),
) -> Structure:
    """The article among a page's segments, and the report of all of them."""
    left_out_by = dict(letter.dropped) if letter else {}
    if story:
        # An image without text goes with the text before it.
        units = list(accumulate((segment.index for segment in page.segments), max))
        left_out_by = {
            **{number: rule for number, unit in enumerate(units) if (rule := beside(unit, story))},
            **left_out_by,
        }
    left_out_by.update(dict.fromkeys(comments(page.tree, page.segments), "comment"))
    chosen = [keep and number not in left_out_by for number, keep in enumerate(chosen)]
    tables = data_tables(page.segments)
    parts, repairs = make_parts(page.segments, chosen, page.headline, page.base, tables, page.unseen)
    summary = standfirst(page.segments, chosen, page.headline, page.tree, page.items)
    if summary is not None and chosen[summary] and sum(part.kept for part in parts[summary:]) == 1:
        summary = None  # it is all that the article says
    if summary is not None:
        parts[summary].role, parts[summary].dropped = "summary", None
    for number, rule in left_out_by.items():
        parts[number].dropped = rule
    in_body = [part.kept and part.role not in _BESIDE for part in parts]
    head_images = stated(page.tree, page.items)
    around = [keep or (chosen[number] and number == summary) for number, keep in enumerate(in_body)]
    shown, left_out = pictures(page.segments, around, Sources(page.base, page.images), head_images)
    shown = [picture for picture in shown if not _is_portrait(picture, page.facts.author)]
    _keep_captions(parts, shown)
    give_roles([part for part in parts if part.kept and part.role not in _BESIDE])
    shown = _captioned_by_hand(parts, shown)
    drop_author_box([part for part in parts if part.kept], page.facts.author)
    blocks = _blocks(parts, _with_captions(parts, shown), tables)
    stand = None if summary is None else clean_characters(parts[summary].segment.text)
    if summary is not None and chosen[summary] and parts[summary].segment.parent.tag not in HEADINGS:
        blocks.insert(0, Block("summary", stand or "", (parts[summary].segment.index,)))
    if (title := next((part for part in parts if part.role == "title"), None)) is not None:
        blocks.insert(0, Block("title", page.title or title.text, (title.segment.index,)))
    facts = page.facts
    return Structure(
        tuple(blocks),
        _report(parts, tuple(repairs)),
        date=facts.date,
        date_from=facts.date_from,
        author=facts.author or _byline(parts),
        title=page.headline or None,
        summary=stand,
        lang=facts.lang,
        url=facts.url,
        site=facts.site,
        forwarded=letter.forwarded if letter else None,
        left_out=tuple(left_out),
    )


def _is_portrait(picture: Picture, author: str | None) -> bool:
    """Whether an image without a figure shows who wrote the article: its alternative text is nothing but the name."""
    image = picture.block.image
    return picture.figure is None and image is not None and letters(image.alt) == letters(author or "") != ""


def _report(parts: Sequence[Part], repairs: tuple[Any, ...]) -> Report:
    kept_units, dropped_units = [], []
    for part in parts:
        unit, text = part.segment.index, part.segment.text
        if not unit:
            continue  # an image without text
        if part.dropped is None:
            kept_units.append(Kept(unit, text, part.role))
        else:
            dropped_units.append(Dropped(unit, text, part.dropped))
    return Report(tuple(kept_units), tuple(dropped_units), repairs)


def _byline(parts: Sequence[Part]) -> str | None:
    return next((name for part in parts[:BYLINE_WITHIN] if (name := byline(part.segment.text))), None)


def _keep_captions(parts: Sequence[Part], shown: Sequence[Picture]) -> None:
    """Keep each caption whose image is kept, whether it was chosen or not."""
    figures = {picture.figure for picture in shown if picture.figure is not None}
    if not figures:
        return
    with_own = {one for one in figures if next(one.iter("figcaption"), None) is not None}
    for part in parts:
        above = list(part.ancestors())
        if is_label(part.segment.text) and figures & set(above):
            part.dropped = "caption-label"
            continue
        figure = next((element for element in above if element in figures), None)
        if figure is None or not part.segment.index:
            continue
        inside = above[: above.index(figure)]
        if any(one.tag == "figcaption" if figure in with_own else is_caption(one) for one in inside):
            if part.dropped in (OUTSIDE, "header"):
                part.dropped, part.text, part.markdown = None, "", escape(part.segment.text)
            if part.kept:
                part.role = "image"


def _captioned_by_hand(parts: Sequence[Part], shown: Sequence[Picture]) -> list[Picture]:
    """A paragraph below an image that says what its alternative text says is its caption, without a figure."""
    following: list[Part | None] = []  # for each part it or the next that is in the body
    for part in reversed(parts):
        in_body = part.kept and part.role not in _BESIDE
        following.append(part if in_body else following[-1] if following else None)
    following.reverse()
    captioned = []
    for picture in shown:
        image = picture.block.image
        below = following[picture.before]
        if (
            image is not None
            and picture.figure is None
            and below is not None
            and below.role == "paragraph"
            and letters(image.alt) == below.segment.letters != ""
        ):
            below.role = "image"
            if not below.segment.link_chars:
                picture = picture.with_caption(below.text, below.text, (below.segment.index,))
        captioned.append(picture)
    return captioned


def _with_captions(parts: Sequence[Part], shown: Sequence[Picture]) -> list[Picture]:
    """The images, the last of each figure with its caption, unless a link in it must stay a link."""
    captions: dict[Any, list[Part]] = {picture.figure: [] for picture in shown if picture.figure is not None}
    for part in parts:
        if part.kept and part.role == "image":
            figure = next((element for element in part.ancestors() if element in captions), None)
            if figure is not None:
                captions[figure].append(part)
    captioned = []
    for picture in reversed(shown):
        caption = captions.pop(picture.figure, []) if picture.figure is not None else []
        if caption and not any(part.segment.link_chars for part in caption):
            texts = [without_label(part.text or part.segment.text) for part in caption]
            picture = picture.with_caption(
                " ".join(texts),
                " ".join(without_label(part.text) for part in caption if part.text),
                tuple(part.segment.index for part in caption),
            )
        captioned.append(picture)
    return captioned[::-1]


def _blocks(parts: Sequence[Part], shown: Sequence[Picture], tables: Mapping[int, Cell]) -> list[Block]:
    """The blocks of what was kept: tables whole, images and their captions where they stand."""
    rows: dict[Any, list[Part]] = {}
    for part in parts:
        if part.kept and part.role == "table":
            rows.setdefault(tables[part.segment.index].table, []).append(part)
    images: dict[int, list[Block]] = {}
    for picture in shown:
        images.setdefault(picture.before, []).append(picture.block)
    captioned = {unit for picture in shown for unit in picture.block.units}
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        blocks += images.get(number, [])
        if part.dropped is not None or part.role in _BESIDE or part.segment.index in captioned:
            continue
        if part.role != "table":
            blocks.append(_block(part))
            if len(blocks) > 1 and blocks[-2].role == "time":
                blocks[-2:] = _timed(*blocks[-2:])
            if blocks[-1].role == "paragraph" and blocks[-1].level:
                _set_in(blocks)
        elif (table := tables[part.segment.index].table) in rows:
            blocks += _table(table, rows.pop(table), tables)
    return blocks


def _set_in(blocks: list[Block]) -> None:
    """Images before the last block, another paragraph of an item, stand in that item too."""
    for number in range(len(blocks) - 2, -1, -1):
        if blocks[number].role != "image":
            return
        blocks[number] = msgspec.structs.replace(blocks[number], level=blocks[-1].level)


def _timed(time: Block, block: Block) -> list[Block]:
    """A post of a live report with the time over it, which opens its heading or its first paragraph."""
    if block.role not in ("subhead", "paragraph"):
        return [time, block]
    shown = time.markdown if block.role == "subhead" else f"**{time.markdown}**"
    text, marked = f"{time.text} {block.text}", f"{shown} {block.markdown}"
    return [Block(block.role, text, (*time.units, *block.units), block.level, marked, block.number)]


def _block(part: Part) -> Block:
    marked = part.markdown
    if part.segment.lines and part.role == "paragraph":
        lines = part.segment.lines
        if (table := lines_table(lines)) is not None:
            return Block("table", part.text, (part.segment.index,), markdown=table)
        return Block(
            "preformatted",
            part.text,
            (part.segment.index,),
            markdown="\n".join(f"    {one}" for one in lines),
        )
    if part.role == "image":
        marked = _emphasised(marked)
    return Block(part.role, part.text, (part.segment.index,), part.level, marked, part.number)


def _table(table: Any, parts: Sequence[Part], tables: Mapping[int, Cell]) -> list[Block]:
    """The blocks of a table: its caption above it, the paragraphs of a cell on lines of their own."""
    captions = [part for part in parts if tables[part.segment.index].element.tag == "caption"]
    cells: dict[Any, list[Part]] = {}
    for part in parts:
        if part not in captions:
            cells.setdefault(tables[part.segment.index].element, []).append(part)
    blocks = [
        Block("paragraph", part.text, (part.segment.index,), markdown=_emphasised(part.markdown))
        for part in captions
    ]
    if cells:
        markdown = table_markdown(
            table, {cell: "<br>".join(part.markdown for part in inside) for cell, inside in cells.items()}
        )
        text = "\n".join(part.text for inside in cells.values() for part in inside)
        units = tuple(part.segment.index for inside in cells.values() for part in inside)
        blocks.append(Block("table", text, units, markdown=markdown))
    return blocks


def _emphasised(markdown: str) -> str:
    """Inline Markdown in italics, unless it has marks of its own."""
    return markdown if "*" in markdown else f"*{markdown}*"
