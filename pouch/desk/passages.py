"""An article as passages: what went into the draft, what was dropped, and what became a field, in the article's order.

A kept passage is a piece of the body's Markdown; joined, the pieces are the body, byte for byte. So a passage can be
dropped, restored or edited, and every other one stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from pouch.convert.text.blocks import IN_BODY, Block, Structure
from pouch.convert.text.markdown import escape, escape_opening, render_parts
from pouch.markdown.renderer import Renderer
from pouch.markdown.text import text_of

REMOVED = "removed-by-editor"
"""The rule of a passage that an editor took out."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)])\s")
_ROLES = (
    ("subhead", re.compile(r"#{1,6}\s")),
    ("quotation", re.compile(r">")),
    ("table", re.compile(r"\|")),
    ("image", re.compile(r"!\[")),
    ("break", re.compile(r"(?:[*_-] ?){3,}$")),
    ("preformatted", re.compile(r" {4}|`{3}|~{3}")),
    ("item", re.compile(r"[-*+]\s")),
    ("numbered item", re.compile(r"\d{1,9}[.)]\s")),
)


class Passage(msgspec.Struct, frozen=True):
    """One piece of an article."""

    role: str  # that of `pouch.convert.text.blocks`, or "" for a dropped one whose role nobody knows
    text: str  # as readers see it, on one line
    markdown: str = ""  # of the body; what a dropped passage would bring back
    before: str = ""  # what parts it from the kept passage before it
    rule: str = ""  # why it was dropped; empty where it was kept
    field: bool = False  # kept, and no part of the body: the title, the byline, a key point
    added: bool = False  # restored or written by the editor: it stood between no two others before


def of_article(parts: Structure) -> list[Passage]:
    """The passages of a parsed article."""
    body = parts.body()
    markdown_of = dict(zip(map(id, body), render_parts(body), strict=True))
    first_units: dict[int, Block] = {}
    covered: set[int] = set()
    for block in parts.blocks:
        if block.units:
            first_units.setdefault(min(block.units), block)
        covered.update(block.units)
    placed: set[int] = set()
    passages: list[Passage] = []

    def place(block: Block) -> None:
        placed.add(id(block))
        if block.role in IN_BODY:
            passages.append(_written(block.role, block.text, markdown_of[id(block)]))
        else:
            passages.append(Passage(block.role, block.text, field=True))

    # Blocks without a unit (an image without text) follow the block before them.
    following: dict[int, list[Block]] = {}
    last = 0
    for block in parts.blocks:
        if block.units:
            last = min(block.units)
        else:
            following.setdefault(last, []).append(block)
    for block in following.get(0, ()):
        place(block)
    units = [(one.unit, one.text, one.role, "") for one in parts.report.kept]
    units += [(one.unit, one.text, "", one.rule) for one in parts.report.dropped]
    for unit, text, role, rule in sorted(units):
        block_here = first_units.get(unit)
        if rule and unit not in covered:
            passages.append(dropped_passage(text, rule))
        elif block_here is not None and id(block_here) not in placed:
            place(block_here)
        elif unit not in covered:
            passages.append(Passage(role, " ".join(text.split()), field=True))
        for follower in following.get(unit, ()):
            place(follower)
    # The body's order is the draft's, whatever the units say.
    return (
        _in_order_of(body, passages) if len(placed) == len(parts.blocks) else _body_alone(parts, markdown_of)
    )


def _in_order_of(body: Sequence[Block], passages: list[Passage]) -> list[Passage]:
    """The passages, those of the body in the draft's own order."""
    rendered = iter(zip(body, render_parts(body), strict=True))
    ordered = []
    for passage in passages:
        if passage.rule or passage.field:
            ordered.append(passage)
        else:
            block, part = next(rendered)
            ordered.append(_written(block.role, block.text, part))
    return ordered


def _body_alone(parts: Structure, markdown_of: dict[int, str]) -> list[Passage]:
    body = [_written(block.role, block.text, markdown_of[id(block)]) for block in parts.body()]
    return [*body, *(dropped_passage(one.text, one.rule) for one in parts.report.dropped)]


def _written(role: str, text: str, part: str) -> Passage:
    markdown = part.lstrip("\n")
    return Passage(role, " ".join(text.split()), markdown, part[: len(part) - len(markdown)])


def dropped_passage(text: str, rule: str) -> Passage:
    """A passage that is no part of the article."""
    text = " ".join(text.split())
    return Passage("", text, escape_opening(escape(text)), rule=rule)


def body_of(passages: Iterable[Passage]) -> str:
    """The Markdown of the kept passages. What parted two that were neighbours parts them still."""
    body: list[str] = []
    before: Passage | None = None
    skipped = False
    for passage in passages:
        if passage.rule or passage.field:
            skipped = skipped or passage.rule == REMOVED
            continue
        if before is not None:
            neighbours = not (skipped or passage.added)
            body.append(passage.before if passage.before and neighbours else _parting(before, passage))
        body.append(passage.markdown)
        before, skipped = passage, passage.added
    return "".join(body)


def _parting(before: Passage, passage: Passage) -> str:
    return "\n" if _ITEM.match(before.markdown) and _ITEM.match(passage.markdown) else "\n\n"


def of_body(body: str, renderer: Renderer, lang: str) -> list[Passage]:
    """The passages of a body that is Markdown in a file."""
    passages = []
    for before, markdown in _slices(body):
        passages.append(Passage(_role(markdown), plain_text(markdown, renderer, lang), markdown, before))
    return passages


def plain_text(markdown: str, renderer: Renderer, lang: str) -> str:
    """The words that readers see of a piece of Markdown, on one line."""
    return " ".join(text_of(renderer.render(markdown, entry_id="desk", lang=lang).html).split())


def _role(markdown: str) -> str:
    return next((role for role, form in _ROLES if form.match(markdown)), "paragraph")


def _slices(body: str) -> Iterator[tuple[str, str]]:
    """(what parts it from the slice before, the slice): parted at empty lines and before items, not within a fence."""
    before, lines, fence, blank = "", [], "", 0
    for line in body.split("\n"):
        opened = _FENCE.match(line)
        if fence:
            lines.append(line)
            if opened and opened[1].startswith(fence):
                fence = ""
            continue
        if not line.strip():
            blank += 1
            continue
        starts_item = _ITEM.match(line) and not line.startswith("    ") and lines
        if lines and (blank or starts_item):
            yield before, "\n".join(lines)
            before, lines = "\n" * (blank + 1), []
        blank = 0
        lines.append(line)
        if opened:
            fence = opened[1]
    if lines:
        yield before, "\n".join(lines)


def merged(article: Sequence[Passage], edited: Sequence[Passage]) -> list[Passage]:
    """The passages of a file's body among those of the article that it was made from.

    What an editor took out of the article stands where it was, marked as removed; what an editor wrote or restored is
    kept.
    """
    body = [passage for passage in article if not passage.rule and not passage.field]
    places = [place for place, passage in enumerate(article) if not passage.rule and not passage.field]
    matcher = SequenceMatcher(
        None, [each.markdown for each in body], [each.markdown for each in edited], autojunk=False
    )
    passages: list[Passage] = []
    following = 0
    for _, first, last, start, end in matcher.get_opcodes():
        for place in places[first:last]:
            passages += article[following:place]
            if start < end and article[place].markdown == edited[start].markdown:
                passages.append(
                    msgspec.structs.replace(edited[start], role=article[place].role, text=article[place].text)
                )
                start += 1
            elif start < end and article[place].role == edited[start].role == "image":
                # It was stored, and has an address of the site now.
                passages.append(edited[start])
                start += 1
            else:
                passages.append(msgspec.structs.replace(article[place], rule=REMOVED))
            following = place + 1
        passages += edited[start:end]
    passages += article[following:]
    restored = {each.markdown for each in passages if not each.rule and not each.field}
    return [
        each for each in passages if not each.rule or each.rule == REMOVED or each.markdown not in restored
    ]
