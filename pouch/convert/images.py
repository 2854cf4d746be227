"""References to the images of an article: address, alternative text and caption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pouch.convert.blocks import Block
from pouch.convert.inline import address
from pouch.convert.markdown import escape
from pouch.convert.segments import Segment

SMALLEST = 100
"""Pixels: what is narrower or lower, where the page says so, is an icon or a counter."""

_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


def image_blocks(found: Sequence[Segment], kept: Sequence[bool], base: str | None) -> dict[int, list[Block]]:
    """The image blocks that stand before the segment of each number: those among the kept text or in its figures."""
    numbers = [number for number, keep in enumerate(kept) if keep]
    if not numbers:
        return {}
    holders = set()
    for number in numbers:
        element: Any = found[number].parent
        for _ in range(3):
            if element is None or element.tag in ("body", "html"):
                break
            holders.add(element)
            element = element.getparent()
    blocks: dict[int, list[Block]] = {}
    seen: set[str] = set()
    for number in range(max(0, numbers[0] - 3), numbers[-1] + 1):
        segment = found[number]
        if segment.index and not kept[number]:
            continue
        for image in segment.images:
            block = _block(image, base)
            if block is not None and block.markdown not in seen and _among(image, holders):
                seen.add(str(block.markdown))
                blocks.setdefault(number, []).append(block)
    return blocks


def _among(image: Any, holders: set[Any]) -> bool:
    element = image.getparent()
    for _ in range(4):
        if element is None or element.tag in ("aside", "nav", "footer", "body"):
            return False
        if element in holders:
            return True
        element = element.getparent()
    return False


def _block(image: Any, base: str | None) -> Block | None:
    for side in ("width", "height"):
        given = (image.get(side) or "").removesuffix("px")
        if given.isdigit() and int(given) < SMALLEST:
            return None
    source = next(
        (
            image.get(name)
            for name in _SOURCES
            if (image.get(name) or "").strip() and not image.get(name).startswith("data:")
        ),
        None,
    )
    where = address(source, base)
    if where is None or where.startswith("mailto:"):
        return None
    alt = " ".join((image.get("alt") or "").split())
    return Block(
        "image",
        "",
        (),
        markdown=f"![{escape(alt).replace('[', chr(92) + '[').replace(']', chr(92) + ']')}]({where})",
    )
