"""The standfirst: the sentence or two between a headline and its article.

The page's head repeats it, its class or its property in microdata says what it is, or it is a sentence that is set as
a heading right below the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from pouch.convert.page.headline import clean, stands_at
from pouch.convert.page.segments import Segment, plain
from pouch.tables import pattern

_DESCRIPTIONS = frozenset(("description", "og:description", "twitter:description", "dc.description"))
_MARKED = pattern("pouch.convert.page", "names", "standfirst")
_MARKED_HEADING = pattern("pouch.convert.page", "names", "standfirst_heading")
# What they call an article's first paragraph, which they set with a large letter.
_FIRST = re.compile(r"first|drop-?cap|initial", re.IGNORECASE)
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_STOPS = (".", "!", "?", "…", "。", "؟", "।")
LONG_HEADING = 90
"""Characters from which a heading right below the headline is a sentence, though it has no full stop."""

FULL_PARAGRAPH = 120
"""Characters of a paragraph with which the article surely has begun."""

SHORTEST = 40
"""Characters: a shorter one is a kicker or a category."""

LONGEST = 600
"""Characters: a longer one is the article's first paragraph."""

LONGEST_NAME = 40

CUT = 0.6
"""The share of the standfirst that a description has at least, which many pages cut off."""


def standfirst(
    segments: Sequence[Segment],
    chosen: Sequence[bool],
    title: str,
    tree: HtmlElement,
    items: Sequence[dict[str, Any]],
) -> int | None:
    """The number of the segment that is the standfirst, and no part of the chosen text; None where there is none.

    It stands between the headline and the article, and the page's description says the same. `items`: its JSON-LD.
    """
    top = stands_at(segments, title) if title else None
    first = next(
        (number for number, keep in enumerate(chosen) if keep and number != top and segments[number].index),
        None,
    )
    if first is None or top is None:
        return None
    descriptions = [plain(text) for text in _descriptions(tree, items)]
    for number in range(top + 1, len(segments)):
        segment = segments[number]
        fits = bool(segment.index) and SHORTEST <= len(segment.text) <= LONGEST
        if fits and number == first and segment.letters in descriptions and not _is_ended(segment.text):
            return number  # set like a paragraph, and without the full stop of one
        if (
            fits
            and number == first
            and any(_same(segment.letters, description) for description in descriptions)
            and _is_set_apart(segment, [one for one, keep in zip(segments, chosen, strict=True) if keep])
        ):
            return number
        if fits and _is_marked(segment, right_below=_nothing_between(segments, chosen, top, number)):
            return number
        if (
            fits
            and number < first
            and not chosen[number]
            and any(_same(segment.letters, description) for description in descriptions)
        ):
            return number
        if chosen[number] and len(segment.text) >= FULL_PARAGRAPH:
            return None
    return None


def _nothing_between(segments: Sequence[Segment], chosen: Sequence[bool], top: int, number: int) -> bool:
    return not any(chosen[one] and segments[one].index for one in range(top + 1, number))


def _is_marked(segment: Segment, *, right_below: bool) -> bool:
    """Whether the page calls a segment the standfirst, or sets a whole sentence as a heading below the headline."""
    if not right_below or segment.link_chars > len(segment.text) / 2:
        return False
    heading = segment.parent.tag in HEADINGS
    if heading and (_is_ended(segment.text) or len(segment.text) >= LONG_HEADING):
        return True
    element: Any = segment.parent
    while element is not None and plain("".join(element.itertext())) == segment.letters:
        name = " ".join(_names(element))
        if "description" in (element.get("itemprop") or "").split() or _MARKED.search(name):
            return True
        if heading and _MARKED_HEADING.search(name):
            return True
        element = element.getparent()
    return False


def _is_set_apart(segment: Segment, kept_segments: Sequence[Segment]) -> bool:
    """Whether the page sets a segment in a style of its own, which none of the article's paragraphs has."""
    own = _style(segment)
    others = [_style(one) for one in kept_segments if one is not segment and len(one.text) >= FULL_PARAGRAPH]
    return own is not None and not _FIRST.search(own[1]) and bool(others) and own not in others


def _style(segment: Segment) -> tuple[str, str] | None:
    """The tag of a segment's element, and the class or the id of what holds nothing else; None without one."""
    for element in (segment.parent, segment.parent.getparent()):
        if element is None or plain("".join(element.itertext())) != segment.letters:
            return None
        if name := element.get("class") or element.get("id"):
            return str(segment.parent.tag), str(name)
    return None


def _names(element: Any) -> Iterator[str]:
    """The classes of an element, and what scripts and tests call it: data-component="standfirst"."""
    for key, value in element.items():
        if key == "class" or (key.startswith("data-") and len(value) <= LONGEST_NAME and "/" not in value):
            yield value


def _is_ended(text: str) -> bool:
    return text.rstrip("»”\"'’) ").endswith(_STOPS)


def _descriptions(tree: HtmlElement, items: Sequence[dict[str, Any]]) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name.strip().lower() in _DESCRIPTIONS and (text := clean(meta.get("content"))):
            yield text
    for item in items:
        if text := clean(item.get("description")):
            yield text


def _same(letters: str, description: str) -> bool:
    shorter, longer = sorted((letters, description), key=len)
    return bool(shorter) and longer.startswith(shorter) and len(shorter) >= CUT * len(longer)
