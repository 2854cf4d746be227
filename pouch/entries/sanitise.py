"""The allow-list that every body passes before a page, a feed or an index sees it."""

from __future__ import annotations

from collections.abc import Callable

import nh3

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
TAGS = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
        "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "hr", "i", "img", "ins", "kbd",
        "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong",
        "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
    }
) | frozenset(HEADINGS)  # fmt: skip
# Not their text either: it is code, or was never meant to be read.
DROPPED_WITH_CONTENT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "textarea",
        "select",
        "title",
        "noembed",
        "noframes",
        "xmp",
        "frameset",
    }
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "reversed"},
    "li": {"id", "value"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "del": {"datetime"},
    "ins": {"datetime"},
    **{heading: {"id"} for heading in HEADINGS},
}
ALIGNMENTS = ("left", "center", "right")
_ALIGNED = {f"align-{side}" for side in ALIGNMENTS}
_CLASSES = {
    "a": {"footnote-ref", "footnote-backref", "remote-image"},
    "div": {"footnote"},
    "figure": {"remote-image"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}

AttributeFilter = Callable[[str, str, str], str | None]
"""(tag, attribute, value) → the value to keep, or None."""


def make_cleaner(attribute_filter: AttributeFilter) -> nh3.Cleaner:
    """A reusable cleaner; `attribute_filter` has the last word on each attribute that the list allows."""
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=attribute_filter,
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
