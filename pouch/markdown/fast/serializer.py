"""The tree of Markdown → HTML in one walk, where the library takes five: two for line breaks, one each for code,
escapes and writing.

The output is the same to the byte. A tree that is too deep, or that has an element or an attribute which the dialect
does not produce, is left to the library.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.serializers import RE_AMP, to_html_string
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

_BLOCKS = frozenset(
    {
        "blockquote", "div", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_EMPTY = ("br", "hr", "img", "input")
_TAGS = {
    tag: (f"<{tag}>", "" if tag in _EMPTY else f"</{tag}>")
    for tag in (*_BLOCKS, "a", "br", "code", "del", "em", "img", "input", "strong", "sup")
}
# The library writes an attribute without its value where that is its name; ours are empty then.
_ATTRIBUTES = frozenset(
    {
        "alt", "aria-label", "checked", "class", "disabled", "height", "href", "id", "loading", "src", "start", "style",
        "title", "type", "width",
    }
)  # fmt: skip
_VERBATIM = ("code", "pre")


class _Serializer(UnescapeTreeprocessor):
    """Replaces the tree processors `prettify` and `unescape`, and the serializer after them."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._prettify: Treeprocessor = md.treeprocessors["prettify"]
        self._root: Element | None = None

    def run(self, root: Element) -> None:
        """Store the whole tree: inline patterns serialise single elements before it."""
        self._root = root

    def serialize(self, element: Element) -> str:
        """The HTML of an element with its content."""
        if element is not self._root:
            return to_html_string(element)
        parts: list[str] = []
        try:
            _write(element, parts.append, pretty=True)
        except (KeyError, RecursionError):
            self._prettify.run(element)
            super().run(element)
            return to_html_string(element)
        return "".join(parts)


def _write(element: Element, write: Callable[[str], Any], *, pretty: bool) -> None:
    """Write an element; `pretty`: it is a block, and so is all around it, so that it gets a line of its own."""
    tag = element.tag
    opening, closing = _TAGS[tag]
    attributes = element.items()
    write(f"<{tag}{''.join(map(_attribute, sorted(attributes)))}>" if attributes else opening)
    text = element.text
    if tag in _VERBATIM:
        blocks = False
        if tag == "pre":
            _end_code(element)
    else:
        blocks = pretty
        if pretty and (not text or text.isspace()) and len(element) and element[0].tag in _BLOCKS:
            text = "\n"
    if text:
        write(_escaped(text if tag == "code" else _unescaped(text)))
    for child in element:
        _write(child, write, pretty=blocks and child.tag in _BLOCKS)
    write(closing)
    tail = element.tail
    if tag == "br":
        tail = f"\n{tail}" if tail and not tail.isspace() else "\n"
    elif pretty and (not tail or tail.isspace()):
        tail = "\n"
    if tail:
        write(_escaped(_unescaped(tail)))


def _end_code(block: Element) -> None:
    """End a block of code with one line break."""
    if len(block) and (code := block[0]).tag == "code" and not len(code) and code.text is not None:
        code.text = AtomicString(f"{code.text.rstrip()}\n")


def _attribute(attribute: tuple[str, str]) -> str:
    name, value = attribute
    if name not in _ATTRIBUTES or value is None:
        raise KeyError(name)
    return f' {name}="{_escaped(_unescaped(value)).replace(chr(34), "&quot;")}"'


def _unescaped(text: str) -> str:
    """The text with escaped characters in the place of their codes."""
    return UnescapeTreeprocessor.RE.sub(lambda code: chr(int(code[1])), text) if STX in text else text


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def quicken_serializer(md: Markdown) -> None:
    """Make `md` write its trees in one walk."""
    serializer = _Serializer(md)
    md.treeprocessors.deregister("prettify")
    md.treeprocessors.register(serializer, "unescape", 0)
    md.serializer = serializer.serialize
