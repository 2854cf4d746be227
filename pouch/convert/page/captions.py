"""Captions of images: labels for screen readers taken off, and the credit set apart. The words are data.

Data: pouch/convert/text/data/captions.toml.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pouch.convert.text.headings import plain
from pouch.tables import any_of, pattern, words

FEWEST_WORDS = 3
"""Words behind a label with a colon from which they are a caption; fewer are a name."""

_CAPTION = pattern("pouch.convert.page", "names", "caption")
_COUNTER = re.compile(r"\d{1,3}\s?(?:of|/|von|sur|de|di|из|z)\s?\d{1,3}\s+(?=[^\W\d])")
"""The number of an image in a gallery, before its caption."""


def _words(kind: str) -> tuple[str, ...]:
    return words("pouch.convert.text", "captions", kind)


@cache
def _labels() -> frozenset[str]:
    return frozenset((*_words("labels"), *_words("credit")))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(_words('labels'))})\s*[:：]\s*", re.IGNORECASE)


def is_caption(element: Any) -> bool:
    """Whether an element holds a caption, or the credit beside it, by its tag or its class."""
    return element.tag == "figcaption" or _CAPTION.search(element.get("class") or "") is not None


def is_label(text: str) -> bool:
    """Whether a line is nothing but a label for screen readers: "Image caption"."""
    return plain(text) in _labels()


def without_label(caption: str) -> str:
    """A caption without its number and label; "Image: Jane Doe" is a credit, and stays."""
    caption = _COUNTER.sub("", caption, count=1) if _COUNTER.match(caption) else caption
    label = _label().match(caption)
    if label is None:
        return caption
    rest = caption[label.end() :]
    words = rest.split()
    is_name = all(word[0].isupper() or not word[0].isalpha() for word in words)
    return caption if len(words) < FEWEST_WORDS or is_name else rest
