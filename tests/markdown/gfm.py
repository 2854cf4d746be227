"""What GitHub's own parser makes of a text, and its shape beside ours.

The shape of a page is what readers see: which blocks stand in which, the text, numbers of lists, sides of cells, where
links lead. White space, classes, ids and the levels of headings (ours start at h2) are not part of it.
"""

from __future__ import annotations

import re
import string
from typing import Any
from urllib.parse import quote

from cmarkgfm import cmark, markdown_to_html_with_extensions
from lxml import html as lxml_html
from lxml.etree import ParserError

from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer

Shape = tuple[Any, ...]

_OPTIONS = cmark.Options.CMARK_OPT_UNSAFE | cmark.Options.CMARK_OPT_FOOTNOTES
_BLOCKS = frozenset("p ul ol li blockquote pre table thead tbody tr td th hr h div br".split())  # noqa: SIM905
_RENDERER = Renderer("", lambda _path: ImageFile(3, 4))


def gfm_shape(text: str) -> Shape:
    """The shape of a text in GitHub's preview."""
    return shape_of(
        markdown_to_html_with_extensions(text, _OPTIONS, ["table", "strikethrough", "autolink", "tasklist"])
    )


def our_shape(text: str) -> Shape:
    """The shape of a text on our page."""
    return shape_of(_RENDERER.render(text, entry_id="abcd").html)


def shape_of(html: str) -> Shape:
    """The shape of HTML."""
    try:
        return _shape(lxml_html.fragment_fromstring(html, create_parent="div"))
    except ParserError:
        return ("div",)  # nothing, or nothing but a document type


def _shape(element: Any) -> Shape:
    parts: list[Any] = []
    _add_text(parts, element.text)
    for child in element:
        if isinstance(child.tag, str):
            _add(parts, child)
        _add_text(parts, child.tail)
    tag = "h" if re.fullmatch("h[1-6]", element.tag) else {"section": "div"}.get(element.tag, element.tag)
    if tag == "code":
        parts = [
            text.rstrip() if element.getparent().tag == "pre" else " ".join(text.split()) for text in parts
        ]
    elif tag != "pre":
        parts = _folded(parts, tag)
    parts = [part for part in parts if part]
    if tag == "li" and parts[-1:] == [("p",)]:
        parts.pop()  # it held the way back from a footnote
    if tag == "div" and parts[:1] == [("hr",)]:
        parts.pop(0)  # ours stands above the footnotes
    return (tag, *_attributes(element, tag), *parts)


def _add_text(parts: list[Any], text: str | None) -> None:
    if text and parts and isinstance(parts[-1], str):
        parts[-1] += text
    elif text:
        parts.append(text)


def _add(parts: list[Any], child: Any) -> None:
    classes = f"{child.get('class')} {' '.join(link.get('class') or '' for link in child.iter('a'))}"
    if child.tag == "a" and "footnote-backref" in classes:
        return
    if child.tag == "sup" and "footnote-ref" in classes:
        parts.append(("sup", child.text_content()))
    else:
        parts.append(_shape(child))


def _folded(parts: list[Any], tag: str) -> list[Any]:
    """The parts with white space as browsers show it."""
    folded = []
    for at, part in enumerate(parts):
        if isinstance(part, str):
            before = parts[at - 1][0] if at else tag
            after = parts[at + 1][0] if at + 1 < len(parts) else tag
            part = re.sub(r"\s+", " ", part)
            part = part.lstrip(" ") if before in _BLOCKS else part
            part = part.rstrip(" ") if after in _BLOCKS else part
        folded.append(part)
    return folded


def _attributes(element: Any, tag: str) -> list[str]:
    if tag == "ol":
        return [element.get("start", "1")]
    if tag == "a":
        return [quote(element.get("href", ""), safe=string.punctuation)]
    if tag == "input":
        return ["checked" if "checked" in element.attrib else ""]
    if tag in ("td", "th"):
        return [element.get("align") or (element.get("class") or "").removeprefix("align-")]
    return []
