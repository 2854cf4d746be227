"""The addresses of an image in a page: lazy loading, several sizes, and placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from pouch.tables import pattern

WIDEST = 1600
"""Pixels: of several sizes the largest up to here is taken, which is more than a page shows."""

IMAGES = frozenset(("img", "amp-img"))
"""Elements that show an image; the second is AMP's."""

# Attributes of scripts that load an image once it comes into view: data-src, data-lazy-src, data-original, …
_LATE = re.compile(r"(?:src|srcset|original|lazy)$")
_LESSER = re.compile(r"fallback|placeholder|preview|thumb|low")
_SIZES = re.compile(r"srcset$")
_PLACEHOLDER = pattern("pouch.convert.page", "names", "placeholder")
_SIGN = pattern("pouch.convert.page", "names", "sign")
SMALL = 200
"""Pixels of an image that is no more than a preview."""

_PREVIEW = pattern("pouch.convert.page", "names", "preview")
_WIDTH = pattern("pouch.convert.page", "names", "width")

_STATED = frozenset(("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"))
_SIZE = pattern("pouch.convert.page", "names", "size")
SHORTEST_STEM = 5
"""Characters of a file's name that tell it from others: "1" and "img" do not."""

# HTML Living Standard, "Parsing a srcset attribute": an address may hold commas, but not end in one.
_CANDIDATE = re.compile(r"(?P<address>[^\s,]\S*[^\s,])(?:\s+(?P<size>[\d.]+)(?P<unit>[wx])[^,]*)?\s*(?:,|$)")


def names(element: Any) -> Iterator[str]:
    """The addresses of the image that an element shows, the best first; a placeholder's only where it holds it."""
    attributes = {name: value.strip() for name, value in element.attrib.items() if value and value.strip()}
    late = [name for name in attributes if name != "src" and name != "srcset" and _LATE.search(name)]
    late = [name for name in late if not _LESSER.search(name)]
    yield from (
        attributes[name] for name in late if not _SIZES.search(name) and _is_address(attributes[name])
    )
    own = attributes.get("src", "")
    placeholder = own.startswith("data:") or _PLACEHOLDER.search(own)
    if own and not placeholder:
        yield own
    for name in [*late, "srcset"]:
        if _SIZES.search(name) and name in attributes and (best := largest(attributes[name])):
            yield best
    picture = outside(element)
    if picture.tag == "picture":
        for source in picture.iter("source"):
            for name in ("data-srcset", "data-lazy-srcset", "srcset"):
                if best := largest(source.get(name) or ""):
                    yield best
    if own.startswith("data:"):
        yield own


def outside(image: Any) -> Any:
    """The outermost element that is nothing but the image: its <picture>, else itself."""
    element = image
    # The parser of pages takes each <source> for the holder of what follows it.
    while (around := element.getparent()) is not None and around.tag in ("source", "picture"):
        element = around
    return element if element.tag == "picture" else image


def stated(tree: HtmlElement, items: Sequence[dict[str, Any]]) -> frozenset[str]:
    """The stems of the images that a page's head calls the article's. `items`: its JSON-LD."""
    addresses = [
        meta.get("content") or ""
        for meta in tree.iter("meta")
        if (meta.get("property") or meta.get("name") or "").strip().lower() in _STATED
    ]
    for item in items:
        if "Article" in str(item.get("@type")) or "Posting" in str(item.get("@type")):
            addresses += _addresses(item.get("image"))
    return frozenset(
        name for one in addresses if not is_sign(one) and len(name := stem(one)) >= SHORTEST_STEM
    )


def _addresses(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        address = one.get("url") or one.get("@id") if isinstance(one, dict) else one
        if isinstance(address, str):
            yield address


def stem(address: str) -> str:
    """The name of an image's file without ending and size, which the addresses of several sizes share."""
    name = re.split(r"[?&#]", address)[0].rstrip("/").rpartition("/")[2]
    return _SIZE.sub("", re.sub(r"\.\w{2,4}$", "", name)).lower()


def is_sign(address: str) -> bool:
    """Whether an image is a sign of the page's frame by its name: an arrow, a logo, a button to share."""
    return bool(_SIGN.search(address.partition("?")[0].rpartition("/")[2]))


def is_preview(image: Any, full: Any) -> bool:
    """Whether an image is a placeholder for a larger one, by its class or by a smaller width in its address."""
    own, other = next(names(image), ""), next(names(full), "")
    if own == other:
        return False
    widths = _width_in(own), _width_in(other)
    if None not in widths:
        return widths[0] <= SMALL < widths[1]  # type: ignore[operator]  # neither is None
    return _PREVIEW.search(image.get("class") or "") is not None or (
        widths[0] is not None and widths[0] <= SMALL
    )


def _width_in(address: str) -> int | None:
    """The width in pixels that an address names, as those of image servers do."""
    match = _WIDTH.search(address.partition("//")[2])
    return int(next(group for group in match.groups() if group)) if match else None


def largest(candidates: str) -> str | None:
    """Of the images of a `srcset` the largest that is not wider than WIDEST, or else the smallest."""
    if candidates.startswith("data:"):
        return None
    sizes: dict[float, str] = {}
    for match in _CANDIDATE.finditer(candidates):
        size = float(match["size"] or 1)
        # A density counts as if the page showed 800 pixels, which is about what a column is wide.
        sizes.setdefault(size if match["unit"] == "w" else 800 * size, match["address"])
    fitting = [size for size in sizes if size <= WIDEST]
    return sizes[max(fitting) if fitting else min(sizes)] if sizes else None


def _is_address(value: str) -> bool:
    return ("/" in value or "." in value) and not re.search(r"\s|[{}]", value)
