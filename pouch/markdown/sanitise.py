"""The allow-list that every body passes before a page, a feed or an index sees it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import nh3

from pouch.markdown.links import absolute_address

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
TAGS = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
        "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "hr", "i", "img", "ins", "kbd",
        "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong",
        "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
    }
) | frozenset(HEADINGS)  # fmt: skip
"""What a body may write. The box of a task is ours alone."""
# Not their text either: it is code, or was never meant to be read.
DROPPED_WITH_CONTENT = frozenset((
    "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math", "canvas",
    "audio", "video", "textarea", "select", "title", "noembed", "noframes", "xmp", "frameset",
))  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "reversed"},
    "input": {"aria-label", "checked", "disabled", "type"},
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
ADDRESSES = frozenset({"href", "src"})
"""Those of the attributes that hold an address."""
ALIGNMENTS = ("left", "center", "right")
_ALIGNED = {f"align-{side}" for side in ALIGNMENTS}
_CLASSES = {
    "a": {"footnote-ref", "footnote-backref", "remote-image"},
    "div": {"footnote"},
    "figure": {"remote-image"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}


def allowed_on(tag: str) -> frozenset[str]:
    """The attributes that an element of the allow-list may have; of `id` and `class` not every value."""
    return frozenset(
        _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()) | ({"class"} if tag in _CLASSES else set())
    )


def allowed_classes(tag: str, value: str) -> str | None:
    """The classes in `value` that our stylesheets know on this element; None without any."""
    return " ".join(name for name in value.split() if name in _CLASSES.get(tag, ())) or None


AttributeFilter = Callable[[str, str, str], str | None]
"""(tag, attribute, value) → the value to keep, or None."""


def make_cleaner(attribute_filter: AttributeFilter) -> nh3.Cleaner:
    """A reusable cleaner; `attribute_filter` has the last word on each attribute that the list allows."""
    return nh3.Cleaner(
        tags={*TAGS, "input"},
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes={
            tag: _ATTRIBUTES.get(tag, set()) | ({"class"} if tag in _CLASSES else set())
            for tag in {**_ATTRIBUTES, **_CLASSES}
        },
        attribute_filter=attribute_filter,
        set_tag_attribute_values={"input": {"type": "checkbox"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


def absolute_html(html: str, base: str) -> str:
    """Sanitised HTML with every address resolved against `base`, the address of the page that shows it.

    The HTML is parsed again, and only the values of attributes that hold an address change.
    """
    # Most bodies of a small site hold no address at all: they need not be parsed.
    if not any(name in html for name in ADDRESSES):
        return html
    resolver = _resolver()
    resolver.base = base
    return resolver.cleaner.clean(html)


class _Resolver:
    """One for a process: a cleaner takes as long to make as a body to clean."""

    def __init__(self) -> None:
        self.base = ""
        self.cleaner = make_cleaner(self._attribute)

    def _attribute(self, _tag: str, name: str, value: str) -> str:
        return absolute_address(value, self.base) if name in ADDRESSES else value


_resolver = cache(_Resolver)
