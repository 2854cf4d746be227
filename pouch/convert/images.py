"""References to the images of an article: address, alternative text and caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from pouch.convert.blocks import Block, Image
from pouch.convert.inline import address
from pouch.convert.segments import Segment

SMALLEST = 100
"""Pixels: what is narrower or lower, where the page says so, is an icon or a counter."""

ABOVE = 3
"""Segments before the first kept one in which the article's opening image is looked for."""

# What another rule of the dialect would take for its own before the image is seen.
_UNSAFE = re.compile(r"[\\`\[\]<]|&(?=#|\w+;)")
_QUOTES = ('"', "'")
_UNSAFE_IN_QUOTES = re.compile(rf"""{_UNSAFE.pattern}|["']""")

_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


class Picture(msgspec.Struct, frozen=True):
    """An image of the article."""

    before: int  # the number of the segment before which it stands
    block: Block
    figure: Any = None  # the element that holds it with its caption

    def with_caption(self, caption: str, text: str, units: tuple[int, ...]) -> Picture:
        """The same with its caption, of which `text` is what counts as text of the article."""
        assert self.block.image is not None  # of the role "image"
        image = msgspec.structs.replace(self.block.image, caption=caption)
        block = Block("image", text, units, markdown=image_markdown(image), image=image)
        return Picture(self.before, block, self.figure)


def pictures(found: Sequence[Segment], kept: Sequence[bool], base: str | None) -> list[Picture]:
    """The images among the kept text or in its figures, each address once. `base` resolves addresses."""
    numbers = [number for number, keep in enumerate(kept) if keep]
    if not numbers:
        return []
    holders = _holders([found[number] for number in numbers])
    shown: dict[str, Picture] = {}
    for number in range(max(0, numbers[0] - ABOVE), numbers[-1] + 1):
        segment = found[number]
        if segment.index and not kept[number]:
            continue
        for image in segment.images:
            block = _block(image, base)
            if block is not None and _among(image, holders):
                shown.setdefault(str(block.markdown), Picture(number, block, _figure(image)))
    return list(shown.values())


def _holders(kept: Sequence[Segment]) -> set[Any]:
    """The elements near above the kept text."""
    holders = set()
    for segment in kept:
        element: Any = segment.parent
        for _ in range(3):
            if element is None or element.tag in ("body", "html"):
                break
            holders.add(element)
            element = element.getparent()
    return holders


def _among(image: Any, holders: set[Any]) -> bool:
    element = image.getparent()
    for _ in range(4):
        if element is None or element.tag in ("aside", "nav", "footer", "body"):
            return False
        if element in holders:
            return True
        element = element.getparent()
    return False


def _figure(image: Any) -> Any:
    element = image.getparent()
    while element is not None and element.tag not in ("figure", "body"):
        element = element.getparent()
    return element if element is not None and element.tag == "figure" else None


def _block(image: Any, base: str | None) -> Block | None:
    for side in ("width", "height"):
        given = (image.get(side) or "").removesuffix("px")
        if given.isdigit() and int(given) < SMALLEST:
            return None
    given = ((image.get(name) or "").strip() for name in _SOURCES)
    where = address(next((one for one in given if one and not one.startswith("data:")), None), base)
    if where is None or where.startswith("mailto:"):
        return None
    found = Image(where, " ".join((image.get("alt") or "").split()))
    return Block("image", "", (), markdown=image_markdown(found), image=found)


def image_markdown(image: Image) -> str:
    """The paragraph of an entry that shows an image, with its caption as the image's title."""
    caption = image.caption
    quoted = ")" in caption or caption.startswith(_QUOTES) or caption.endswith(_QUOTES)
    title = f' "{_inside(caption, quoted)}"' if caption else ""
    return f"![{_inside(image.alt)}]({image.address}{title})"


def _inside(text: str, quoted: bool = False) -> str:
    # Inside an image a reference to a character is the one escape that the dialect knows.
    unsafe = _UNSAFE_IN_QUOTES if quoted else _UNSAFE
    return unsafe.sub(lambda found: f"&#{ord(found.group())};", " ".join(text.split()))
