"""References to the images of an article: address, alternative text and caption."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Container, Sequence
from itertools import islice
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

import msgspec

from pouch.convert.page.captions import is_caption, is_label
from pouch.convert.page.completing import common_ancestor
from pouch.convert.page.imagefiles import ImageError, examine
from pouch.convert.page.imagenames import IMAGES, is_preview, is_sign, names, outside, stem
from pouch.convert.page.inline import address
from pouch.convert.page.segments import Segment
from pouch.convert.text.blocks import BESIDE, Block, Image
from pouch.convert.text.markup import text_of_markup
from pouch.tables import pattern

SMALLEST = 100
"""Pixels: what is narrower or lower, where the page says so, is an icon or a counter."""

SMALLEST_DRAWING = 2_000
"""Bytes: a page's own SVG with fewer holds the place of an image that is loaded late."""

NEAR = 3
"""Elements around an image of which one may hold its caption."""

MOST_INSIDE = 40
"""Elements in one that holds nothing but an image and its caption."""

ABOVE = 3
"""Segments before the first kept one in which the article's opening image is looked for."""

_BESIDE = frozenset(("aside", "nav", "footer", "form", "a", "li"))
_BESIDE_NAMES = pattern("pouch.convert.page", "names", "beside")

_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)", re.IGNORECASE)

# Characters that another rule of the dialect would match before the image.
_UNSAFE = re.compile(r"[\\`\[\]<]|&(?=#|\w+;)")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_QUOTES = ('"', "'")
_UNSAFE_IN_QUOTES = re.compile(rf"""{_UNSAFE.pattern}|["']""")


class Picture(msgspec.Struct, frozen=True):
    """An image of the article."""

    before: int  # the number of the segment before which it stands
    block: Block
    figure: Any = None  # the element that holds it with its caption

    def with_caption(self, caption: str, text: str, units: tuple[int, ...]) -> Picture:
        """A copy with its caption, of which `text` is what counts as text of the article."""
        assert self.block.image is not None  # of the role "image"
        image = msgspec.structs.replace(self.block.image, caption=caption)
        block = Block("image", text, units, markdown=image_markdown(image), image=image)
        return Picture(self.before, block, self.figure)


class Sources:
    """The sources of a page's images: on the web, in the page itself, or beside it in a saved page or a message.

    `base` resolves addresses; `carried` has what came with the page.
    """

    def __init__(self, base: str | None, carried: Sequence[tuple[str, bytes]] = ()) -> None:
        self._base = base
        self._carried = {
            name if name.startswith(BESIDE) else address(name, base) or name: data for name, data in carried
        }

    def find(self, element: Any) -> Image | None:
        """The image that an element shows; None without one, or for a small one. Raises ImageError for no image."""
        alt = _plain_alt(element.get("alt") or "")
        source = next(names(element), "")
        local = self._carried.get(BESIDE + unquote(source).removeprefix("./"))
        where = address(source, self._base) if local is None else None
        if where is not None and not where.startswith("mailto:"):
            return Image(where, alt, data=self._carried.get(where))
        data = local or (self._carried.get(unquote(source)) if source.startswith("cid:") else decoded(source))
        if data is None or _is_placeholder(data):
            return None
        file = examine(data)
        return Image(file.path, alt, data=data) if min(file.width, file.height) >= SMALLEST else None


def _plain_alt(alt: str) -> str:
    """An alternative text on one line, without markup that was escaped in it."""
    return " ".join((text_of_markup(alt, " ") if _MARKUP.search(alt) else alt).split())


def decoded(address: str) -> bytes | None:
    """The bytes that a data: address holds (RFC 2397); None for any other, and for one that is damaged."""
    head, comma, payload = address.partition(",")
    if not comma or not head.startswith("data:"):
        return None
    data = unquote_to_bytes(payload)
    try:
        return b64decode(data) if head.endswith(";base64") else data
    except ValueError:
        return None


def _is_placeholder(data: bytes) -> bool:
    return len(data) < SMALLEST_DRAWING and b"<svg" in data


def pictures(
    segments: Sequence[Segment],
    is_kept: Sequence[bool],
    sources: Sources,
    stated: Container[str] = frozenset(),
) -> tuple[list[Picture], list[str]]:
    """The images among the kept text or in its figures, each once; and why others are left out, in words.

    `stated` has the stems of the images that the page's head calls the article's.
    """
    numbers = [number for number, keep in enumerate(is_kept) if keep]
    if not numbers:
        return [], []
    left_out: list[str] = []
    holders = _holders([segments[number] for number in numbers])
    shown: dict[str, Picture] = {}
    opening = _opening(segments, numbers[0], stated)
    within = common_ancestor([segments[number] for number in numbers])
    for number in range(min(opening, max(0, numbers[0] - ABOVE)), numbers[-1] + 1):
        segment = segments[number]
        if segment.index and not is_kept[number] and not is_label(segment.text):
            continue
        for image in segment.images:
            is_stated = _is_stated(image, stated)
            inside = numbers[0] < number < numbers[-1] and (is_stated or _is_own_figure(image, within))
            if _is_icon(image) or not (number == opening or inside or _among(image, holders)):
                continue
            try:
                what = None if _stands_in(image, sources) else sources.find(image)
            except ImageError as error:
                left_out.append(f"an image that the article holds is left out: {error}")
                continue
            if what is not None and (_figure(image) is not None or not is_sign(what.address)):
                block = Block("image", "", (), markdown=image_markdown(what), image=what)
                shown.setdefault(str(block.markdown), Picture(number, block, _figure(image)))
    return list(shown.values()), left_out


def _opening(segments: Sequence[Segment], first: int, stated: Container[str]) -> int:
    """The number of the segment with the image between the headline and the first kept text; else `first`.

    The image stands in a figure, or the page's head names it.
    """
    top = next((number for number in range(first - 1, -1, -1) if segments[number].parent.tag == "h1"), first)
    for number in range(top + 1, first):
        for image in segments[number].images:
            if _is_stated(image, stated):
                return number
            inside = {element.tag for element in image.iterancestors() if not _enlarges(element)}
            if _figure(image) is not None and not inside & {"aside", "nav", "footer", "li", "a"}:
                return number
    return first


def _is_stated(image: Any, stated: Container[str]) -> bool:
    """Whether an image in no box beside the article is one that the page's head calls the article's."""
    own = stem(next(names(image), ""))
    return own in stated and not {one.tag for one in image.iterancestors()} & {"aside", "nav", "footer"}


def _enlarges(element: Any) -> bool:
    """Whether an element is a link that shows the image that it holds in its full size."""
    return element.tag == "a" and _IMAGE_FILE.search(element.get("href") or "") is not None


def _is_own_figure(image: Any, within: Any) -> bool:
    """Whether an image stands in a figure of the element that all of the article's text stands in.

    It does not where that element is the whole page, or where the figure is a teaser's: it leads elsewhere, or it
    stands in a box beside the text.
    """
    figure = _figure(image)
    if figure is None or within is None or within.tag in ("body", "html"):
        return False
    for element in figure.iterancestors():
        if element is within:
            return True
        if element.tag == "li" and element.getprevious() is None and next(element.iter("a"), None) is None:
            continue  # the first picture of a gallery
        if (element.tag in _BESIDE and not _enlarges(element)) or _BESIDE_NAMES.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            return False
    return False


def _stands_in(image: Any, sources: Sources) -> bool:
    """Whether another image is shown in place of this one.

    One in `noscript` is for browsers without scripts: the image that a script loads goes before it, unless that is a
    small preview by its class or by the width in its address.
    """
    around = next((element for element in image.iterancestors() if element.tag == "noscript"), None)
    if around is not None and around.getparent() is not None:
        others = [one for one in around.getparent().iter(*IMAGES) if around not in one.iterancestors()]
        shown = [one for one in others if sources.find(one) is not None]
        return bool(shown) and not all(is_preview(one, image) for one in shown)
    for sibling in (*image.itersiblings(), *outside(image).itersiblings()):
        if sibling.tag == "noscript":
            return any(
                sources.find(one) is not None and is_preview(image, one) for one in sibling.iter(*IMAGES)
            )
    return False


def _holders(segments: Sequence[Segment]) -> set[Any]:
    """The nearest ancestors of the kept text."""
    holders = set()
    for segment in segments:
        element: Any = segment.parent
        for _ in range(3):
            if element is None or element.tag in ("body", "html"):
                break
            holders.add(element)
            element = element.getparent()
    return holders


def _among(image: Any, holders: set[Any]) -> bool:
    element = outside(image).getparent()
    for _ in range(4):
        if element is None or element.tag in ("aside", "nav", "footer", "body"):
            return False
        if element in holders:
            return True
        element = element.getparent()
    return False


def _figure(image: Any) -> Any:
    """The element that holds an image with its caption: its <figure>, or a box with a caption by its class."""
    element = image.getparent()
    while element is not None and element.tag not in ("figure", "body"):
        element = element.getparent()
    if element is not None and element.tag == "figure":
        return element
    element = outside(image).getparent()
    for _ in range(NEAR):
        inside = [] if element is None else list(islice(element.iterdescendants(), MOST_INSIDE))
        images = [one for one in inside if one.tag in IMAGES]
        if element is None or element.tag == "body" or len(inside) == MOST_INSIDE or len(images) > 1:
            return None
        if any(is_caption(one) and next(one.iter(*IMAGES), None) is None for one in inside):
            return element
        element = element.getparent()
    return None


def _is_icon(image: Any) -> bool:
    sides = ((image.get(side) or "").removesuffix("px") for side in ("width", "height"))
    return any(side.isdecimal() and int(side[:9]) < SMALLEST for side in sides)


def image_markdown(image: Image) -> str:
    """The paragraph of an entry that shows an image, with its caption as the image's title."""
    caption = image.caption
    quoted = ")" in caption or caption.startswith(_QUOTES) or caption.endswith(_QUOTES)
    title = f' "{_inside(caption, quoted)}"' if caption else ""
    return f"![{_inside(image.alt)}]({image.address}{title})"


def _inside(text: str, quoted: bool = False) -> str:
    # Inside an image a reference to a character is the one escape that the dialect knows.
    unsafe = _UNSAFE_IN_QUOTES if quoted else _UNSAFE
    return unsafe.sub(lambda match: f"&#{ord(match.group())};", " ".join(text.split()))
